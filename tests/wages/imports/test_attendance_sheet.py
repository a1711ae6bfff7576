"""The matrix of names and days: marks, totals, people by name within their crew, and what the wage sheet is compared with."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from accounts.models import User
from core.roles import Role
from imports import workflow
from labour_teams.models import Engagement, LabourTeam
from tests.factories import EngagementFactory, LabourTeamFactory, WorkCrewFactory, person_with
from tests.wages.imports.sheets import as_csv, imported, received
from wages.attendance_import.sheet import ATTENDANCE
from wages.models import AttendanceLine, WageFinding
from wages.sheet_import.sheet import WAGES

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today(time_machine: Any) -> None:
    time_machine.move_to("2026-06-30 10:00:00+08:00")


@pytest.fixture
def team() -> LabourTeam:
    return LabourTeamFactory(name="隧道一队")


@pytest.fixture
def clerk(team: LabourTeam) -> User:
    return person_with(Role.PROJECT_CLERK, project=team.project)


@pytest.fixture
def worker(team: LabourTeam) -> Engagement:
    return EngagementFactory(team=team, name="向春生", entered_on=date(2026, 3, 1), contract_signed_on=date(2026, 3, 1))


def days(name: str, **values: Any) -> dict[str, Any]:
    marks = {"day_1": "√", "day_2": "△", "day_3": "×", "day_4": "1.5", "day_5": "休"}
    return {"name": name, **marks, "total": "3", **values}


def test_marks_are_days(team: LabourTeam, clerk: User, worker: Engagement) -> None:
    imported(team, clerk, as_csv(ATTENDANCE, days("向春生")), "attendance")
    line = AttendanceLine.objects.get()
    assert (line.engagement, line.total) == (worker, Decimal(3))
    assert [None if mark is None else Decimal(mark) for mark in line.marks[:6]] == [1, Decimal("0.5"), 0, Decimal("1.5"), 0, None]


def test_a_total_that_is_not_the_sum_is_refused(team: LabourTeam, clerk: User, worker: Engagement) -> None:
    assert received(team, clerk, as_csv(ATTENDANCE, days("向春生", total="4")), "attendance").counts["error"] == 1


def test_a_day_that_the_month_does_not_have(team: LabourTeam, clerk: User, worker: Engagement) -> None:
    row = days("向春生", total="") | {"day_31": "√"}
    assert received(team, clerk, as_csv(ATTENDANCE, row), "attendance", month="2026-04").counts["error"] == 1
    assert received(team, clerk, as_csv(ATTENDANCE, row), "attendance", month="2026-03").counts["new"] == 1


def test_hours_are_no_days(team: LabourTeam, clerk: User, worker: Engagement) -> None:
    assert received(team, clerk, as_csv(ATTENDANCE, days("向春生", day_1="8", total="")), "attendance").counts["error"] == 1


def test_two_of_one_name_are_told_apart_by_their_crew(team: LabourTeam, clerk: User, worker: Engagement) -> None:
    other = EngagementFactory(
        team=team, name="向春生", crew=WorkCrewFactory(team=team, name="钢筋一班"), entered_on=date(2026, 3, 1)
    )
    alone = received(team, clerk, as_csv(ATTENDANCE, days("向春生")), "attendance")
    assert alone.counts["error"] == 1
    imported(team, clerk, as_csv(ATTENDANCE, days("向春生", work_crew="钢筋一班")), "attendance")
    assert AttendanceLine.objects.get().engagement == other


def test_the_wage_sheet_is_looked_at_again(team: LabourTeam, clerk: User, worker: Engagement) -> None:
    wages = {"name": "向春生", "days": "26", "gross": "6760", "net": "6760"}
    imported(team, clerk, as_csv(WAGES, wages))
    assert not WageFinding.objects.exists()
    job = imported(team, clerk, as_csv(ATTENDANCE, days("向春生")), "attendance")
    finding = WageFinding.objects.get(kind=WageFinding.Kind.ATTENDANCE)
    assert finding.numbers == {"days": "26.00", "attended": "3.00"}
    workflow.undo(job, by=clerk)
    assert not AttendanceLine.objects.exists()
