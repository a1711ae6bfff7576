"""Coverage, handovers, a liaison's page."""

from typing import Any

from coordinators.models import Coordinator, Liaison
from core.roles import COMPANY_WIDE, Role
from inbox.models import Handover
from regions.models import Region
from tests.factories import CoordinatorFactory, HandoverFactory, LiaisonFactory, ProjectFactory
from tests.house.pages import ADMITTED, BOTH, NOWHERE_ID, POST, Page, structure
from tests.world import Company


def post_of_crew(role: str, where: str) -> bool:
    """People in post, and the liaison himself."""
    return structure(role, where) or (role == Role.LIAISON and where == "own")


def personnel(role: str, where: str) -> bool:
    """Said in confidence: the region and the project's two managers; the clerk and the health officer not."""
    if role in COMPANY_WIDE:
        return True
    if role == Role.REGIONAL_COORDINATOR:
        return where in ("own", "sibling")
    return role in (Role.PROJECT_COORDINATOR, Role.PROJECT_COMMITTEE) and where == "own"


def liaison_args(company: Company, where: str) -> list[Any]:
    if where == "none":
        return [NOWHERE_ID]
    crew = company.crew_at(where)
    return [(Liaison.objects.filter(crew=crew).first() or LiaisonFactory(crew=crew)).pk]


def begin_args(company: Company, where: str) -> list[Any]:
    if where == "none":
        return ["coordinator", NOWHERE_ID]
    project = company.crew_at(where).team.project
    ended = Coordinator.objects.filter(project=project, to_on__isnull=False).first()
    return ["coordinator", (ended or CoordinatorFactory(project=project, ended=True)).pk]


def handover_args(company: Company, where: str) -> list[Any]:
    if where == "none":
        return [NOWHERE_ID]
    project = company.crew_at(where).team.project
    found = Handover.objects.filter(coordinator__project=project).first()
    return [(found or HandoverFactory(coordinator=CoordinatorFactory(project=project, ended=True))).pk]


PAGES: dict[str, Page] = {
    "coverage": Page(has_unit=False),
    "coverage-export": Page(methods=POST, has_unit=False, ok=ADMITTED),
    "liaison": Page(liaison_args, reach=post_of_crew),
    "handovers": Page(has_unit=False),
    "handover": Page(handover_args, reach=personnel),
    "handover-begin": Page(begin_args, methods=BOTH, reach=structure, ok=ADMITTED),
    "handover-save": Page(handover_args, methods=BOTH, reach=personnel, ok=ADMITTED),
    "handover-hand-over": Page(handover_args, methods=BOTH, reach=personnel, ok=ADMITTED),
    "handover-accept": Page(handover_args, methods=BOTH, reach=personnel, ok=ADMITTED),
}


def fill(region: Region) -> None:
    """A handover of each kind of post, in each of its states."""
    project = ProjectFactory(region=region)
    HandoverFactory(coordinator=CoordinatorFactory(region=region, ended=True))
    HandoverFactory(coordinator=CoordinatorFactory(project=project, ended=True), handed_over=True)
    HandoverFactory(coordinator=None, liaison=LiaisonFactory(team__project=project, ended=True), accepted=True)
