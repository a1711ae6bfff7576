"""Revisits: the list, one of them, who goes, what was found, the shares."""

from typing import Any

from core.months import Month
from core.roles import MANAGING_DEPARTMENTS, READERS, Role
from feedback.models import Revisit
from regions.models import Region
from tests.factories import CaseFactory, ProjectFactory, RevisitFactory
from tests.house.pages import ADMITTED, BOTH, NOWHERE_ID, Page
from tests.world import Company

MAY_BE_REFUSED = ADMITTED | {403}
AT_HEADQUARTERS = MANAGING_DEPARTMENTS | READERS


def cases(role: str, where: str) -> bool:
    """A case that the project deals with."""
    if role in AT_HEADQUARTERS:
        return True
    if role == Role.REGIONAL_COORDINATOR:
        return where in ("own", "sibling")
    return role in (Role.PROJECT_COORDINATOR, Role.PROJECT_COMMITTEE) and where == "own"


def revisit_args(company: Company, where: str) -> list[Any]:
    if where == "none":
        return [NOWHERE_ID]
    project = company.crew_at(where).team.project
    found = Revisit.objects.filter(case__project=project, is_settled=None).first()
    return [(found or RevisitFactory(case=CaseFactory(project=project, status="revisiting"))).pk]


def month_args(company: Company, where: str) -> list[Any]:
    return [Month(2026, 5)]


PAGES: dict[str, Page] = {
    "revisits": Page(has_unit=False),
    "revisit": Page(revisit_args, reach=cases),
    "revisit-assign": Page(revisit_args, methods=BOTH, reach=cases, ok=MAY_BE_REFUSED),
    "revisit-answer": Page(revisit_args, methods=BOTH, reach=cases, ok=MAY_BE_REFUSED),
    "revisit-rates": Page(roles=frozenset(AT_HEADQUARTERS | {Role.REGIONAL_COORDINATOR}), has_unit=False),
    "revisit-rates-month": Page(month_args, roles=frozenset(AT_HEADQUARTERS | {Role.REGIONAL_COORDINATOR}), has_unit=False),
}


def fill(region: Region) -> None:
    project = ProjectFactory(region=region)
    RevisitFactory(case=CaseFactory(project=project, status="revisiting"))
    RevisitFactory(case=CaseFactory(project=project, status="closed"), is_sample=True, month="2026-05", done=True)
