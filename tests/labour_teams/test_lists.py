"""The lists of teams and of the roster: reach, filters, search, and that no full number stands in an address."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from core.paging import PAGE_SIZE
from core.roles import Role
from tests.factories import (
    EngagementFactory,
    LabourTeamFactory,
    ProjectFactory,
    RegionFactory,
    WorkCrewFactory,
    id_number,
    person_with,
    phone,
)
from tests.house.crawling import full_numbers
from tests.house.test_url_matrix import client_for

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("page", ["/teams/", "/workers/"])
def test_lists_cost_the_same_however_long(page: str) -> None:
    region = RegionFactory()
    person, costs = person_with(Role.REGIONAL_COORDINATOR, region=region), []
    for number in (1, 2):
        for crew in WorkCrewFactory.create_batch(number, team__project=ProjectFactory(region=region)):
            EngagementFactory(crew=crew)
        client = client_for(person)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(page, {"project": ""}).status_code == 200
        costs.append(len(queries))
    # From the second project on there is something to choose, which costs its own query.
    assert costs[1] - costs[0] <= 2


@pytest.mark.parametrize("page", ["/teams/", "/workers/"])
def test_lists_cost_the_same_with_many_rows_of_one_project(page: str) -> None:
    project = ProjectFactory()
    person, costs = person_with(Role.PROJECT_CLERK, project=project), []
    LabourTeamFactory.create_batch(2, project=project)
    for number in (1, 2):
        for crew in WorkCrewFactory.create_batch(number, team__project=project):
            EngagementFactory(crew=crew)
        client = client_for(person)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(page).status_code == 200
        costs.append(len(queries))
    assert costs[0] == costs[1]


@pytest.mark.parametrize(
    ("query", "found"),
    [("", 2), ("?state=left", 1), ("?state=all", 3), ("?q=隧道", 1), ("?q=山河", 1), ("?q=石飞", 1), ("?kind=frame", 1)],
)
def test_teams_are_filtered(query: str, found: int) -> None:
    LabourTeamFactory(name="隧道一队", company_name="", manager_name="")
    LabourTeamFactory(name="架子队", company_name="山河劳务", manager_name="石飞", kind="frame")
    LabourTeamFactory(name="桥梁队", company_name="", manager_name="", left=True)
    response = client_for(person_with(Role.LABOUR_CENTRE)).get(f"/teams/{query}")
    assert len(response.context["page"].rows) == found


def test_a_team_counts_who_is_on_site_today() -> None:
    team = LabourTeamFactory()
    EngagementFactory.create_batch(2, team=team)
    EngagementFactory(team=team, left=True)
    (row,) = client_for(person_with(Role.LABOUR_CENTRE)).get("/teams/").context["page"].rows
    assert row.headcount == 2
    (row,) = client_for(person_with(Role.SYSTEM_ADMINISTRATOR)).get("/teams/").context["page"].rows
    assert not hasattr(row, "headcount")


def test_a_region_sees_its_own_teams_and_people() -> None:
    ours, theirs = EngagementFactory(), EngagementFactory()
    client = client_for(person_with(Role.REGIONAL_COORDINATOR, region=ours.project.region))
    assert client.get("/teams/").context["page"].rows == [ours.team]
    assert client.get("/workers/").context["page"].rows == [ours]
    asked = client.get(f"/workers/?project={theirs.project_id}&team={theirs.team_id}")
    assert asked.context["page"].rows == [ours]


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("", {"李建国", "张三丰"}),
        ("?state=left", {"王五"}),
        ("?state=all", {"李建国", "张三丰", "王五"}),
        ("?q=李", {"李建国"}),
        ("?q=ljg", {"李建国"}),
        ("?q=ZHANG", {"张三丰"}),
        ("?q=4321", {"张三丰"}),
        ("?q=无此人", set()),
    ],
)
def test_people_are_filtered_and_searched(query: str, names: set[str]) -> None:
    EngagementFactory(name="李建国")
    EngagementFactory(name="张三丰", phone=phone(4321))
    EngagementFactory(name="王五", left=True)
    page = client_for(person_with(Role.LABOUR_CENTRE)).get(f"/workers/{query}").context["page"]
    assert {row.name for row in page.rows} == names


def test_people_to_come_are_not_on_site_yet() -> None:
    EngagementFactory(entered_on=timezone.localdate() + timedelta(days=2))
    assert client_for(person_with(Role.LABOUR_CENTRE)).get("/workers/").context["page"].rows == []


def test_pages_follow_each_other_and_keep_the_filters() -> None:
    team = LabourTeamFactory()
    EngagementFactory.create_batch(PAGE_SIZE + 3, team=team)
    EngagementFactory.create_batch(3)
    client = client_for(person_with(Role.LABOUR_CENTRE))
    first = client.get(f"/workers/?team={team.pk}")
    assert len(first.context["page"].rows) == PAGE_SIZE
    second = client.get("/workers/", {"team": team.pk, "after": first.context["page"].next})
    assert len(second.context["page"].rows) == 3
    assert first.context["count"] == PAGE_SIZE + 3
    assert f"team={team.pk}" in second.content.decode()
    back = client.get("/workers/", {"team": team.pk, "before": second.context["page"].previous})
    assert back.context["page"].rows == first.context["page"].rows


@pytest.mark.parametrize("typed", [id_number(3), phone(3), f"{id_number(3)[:6]} {id_number(3)[6:]}"])
@pytest.mark.parametrize("page", ["/workers/", "/teams/", "/coordinators/", "/liaisons/", "/projects/"])
def test_a_full_number_leaves_the_address_at_once_and_is_not_looked_for(page: str, typed: str) -> None:
    EngagementFactory()
    response = client_for(person_with(Role.LABOUR_CENTRE)).get(page, {"q": typed, "state": "all"}, follow=True)
    assert response.redirect_chain == [(f"{page}?state=all", 302)]
    assert len(response.context["messages"]) == 1
    text = response.content.decode()
    assert full_numbers(text) == []
    assert typed[-6:] not in text


@pytest.mark.parametrize("page", ["/teams/", "/workers/"])
@pytest.mark.parametrize("query", ["?q=没有", "?after=nonsense", "?state=nonsense", "?project=9999999999999999999", "?project=x"])
def test_odd_questions_are_answered_calmly(page: str, query: str) -> None:
    EngagementFactory.create_batch(2)
    assert client_for(person_with(Role.LABOUR_CENTRE)).get(f"{page}{query}").status_code == 200


@pytest.mark.parametrize("page", ["/teams/", "/workers/"])
def test_an_empty_list_says_what_comes_next(page: str) -> None:
    text = client_for(person_with(Role.DEPARTMENT_OFFICER)).get(page).content.decode()
    assert "lx-empty" in text


def test_a_liaison_sees_his_crew_without_id_numbers() -> None:
    mine = EngagementFactory(crew=WorkCrewFactory())
    EngagementFactory(crew=WorkCrewFactory(team=mine.team))
    response = client_for(person_with(Role.LIAISON, crew=mine.crew)).get("/workers/")
    assert response.context["page"].rows == [mine]
    mine.refresh_from_db()
    text = response.content.decode()
    assert str(mine.worker.id_number) not in text
    assert "/workers/export/" not in text
    assert "/workers/search/" not in text
