"""The timeline of the handbook, its export, its calendar, and the printed books of posts."""

from typing import Any

from coordinators.models import Coordinator
from core.roles import COMPANY_WIDE, Role
from regions.models import Region
from tests.factories import (
    CampaignActivityFactory,
    CareDistributionFactory,
    CoordinatorFactory,
    EntryPhotoFactory,
    HandbookEntryFactory,
    LabourTeamFactory,
    TrainingAttendanceFactory,
    VisitRecordFactory,
)
from tests.house.pages import MONTH, NOWHERE_ID, POST, Page
from tests.world import Company

READERS = frozenset(set(Role) - {Role.SYSTEM_ADMINISTRATOR, Role.DEPARTMENT_OFFICER}) | COMPANY_WIDE
ON_PROJECT = (Role.PROJECT_COORDINATOR, Role.PROJECT_COMMITTEE, Role.PROJECT_CLERK)


def above(role: str, where: str) -> bool:
    """The book of a project's coordinator: his project, his region, headquarters."""
    if role in COMPANY_WIDE:
        return True
    if role == Role.REGIONAL_COORDINATOR:
        return where in ("own", "sibling")
    return role in ON_PROJECT and where == "own"


def book_args(company: Company, where: str) -> list[Any]:
    if where == "none":
        return ["coordinator", NOWHERE_ID, MONTH]
    project = company.crew_at(where).team.project
    post = Coordinator.objects.filter(project=project).first() or CoordinatorFactory(project=project)
    return ["coordinator", post.pk, MONTH]


PAGES: dict[str, Page] = {
    "entries": Page(has_unit=False, roles=READERS),
    "handbook-export": Page(methods=POST, has_unit=False, roles=READERS),
    "handbook-calendar": Page(has_unit=False, roles=READERS),
    "handbook-calendar-month": Page(lambda company, where: [MONTH], has_unit=False, roles=READERS),
    "handbook-book": Page(book_args, reach=above, roles=READERS),
}


def fill(region: Region) -> None:
    team = LabourTeamFactory(project__region=region)
    VisitRecordFactory(entry__team=team, follow_up_on=MONTH.last)
    TrainingAttendanceFactory(session__entry__project=team.project)
    CareDistributionFactory(event__entry__project=team.project, event__is_for_all=True, team=team)
    CampaignActivityFactory(entry__project=team.project, entry__headcount=12)
    entry = HandbookEntryFactory(project=None, region=region, kind="rights")
    EntryPhotoFactory(entry=entry)
