"""The figures of the wage ledger, counted by hand on one June day, each for its reader."""

from datetime import date
from decimal import Decimal

import pytest

from accounts.models import User
from core.months import Month
from core.roles import Role
from core.scope import Level
from figures.registry import Number, figures
from labour_teams.models import LabourTeam
from tests.factories import (
    EngagementFactory,
    LabourTeamFactory,
    WageArrearsFactory,
    WageFindingFactory,
    WageLineFactory,
    WageSheetFactory,
)

pytestmark = pytest.mark.django_db

APRIL, MAY, JUNE = Month(2026, 4), Month(2026, 5), Month(2026, 6)
READERS = (Role.PROJECT_CLERK, Role.REGIONAL_COORDINATOR, Role.LABOUR_CENTRE)


@pytest.fixture
def ledger(team: LabourTeam) -> None:
    """Four teams: paid in time, paid late, not paid for two months, and one without a sheet; a fifth had nobody on site."""
    project = team.project
    late, unpaid, without, empty = (LabourTeamFactory(project=project, name=name) for name in ("晚发", "没发", "没表", "没人"))
    for each in (team, late, unpaid, without):
        EngagementFactory(team=each, entered_on=date(2026, 4, 1))
    EngagementFactory(team=empty, entered_on=date(2026, 1, 1), left_on=date(2026, 3, 31))
    april = {"month": APRIL, "due_on": date(2026, 5, 10)}
    WageSheetFactory(team=team, status="paid", paid_on=date(2026, 5, 10), **april)
    WageSheetFactory(team=late, status="paid", paid_on=date(2026, 5, 11), **april)
    WageSheetFactory(team=unpaid, status="posted", **april)
    current = WageSheetFactory(team=unpaid, month=MAY, due_on=date(2026, 6, 10))
    WageFindingFactory(line=WageLineFactory(sheet=current))
    WageFindingFactory(line=WageLineFactory(sheet=current), explained=True)
    WageFindingFactory(line=WageLineFactory(sheet=current), kind="unsigned", level="yellow", numbers={})
    WageArrearsFactory(team=unpaid, month=APRIL, since=date(2026, 5, 11), amount=Decimal("100.50"), people=12)
    WageArrearsFactory(team=unpaid, month=MAY, since=date(2026, 6, 6), amount=Decimal("80"), people=15)
    WageArrearsFactory(
        team=late, month=APRIL, since=date(2026, 5, 11), amount=Decimal("7"), people=3, settled_on=date(2026, 6, 2)
    )
    WageArrearsFactory(team=without, month=APRIL, since=date(2026, 6, 1), source="missing", amount=None, people=None)


def number(key: str, team: LabourTeam, month: Month, reader: User | None) -> Number:
    figure = figures.get(key)
    assert figure is not None
    return figure.count_of(Level.PROJECT, team.project_id, month, reader)


BY_HAND = {
    "teams_with_ledger": {APRIL: 3, MAY: 1, JUNE: 0},
    "teams_without_ledger": {APRIL: 1, MAY: 3, JUNE: 4},
    "wage_sheets_due": {APRIL: 0, MAY: 3, JUNE: 0},
    "wage_sheets_paid_in_time": {APRIL: 0, MAY: 1, JUNE: 0},
    "arrears_teams": {APRIL: 0, MAY: 2, JUNE: 2},
    "arrears_people": {APRIL: 0, MAY: 15, JUNE: 15},
    "arrears_yuan": {APRIL: 0, MAY: Decimal("107.50"), JUNE: Decimal("180.50")},
    "arrears_settled": {APRIL: 0, MAY: 0, JUNE: 1},
    "wage_findings_open": {APRIL: 0, MAY: 1, JUNE: 0},
}


@pytest.mark.parametrize("key", list(BY_HAND))
def test_counted_by_hand(key: str, ledger: None, team: LabourTeam, people: dict[str, User]) -> None:
    found = {month: number(key, team, month, people[Role.REGIONAL_COORDINATOR]) for month in (APRIL, MAY, JUNE)}
    assert found == BY_HAND[key]


@pytest.mark.parametrize("key", sorted(set(BY_HAND) - {"teams_without_ledger"}))
def test_each_for_its_reader(key: str, ledger: None, team: LabourTeam, people: dict[str, User]) -> None:
    for role in READERS:
        assert number(key, team, MAY, people[role]) == BY_HAND[key][MAY]
    assert number(key, team, MAY, people[Role.HEALTH_OFFICER]) == 0
    assert number(key, team, MAY, None) == 0


def test_rows_behind_a_number_name_their_columns(ledger: None, team: LabourTeam, people: dict[str, User]) -> None:
    for key in BY_HAND:
        figure = figures.get(key)
        assert figure is not None
        rows = list(figure.rows_of(Level.PROJECT, team.project_id, MAY, people[Role.LABOUR_CENTRE]).order_by(*figure.order))
        assert [bool(str(figure.columns[0].text(row))) for row in rows] == [True] * len(rows)
        assert all(figure.columns[0].url(row).startswith("/") for row in rows)
