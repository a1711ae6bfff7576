"""To whom a case goes (分办): the company's rules in their order, round whoever is recused; where none fits, the nearest tier.

    proposal = proposed(case, rules_in_use())
    proposal.destination, proposal.reason     # where, and why: the words stand on the case
    proposal.passed_over                      # the rules that were tried before, each with the reason why it does not hold

Nothing here writes but `route_by_rules`, which is how a case from the workers' page goes on its way without anybody's hand.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from core.moves import CLOCK
from feedback.cases import workflow
from feedback.cases.recusal import Barred, barred_of
from feedback.cases.workflow import Destination
from feedback.models import Case, RoutingRule, Tier
from regions.models import Department
from regions.querysets import DepartmentQuerySet

BELOW_HEADQUARTERS = (Tier.PROJECT, Tier.REGION)
FALL_BACKS = (Tier.PROJECT, Tier.REGION, Tier.COMPANY)
CONDITIONS = ("category", "kind", "severity", "region", "project")
LONGEST_REASON = 200


@dataclass(frozen=True, slots=True)
class PassedOver:
    """A rule that does not hold for a case, and why; `is_recusal`: it would fit, but leads to whom the case names."""

    rule: RoutingRule
    why: str
    is_recusal: bool = False


@dataclass(frozen=True, slots=True)
class Proposal:
    """`rule` is None where none fits and the nearest tier takes the case."""

    destination: Destination
    rule: RoutingRule | None
    reason: str
    passed_over: tuple[PassedOver, ...] = ()

    @property
    def place(self) -> str:
        return place_of(self.destination)


def place_of(destination: Destination) -> str:
    """The destination in words: the department's name, or which tier."""
    return str(destination.department or Tier(destination.tier).label)


def rules_in_use() -> list[RoutingRule]:
    """In the order in which they are tried."""
    rules = RoutingRule.objects.filter(is_active=True).order_by("order")
    return list(rules.select_related("category", "region", "project", "department"))


def departments_to_choose() -> DepartmentQuerySet:
    """Those to which a case can go: every department and branch of the company. Their names are no secret to anybody."""
    return Department.objects.exclude(kind=Department.Kind.OUTSIDE).for_list()


def proposed(case: Case, rules: Iterable[RoutingRule], closed: Barred | None = None) -> Proposal:
    """Where a case goes by the rules. `closed`: whom it names, for a case that is not saved (by default asked of the case)."""
    closed = barred_of(case) if closed is None else closed
    passed: list[PassedOver] = []
    for rule in rules:
        unfit = misfit(rule, case)
        barrier = "" if unfit else obstacle(case, closed, rule.tier, rule.department)
        if not unfit and not barrier:
            return Proposal(Destination(Tier(rule.tier), rule.department), rule, _reason(rule, passed), tuple(passed))
        passed.append(PassedOver(rule, unfit or barrier, is_recusal=closed.tier(rule.tier, rule.department) and not unfit))
    return _fallen_back(case, closed, passed)


def route_by_rules(case: Case) -> Case:
    """Send a case on by the rules, with nobody's hand: what comes from the workers' page. Raises what `workflow.route` raises."""
    proposal = proposed(case, rules_in_use())
    return workflow.route(case, by=CLOCK, to=proposal.destination, reason=proposal.reason)


def misfit(rule: RoutingRule, case: Case) -> str:
    """The first condition of a rule that the case does not meet, in words; "" where it meets them all."""
    words = {
        "category": _("It is for another category."),
        "kind": _("It is for another kind."),
        "severity": _("It is for another severity."),
        "region": _("It is for another region."),
        "project": _("It is for another project."),
    }
    for name in CONDITIONS:
        attribute = name if name in ("kind", "severity") else f"{name}_id"
        wanted = getattr(rule, attribute)
        if wanted and wanted != getattr(case, attribute):
            return words[name]
    return ""


def obstacle(case: Case, closed: Barred, tier: str, department: Department | None = None) -> str:
    """Why a case cannot go to a tier or department, in words; "" where it can."""
    if closed.tier(tier, department):
        return _("The case names them or their line: recusal.")
    if case.is_direct and tier in BELOW_HEADQUARTERS:
        return _("The case goes straight to the company.")
    if case.is_sensitive and not _reads_sensitive(tier, department):
        return _("The case is sensitive: named officers deal with it.")
    if tier == Tier.PROJECT and case.project_id is None:
        return _("The case names no project.")
    if tier == Tier.REGION and case.region_id is None:
        return _("The case names no region.")
    return ""


def _reads_sensitive(tier: str, department: Department | None) -> bool:
    """Headquarters, where the named officers are, and the department that reads every sensitive case."""
    return tier == Tier.COMPANY or (department is not None and department.code == Department.PARTY_ORGANISATION)


def _reason(rule: RoutingRule, passed: Iterable[PassedOver]) -> str:
    conditions = pgettext("between items of a list", ", ").join(conditions_of(rule)) or _("every case")
    goes_to = rule.department or rule.get_tier_display()
    words = _("Rule %(order)d: %(conditions)s goes to %(place)s.")
    return _with_recusals(words % {"order": rule.order, "conditions": conditions, "place": goes_to}, passed)


def conditions_of(rule: RoutingRule) -> list[str]:
    """What a rule asks for, in words."""
    kind = rule.get_kind_display() if rule.kind else ""
    severity = rule.get_severity_display() if rule.severity else ""
    return [str(part) for part in (rule.category, kind, severity, rule.region, rule.project) if part]


def _fallen_back(case: Case, closed: Barred, passed: list[PassedOver]) -> Proposal:
    """The nearest tier that is not closed; headquarters never is."""
    said = {tier: obstacle(case, closed, tier) for tier in FALL_BACKS[:-1]}
    tier = next((tier for tier in FALL_BACKS[:-1] if not said[tier]), Tier.COMPANY)
    words = {
        Tier.PROJECT: _("No rule fits: the project deals with it."),
        Tier.REGION: _("No rule fits: the region deals with it."),
        Tier.COMPANY: _("No rule fits: headquarters deal with it."),
    }
    nearer = [] if tier == Tier.PROJECT else [said[Tier.PROJECT] if tier == Tier.REGION else said[Tier.REGION]]
    reason = _sentences(words[tier], *nearer)
    return Proposal(Destination(tier), None, _with_recusals(reason, passed), tuple(passed))


def _with_recusals(reason: str, passed: Iterable[PassedOver]) -> str:
    orders = [str(each.rule.order) for each in passed if each.is_recusal]
    if orders:
        listed = pgettext("between items of a list", ", ").join(orders)
        reason = _sentences(reason, _("Left out because of recusal: rule %(orders)s.") % {"orders": listed})
    return reason[:LONGEST_REASON]


def _sentences(*said: str) -> str:
    """One after the other; Chinese ones need no space between them."""
    return (" " if said[0].endswith(".") else "").join(said)
