"""The pages of a region, a project and a team, and the list of projects."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from core.months import Month
from core.roles import Role
from regions.models import Region
from tests.factories import (
    CoordinatorFactory,
    EngagementFactory,
    ImportJobFactory,
    LabourTeamFactory,
    LiaisonFactory,
    MonthlyReportFactory,
    ProjectFactory,
    RegionFactory,
    StaffPostFactory,
    WorkCrewFactory,
    person_with,
)
from tests.house.crawl import client_for
from tests.house.crawling import full_numbers

pytestmark = pytest.mark.django_db


def fill(region: Region) -> None:
    project = ProjectFactory(region=region)
    CoordinatorFactory(project=project)
    StaffPostFactory(role=Role.PROJECT_CLERK, project=project)
    crew = WorkCrewFactory(team__project=project)
    LiaisonFactory(crew=crew)
    EngagementFactory(crew=crew)
    ImportJobFactory(project=project)
    MonthlyReportFactory(region=region, month=Month.current().plus(-2 - region.reports.count()), locked=True)


@pytest.mark.parametrize("page", ["/regions/NW/", "/projects/"])
def test_lists_of_projects_cost_the_same_however_long(page: str) -> None:
    region = RegionFactory(code="NW")
    person, costs = person_with(Role.REGIONAL_COORDINATOR, region=region), []
    for number in (1, 2):
        for _again in range(number):
            fill(region)
        client = client_for(person)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(page).status_code == 200
        costs.append(len(queries))
    assert costs[0] == costs[1]


def test_a_region_shows_who_answers_for_it_and_compares_its_projects() -> None:
    region = RegionFactory(code="NW")
    mine, other = ProjectFactory(region=region), ProjectFactory()
    post = CoordinatorFactory(region=region)
    CoordinatorFactory(region=region, ended=True)
    EngagementFactory.create_batch(2, team__project=mine)
    response = client_for(post.person).get("/regions/NW/")
    assert list(response.context["coordinators"]) == [post]
    (row,) = response.context["rows"]
    assert (row["project"], row["stage"], row["cells"][0].value) == (mine, "在建", 2)
    text = response.content.decode()
    assert reverse("figure-rows", args=["workers_on_site", "project", mine.code, Month.current()]) in text
    assert other.name not in text
    assert full_numbers(text) == []


def test_a_vacant_region_says_so() -> None:
    RegionFactory(code="NW")
    text = client_for(person_with(Role.LEADER)).get("/regions/NW/").content.decode()
    assert "空缺" in text


@pytest.mark.parametrize("place", ["/regions/NW/", "/projects/DUNGE/", "/projects/"])
def test_the_system_administrator_sees_units_and_posts_and_no_records(place: str) -> None:
    project = ProjectFactory(code="DUNGE", region=RegionFactory(code="NW"))
    post = CoordinatorFactory(project=project)
    team = EngagementFactory(team__project=project).team
    ImportJobFactory(project=project)
    MonthlyReportFactory(region=project.region, submitted=True)
    text = client_for(person_with(Role.SYSTEM_ADMINISTRATOR)).get(place).content.decode()
    assert post.person.name in text
    for record in ("/figures/", "/imports/", "/reports/"):
        assert record not in text
    page = client_for(person_with(Role.SYSTEM_ADMINISTRATOR)).get(f"/teams/{team.pk}/")
    assert page.status_code == 200
    assert "/workers/" not in page.content.decode()


@pytest.mark.parametrize(
    ("query", "found"), [("", 2), ("?stage=wrap_up", 1), ("?q=敦", 1), ("?q=dun", 1), ("?sector=railway", 0)]
)
def test_projects_are_filtered(query: str, found: int) -> None:
    ProjectFactory(code="DUNGE", name="敦格项目")
    ProjectFactory(code="S101", name="省道101项目", stage="wrap_up")
    response = client_for(person_with(Role.LABOUR_CENTRE)).get(f"/projects/{query}")
    assert len(response.context["rows"]) == found


def test_a_filter_offers_only_regions_in_reach() -> None:
    first, second = RegionFactory(), RegionFactory()
    company = client_for(person_with(Role.LABOUR_CENTRE)).get("/projects/").context["filter"].form
    assert set(company.fields["region"].queryset) == {first, second}
    alone = client_for(person_with(Role.REGIONAL_COORDINATOR, region=first)).get("/projects/").context["filter"].form
    assert "region" not in alone.fields


@pytest.mark.parametrize(("role", "text"), [(Role.LABOUR_CENTRE, "funnel"), (Role.DEPARTMENT_OFFICER, "inbox")])
def test_an_empty_list_says_why(role: Role, text: str) -> None:
    response = client_for(person_with(role)).get("/projects/?q=没有这个项目" if text == "funnel" else "/projects/")
    assert response.context["rows"] == []
    assert "lx-empty" in response.content.decode()


def test_a_project_shows_its_people_teams_stages_and_imports() -> None:
    project = ProjectFactory(code="DUNGE")
    project.stages.create(stage="wrap_up", from_on="2026-01-01")
    clerk = person_with(Role.PROJECT_CLERK, project=project)
    coordinator = CoordinatorFactory(project=project)
    team = LabourTeamFactory(project=project)
    liaison = LiaisonFactory(team=team)
    LabourTeamFactory(project=project, left=True)
    EngagementFactory.create_batch(2, team=team)
    job = ImportJobFactory(project=project)
    response = client_for(clerk).get("/projects/DUNGE/")
    context = response.context
    assert [(row.headcount, posts) for row, posts in context["teams"]] == [(2, [liaison])]
    assert list(context["coordinators"]) == [coordinator]
    assert [post.person for post in context["staff"]] == [clerk]
    assert [stage.stage for stage in context["stages"]] == ["active", "wrap_up"]
    assert [row.job for row in context["imports"]] == [job]
    assert reverse("import-upload", args=["DUNGE"]) in response.content.decode()


def test_only_those_who_may_import_are_offered_it() -> None:
    project = ProjectFactory(code="DUNGE")
    upload = reverse("import-upload", args=["DUNGE"])
    offered = {
        role: upload in client_for(person_with(role, **unit)).get("/projects/DUNGE/").content.decode()
        for role, unit in {
            Role.PROJECT_CLERK: {"project": project},
            Role.PROJECT_COMMITTEE: {"project": project},
            Role.LEADER: {},
        }.items()
    }
    assert offered == {Role.PROJECT_CLERK: True, Role.PROJECT_COMMITTEE: False, Role.LEADER: False}


def test_a_bare_project_says_what_is_missing() -> None:
    ProjectFactory(code="DUNGE", stage=None)
    text = client_for(person_with(Role.LABOUR_CENTRE)).get("/projects/DUNGE/").content.decode()
    assert "空缺" in text
    assert "lx-empty" in text


def test_a_project_page_costs_the_same_however_many_teams() -> None:
    region = RegionFactory()
    project = ProjectFactory(region=region)
    person, costs = person_with(Role.PROJECT_COORDINATOR, project=project), []
    for number in (1, 2):
        for crew in WorkCrewFactory.create_batch(number, team__project=project):
            LiaisonFactory(crew=crew)
            EngagementFactory(crew=crew)
            StaffPostFactory(role=Role.PROJECT_CLERK, project=project)
            ImportJobFactory(project=project)
        client = client_for(person)
        with CaptureQueriesContext(connection) as queries:
            client.get(f"/projects/{project.code}/")
        costs.append(len(queries))
    assert costs[0] == costs[1]


def test_a_team_shows_crews_liaisons_people_and_who_came_lately() -> None:
    crew = WorkCrewFactory()
    liaison, of_team = LiaisonFactory(crew=crew), LiaisonFactory(team=crew.team)
    today = timezone.localdate()
    old = EngagementFactory(crew=crew)
    new = EngagementFactory(crew=crew, entered_on=today - timedelta(days=3))
    gone = EngagementFactory(crew=crew, left=True)
    response = client_for(person_with(Role.PROJECT_CLERK, project=crew.team.project)).get(f"/teams/{crew.team_id}/")
    context = response.context
    assert (context["crews"], context["liaisons"]) == ([(crew, [liaison])], [of_team])
    assert {each for each, _age in context["people"]} == {old, new}
    assert list(context["lately"]) == [new]
    text = response.content.decode()
    assert gone.name not in text or gone.name in {old.name, new.name}
    assert full_numbers(text) == []


@pytest.mark.parametrize(
    ("query", "found"), [("q=李", 1), ("q=ljg", 1), ("q=zhang", 1), ("q=无此人", 0), ("state=all", 3), ("state=left", 1)]
)
def test_people_of_a_team_are_searched(query: str, found: int) -> None:
    team = LabourTeamFactory()
    for name, left in (("李建国", False), ("张三丰", False), ("王五", True)):
        EngagementFactory(team=team, name=name, left=left)
    EngagementFactory(name="李建国")
    response = client_for(person_with(Role.LABOUR_CENTRE)).get(f"/teams/{team.pk}/?{query}")
    assert response.context["count"] == found


def test_a_team_page_costs_the_same_however_many_people() -> None:
    team = LabourTeamFactory()
    person, costs = person_with(Role.PROJECT_CLERK, project=team.project), []
    for number in (1, 2):
        for crew in WorkCrewFactory.create_batch(number, team=team):
            EngagementFactory(crew=crew, entered_on=timezone.localdate())
            LiaisonFactory(crew=crew)
        client = client_for(person)
        with CaptureQueriesContext(connection) as queries:
            client.get(f"/teams/{team.pk}/")
        costs.append(len(queries))
    assert costs[0] == costs[1]


def test_a_liaison_of_a_team_sees_its_people_without_id_numbers() -> None:
    engagement = EngagementFactory()
    text = client_for(LiaisonFactory(team=engagement.team).person).get(f"/teams/{engagement.team_id}/").content.decode()
    engagement.refresh_from_db()
    assert engagement.name in text
    assert str(engagement.worker.id_number) not in text
