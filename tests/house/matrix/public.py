"""The public page of a board, and the profiles from which it is made."""

from typing import Any

from coordinators.models import Coordinator, Liaison, NoticeBoard
from core.roles import Role
from regions.models import Project, Region
from tests.factories import CoordinatorFactory, LabourTeamFactory, LiaisonFactory, PhotoFactory, ProjectFactory, UserFactory
from tests.house.pages import ADMITTED, BOTH, NOWHERE_ID, Page, structure
from tests.world import Company

AGREED = "2026-05-01"


def posts_of_crew(role: str, where: str) -> bool:
    """The liaison of the crew reaches his own post."""
    return structure(role, where) or (role == Role.LIAISON and where == "own")


def _shown(project: Project) -> Coordinator:
    """A project's coordinator with a photo, who agreed to be shown; without a number, for the page would say it in full."""
    there = Coordinator.objects.filter(project=project, person__photo__isnull=False).select_related("person").first()
    if there is None:
        person = UserFactory(phone=None, photo=PhotoFactory(), disclosure_agreed_on=AGREED)
        there = CoordinatorFactory(project=project, person=person)
    return there


def board_args(company: Company, where: str) -> list[Any]:
    if where == "none":
        return ["NOWHERE"]
    project = company.crew_at(where).team.project
    there = NoticeBoard.objects.filter(project=project).first()
    return [(there or NoticeBoard.objects.create(project=project, place="大门口", created_by=UserFactory())).code]


def board_photo_args(company: Company, where: str) -> list[Any]:
    if where != "none":
        _shown(company.crew_at(where).team.project)
    return [*board_args(company, where), 1]


def liaison_args(company: Company, where: str) -> list[Any]:
    if where == "none":
        return ["liaison", NOWHERE_ID]
    crew = company.crew_at(where)
    return ["liaison", (Liaison.objects.filter(crew=crew).first() or LiaisonFactory(crew=crew)).pk]


def portrait_args(company: Company, where: str) -> list[Any]:
    if where == "none":
        return ["coordinator", NOWHERE_ID]
    return ["coordinator", _shown(company.crew_at(where).team.project).pk]


VERB = Page(liaison_args, methods=BOTH, reach=posts_of_crew, ok=ADMITTED)
PAGES: dict[str, Page] = {
    "public-board": Page(board_args, has_unit=False, is_public=True),
    "public-board-photo": Page(board_photo_args, has_unit=False, is_public=True),
    "post-profile": Page(liaison_args, reach=posts_of_crew),
    "post-photo": Page(portrait_args, reach=structure),
    **{f"post-{verb}": VERB for verb in ("profile-save", "photo-keep", "photo-remove", "consent", "consent-withdraw")},
}


def fill(region: Region) -> None:
    """People who agreed to be shown, on a project with a board."""
    project = ProjectFactory(region=region)
    NoticeBoard.objects.create(project=project, place="大门口", created_by=UserFactory())
    CoordinatorFactory(project=project, person=UserFactory(disclosure_agreed_on=AGREED))
    LiaisonFactory(team=LabourTeamFactory(project=project), person=UserFactory(disclosure_agreed_on=AGREED))
