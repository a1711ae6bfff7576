"""Who opens a report: every role and every state."""

from typing import NamedTuple

import pytest

from accounts.models import User
from core.months import Month
from core.roles import HEADQUARTERS, READERS, Role
from reports.models import MonthlyReport
from tests.covering import EVERYTHING
from tests.factories import MonthlyReportFactory, RegionFactory, WorkCrewFactory
from tests.house.crawl import client_for
from tests.shared_world import world_once
from tests.world import stationed

pytestmark = pytest.mark.django_db
STATES = list(MonthlyReport.Status)
NOT_SENT = {"owed", "draft"}
FIRST = Month(2025, 6)


class World(NamedTuple):
    people: dict[str, User]
    reports: dict[str, MonthlyReport]


def build() -> World:
    """A region with a report in each state, of a month each."""
    region = RegionFactory(code="NW")
    crew = WorkCrewFactory(team__project__region=region)
    months = {status: FIRST.plus(number) for number, status in enumerate(STATES)}
    reports = {status: MonthlyReportFactory(region=region, month=month, status=status) for status, month in months.items()}
    return World({role: stationed(role, crew) for role in Role}, reports)


founded, world = world_once(build)


@pytest.mark.parametrize("role", list(Role))
def test_who_opens_a_report(world: World, role: Role) -> None:
    """The page asks for the reports that somebody sees; it is opened in two states of the six, which differ in who sees them."""
    person = world.people[role]
    reads_all = role in {Role.REGIONAL_COORDINATOR} | HEADQUARTERS
    reads = {status for status in STATES if reads_all or (role in READERS and status not in NOT_SENT)}
    seen = set(MonthlyReport.objects.visible_to(person).values_list("pk", flat=True))
    assert seen == {world.reports[status].pk for status in reads}
    client, turn = client_for(person), [*Role].index(role)
    pairs = zip(sorted(NOT_SENT), sorted(set(STATES) - NOT_SENT)[turn % 2 :], strict=False)
    for status in STATES if EVERYTHING else [*pairs][turn // 2 % 2]:
        answer = client.get(f"/reports/NW/{world.reports[status].month}/")
        assert answer.status_code == (200 if status in reads else 404), status
