"""Teams that one should go and see: silent for two months, or fallen to half of what they gave back before."""

from datetime import UTC, date, datetime

import pytest
import time_machine

from core.months import Month
from core.roles import Role
from core.workdays import WorkingDays
from feedback.survey.silence import MANY_PEOPLE, Past, Sign, sign_of, silent_teams
from inbox.survey import teams_to_go_and_see
from labour_teams.models import LabourTeam
from tests.factories import EngagementFactory, LabourTeamFactory, SurveyResponseFactory, SurveyRoundFactory, SurveyTeamFactory
from tests.world import found_company

JUNE = Month(2026, 6)
NOW = datetime(2026, 6, 28, 2, tzinfo=UTC)


def past(*numbers: tuple[int, int] | None) -> list[Past]:
    """Newest first, a month each; None is a month without a round."""
    return [Past(JUNE.plus(-back), *pair) for back, pair in enumerate(numbers) if pair]


@pytest.mark.parametrize(
    ("rows", "sign"),
    [
        (past((20, 0), (20, 0), (20, 15)), Sign(JUNE.plus(-1), 2, 40)),
        (past((0, 0), (0, 0), (0, 0)), Sign(JUNE.plus(-2), 3, 0)),
        (past((20, 0), (20, 1)), None),
        (past((20, 0), None, (20, 0)), None),
        (past((20, 8), (20, 16), (20, 16)), Sign(JUNE, 1, 20, 40, 80)),
        (past((20, 9), (20, 16), (20, 16)), None),
        (past((20, 2), (20, 16)), None),
        (past((20, 2), (20, 16), (20, 16), (20, 16), (20, 0)), Sign(JUNE, 1, 20, 10, 80)),
        (past((0, 0), (20, 16), (20, 16)), None),
        (past((20, 0), (20, 16), (20, 16)), Sign(JUNE, 1, 20, 0, 80)),
    ],
)
def test_signs(rows: list[Past], sign: Sign | None) -> None:
    assert sign_of(rows) == sign


def large_team(project: object, people: int = MANY_PEOPLE) -> LabourTeam:
    team = LabourTeamFactory(project=project)
    EngagementFactory.create_batch(people, team=team, crew=None, entered_on=date(2026, 1, 1))
    return team


def asked(team: LabourTeam, month: Month, issued: int, returned: int) -> None:
    round_ = team.project.survey_rounds.filter(month=month).first() or SurveyRoundFactory(project=team.project, month=month)
    SurveyTeamFactory(round=round_, team=team, issued=issued, returned=returned)


@pytest.mark.django_db
@time_machine.travel(NOW, tick=False)
def test_large_silent_teams_of_the_region_are_found_and_no_others() -> None:
    company = found_company()
    project = company.own_project
    silent, speaking, small = large_team(project), large_team(project), large_team(project, MANY_PEOPLE - 1)
    foreign = large_team(company.crew_at("foreign").team.project)
    for month in (JUNE, JUNE.plus(-1)):
        for team in (silent, small, foreign):
            asked(team, month, 20, 0)
        asked(speaking, month, 20, 15)
    regional, headquarters = company.person(Role.REGIONAL_COORDINATOR), company.person(Role.LABOUR_CENTRE)
    [found] = silent_teams(regional, date(2026, 6, 28))
    assert (found.team, found.people, found.sign) == (silent, MANY_PEOPLE, Sign(JUNE.plus(-1), 2, 40))
    assert {each.team for each in silent_teams(headquarters, date(2026, 6, 28))} == {silent, foreign}
    [item] = teams_to_go_and_see(regional, NOW, WorkingDays())
    assert item.url == "/surveys/silent/"
    assert str(silent) in item.where
    assert list(teams_to_go_and_see(headquarters, NOW, WorkingDays())) == []


@pytest.mark.django_db
@time_machine.travel(NOW, tick=False)
def test_a_round_that_is_still_collecting_and_a_sheet_that_was_keyed_are_no_silence() -> None:
    company = found_company()
    team = large_team(company.own_project)
    asked(team, JUNE.plus(-1), 20, 0)
    asked(team, JUNE.plus(-2), 20, 0)
    regional = company.person(Role.REGIONAL_COORDINATOR)
    assert len(silent_teams(regional, date(2026, 6, 28))) == 1
    round_ = team.project.survey_rounds.get(month=JUNE.plus(-1))
    SurveyResponseFactory(round=round_, team=team, keyed_on=date(2026, 5, 20), keyed_by=regional)
    assert silent_teams(regional, date(2026, 6, 28)) == []
    assert silent_teams(regional, date(2026, 5, 20)) == []
