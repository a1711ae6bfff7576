"""What people type about the hotline and the mailbox: a call in under a minute, a week of duty, an opening, a matter."""

from collections.abc import Iterator
from datetime import date, time
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from feedback.cases.forms import LongMatterForm
from feedback.cases.intake import Place
from feedback.hotline import workflow
from feedback.hotline.reach import people_to_put_on_duty, projects_answered_for, regions_answered, witnesses_of
from feedback.hotline.shifts import Shift, Span, Week, span_on
from feedback.models import Case, HotlineCall, HotlineDuty, MailboxOpening
from regions.models import Project, Region

USUAL = ((time(0), time(8)), (time(8), time(16)), (time(16), time(0)))
ROWS = 4
Hours = tuple[time, time]


class CallForm(forms.ModelForm):
    """A line, where, and a number if it was missed; everything else is known already."""

    place = forms.ChoiceField(label=gettext_lazy("Which project"))

    class Meta:
        model = HotlineCall
        fields = ("place", "about", "is_missed", "phone")
        help_texts = {
            "about": gettext_lazy("Without names. What has to be dealt with goes into a matter, on the next page."),
            "is_missed": gettext_lazy("Nobody answered: call back today."),
        }
        widgets = {"phone": forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"})}

    def __init__(self, data: Any = None, *, user: Any) -> None:
        super().__init__(data)
        self.places: dict[str, tuple[Region, Project | None]] = {}
        for project in projects_answered_for(user):
            self.places[f"project-{project.pk}"] = (project.region, project)
        for region in regions_answered(user):
            self.places[f"region-{region.pk}"] = (region, None)
        place: Any = self.fields["place"]
        place.choices = [("", _("Choose")), *((key, _place_words(*unit)) for key, unit in self.places.items())]
        if len([key for key in self.places if key.startswith("project-")]) == 1:
            self.initial["place"] = next(iter(self.places))

    def clean_phone(self) -> Any:
        return self.cleaned_data["phone"] or None

    def clean(self) -> Any:
        cleaned = super().clean() or {}
        if not cleaned.get("is_missed") and not cleaned.get("about", "").strip() and "about" not in self.errors:
            self.add_error("about", _("Write in a line what it was about."))
        if "place" in cleaned:
            self.instance.region, self.instance.project = self.places[cleaned["place"]]
        return cleaned


def _place_words(region: Region, project: Project | None) -> str:
    return str(project) if project else _("%(region)s, project not known") % {"region": region}


class CallMatterForm(LongMatterForm):
    """The matter of a call, with what the call says already. Its number is taken over without being shown."""

    ORIGIN = Case.Origin.HOTLINE
    origin = None  # type: ignore[assignment]  # how Django takes a field away
    use_number = forms.BooleanField(
        label=gettext_lazy("The caller wants to be reached under the number he called from"), required=False
    )

    def __init__(self, data: Any = None, *, user: Any, call: HotlineCall, about: str) -> None:
        super().__init__(data, user=user)
        self.call = call
        self.initial["title"], self.initial["place"] = about, self._place(call)
        if call.phone is None:
            del self.fields["use_number"]

    def _place(self, call: HotlineCall) -> str:
        """The key of the call's place, offered also to whoever answers for a project that is not his."""
        key = f"project-{call.project_id}" if call.project else f"region-{call.region_id}"
        if key not in self.places:
            self.places[key] = Place(call.region, call.project)
            field: Any = self.fields["place"]
            field.choices = [*field.choices, (key, str(self.places[key]))]
        return key

    def _rest(self, said: dict[str, Any]) -> dict[str, Any]:
        rest = {**super()._rest(said), "origin": self.ORIGIN}
        if rest.pop("use_number", False) and not rest["contact_phone"]:
            rest["contact_phone"] = self.call.phone
        return rest


class LetterForm(LongMatterForm):
    """A letter from the mailbox of one project."""

    origin = None  # type: ignore[assignment]  # how Django takes a field away

    def __init__(self, data: Any = None, *, user: Any, project: Project) -> None:
        super().__init__(data, user=user)
        teams = {key: place for key, place in self.places.items() if place.project and place.project.pk == project.pk}
        self.places = {f"project-{project.pk}": Place(project.region, project), **teams}
        self._choices("place", [(key, str(place)) for key, place in self.places.items()])
        self.initial["place"] = f"project-{project.pk}"

    def _rest(self, said: dict[str, Any]) -> dict[str, Any]:
        return {**super()._rest(said), "origin": Case.Origin.MAILBOX}


class OpeningForm(forms.ModelForm):
    class Meta:
        model = MailboxOpening
        fields = ("on", "witness", "letters")
        widgets = {"on": forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})}
        help_texts = {"witness": gettext_lazy("A box is opened by two people.")}

    def __init__(self, data: Any = None, *, user: Any, project: Project) -> None:
        super().__init__(data)
        self.instance.project = project
        witness: Any = self.fields["witness"]
        witness.queryset = witnesses_of(project, timezone.localdate(), user)
        witness.empty_label = _("Choose")
        letters: Any = self.fields["letters"]
        letters.max_value = workflow.MOST_LETTERS
        letters.widget.attrs |= {"inputmode": "numeric", "min": 0, "max": workflow.MOST_LETTERS}

    def clean_letters(self) -> int:
        letters: int = self.cleaned_data["letters"]
        if letters > workflow.MOST_LETTERS:
            raise forms.ValidationError(_("At most %(most)d letters.") % {"most": workflow.MOST_LETTERS})
        return letters


