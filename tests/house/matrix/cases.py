"""The list of cases, taking one down, dispatching; the figures and the page that tries the rules."""

from typing import Any

from core.roles import COMPANY_WIDE, MANAGING_DEPARTMENTS, READERS, Role
from feedback.cases.intake import NO_PART_IN_CASES, REGISTRARS
from feedback.models import Case
from regions.models import Region
from tests.factories import CaseFactory, LabourTeamFactory, ProjectFactory
from tests.house.pages import ADMITTED, BOTH, POST, Page
from tests.world import Company

SEERS = frozenset(set(Role) - NO_PART_IN_CASES)
TO_DISPATCH = "待分办"
NOBODYS = "NW-2605-ZZZZZ"


def sees(role: str, where: str) -> bool:
    """What was registered on a project and names nobody: headquarters, the region, the project's coordinator."""
    if role in MANAGING_DEPARTMENTS | READERS:
        return True
    if role == Role.REGIONAL_COORDINATOR:
        return where != "foreign"
    return role == Role.PROJECT_COORDINATOR and where == "own"


def number_args(company: Company, where: str) -> list[Any]:
    """One that nobody has dispatched."""
    if where == "none":
        return [NOBODYS]
    project = company.crew_at(where).team.project
    found = Case.objects.filter(project=project, title=TO_DISPATCH, status="registered").first()
    return [(found or CaseFactory(project=project, title=TO_DISPATCH)).number]


PAGES: dict[str, Page] = {
    "cases": Page(has_unit=False, roles=SEERS),
    "case-new": Page(methods=BOTH, has_unit=False, roles=REGISTRARS),
    "case-registered": Page(number_args, reach=sees),
    "case-export": Page(methods=POST, has_unit=False, roles=SEERS),
    "case-bulk": Page(methods=BOTH, has_unit=False, roles=SEERS - READERS),
    "case-route": Page(number_args, methods=BOTH, reach=sees, ok=ADMITTED),
    "rules-try": Page(has_unit=False, roles=COMPANY_WIDE),
    "wage-disputes": Page(has_unit=False, roles=SEERS),
}


def fill(region: Region) -> None:
    team = LabourTeamFactory(project__region=region)
    CaseFactory(project=team.project, team=team)
    CaseFactory(project=team.project, status="accepted")  # with a department it would be that officer's business, wherever
    closing = ProjectFactory(region=region, stage="wrap_up")
    CaseFactory(project=closing, kind="dispute", status="answered", people_count=3, amount=100)
    CaseFactory(project=None, region=region)
