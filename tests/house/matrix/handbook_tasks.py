"""Tasks downward: given by coordinators, owed by posts, read above them."""

from typing import Any

from core.roles import COMPANY_WIDE, Role
from handbook.models import Task
from regions.models import Region
from tests.factories import LabourTeamFactory, LiaisonFactory, TaskFactory
from tests.house.pages import ADMITTED, BOTH, NOWHERE_ID, Page
from tests.world import Company

GIVERS = frozenset({Role.REGIONAL_COORDINATOR, Role.PROJECT_COORDINATOR})
SEERS = COMPANY_WIDE | GIVERS | {Role.PROJECT_COMMITTEE, Role.LIAISON}


def reached(role: str, where: str) -> bool:
    """The liaison sees the tasks of his post."""
    if role in COMPANY_WIDE:
        return True
    if role == Role.REGIONAL_COORDINATOR:
        return where in ("own", "sibling")
    return role in SEERS and where == "own"


def task_args(company: Company, where: str) -> list[Any]:
    if where == "none":
        return [NOWHERE_ID]
    crew = company.crew_at(where)
    known = Task.objects.filter(project=crew.team.project, to_liaison__crew=crew).first()
    return [(known or TaskFactory(project=crew.team.project, to_liaison=LiaisonFactory(crew=crew))).pk]


VERBS = ("receive", "answer", "close", "return", "withdraw")
PAGES: dict[str, Page] = {
    "tasks": Page(has_unit=False, roles=SEERS),
    "task-new": Page(methods=BOTH, has_unit=False, roles=GIVERS),
    "task": Page(task_args, reach=reached, roles=SEERS),
    **{f"task-{verb}": Page(task_args, methods=BOTH, reach=reached, roles=SEERS, ok=ADMITTED) for verb in VERBS},
}


def fill(region: Region) -> None:
    team = LabourTeamFactory(project__region=region)
    TaskFactory(project=team.project, to_liaison=LiaisonFactory(team=team))
    TaskFactory(project=team.project, coordinator=True)
