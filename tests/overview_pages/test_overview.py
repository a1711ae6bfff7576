"""The company side by side, and what needs attention there."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from core.months import Month
from core.roles import COMPANY_WIDE, MANAGING_DEPARTMENTS, Role
from overview.attention import needing_attention
from overview.filters import MonthForm
from overview.policies import can_see_overview
from tests.factories import (
    CoordinatorFactory,
    EngagementFactory,
    ImportJobFactory,
    LabourTeamFactory,
    LiaisonFactory,
    MonthlyReportFactory,
    ProjectFactory,
    RegionFactory,
    person_with,
)
from tests.house.crawl import client_for

pytestmark = pytest.mark.django_db
NOW = timezone.now


def look(role: Role = Role.LABOUR_CENTRE, query: str = "") -> HttpResponse:
    return client_for(person_with(role)).get(f"/overview/{query}")


def fill(number: int) -> None:
    """Regions with everything that the page shows."""
    for _ in range(number):
        project = ProjectFactory()
        CoordinatorFactory(region=project.region)
        team = LabourTeamFactory(project=project)
        LiaisonFactory(team=team)
        EngagementFactory(team=team)
        LabourTeamFactory(project=ProjectFactory(region=project.region))
        MonthlyReportFactory(region=project.region, submitted=True)
        ImportJobFactory(project=project, refused=True)


def test_the_overview_is_for_those_who_see_the_whole_company() -> None:
    """Of those who do not, each is asked for the page; of those who do, one: the page asks nobody's role again."""
    assert {role for role in Role if can_see_overview(person_with(role))} == COMPANY_WIDE
    opened = {role: look(role).status_code for role in [Role.LEADER, *(set(Role) - COMPANY_WIDE)]}
    assert opened == {Role.LEADER: 200, **dict.fromkeys(set(Role) - COMPANY_WIDE, 404)}


def test_a_region_stands_there_with_its_people_numbers_and_report() -> None:
    project = ProjectFactory(region=RegionFactory(code="NW", name="西北片区"))
    coordinator = CoordinatorFactory(region=project.region)
    team = LabourTeamFactory(project=project)
    EngagementFactory.create_batch(3, team=team)
    EngagementFactory(team=team, left=True)
    report = MonthlyReportFactory(region=project.region, submitted=True)
    response = look()
    (board,) = response.context["seen"].boards
    assert (board.projects, board.teams, board.served, board.on_site.value) == (1, 1, 0, 3)
    assert coordinator in board.coordinators
    assert (board.report, board.tone, board.place) == (report, "soon", "c1")
    text = response.content.decode()
    assert reverse("report", args=["NW", report.month]) in text
    assert reverse("figure-rows", args=["workers_on_site", "region", "NW", Month.current()]) in text


def test_regions_stand_in_rough_compass_places_and_in_order_in_the_table() -> None:
    for order, code in enumerate(("NW", "SN", "GX", "NE", "XX"), start=1):
        RegionFactory(code=code, order=order)
    seen = look().context["seen"]
    assert [board.region.code for board in seen.on_the_map] == ["NW", "NE", "SN", "GX", "XX"]
    assert [board.region.code for board in seen.boards] == ["NW", "SN", "GX", "NE", "XX"]


def test_red_amber_and_calm_follow_the_rules_under_the_table() -> None:
    late = MonthlyReportFactory(returned=True, due_at=NOW() - timedelta(days=9)).region
    returned = MonthlyReportFactory(returned=True, due_at=NOW() + timedelta(days=9)).region
    calm = MonthlyReportFactory(submitted=True).region
    for region in (late, returned, calm):
        CoordinatorFactory(region=region)
    tones = {board.region: board.tone for board in look().context["seen"].boards}
    assert tones == {late: "late", returned: "soon", calm: ""}


@pytest.mark.parametrize("data", [{}, {"month": ""}, {"month": "nonsense"}, {"month": "2999-01"}])
def test_without_a_known_month_it_is_the_running_one(data: dict[str, str]) -> None:
    assert MonthForm(data).chosen() == Month.current()


def test_a_page_of_an_unknown_month_opens_at_the_running_one() -> None:
    assert look(query="?month=nonsense").context["month"] == Month.current()


