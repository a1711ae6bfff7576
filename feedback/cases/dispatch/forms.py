"""Where a case goes, and the question put to the rules."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from feedback.cases.intake import categories_offered
from feedback.cases.recusal import Barred, barred, barred_of
from feedback.cases.routing import Proposal, departments_to_choose, obstacle
from feedback.cases.workflow import Destination
from feedback.models import Case, CaseAccused, CaseCategory, Kind, Severity, Tier
from regions.models import Department, Project

if TYPE_CHECKING:
    from accounts.models import User

Who = CaseAccused.Who
BY_RULE = "rule"
TIERS = (Tier.PROJECT, Tier.REGION, Tier.COMPANY)


def destinations() -> dict[str, Destination]:
    """Key of a choice → destination: the tiers, then the departments."""
    found = {tier.value: Destination(tier) for tier in TIERS}
    return found | {f"department-{row.pk}": Destination(Tier.DEPARTMENT, row) for row in departments_to_choose()}


def _labelled(found: dict[str, Destination]) -> list[Any]:
    departments = [(key, str(each.department)) for key, each in found.items() if each.department]
    tiers = [(key, str(Tier(each.tier).label)) for key, each in found.items() if not each.department]
    return [*tiers, (_("Departments"), departments)] if departments else tiers


class RouteForm(forms.Form):
    """One case: its destination (the rule's unless something else is chosen), who helps, and why."""

    to = forms.ChoiceField(label=gettext_lazy("Goes to"))
    joint = forms.MultipleChoiceField(
        label=gettext_lazy("Departments that help"), required=False, widget=forms.CheckboxSelectMultiple
    )
    reason = forms.CharField(
        label=gettext_lazy("Why there, if not by the rule"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("Stands on the case for everybody who sees it. No names."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, case: Case, proposal: Proposal) -> None:
        super().__init__(data, initial={"to": BY_RULE, "version": case.version})
        self.proposal, closed = proposal, barred_of(case)
        self.found = {key: each for key, each in destinations().items() if not obstacle(case, closed, each.tier, each.department)}
        to: Any = self.fields["to"]
        to.choices = [(BY_RULE, _("By the rules: %(place)s") % {"place": proposal.place}), *_labelled(self.found)]
        joint: Any = self.fields["joint"]
        joint.choices = [(key, str(each.department)) for key, each in self.found.items() if each.department]

    def arguments(self) -> dict[str, Any]:
        """For `workflow.route`."""
        said = self.cleaned_data
        by_rule = said["to"] == BY_RULE
        to = self.proposal.destination if by_rule else self.found[said["to"]]
        helping = [self.found[key].department for key in said["joint"]]
        return {
            "to": to,
            "joint": [row for row in helping if row != to.department],
            "reason": said["reason"].strip() or (self.proposal.reason if by_rule else ""),
            "version": said["version"],
        }


class BulkForm(forms.Form):
    """Ticked rows and one destination for all of them, or each by its rule."""

    case = forms.MultipleChoiceField(error_messages={"required": gettext_lazy("Tick the cases that are to go.")})
    to = forms.ChoiceField(label=gettext_lazy("The ticked ones go to"), initial=BY_RULE)

    def __init__(self, data: Any = None, *, cases: list[Case]) -> None:
        super().__init__(data)
        self.found = destinations()
        self.cases = {case.number: case for case in cases}
        ticked: Any = self.fields["case"]
        ticked.choices = [(number, number) for number in self.cases]
        to: Any = self.fields["to"]
        to.choices = [(BY_RULE, _("Each by its rule")), *_labelled(self.found)]

    def chosen(self) -> tuple[list[Case], Destination | None]:
        """The cases and where to; None: each by its rule."""
        return [self.cases[number] for number in self.cleaned_data["case"]], self.found.get(self.cleaned_data["to"])


class TryForm(forms.Form):
    """A case that is not there: what the rules would do with it. A question in the address, nothing is written."""

    category = forms.TypedChoiceField(label=gettext_lazy("Category"), coerce=int, required=False)
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=Kind.choices, initial=Kind.PROBLEM, required=False)
    severity = forms.ChoiceField(label=gettext_lazy("Severity"), required=False)
    project = forms.ModelChoiceField(
        label=gettext_lazy("Project"), queryset=None, required=False, empty_label=gettext_lazy("None named")
    )
    named = forms.MultipleChoiceField(
        label=gettext_lazy("Whom does it name?"), choices=Who.choices, required=False, widget=forms.CheckboxSelectMultiple
    )
    department = forms.ModelChoiceField(
        label=gettext_lazy("Which department it names"),
        queryset=None,
        required=False,
        empty_label=pgettext_lazy("department", "None"),
    )
    is_direct = forms.BooleanField(label=gettext_lazy("Straight to the company"), required=False)
    is_sensitive = forms.BooleanField(label=gettext_lazy("Sensitive"), required=False)

    def __init__(self, data: Any = None, *, user: "User") -> None:
        super().__init__(data)
        self.categories = {category.pk: category for category in categories_offered()}
        category: Any = self.fields["category"]
        category.choices = [(key, str(row)) for key, row in self.categories.items()]
        severity: Any = self.fields["severity"]
        severity.choices = [("", _("As the category says")), *Severity.choices]
        project: Any = self.fields["project"]
        project.queryset = Project.objects.visible_to(user).for_list()
        department: Any = self.fields["department"]
        department.queryset = departments_to_choose()

    def case(self) -> Case:
        """Not saved, and never will be."""
        said = self.cleaned_data
        category: CaseCategory | None = self.categories.get(said["category"] or 0)
        project: Project | None = said["project"]
        return Case(
            category=category or next(iter(self.categories.values()), None),
            kind=said["kind"] or Kind.PROBLEM,
            severity=said["severity"] or (category.severity if category else Severity.NORMAL),
            project=project,
            region=project.region if project else None,
            is_direct=said["is_direct"],
            is_sensitive=said["is_sensitive"] or bool(category and category.is_sensitive),
        )

    def closed(self) -> Barred:
        department: Department | None = self.cleaned_data["department"]
        rows = [CaseAccused(who=who) for who in self.cleaned_data["named"] if who != Who.DEPARTMENT]
        if department:
            rows.append(CaseAccused(who=Who.DEPARTMENT, department=department))
        return barred(rows)
