"""What people type: a proposal for each kind of post, and what each verb needs."""

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from coordinators.models import Nomination, TreatmentLevel
from coordinators.nominations.candidates import crews_to_fill, people_in_post, projects_to_fill, teams_to_fill
from core.personal import Malformed, Phone
from imports.cleaners import person_name
from imports.sheets import Level
from labour_teams.models import LabourTeam, WorkCrew
from regions.models import Region

Kind = Nomination.PostKind
CRITERIA = tuple(Nomination.CRITERIA.items())
SELECTION, QUALITIES = CRITERIA[:4], CRITERIA[4:]  # SYSTEM rows 27 and 28
WORD_LENGTH = 500


def day_field(label: Any, **options: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **options)


class TicksField(forms.MultipleChoiceField):
    """Boxes to tick. The page does not call them optional; what a missing tick means is for the workflow to say."""

    widget = forms.CheckboxSelectMultiple

    def validate(self, value: list[str]) -> None:
        if value:
            super().validate(value)


def words(label: Any, length: int = WORD_LENGTH, **options: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=length, widget=forms.Textarea(attrs={"rows": 3}), **options)


class Blamed(forms.Form):
    """A form that can say at its fields what the workflow refused."""

    def blame(self, said: dict[str, str]) -> None:
        for name, text in said.items():
            self.add_error(name if name in self.fields else None, text)

    @property
    def typed(self) -> list[str]:
        """Texts that would be lost with the page."""
        areas = [name for name, field in self.fields.items() if isinstance(field.widget, forms.Textarea)]
        return [text for name in areas if (text := self.data.get(name, "").strip())]


class ProposalForm(Blamed):
    """Somebody in post from the list, or somebody new by name and mobile; whether he is known elsewhere is never looked up."""

    kind: Kind

    person = forms.ChoiceField(
        label=gettext_lazy("Somebody in post"),
        required=False,
        help_text=gettext_lazy("Leave this empty for somebody who holds no post here, and write name and mobile below."),
    )
    name = forms.CharField(label=gettext_lazy("Name"), required=False, max_length=100)
    phone = forms.CharField(
        label=gettext_lazy("Mobile"),
        required=False,
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"}),
    )
    from_on = day_field(gettext_lazy("First day"))
    to_on = day_field(gettext_lazy("Last day"), required=False, help_text=gettext_lazy("Leave empty if no end is foreseen."))
    is_acting = forms.BooleanField(label=gettext_lazy("Acting only"), required=False)
    reason = words(gettext_lazy("Why this person"), 1000)

    def __init__(self, data: Any = None, *, user: Any) -> None:
        super().__init__(data)
        self.user = user
        self.people = people_in_post(user, timezone.localdate())
        options = [(str(key), f"{person.name}·{titles}") for key, (person, titles) in self.people.items()]
        self._person_field.choices = [("", _("Somebody new, named below")), *options]

    @property
    def _person_field(self) -> Any:
        return self.fields["person"]

    def clean_name(self) -> str:
        typed = self.cleaned_data["name"].strip()
        if not typed:
            return ""
        cleaned = person_name()(typed, timezone.localdate())
        if cleaned.value is None:
            raise forms.ValidationError([note.text for note in cleaned.notes if note.level == Level.ERROR])
        return str(cleaned.value)

    def clean_phone(self) -> Phone | None:
        try:
            return Phone.parse(self.cleaned_data["phone"]) if self.cleaned_data["phone"].strip() else None
        except Malformed as error:
            raise forms.ValidationError(error.message) from error

    def clean(self) -> Any:
        cleaned = super().clean()
        if cleaned.get("person"):
            if cleaned.get("name") or cleaned.get("phone"):
                self.add_error("person", _("Choose somebody from the list or write a new name, not both."))
        else:
            for field, text in (("name", _("Say who it is.")), ("phone", _("Write the mobile number."))):
                if not cleaned.get(field) and field not in self.errors:
                    self.add_error(field, text)
        if cleaned.get("from_on") and cleaned.get("to_on") and cleaned["to_on"] < cleaned["from_on"]:
            self.add_error("to_on", _("The last day is before the first."))
        return cleaned

    def proposal(self) -> Nomination:
        """The nomination, not saved yet."""
        said = self.cleaned_data
        person = self.people[int(said["person"])][0] if said["person"] else None
        return Nomination(
            post_kind=self.kind,
            person=person,
            name=person.name if person else said["name"],
            phone=None if person else said["phone"],
            **{name: said[name] for name in ("from_on", "to_on", "is_acting", "reason")},
            **self.unit(),
        )

    def unit(self) -> dict[str, Any]:
        """The fields of the nomination that belong to its kind."""
        raise NotImplementedError


class FullTimeForm(ProposalForm):
    kind = Kind.FULL_TIME
    region = forms.ModelChoiceField(label=gettext_lazy("Region"), queryset=None)
    field_order = ("region", "person", "name", "phone")

    def __init__(self, data: Any = None, *, user: Any) -> None:
        super().__init__(data, user=user)
        self.fields["region"].queryset = Region.objects.visible_to(user).for_list()

    def unit(self) -> dict[str, Any]:
        return {"region": self.cleaned_data["region"]}


