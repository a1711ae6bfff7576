"""The monthly survey: rounds, teams, sheets, results."""

from typing import Any

from core.months import Month
from core.roles import COMPANY_WIDE, Role
from feedback.models import SurveyAnswer, SurveyQuestion, SurveyResponse, SurveyRound, SurveyTeam
from labour_teams.models import LabourTeam
from regions.models import Region
from tests.factories import (
    LabourTeamFactory,
    PhotoFactory,
    ProjectFactory,
    SurveyResponseFactory,
    SurveyRoundFactory,
    SurveyTeamFactory,
)
from tests.house.pages import BOTH, EVERYBODY, NOWHERE_ID, POST, PROJECT_ROLES, Page, of_region, records, with_crew
from tests.world import Company

MONTH = Month(2026, 5)
MAY_BE_REFUSED = frozenset({200, 302, 403})
# Departments deal with cases, the system administrator with structure, a liaison with the forms of his team.
SEERS = COMPANY_WIDE | PROJECT_ROLES | {Role.REGIONAL_COORDINATOR}


def round_at(company: Company, where: str) -> SurveyRound:
    project = company.crew_at(where).team.project
    return SurveyRound.objects.filter(project=project, month=MONTH).first() or SurveyRoundFactory(project=project, month=MONTH)


def round_args(company: Company, where: str) -> list[Any]:
    return ["NOWHERE", MONTH] if where == "none" else [round_at(company, where).project.code, MONTH]


def team_args(company: Company, where: str) -> list[Any]:
    if where == "none":
        return ["NOWHERE", MONTH, NOWHERE_ID]
    round_, team = round_at(company, where), company.crew_at(where).team
    if not SurveyTeam.objects.filter(round=round_, team=team).exists():
        SurveyTeamFactory(round=round_, team=team)
    return [round_.project.code, MONTH, team.pk]


def photo_args(company: Company, where: str) -> list[Any]:
    if where == "none":
        return ["NOWHERE", MONTH, NOWHERE_ID]
    round_, team = round_at(company, where), company.crew_at(where).team
    sheet = SurveyResponse.objects.filter(round=round_, photo__isnull=False).first()
    sheet = sheet or SurveyResponseFactory(round=round_, team=team, photo=PhotoFactory())
    return [round_.project.code, MONTH, sheet.pk]


def of_company(company: Company, where: str) -> list[Any]:
    return [MONTH]


def of_one_region(company: Company, where: str) -> list[Any]:
    return [MONTH, "NOWHERE" if where == "none" else company.crew_at(where).team.project.region.code]


def of_one_project(company: Company, where: str) -> list[Any]:
    return [MONTH, "NOWHERE" if where == "none" else company.crew_at(where).team.project.code]


def keyer(role: str, where: str) -> bool:
    return role == Role.PROJECT_COORDINATOR and where == "own"


PAGES: dict[str, Page] = {
    "surveys": Page(has_unit=False, roles=SEERS),
    "survey-silent": Page(has_unit=False, roles=COMPANY_WIDE | {Role.REGIONAL_COORDINATOR}),
    "survey-results": Page(of_company, has_unit=False, roles=COMPANY_WIDE),
    "survey-results-export": Page(of_company, methods=POST, has_unit=False, roles=COMPANY_WIDE),
    "survey-results-region": Page(of_one_region, reach=of_region),
    "survey-results-region-export": Page(of_one_region, methods=POST, reach=of_region),
    "survey-results-project": Page(of_one_project, reach=records),
    "survey-results-project-export": Page(of_one_project, methods=POST, reach=records),
    "survey-round": Page(round_args, reach=records),
    "survey-analysis": Page(round_args, methods=BOTH, reach=records, ok=frozenset({200, 302})),
    "survey-close": Page(round_args, methods=BOTH, reach=records, ok=frozenset({200, 302})),
    "survey-reopen": Page(round_args, methods=BOTH, reach=records, ok=frozenset({200, 302})),
    "survey-count": Page(team_args, methods=BOTH, reach=with_crew, ok=MAY_BE_REFUSED),
    "survey-print": Page(team_args, methods=BOTH, reach=with_crew, ok=MAY_BE_REFUSED),
    "survey-sheets": Page(team_args, reach=with_crew, ok=MAY_BE_REFUSED),
    "survey-key": Page(team_args, methods=BOTH, reach=with_crew, ok=MAY_BE_REFUSED),
    "survey-undo": Page(team_args, methods=BOTH, reach=with_crew, ok=MAY_BE_REFUSED),
    "survey-photos": Page(team_args, methods=BOTH, reach=with_crew, ok=MAY_BE_REFUSED),
    "survey-photo": Page(photo_args, reach=keyer, roles=EVERYBODY),
}


def fill(region: Region) -> None:
    """A round with a silent team and one whose answers would change a total."""
    project = ProjectFactory(region=region)
    round_ = SurveyRoundFactory(project=project, month=MONTH)
    teams: list[LabourTeam] = LabourTeamFactory.create_batch(2, project=project)
    SurveyTeamFactory(round=round_, team=teams[0], issued=30, returned=0)
    SurveyTeamFactory(round=round_, team=teams[1], issued=9, returned=7)
    question = SurveyQuestion.objects.filter(template=round_.template, kind=SurveyQuestion.Kind.RATING).first()
    for value in (1, 1, 1, 1, 2, 2, 3):
        sheet = SurveyResponseFactory(round=round_, team=teams[1])
        if question:
            SurveyAnswer.objects.create(response=sheet, question=question, value=value)
