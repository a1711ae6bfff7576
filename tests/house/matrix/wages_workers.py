"""What workers see of their wages and say of them: slips, the random question, exits, the pack. Two pages need no sign-in."""

from typing import Any

from core.months import Month
from core.roles import COMPANY_WIDE, READERS, Role
from labour_teams.models import Engagement
from regions.models import Region
from tests.factories import (
    EngagementFactory,
    ExitCheckFactory,
    LabourTeamFactory,
    PaySlipFactory,
    ProjectFactory,
    RestrictionRequestFactory,
    WageLineFactory,
    WageQuestionFactory,
    WageSheetFactory,
)
from tests.house.pages import BOTH, NOWHERE_ID, POST, Page, project_args
from tests.world import Company
from wages.models import WageQuestion, WageSheet
from wages.querysets import ON_PROJECTS

MAY_BE_REFUSED = frozenset({200, 302, 403})
ABOVE = frozenset({Role.REGIONAL_COORDINATOR, Role.LABOUR_CENTRE})


def reads_sums(role: str, where: str) -> bool:
    """Sums and states: headquarters, the region's coordinator, the project."""
    if role in COMPANY_WIDE:
        return True
    return (role == Role.REGIONAL_COORDINATOR and where in ("own", "sibling")) or (role in ON_PROJECTS and where == "own")


def reads_lines(role: str, where: str) -> bool:
    """Lines with names: of headquarters only the labour centre and those who look."""
    return reads_sums(role, where) and (role not in COMPANY_WIDE or role in READERS | {Role.LABOUR_CENTRE})


def asks(role: str, where: str) -> bool:
    return role in ABOVE and reads_lines(role, where)


def month_args(company: Company, where: str) -> list[Any]:
    return [Month.current().plus(-1)]


def asked_args(company: Company, where: str) -> list[Any]:
    return [*month_args(company, where), *project_args(company, where)]


def asked_team_args(company: Company, where: str) -> list[Any]:
    return [*month_args(company, where), NOWHERE_ID if where == "none" else company.crew_at(where).team_id]


def sheet_args(company: Company, where: str) -> list[Any]:
    if where == "none":
        return [NOWHERE_ID]
    team = company.crew_at(where).team
    return [(WageSheet.objects.filter(team=team).first() or WageSheetFactory(team=team, lines=1)).pk]


def question_args(company: Company, where: str) -> list[Any]:
    if where == "none":
        return [NOWHERE_ID]
    engagement = _engagement(company, where)
    return [(WageQuestion.objects.filter(engagement=engagement).first() or WageQuestionFactory(engagement=engagement)).pk]


def engagement_args(company: Company, where: str) -> list[Any]:
    return [NOWHERE_ID if where == "none" else _engagement(company, where).pk]


def _engagement(company: Company, where: str) -> Engagement:
    return Engagement.objects.get(crew=company.crew_at(where))


PUBLIC = Page(methods=BOTH, has_unit=False, is_public=True, ok=frozenset({200, 404}))

PAGES: dict[str, Page] = {
    "wage-slip": PUBLIC,
    "wage-answer": PUBLIC,
    "pay-slips": Page(sheet_args, methods=BOTH, reach=reads_sums, ok=MAY_BE_REFUSED),
    "wage-questions": Page(has_unit=False, roles=ABOVE),
    "wage-questions-month": Page(month_args, has_unit=False, roles=ABOVE),
    "wage-question-project": Page(asked_args, reach=asks),
    "wage-question-draw": Page(asked_args, methods=POST, reach=asks, ok=MAY_BE_REFUSED),
    "wage-question-cards": Page(asked_args, methods=POST, reach=asks, ok=MAY_BE_REFUSED),
    "wage-question-matter": Page(asked_team_args, methods=POST, reach=asks, ok=MAY_BE_REFUSED),
    "wage-question-talk": Page(question_args, methods=POST, reach=asks, ok=MAY_BE_REFUSED),
    "exit-checks": Page(has_unit=False, roles=ABOVE | READERS | frozenset(ON_PROJECTS)),
    "exit-check": Page(engagement_args, methods=BOTH, reach=reads_lines, ok=MAY_BE_REFUSED),
    "exit-matter": Page(engagement_args, methods=POST, reach=reads_lines, ok=MAY_BE_REFUSED),
    "wage-lock-away": Page(engagement_args, methods=BOTH, reach=reads_lines, ok=MAY_BE_REFUSED),
    "wage-pack": Page(project_args, methods=BOTH, reach=reads_lines, ok=MAY_BE_REFUSED),
}


def fill(region: Region) -> None:
    """A paid sheet with a slip, somebody asked, somebody who left, somebody locked away."""
    team = LabourTeamFactory(project=ProjectFactory(region=region))
    line = WageLineFactory(sheet=WageSheetFactory(team=team, status="paid"))
    PaySlipFactory(line=line)
    WageQuestionFactory(engagement=line.engagement, answered=True)
    ExitCheckFactory(engagement=EngagementFactory(team=team, left=True))
    RestrictionRequestFactory(engagement=EngagementFactory(team=team))