def test_a_month_of_the_last_twelve_can_be_chosen_and_brings_its_own_report() -> None:
    month = Month.current().plus(-3)
    project = ProjectFactory()
    EngagementFactory(team__project=project, entered_on=month.plus(-1).first, left_on=month.last)
    report = MonthlyReportFactory(region=project.region, month=month, locked=True)
    seen = look(query=f"?month={month}").context["seen"]
    assert (seen.measures.month, seen.report_month) == (month, month)
    assert (seen.boards[0].report, seen.boards[0].on_site.value) == (report, 1)


def test_while_a_month_runs_the_report_is_that_of_the_month_before() -> None:
    assert look().context["seen"].report_month == Month.current().plus(-1)


def test_drafts_are_not_for_leaders() -> None:
    MonthlyReportFactory(draft=True, due_at=NOW() - timedelta(days=9))
    assert look(Role.LEADER).context["seen"].boards[0].report is None
    assert look(Role.LABOUR_CENTRE).context["seen"].boards[0].report is not None


def test_the_page_costs_the_same_however_many_regions() -> None:
    costs = []
    person = person_with(Role.PARTY_ORGANISATION)
    for number in (1, 2):
        fill(number)
        client = client_for(person)
        with CaptureQueriesContext(connection) as queries:
            assert client.get("/overview/").status_code == 200
        costs.append(len(queries))
    assert costs[0] == costs[1]
    assert costs[0] < 40


def test_an_empty_company_says_where_to_begin() -> None:
    text = look().content.decode()
    assert "/admin/" in text
    assert "lx-map" not in text


def attention(role: Role) -> list[Any]:
    return needing_attention(person_with(role), NOW())


@pytest.mark.parametrize("role", sorted(MANAGING_DEPARTMENTS))
def test_a_report_that_waits_for_ones_own_receipt_is_more_urgent(role: Role) -> None:
    MonthlyReportFactory(submitted=True)
    assert [item.tone for item in attention(role)] == ["soon"]
    assert [item.tone for item in attention(Role.LEADER)] == [""]


def test_a_report_that_one_department_has_received_waits_for_the_other() -> None:
    MonthlyReportFactory(received=True)
    assert [item.tone for item in attention(Role.PARTY_ORGANISATION)] == [""]
    assert [item.tone for item in attention(Role.LABOUR_CENTRE)] == ["soon"]


def test_overdue_stands_before_everything_else() -> None:
    ProjectFactory()
    MonthlyReportFactory(submitted=True)
    overdue = MonthlyReportFactory(returned=True, due_at=NOW() - timedelta(days=9))
    found = attention(Role.LABOUR_CENTRE)
    assert found[0].url == reverse("report", args=[overdue.region.code, overdue.month])
    assert [item.tone for item in found] == sorted((item.tone for item in found), key=["late", "soon", ""].index)


def test_gaps_are_named_with_their_places() -> None:
    project = ProjectFactory()
    LabourTeamFactory.create_batch(2, project=project)
    found = {item.url: item for item in attention(Role.LABOUR_CENTRE)}
    assert set(found) == {
        reverse("project", args=[project.code]),
        reverse("figure-rows", args=["teams_without_liaison", "region", project.region.code, Month.current()]),
    }
    assert all(item.where == str(project.region) for item in found.values())


def test_imports_that_came_to_nothing_are_named_while_they_are_fresh() -> None:
    project = CoordinatorFactory(part_time=True).project
    refused = ImportJobFactory(project=project, refused=True)
    resting = ImportJobFactory(project=project, created_at=NOW() - timedelta(days=2))
    asked = ImportJobFactory(project=project, asked=True, created_at=NOW() - timedelta(days=2))
    ImportJobFactory(project=project)
    ImportJobFactory(project=project, written=True)
    ImportJobFactory(project=project, refused=True, created_at=NOW() - timedelta(days=20))
    assert {item.url for item in attention(Role.LABOUR_CENTRE)} == {
        reverse("import-job", args=[job.pk]) for job in (refused, resting, asked)
    }


def test_only_what_is_not_done_needs_attention() -> None:
    MonthlyReportFactory(locked=True)
    LiaisonFactory(team__project=CoordinatorFactory(part_time=True).project)
    assert attention(Role.PARTY_ORGANISATION) == []
