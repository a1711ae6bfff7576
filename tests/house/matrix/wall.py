"""Reply sheets: the list of walls, a team's month, a sheet, its paper and photo, reading aloud."""

from typing import Any

from core.months import Month
from feedback.models import FeedbackSheet
from regions.models import Region
from tests.factories import FeedbackSheetFactory, LabourTeamFactory, ProjectFactory, ReadingAloudFactory
from tests.house.pages import ADMITTED, BOTH, NOWHERE_ID, Page, team_args, with_crew
from tests.world import Company

MAY_BE_REFUSED = ADMITTED | {403}


def sheet_args(company: Company, where: str) -> list[Any]:
    if where == "none":
        return [NOWHERE_ID]
    team = company.crew_at(where).team
    return [(FeedbackSheet.objects.filter(team=team).first() or FeedbackSheetFactory(team=team, posted=True)).pk]


def month_args(company: Company, where: str) -> list[Any]:
    return [*team_args(company, where), Month.current()]


PAGES: dict[str, Page] = {
    "walls": Page(has_unit=False),
    "team-wall": Page(team_args, reach=with_crew),
    "team-wall-month": Page(month_args, reach=with_crew),
    "wall-print": Page(team_args, methods=BOTH, reach=with_crew, ok=ADMITTED),
    "wall-sheet": Page(sheet_args, reach=with_crew),
    "wall-paper": Page(sheet_args, reach=with_crew),
    "wall-photo": Page(sheet_args, reach=with_crew),
    "wall-post": Page(sheet_args, methods=BOTH, reach=with_crew, ok=ADMITTED),
    "read-aloud": Page(team_args, methods=BOTH, reach=with_crew, ok=MAY_BE_REFUSED),
}


def fill(region: Region) -> None:
    team = LabourTeamFactory(project=ProjectFactory(region=region))
    FeedbackSheetFactory(team=team)
    FeedbackSheetFactory(team=team, posted=True)
    ReadingAloudFactory(team=team)