class DutyForm(forms.Form):
    """A grid: seven days, up to four shifts. A shift has its hours for the whole week; who has it is said day by day."""

    def __init__(self, data: Any = None, *, region: Region, week: Week, duties: list[HotlineDuty]) -> None:
        super().__init__(data)
        self.week = week
        people = people_to_put_on_duty(region, timezone.localdate())
        choices = [("", _("Nobody")), *((str(person.pk), person.name) for person in people)]
        hours = _hours_of(duties)
        self.rows = range(max(ROWS, len(hours) + 1 if duties else 0))
        for row in self.rows:
            self._shift(row, hours[row] if row < len(hours) else None, choices)
        for duty in duties:
            starts = timezone.localtime(duty.starts_at)
            row = hours.index((starts.time(), timezone.localtime(duty.ends_at).time()))
            self.initial[f"who_{row}_{starts.weekday()}"] = str(duty.person_id)

    def _shift(self, row: int, hours: Hours | None, choices: list[tuple[str, str]]) -> None:
        for name, label, hour in (("from", pgettext("shift", "From"), 0), ("to", pgettext("shift", "To"), 1)):
            attrs = {"class": "form-control", "size": 5, "maxlength": 5, "placeholder": "08:00", "aria-label": label}
            widget = forms.TimeInput(format="%H:%M", attrs=attrs)
            initial = hours[hour] if hours else None
            self.fields[f"{name}_{row}"] = forms.TimeField(label=label, required=False, widget=widget, initial=initial)
        for day in range(7):
            self.fields[f"who_{row}_{day}"] = forms.ChoiceField(choices=choices, required=False)

    @property
    def shifts_shown(self) -> list[tuple[int, forms.BoundField, forms.BoundField]]:
        """Number, from, to."""
        return [(row + 1, self[f"from_{row}"], self[f"to_{row}"]) for row in self.rows]

    @property
    def days_shown(self) -> Iterator[tuple[date, list[tuple[int, str, forms.BoundField]]]]:
        """A day with the number, the hours and the choice of each of its shifts."""
        for number, day in enumerate(self.week.days):
            yield day, [(row + 1, self._hours_words(row), self[f"who_{row}_{number}"]) for row in self.rows]

    def _hours_words(self, row: int) -> str:
        begins, ends = self[f"from_{row}"].value(), self[f"to_{row}"].value()
        return f"{begins:%H:%M}–{ends:%H:%M}" if isinstance(begins, time) and isinstance(ends, time) else ""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for row in self.rows:
            is_used = any(cleaned.get(f"who_{row}_{day}") for day in range(7))
            if is_used and None in (cleaned.get(f"from_{row}"), cleaned.get(f"to_{row}")):
                self.add_error(f"from_{row}", _("Shift %(number)d has people and no hours.") % {"number": row + 1})
        return cleaned

    @property
    def shifts(self) -> list[Shift]:
        return list(self._shifts())

    def _shifts(self) -> Iterator[Shift]:
        said = self.cleaned_data
        for row in self.rows:
            for number, day in enumerate(self.week.days):
                if who := said[f"who_{row}_{number}"]:
                    yield Shift(int(who), span_on(day, said[f"from_{row}"], said[f"to_{row}"]))


def _hours_of(duties: list[HotlineDuty]) -> list[Hours]:
    """The different hours of a week's duties, from morning to night; the usual three where there is none."""
    spans = [Span(timezone.localtime(duty.starts_at), timezone.localtime(duty.ends_at)) for duty in duties]
    return sorted({(span.starts_at.time(), span.ends_at.time()) for span in spans}) or list(USUAL)
