"""Wages that were not paid in time: found once, with since when, how much, how many, and an urgent case."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from core.months import Month
from core.roles import Role
from feedback.models import Case
from labour_teams.models import LabourTeam
from tests.factories import EngagementFactory, LabourTeamFactory, person_with
from tests.wages.imports.sheets import as_csv, imported
from wages import arrears
from wages.models import WageAccount, WageArrears, WageSheet
from wages.sheet_import.sheet import WAGES

pytestmark = pytest.mark.django_db

Source = WageArrears.Source
MAY, JUNE = Month(2026, 5), Month(2026, 6)
ROW = {"name": "向春生", "gross": "6000", "net": "6000"}


@pytest.fixture(autouse=True)
def _today(time_machine: Any) -> None:
    time_machine.move_to("2026-06-30 10:00:00+08:00")


@pytest.fixture
def team() -> LabourTeam:
    team = LabourTeamFactory(name="隧道一队")
    EngagementFactory(team=team, name="向春生", entered_on=date(2026, 3, 1))
    return team


@pytest.fixture
def clerk(team: LabourTeam) -> User:
    return person_with(Role.PROJECT_CLERK, project=team.project)


def facts() -> set[tuple[str, str, date, Decimal | None, int | None]]:
    return {(str(row.month), row.source, row.since, row.amount, row.people) for row in WageArrears.objects.all()}


def test_a_sheet_that_is_not_paid_by_its_day(team: LabourTeam, clerk: User) -> None:
    imported(team, clerk, as_csv(WAGES, ROW))
    assert arrears.found(date(2026, 6, 10)) == []
    call_command("watch_wages")
    assert facts() == {("2026-05", Source.UNPAID, date(2026, 6, 11), Decimal(6000), 1)}
    case = Case.objects.get()
    assert (case.kind, case.severity, case.origin, case.amount, case.people_count, case.team) == (
        "dispute", "urgent", "ledger", Decimal(6000), 1, team,
    )  # fmt: skip
    assert WageArrears.objects.get().case == case


def test_twice_is_once(team: LabourTeam, clerk: User) -> None:
    imported(team, clerk, as_csv(WAGES, ROW))
    call_command("watch_wages")
    call_command("watch_wages")
    assert (WageArrears.objects.count(), Case.objects.count()) == (1, 1)


def test_a_dry_run_changes_nothing(team: LabourTeam, clerk: User) -> None:
    imported(team, clerk, as_csv(WAGES, ROW))
    call_command("watch_wages", "--dry-run")
    assert (WageArrears.objects.count(), Case.objects.count()) == (0, 0)


def test_the_project_says_its_pay_day(team: LabourTeam, clerk: User) -> None:
    WageAccount.objects.create(project=team.project, pay_day=28)
    imported(team, clerk, as_csv(WAGES, ROW))
    assert WageSheet.objects.get().due_on == date(2026, 6, 28)
    assert arrears.found(date(2026, 6, 28)) == []
    assert [each.due_on for each in arrears.found(date(2026, 6, 29))] == [date(2026, 6, 28)]


def test_a_month_without_a_sheet_is_a_gap_until_there_is_one(team: LabourTeam, clerk: User, time_machine: Any) -> None:
    imported(team, clerk, as_csv(WAGES, ROW))
    WageSheet.objects.update(status=WageSheet.Status.RECEIVED, due_on=date(2027, 1, 1))
    time_machine.move_to("2026-07-20 10:00:00+08:00")
    call_command("watch_wages")
    assert facts() == {("2026-06", Source.MISSING, date(2026, 7, 11), None, 1)}
    imported(team, clerk, as_csv(WAGES, ROW), month="2026-06")
    assert WageArrears.objects.get().settled_on == date(2026, 7, 20)


def test_before_its_first_sheet_a_project_has_no_gaps(team: LabourTeam) -> None:
    assert arrears.found(date(2026, 6, 30)) == []


def test_nobody_on_site_is_no_gap(team: LabourTeam, clerk: User) -> None:
    gone = LabourTeamFactory(project=team.project, name="走了的队")
    EngagementFactory(team=gone, entered_on=date(2026, 1, 1), left_on=date(2026, 4, 30))
    imported(team, clerk, as_csv(WAGES, ROW))
    assert {each.team for each in arrears.found(date(2026, 6, 30))} == {team}


@pytest.mark.parametrize("teams", [1, 4])
def test_gaps_of_many_teams_cost_no_more_questions(team: LabourTeam, clerk: User, teams: int) -> None:
    imported(team, clerk, as_csv(WAGES, ROW))
    for number in range(teams):
        EngagementFactory(team=LabourTeamFactory(project=team.project, name=f"第{number}队"), entered_on=date(2026, 3, 1))
    with CaptureQueriesContext(connection) as asked:
        late = arrears.found(date(2026, 6, 30))
    assert len([each for each in late if each.source == Source.MISSING]) == teams
    assert len(asked) == 31
