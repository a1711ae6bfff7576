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
from coordinators.nominations.fields import TicksField, blame_days, cleaned_name, cleaned_phone, day_field, letter_field, words
from core.personal import Phone
from labour_teams.models import LabourTeam, WorkCrew
from regions.models import Region

Kind = Nomination.PostKind
CRITERIA = tuple(Nomination.CRITERIA.items())
SELECTION, QUALITIES = CRITERIA[:4], CRITERIA[4:]  # SYSTEM rows 27 and 28


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
        return cleaned_name(self.cleaned_data["name"])

    def clean_phone(self) -> Phone | None:
        return cleaned_phone(self.cleaned_data["phone"])

    def clean(self) -> Any:
        cleaned = super().clean()
        if cleaned.get("person"):
            if cleaned.get("name") or cleaned.get("phone"):
                self.add_error("person", _("Choose somebody from the list or write a new name, not both."))
        else:
            for field, text in (("name", _("Say who it is.")), ("phone", _("Write the mobile number."))):
                if not cleaned.get(field) and field not in self.errors:
                    self.add_error(field, text)
        blame_days(self, cleaned)
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

    @property
    def said(self) -> dict[str, Any]:
        """What the verb is told."""
        return self.cleaned_data


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


class AmendForm(VerbForm):
    """What was proposed, to be mended; whom and for what it is about stays."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=100)
    phone = forms.CharField(
        label=gettext_lazy("Mobile"),
        required=False,
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"}),
    )
    main_job = forms.CharField(label=gettext_lazy("Main job"), max_length=60)
    from_on = day_field(gettext_lazy("First day"))
    to_on = day_field(gettext_lazy("Last day"), required=False, help_text=gettext_lazy("Leave empty if no end is foreseen."))
    reason = words(gettext_lazy("Why this person"), 1000)

    def __init__(self, data: Any = None, files: Any = None, *, nomination: Nomination) -> None:
        super().__init__(data, files, nomination=nomination)
        if nomination.person_id:
            del self.fields["name"], self.fields["phone"]
        else:
            now = {"phone": nomination.phone}
            self.fields["phone"].help_text = _("Now %(phone)s. Leave empty to keep it, or write a new number.") % now
        if not nomination.project_id:
            del self.fields["main_job"]
        self.initial = {name: getattr(nomination, name) for name in self.fields if name != "phone"}

    def clean_name(self) -> str:
        return cleaned_name(self.cleaned_data["name"])

    def clean_phone(self) -> Phone | None:
        return cleaned_phone(self.cleaned_data["phone"])

    def clean(self) -> Any:
        cleaned = super().clean()
        blame_days(self, cleaned)
        return cleaned

    @property
    def said(self) -> dict[str, Any]:
        """What the form does not ask stays as it is."""
        return {name: getattr(self.nomination, name) for name in ("name", "phone", "main_job")} | self.cleaned_data


class LetterForm(VerbForm):
    letter = letter_field(required=True)


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
    letter = letter_field(required=False)

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