class PartTimeForm(ProposalForm):
    kind = Kind.PART_TIME
    project = forms.ModelChoiceField(label=gettext_lazy("Project"), queryset=None)
    main_job = forms.CharField(label=gettext_lazy("Main job"), max_length=60)
    field_order = ("project", "person", "name", "phone", "main_job")

    def __init__(self, data: Any = None, *, user: Any) -> None:
        super().__init__(data, user=user)
        projects = projects_to_fill(user, timezone.localdate())
        self.fields["project"].queryset = projects
        if len(only := projects[:2]) == 1:
            self.initial["project"] = only[0].pk

    def unit(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("project", "main_job")}


class LiaisonForm(ProposalForm):
    """Teams and crews in one list, grouped by project: a crew has its liaison, or a team without crews."""

    kind = Kind.LIAISON
    place = forms.ChoiceField(label=gettext_lazy("For which crew or team"))
    is_crew_leader = forms.BooleanField(
        label=gettext_lazy("This is the crew leader himself"),
        required=False,
        help_text=gettext_lazy("Allowed, but workers then need another way to speak about him."),
    )
    field_order = ("place", "person", "name", "phone", "is_crew_leader")

    def __init__(self, data: Any = None, *, user: Any) -> None:
        super().__init__(data, user=user)
        today = timezone.localdate()
        self.places: dict[str, tuple[LabourTeam, WorkCrew | None]] = {
            f"crew-{crew.pk}": (crew.team, crew) for crew in crews_to_fill(user, today)
        }
        self.places |= {f"team-{team.pk}": (team, None) for team in teams_to_fill(user, today)}
        place: Any = self.fields["place"]
        place.choices = [("", "---------"), *self._options()]

    def _options(self) -> Iterator[tuple[str, list[tuple[str, str]]]]:
        """Grouped by project, in the order of its code; within it by team."""
        entries = sorted(self.places.items(), key=lambda entry: (entry[1][0].project.code, entry[1][0].name))
        for project, group in groupby(entries, key=lambda entry: entry[1][0].project):
            yield str(project), [(key, f"{team}·{crew}" if crew else str(team)) for key, (team, crew) in group]

    def unit(self) -> dict[str, Any]:
        team, crew = self.places[self.cleaned_data["place"]]
        return {"team": team, "crew": crew, "is_crew_leader": self.cleaned_data["is_crew_leader"]}


PROPOSALS: dict[str, type[ProposalForm]] = {form.kind.value: form for form in (FullTimeForm, PartTimeForm, LiaisonForm)}


class VerbForm(Blamed):
    """What a verb needs; `nomination` is the one that it is about."""

    def __init__(self, data: Any = None, files: Any = None, *, nomination: Nomination) -> None:
        super().__init__(data, files, auto_id=f"{type(self).__name__.lower()}-%s")
        self.nomination = nomination


class CheckForm(VerbForm):
    criteria = TicksField(label=gettext_lazy("Selection criteria"), choices=SELECTION)
    qualities = TicksField(label=gettext_lazy("Qualities"), choices=QUALITIES)
    word = words(gettext_lazy("If something is not ticked: why the nomination goes on all the same"), required=False)


class InductionForm(VerbForm):
    topics = TicksField(label=gettext_lazy("Topics that were gone through"), choices=tuple(Nomination.TOPICS.items()))
    method = forms.ChoiceField(
        label=pgettext_lazy("induction", "How"), choices=Nomination.InductionMethod.choices, widget=forms.RadioSelect
    )
    on = day_field(pgettext_lazy("induction", "On which day"))
    result = forms.CharField(label=pgettext_lazy("induction", "Result"), max_length=200)
    word = words(gettext_lazy("If a topic is not ticked: why"), required=False)


class ApprovalForm(VerbForm):
    """Nothing to fill in: the button says it."""


class DecisionForm(VerbForm):
    document_no = forms.CharField(label=gettext_lazy("Number of the appointing document"), max_length=60)
    from_on = day_field(gettext_lazy("First day"))
    to_on = day_field(gettext_lazy("Last day"), required=False, help_text=gettext_lazy("Leave empty if no end is foreseen."))
    treatment_level = forms.ChoiceField(
        label=gettext_lazy("Treatment level"),
        choices=[("", "---------"), *TreatmentLevel.choices],
        required=False,
        help_text=gettext_lazy("Seen by the departments of personnel and organisation and by leaders only."),
    )
    letter = forms.FileField(
        label=gettext_lazy("Letter of appointment"),
        required=False,
        help_text=gettext_lazy("PDF or a photo of it, at most 10 MB."),
        widget=forms.FileInput(attrs={"accept": ".pdf,image/*"}),
    )

    def __init__(self, data: Any = None, files: Any = None, *, nomination: Nomination) -> None:
        super().__init__(data, files, nomination=nomination)
        self.initial = {"from_on": nomination.from_on, "to_on": nomination.to_on}
        if not nomination.is_acting:
            self.initial["treatment_level"] = TreatmentLevel.DEPUTY_LEADER


class DeclineForm(VerbForm):
    word = words(gettext_lazy("Why it is declined"))


class WithdrawForm(VerbForm):
    word = words(gettext_lazy("Why it is withdrawn"))


class EndForm(Blamed):
    """The end of a post."""

    last_day = day_field(gettext_lazy("Last day in post"), help_text=gettext_lazy("This day still counts; access ends with it."))
    reason = forms.CharField(label=gettext_lazy("Why the post ends"), max_length=200)
