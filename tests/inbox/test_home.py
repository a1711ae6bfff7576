"""「我的工作」: what each role owes, worst first, and nothing of anybody else's."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from core.months import Month
from core.roles import Role
from core.workdays import WorkingDays
from inbox.due import DueItem, sorted_by_state
from inbox.providers import items_for
from regions.models import Region
from tests.factories import (
    HotlineDutyFactory,
    ImportJobFactory,
    MonthlyReportFactory,
    ProjectFactory,
    RegionFactory,
    person_with,
)
from tests.house.test_url_matrix import client_for

NOW = datetime(2026, 6, 4, 2, tzinfo=UTC)  # a Thursday morning in Beijing


def item(what: str, due_at: datetime | None) -> DueItem:
    return DueItem(what=what, where="", url="/", due_at=due_at)


def test_items_are_sorted_into_piles_worst_first() -> None:
    items = [
        item("later", NOW + timedelta(days=8)),
        item("soon", NOW + timedelta(days=7)),
        item("today", NOW + timedelta(hours=8)),
        item("waiting", None),
        item("late", NOW - timedelta(minutes=1)),
        item("later still", NOW - timedelta(days=30)),
    ]
    piles = {state: [item.what for item in pile] for state, pile in sorted_by_state(items, NOW).items()}
    assert piles == {
        "late": ["later still", "late"],
        "today": ["today"],
        "soon": ["soon"],
        "waiting": ["waiting"],
        "later": ["later"],
    }


@pytest.mark.django_db
def test_a_region_owes_its_own_reports_only() -> None:
    region = RegionFactory()
    with time_machine.travel(NOW, tick=False):
        due = WorkingDays().due_at(timezone.localdate(), 2)
        report = MonthlyReportFactory(region=region, month=Month(2026, 5), due_at=due)
        MonthlyReportFactory(month=Month(2026, 5), due_at=due)
        MonthlyReportFactory(region=region, month=Month(2026, 4), submitted=True)
        items = items_for(person_with(Role.REGIONAL_COORDINATOR, region=region), NOW)
    reports = [item for item in items if item.url.startswith("/reports/")]
    assert [(item.url, item.due_at) for item in reports] == [(f"/reports/{region.code}/2026-05/", report.due_at)]
    assert "2" in reports[0].left
    # Beside it only the hotline's duty, of this week and the next.
    assert {item.url.rpartition("/duty/")[0] for item in items if item not in reports} == {f"/regions/{region.code}"}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("role", "count"), [(Role.PARTY_ORGANISATION, 1), (Role.LABOUR_CENTRE, 1), (Role.PARTY_PERSONNEL, 0), (Role.LEADER, 0)]
)
def test_a_submitted_report_waits_for_the_two_departments(role: Role, count: int) -> None:
    MonthlyReportFactory(submitted=True)
    MonthlyReportFactory(locked=True)
    MonthlyReportFactory(draft=True)
    assert len(items_for(person_with(role), NOW)) == count


@pytest.mark.django_db
def test_an_unfinished_import_waits_for_the_clerk() -> None:
    project = ProjectFactory()
    job = ImportJobFactory(project=project)
    ImportJobFactory()
    items = items_for(person_with(Role.PROJECT_CLERK, project=project), NOW)
    assert [item.url for item in items] == [f"/imports/{job.pk}/"]
    assert items_for(person_with(Role.PROJECT_COMMITTEE, project=project), NOW) == []


STATES = {
    "previewed": ({}, "已上传，还没有写入"),
    "asked": ({"asked": True}, "有问题要先答：哪一列是什么"),
    "rest": ({"counts": {"error": 7}}, "还有 7 行待改"),
    "at work": ({"reading": True}, None),
    "silent": ({"reading": True, "beat_at": timezone.now() - timedelta(hours=1)}, "后台停了，请重新开始"),
    "refused": ({"refused": True}, None),
    "written": ({"written": True}, None),
    "dropped": ({"dropped": True}, None),
}


@pytest.mark.django_db
@pytest.mark.parametrize("state", STATES)
def test_an_import_says_what_it_waits_for(state: str) -> None:
    facts, words = STATES[state]
    project = ProjectFactory()
    earlier = ImportJobFactory(project=project, written=True) if state == "rest" else None
    ImportJobFactory(project=project, rest_of=earlier, file_name="六月.xlsx", **facts)
    items = items_for(person_with(Role.PROJECT_CLERK, project=project), NOW)
    assert [item.what for item in items] == ([f"「六月.xlsx」{words}"] if words else [])


def keep_the_hotline(person: User) -> None:
    """This week and the next: what a regional coordinator owes from the first day on."""
    [region] = Region.objects.all()
    today = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    monday = today - timedelta(days=today.weekday())
    for start in (monday, monday + timedelta(days=7)):
        HotlineDutyFactory(region=region, person=person, starts_at=start, ends_at=start + timedelta(days=7))


@pytest.mark.django_db
@pytest.mark.parametrize("role", list(Role))
def test_home_opens_for_everybody_and_says_what_comes_next(role: Role) -> None:
    person = person_with(role)
    if role == Role.REGIONAL_COORDINATOR:
        keep_the_hotline(person)
    response = client_for(person).get("/")
    assert response.status_code == 200
    assert response.context["is_free"]
    assert response.context["next_words"]
    assert "手上没有到期的事" in response.content.decode()


@pytest.mark.django_db
def test_home_costs_the_same_however_many_projects() -> None:
    region = RegionFactory()
    person = person_with(Role.REGIONAL_COORDINATOR, region=region)
    counts = []
    for _ in range(2):
        ProjectFactory.create_batch(2, region=region)
        client = client_for(person)
        with CaptureQueriesContext(connection) as queries:
            assert len(client.get("/").context["compared"]) == 2 * (len(counts) + 1)
        counts.append(len(queries))
    assert counts[0] == counts[1]
