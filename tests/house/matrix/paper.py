"""Boards, contact cards, armbands."""

from typing import Any

from coordinators.models import ArmbandIssue, BoardPrinting, ContactCardBatch, NoticeBoard
from regions.models import Region
from tests.factories import (
    ArmbandIssueFactory,
    BoardCheckFactory,
    BoardPrintingFactory,
    ContactCardBatchFactory,
    CoordinatorFactory,
    LabourTeamFactory,
    LiaisonFactory,
    NoticeBoardFactory,
    PhotoFactory,
    ProjectFactory,
    RightsBoardFactory,
    SiteContactFactory,
    UserFactory,
)
from tests.house.pages import ADMITTED, BOTH, NOWHERE_ID, Page, of_region, project_args, records, region_args, with_crew
from tests.world import Company

LOST = "NOSUCHCODE"
MAY_BE_REFUSED = ADMITTED | {403}


def board_at(company: Company, where: str) -> NoticeBoard:
    """With a printed version that shows somebody's photo, checked once with a photo."""
    project = company.crew_at(where).team.project
    if found := NoticeBoard.objects.filter(project=project, place="矩阵").first():
        return found
    # Without a number: the public page would say it in full.
    person = UserFactory(phone=None, photo=PhotoFactory(), disclosure_agreed_on="2026-01-01")
    CoordinatorFactory(project=project, person=person)
    board = NoticeBoardFactory(project=project, place="矩阵")
    BoardCheckFactory(printing=BoardPrintingFactory(board=board), photo=PhotoFactory())
    return board


def board_args(company: Company, where: str) -> list[Any]:
    return [LOST if where == "none" else board_at(company, where).code]


def version_args(company: Company, where: str) -> list[Any]:
    return [*board_args(company, where), 1]


def face_args(company: Company, where: str) -> list[Any]:
    if where == "none":
        return [LOST, 1, 0]
    board = board_at(company, where)
    people = BoardPrinting.objects.get(board=board, number=1).content["said"]["people"]
    return [board.code, 1, next(index for index, person in enumerate(people) if person["photo"])]


def check_args(company: Company, where: str) -> list[Any]:
    if where == "none":
        return [LOST, NOWHERE_ID]
    printing = BoardPrinting.objects.get(board=board_at(company, where), number=1)
    return [printing.board.code, printing.checks.exclude(photo=None).get().pk]


def scan_args(company: Company, where: str) -> list[Any]:
    if where == "none":
        return [LOST, LOST[:8]]
    printing = BoardPrinting.objects.get(board=board_at(company, where), number=1)
    return [printing.board.code, printing.mark]


def batch_args(company: Company, where: str) -> list[Any]:
    if where == "none":
        return [NOWHERE_ID]
    board = board_at(company, where)
    return [(ContactCardBatch.objects.filter(board=board).first() or ContactCardBatchFactory(board=board)).pk]


def armband_args(company: Company, where: str) -> list[Any]:
    if where == "none":
        return [NOWHERE_ID]
    project = company.crew_at(where).team.project
    return [(ArmbandIssue.objects.filter(project=project).first() or ArmbandIssueFactory(project=project)).pk]


PAGES: dict[str, Page] = {
    "all-boards": Page(has_unit=False),
    "board-scan": Page(scan_args, methods=BOTH, reach=with_crew, ok=MAY_BE_REFUSED),
    "board": Page(board_args, reach=with_crew),
    "board-edit": Page(board_args, methods=BOTH, reach=with_crew, ok=MAY_BE_REFUSED),
    "board-print": Page(board_args, methods=BOTH, reach=with_crew, ok=ADMITTED),
    "board-take-down": Page(board_args, methods=BOTH, reach=with_crew, ok=ADMITTED),
    "board-sheet": Page(version_args, reach=with_crew),
    "board-face": Page(face_args, reach=with_crew),
    "board-check-photo": Page(check_args, reach=with_crew),
    "boards": Page(project_args, reach=with_crew),
    "board-new": Page(project_args, methods=BOTH, reach=records, ok=MAY_BE_REFUSED),
    "site-contact": Page(project_args, methods=BOTH, reach=records, ok=MAY_BE_REFUSED),
    "rights-information": Page(project_args, methods=BOTH, reach=records, ok=MAY_BE_REFUSED),
    "cards": Page(project_args, reach=records),
    "cards-print": Page(project_args, methods=BOTH, reach=records, ok=ADMITTED),
    "card-batch": Page(batch_args, reach=records),
    "card-sheet": Page(batch_args, reach=records),
    "card-face": Page(batch_args, reach=records),
    "card-hand-out": Page(batch_args, methods=BOTH, reach=records, ok=ADMITTED),
    "project-armbands": Page(project_args, reach=records),
    "project-armband-issue": Page(project_args, methods=BOTH, reach=records, ok=ADMITTED),
    "region-armbands": Page(region_args, reach=of_region),
    "region-armband-issue": Page(region_args, methods=BOTH, reach=of_region, ok=ADMITTED),
    "armband-return": Page(armband_args, methods=BOTH, reach=records, ok=ADMITTED),
}


def fill(region: Region) -> None:
    project = ProjectFactory(region=region)
    SiteContactFactory(project=project)
    RightsBoardFactory(project=project)
    LiaisonFactory(team=LabourTeamFactory(project=project), person=UserFactory(disclosure_agreed_on="2026-01-01"))
    board = NoticeBoardFactory(project=project)
    BoardCheckFactory(printing=BoardPrintingFactory(board=board, said={"hotline": "400 000 0009"}))
    BoardPrintingFactory(board=NoticeBoardFactory(project=project, rights=True))
    ContactCardBatchFactory(board=board)
    ArmbandIssueFactory(project=project)
    ArmbandIssueFactory(region=region, project=None)
