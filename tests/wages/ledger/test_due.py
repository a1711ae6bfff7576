"""What the wage ledger owes: to the project sheets to bring and to move on, to the region arrears and sheets not checked."""

from datetime import date, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from core.months import Month
from core.roles import Role
from core.workdays import WorkingDays
from inbox.due import DueItem
from inbox.wages import WAGES
from labour_teams.models import LabourTeam
from tests.factories import EngagementFactory, LabourTeamFactory, WageArrearsFactory, WageFindingFactory, WageSheetFactory

pytestmark = pytest.mark.django_db

MARCH, APRIL, MAY = Month(2026, 3), Month(2026, 4), Month(2026, 5)


def owed(user: User) -> list[DueItem]:
    now = timezone.now()
    return [item for provider in WAGES for item in provider(user, now, WorkingDays.load())]


def places(user: User) -> list[tuple[str, date | None]]:
    return [(item.url, timezone.localdate(item.due_at) if item.due_at else None) for item in owed(user)]


def test_the_project_brings_what_is_missing(team: LabourTeam, people: dict[str, User]) -> None:
    WageSheetFactory(team=LabourTeamFactory(project=team.project), month=MARCH, status="paid")
    EngagementFactory(team=team, entered_on=date(2026, 4, 10))
    address = reverse("wage-import", args=[team.project.code])
    for role in (Role.PROJECT_CLERK, Role.PROJECT_COORDINATOR):
        assert places(people[role]) == [(address, date(2026, 6, 10)), (address, date(2026, 5, 10))]


def test_the_project_moves_its_sheets_on_by_the_pay_day(team: LabourTeam, people: dict[str, User]) -> None:
    received = WageSheetFactory(team=team, month=APRIL, due_on=date(2026, 6, 9))
    posted = WageSheetFactory(team=team, month=MAY, status="posted", due_on=date(2026, 6, 10))
    WageSheetFactory(team=team, month=MARCH, status="paid")
    items = owed(people[Role.PROJECT_CLERK])
    assert [(item.url, item.due_at) for item in items] == [
        (reverse("wage-sheet", args=[sheet.pk]), _evening(sheet.due_on)) for sheet in (received, posted)
    ]
    before = items[0].what
    WageFindingFactory.create_batch(2, line__sheet=received)
    assert owed(people[Role.PROJECT_CLERK])[0].what not in ("", before)
    assert "2" in owed(people[Role.PROJECT_CLERK])[0].what


def test_the_region_owes_arrears_and_sheets_that_lie(team: LabourTeam, people: dict[str, User]) -> None:
    region = people[Role.REGIONAL_COORDINATOR]
    arrears = WageArrearsFactory(team=team, month=APRIL, since=date(2026, 5, 11))
    WageArrearsFactory(team=team, month=MARCH, settled=True)
    WageSheetFactory(team=team, month=MAY, imported_at=timezone.now() - timedelta(days=6))
    WageSheetFactory(team=LabourTeamFactory(project=team.project), month=MAY, imported_at=timezone.now() - timedelta(days=4))
    assert places(region) == [
        (f"{reverse('wages-arrears')}?project={arrears.project_id}", date(2026, 5, 10)),
        (reverse("wages-project", args=[team.project.code]), None),
    ]
    assert "1" in owed(region)[1].what


@pytest.mark.parametrize("role", [Role.LABOUR_CENTRE, Role.PARTY_ORGANISATION, Role.LEADER, Role.LIAISON, "finance"])
def test_others_owe_nothing(role: str, team: LabourTeam, people: dict[str, User]) -> None:
    WageArrearsFactory(team=team)
    WageSheetFactory(team=team)
    assert owed(people[role]) == []


def _evening(day: date) -> datetime:
    return timezone.make_aware(datetime(day.year, day.month, day.day, 18))
