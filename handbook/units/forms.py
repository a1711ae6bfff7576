"""Short forms of the units that entries refer to, and of a team's evaluation."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from core.refusals import Refused
from core.roles import MANAGING_DEPARTMENTS
from handbook.models import Campaign, Clinic, MedicalTeam, SafetyGroup, SafetyMember, TeamEvaluation
from handbook.units import policies
from handbook.units.workflow import Grades
from regions.models import Project, Region

if TYPE_CHECKING:
    from accounts.models import User

GOALS = ("safety", "quality", "schedule", "benefit")
GRADES = [(str(grade), str(grade)) for grade in range(1, 6)]
COMPANY = "company"


def day() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class Blamed:
    """A form that can say at its fields what the workflow refused."""

    def blame(self: Any, refusal: Refused) -> None:
        for name, words in (refusal.fields or {"": refusal.message}).items():
            self.add_error(name if name in self.fields else None, words)


class UnitForm(Blamed, forms.ModelForm):
    """A unit of a project or of a region that the person keeps; where it is stays as it was founded."""

    owner = "project"

    def __init__(self, data: Any = None, *, user: "User", instance: Any = None) -> None:
        super().__init__(data, instance=instance)
        field: Any = self.fields[self.owner]
        field.queryset = (
            self.owners(user) if instance is None else field.queryset.filter(pk=getattr(instance, f"{self.owner}_id"))
        )
        field.disabled = instance is not None
        if instance is None and len(only := field.queryset[:2]) == 1:
            self.initial[self.owner] = only[0].pk

    def owners(self, user: "User") -> Any:
        projects = Project.objects.visible_to(user).for_list()
        return projects.filter(pk__in=[project.pk for project in projects if policies.can_keep_on(user, project)])

    def clean(self) -> dict[str, Any]:
        """It begins on a day that has come."""
        cleaned = super().clean() or {}
        for name in ("formed_on", "opened_on"):
            if (begins := cleaned.get(name)) and begins > timezone.localdate():
                self.add_error(name, _("This day has not come yet."))
        return cleaned


class GroupForm(UnitForm):
    class Meta:
        model = SafetyGroup
        fields = ("project", "kind", "name", "area", "formed_on")
        widgets = {"formed_on": day()}


class ClinicForm(UnitForm):
    class Meta:
        model = Clinic
        fields = ("project", "name", "doctor", "is_full_time", "opened_on")
        widgets = {"opened_on": day()}


class MedicalTeamForm(UnitForm):
    owner = "region"

    class Meta:
        model = MedicalTeam
        fields = ("region", "name", "leader", "members", "formed_on")
        labels = {"leader": gettext_lazy("Led by")}
        widgets = {"formed_on": day(), "members": forms.NumberInput(attrs={"inputmode": "numeric"})}

    def owners(self, user: "User") -> Any:
        regions = Region.objects.visible_to(user).for_list()
        return regions.filter(pk__in=user.scope.units("region")) if policies.can_keep_medical_teams(user) else regions.none()


class CampaignForm(Blamed, forms.ModelForm):
    """Whose it is: the company's, a region's or a project's, as far as the person keeps campaigns there."""

    of = forms.ChoiceField(label=gettext_lazy("Whose campaign"))
    field_order = ("of", "name", "kind", "starts_on", "ends_on", "target", "is_active")

    class Meta:
        model = Campaign
        fields = ("name", "kind", "starts_on", "ends_on", "target", "is_active")
        widgets = {"starts_on": day(), "ends_on": day()}
        labels = {"starts_on": pgettext_lazy("campaign", "First day"), "ends_on": pgettext_lazy("campaign", "Last day")}
        help_texts = {"is_active": gettext_lazy("Untick it, and nobody is offered it any more; what was done in it stays.")}

    def __init__(self, data: Any = None, *, user: "User", instance: Campaign | None = None) -> None:
        super().__init__(data, instance=instance)
        field: Any = self.fields["of"]
        if instance is not None:
            del self.fields["of"]
            return
        del self.fields["is_active"]
        self.owners = dict(self._owners(user))
        field.choices = [(key, _("The whole company") if unit is None else str(unit)) for key, unit in self.owners.items()]

    def _owners(self, user: "User") -> Iterator[tuple[str, Region | Project | None]]:
        if user.scope.holds(*MANAGING_DEPARTMENTS):
            yield COMPANY, None
        for region in Region.objects.visible_to(user).for_list():
            if policies.can_keep(user, Campaign(region=region)):
                yield f"region-{region.pk}", region
        for project in Project.objects.visible_to(user).for_list():
            if policies.can_keep(user, Campaign(project=project)):
                yield f"project-{project.pk}", project

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        unit = self.owners[cleaned["of"]] if "of" in cleaned else None
        if isinstance(unit, Region):
            self.instance.region = unit
        elif unit is not None:
            self.instance.project = unit
        begins, ends = cleaned.get("starts_on"), cleaned.get("ends_on")
        if begins and ends and ends < begins:
            self.add_error("ends_on", _("It ends after it began."))
        return cleaned


class EndForm(Blamed, forms.Form):
    """The last day; empty: it goes on."""

    on = forms.DateField(label=pgettext_lazy("unit", "Last day"), required=False, widget=day())


class StaffForm(Blamed, forms.Form):
    staff_name = forms.CharField(label=gettext_lazy("Name and post"), max_length=60)
    area = forms.CharField(label=gettext_lazy("area of responsibility"), max_length=100, required=False)
    is_leader = forms.BooleanField(label=gettext_lazy("leads the group"), required=False)


class MemberForm(Blamed, forms.ModelForm):
    class Meta:
        model = SafetyMember
        fields = ("area", "is_leader")


class EvaluationForm(Blamed, forms.Form):
    """The four goals as radio buttons, and a note. `last`: what was said of the quarter before, beside each goal."""

    note = forms.CharField(
        label=gettext_lazy("note"), max_length=200, required=False, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )

    def __init__(self, data: Any = None, *, team: Any, now: TeamEvaluation | None, last: TeamEvaluation | None) -> None:
        said = {name: str(getattr(now, name)) for name in GOALS} | {"note": now.note} if now else {}
        super().__init__(data, prefix=f"team-{team.pk}", initial=said)
        self.team, self.now, self.last = team, now, last
        for name in GOALS:
            label = TeamEvaluation._meta.get_field(name).verbose_name  # type: ignore[union-attr]
            words = {"required": _("Choose a grade.")}
            self.fields[name] = forms.ChoiceField(label=label, choices=GRADES, error_messages=words, widget=forms.RadioSelect)

    @property
    def goals(self) -> Iterator[tuple[forms.BoundField, int | None]]:
        """Each goal, and its grade of the quarter before."""
        for name in GOALS:
            yield self[name], getattr(self.last, name) if self.last else None

    def grades(self) -> Grades:
        said = self.cleaned_data
        return Grades(**{name: int(said[name]) for name in GOALS}, note=said["note"])
