"""Which units see a case, and as what, when it changes hands. Only what is written here gives anybody a sight of a case."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from core.refusals import Refused
from feedback.cases.recusal import barred_of
from feedback.models import Case, CaseSight, Tier
from regions.models import Department

Part = CaseSight.Part
UPWARD = (Tier.PROJECT, Tier.REGION, Tier.COMPANY)


@dataclass(frozen=True, slots=True)
class Destination:
    """Where a case goes: a tier of its own place, or a department."""

    tier: Tier
    department: Department | None = None

    def __str__(self) -> str:
        return str(self.department or Tier(self.tier).label)


def require_open_to(case: Case, to: Destination) -> None:
    """Raises Refused where the case has no such unit, or names it or its line."""
    if to.tier == Tier.DEPARTMENT and to.department is None:
        words = _("Choose a department.")
    elif (to.tier == Tier.PROJECT and case.project_id is None) or (to.tier == Tier.REGION and case.region_id is None):
        words = _("This case belongs to no project or region. Choose a department or headquarters.")
    elif barred_of(case).tier(to.tier, to.department):
        words = _("This matter concerns that unit: it cannot go there.")
    else:
        return
    raise Refused(words, fields={"to": words})


def give_lead(case: Case, to: Destination, joint: Iterable[Department] = ()) -> None:
    """Make `to` the unit that deals with a case. Whoever did so before has been told of it, and goes on seeing it."""
    case.sights.filter(part__in=(Part.LEAD, Part.JOINT)).update(part=Part.COPIED)
    _put(case, to, Part.LEAD)
    for department in joint:
        call_in(case, department)
    _stand_above(case, to)


def call_in(case: Case, department: Department) -> None:
    """Let a department help. Raises Refused where it deals with the case already, or is named by it."""
    to = Destination(Tier.DEPARTMENT, department)
    require_open_to(case, to)
    if case.sights.filter(department=department, part__in=(Part.LEAD, Part.JOINT)).exists():
        words = _("This department deals with the case already.")
        raise Refused(words, fields={"department": words})
    _put(case, to, Part.JOINT)


def tier_above(case: Case, tier: str | None) -> Destination | None:
    """The next tier up that may deal with it; a tier that is recused, missing or passed by is skipped. None above headquarters.

    `tier`: who cannot solve it; None for a liaison, a department counts as its project's and region's peer.
    """
    if tier == Tier.COMPANY:
        return None
    start = {"": 0, "project": 1}.get(tier or "", 2)
    return next(Destination(each) for each in UPWARD[start:] if _may_go(case, each))


def tell_superior(case: Case) -> None:
    """Copy a case to the unit above whoever deals with it, if that does not see it yet."""
    lead = case.sights.filter(part=Part.LEAD).first()
    to = tier_above(case, lead.tier) if lead else None
    if to is not None and not case.sights.filter(tier=to.tier).exists():
        _put(case, to, Part.COPIED)


def _may_go(case: Case, tier: Tier) -> bool:
    if tier == Tier.COMPANY:
        return True
    unit = case.project_id if tier == Tier.PROJECT else case.region_id
    shown = not case.is_direct or case.sights.filter(tier=tier).exists()
    return unit is not None and shown and not barred_of(case).tier(tier)


def _put(case: Case, to: Destination, part: str) -> None:
    CaseSight.objects.update_or_create(
        case=case,
        tier=to.tier,
        region=case.region if to.tier == Tier.REGION else None,
        project=case.project if to.tier == Tier.PROJECT else None,
        department=to.department,
        defaults={"part": part},
    )


def _stand_above(case: Case, lead: Destination) -> None:
    """Region and headquarters supervise what is dealt with below or beside them; the project stays where it came up."""
    case.sights.filter(tier=Tier.PROJECT).exclude(part=Part.LEAD).update(part=Part.LOCAL)
    region = case.sights.filter(tier=Tier.REGION).exclude(part=Part.LEAD)
    region_supervises = lead.tier != Tier.COMPANY and region.update(part=Part.SUPERVISOR)
    if not region_supervises:
        region.update(part=Part.COPIED)
    company = case.sights.filter(tier=Tier.COMPANY).exclude(part=Part.LEAD)
    company.update(part=Part.COPIED if region_supervises else Part.SUPERVISOR)
