"""What is thought of teams: who writes, who reads, who does not know that there is such a thing; saved team by team."""

from datetime import date
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from core.refusals import Refused
from core.roles import COMPANY_WIDE, Role
from handbook.models import TeamEvaluation
from handbook.units import workflow
from handbook.units.quarters import Quarter
from handbook.units.workflow import Grades
from labour_teams.models import LabourTeam
from tests.factories import LabourTeamFactory, TeamEvaluationFactory
from tests.house.test_url_matrix import client_for
from tests.shared_world import world_once
from tests.world import Company, found_company

pytestmark = pytest.mark.django_db
NOW, LAST = Quarter(2026, 2), Quarter(2026, 1)
ON_PROJECT = {Role.PROJECT_COORDINATOR, Role.PROJECT_COMMITTEE, Role.PROJECT_CLERK}
WRITERS = {Role.REGIONAL_COORDINATOR, Role.LABOUR_CENTRE}
PAGE_QUERIES, ALL_QUERIES = 7, 6
GRADES = Grades(safety=4, quality=5, schedule=3, benefit=4, note="班前讲话要坚持")


@pytest.fixture(autouse=True)
def _in_may(time_machine: Any) -> None:
    time_machine.move_to("2026-05-20T10:00:00+08:00", tick=False)


founded, company = world_once(found_company, at="2026-05-20T10:00:00+08:00")


def page_of(team: LabourTeam, quarter: Quarter = NOW) -> str:
    return f"/evaluations/{team.project.code}/{quarter}/"


def form_of(team: LabourTeam, quarter: Quarter = NOW) -> str:
    return f"/evaluations/teams/{team.pk}/{quarter}/"


def typed(team: LabourTeam, **grades: Any) -> dict[str, Any]:
    whole = {"safety": 4, "quality": 5, "schedule": 3, "benefit": 4, "note": "班前讲话要坚持"} | grades
    return {f"team-{team.pk}-{name}": grade for name, grade in whole.items()}


@pytest.mark.parametrize("role", list(Role))
def test_who_reads_and_who_writes(role: Role, company: Company) -> None:
    """A liaison never sees what is thought of his team."""
    team = company.own_team
    TeamEvaluationFactory(team=team, quarter=str(NOW), note="管理跟不上")
    person = company.person(role)
    client = client_for(person)
    reads = role in COMPANY_WIDE | ON_PROJECT | {Role.REGIONAL_COORDINATOR}
    page = client.get(page_of(team))
    assert (page.status_code, client.get("/evaluations/").status_code) == ((200, 200) if reads else (404, 404))
    assert ("管理跟不上" in page.content.decode()) == reads
    assert TeamEvaluation.objects.visible_to(person).exists() == reads
    if reads:
        assert page.context["may_write"] == (role in WRITERS)
    assert client.post(form_of(team), typed(team)).status_code == (302 if role in WRITERS else 403 if reads else 404)
    if role not in WRITERS:
        with pytest.raises(Refused):
            workflow.evaluate(team, NOW, GRADES, by=person)
    assert TeamEvaluation.objects.get().note == ("班前讲话要坚持" if role in WRITERS else "管理跟不上")


def test_the_page_of_a_team_leads_there(company: Company) -> None:
    team = company.own_team
    for role, leads in ((Role.REGIONAL_COORDINATOR, True), (Role.PROJECT_CLERK, True), (Role.HEALTH_OFFICER, False)):
        page = client_for(company.person(role)).get(f"/teams/{team.pk}/")
        assert (f"{page_of(team)}#team-{team.pk}" in page.content.decode()) == leads


def test_a_team_is_saved_by_itself_and_written_over(company: Company) -> None:
    team, person = company.own_team, company.person(Role.REGIONAL_COORDINATOR)
    client = client_for(person)
    assert client.post(form_of(team), typed(team)).url == f"{page_of(team)}#team-{team.pk}"
    assert client.post(form_of(team), typed(team, safety=2)).status_code == 302
    row = TeamEvaluation.objects.get()
    assert (row.team, row.quarter, row.safety, row.quality, row.by) == (team, "2026Q2", 2, 5, person)


def test_a_missing_grade_is_asked_for_and_the_rest_stays(company: Company) -> None:
    team = company.own_team
    client = client_for(company.person(Role.LABOUR_CENTRE))
    said = typed(team, quality=6)
    del said[f"team-{team.pk}-safety"]
    page = client.post(form_of(team), said)
    tried = page.context["tried"]
    assert set(tried.errors) == {"safety", "quality"}
    assert 'value="班前讲话要坚持"' in page.content.decode()
    assert [form is tried for form in page.context["forms"]] == [True, False]
    assert not TeamEvaluation.objects.exists()


def test_last_quarter_stands_beside(company: Company) -> None:
    team = company.own_team
    TeamEvaluationFactory(team=team, quarter=str(LAST), safety=2, quality=3, schedule=4, benefit=5)
    client = client_for(company.person(Role.REGIONAL_COORDINATOR))
    [form] = [form for form in client.get(page_of(team)).context["forms"] if form.team == team]
    assert [before for _goal, before in form.goals] == [2, 3, 4, 5]
    assert client.get(page_of(team)).context["next"] is None


def test_teams_that_were_there_in_the_quarter(company: Company) -> None:
    project = company.own_project
    gone = LabourTeamFactory(project=project, entered_on=date(2026, 1, 5), left_on=date(2026, 4, 1))
    before = LabourTeamFactory(project=project, entered_on=date(2026, 1, 5), left_on=date(2026, 3, 31))
    after = LabourTeamFactory(project=project, entered_on=date(2026, 7, 1))
    client = client_for(company.person(Role.REGIONAL_COORDINATOR))
    there = {form.team for form in client.get(page_of(gone)).context["forms"]}
    assert gone in there
    assert not {before, after} & there
    assert client.post(form_of(before), typed(before)).status_code == 404
    [row] = [row for row in client.get("/evaluations/").context["rows"] if row.project == project]
    assert (row.evaluated, row.teams) == (0, len(there))


def test_a_quarter_to_come_is_not_evaluated(company: Company) -> None:
    team, person = company.own_team, company.person(Role.REGIONAL_COORDINATOR)
    with pytest.raises(Refused):
        workflow.evaluate(team, NOW.plus(1), GRADES, by=person)
    assert client_for(person).get(page_of(team, NOW.plus(1))).context["may_write"] is False


@pytest.mark.parametrize(("day", "is_open"), [("2026-06-30", True), ("2026-07-05", True), ("2026-07-06", False)])
def test_a_quarter_closes_with_the_handbook_of_its_last_month(
    day: str, is_open: bool, company: Company, time_machine: Any
) -> None:
    team, person = company.own_team, company.person(Role.REGIONAL_COORDINATOR)
    TeamEvaluationFactory(team=team, quarter=str(NOW), note="管理跟不上")
    time_machine.move_to(f"{day}T22:00:00+08:00", tick=False)
    client = client_for(person)
    page = client.get(page_of(team))
    assert (page.context["may_write"], bool(page.context["closed"])) == (is_open, not is_open)
    assert page.context["closes_on"] == date(2026, 7, 5)
    assert client.post(form_of(team), typed(team)).status_code == 302
    assert TeamEvaluation.objects.get().note == ("班前讲话要坚持" if is_open else "管理跟不上")
    if not is_open:
        with pytest.raises(Refused):
            workflow.evaluate(team, NOW, GRADES, by=person)
    reader = client_for(company.person(Role.PROJECT_CLERK)).get(page_of(team))
    assert not reader.context["closed"]


def test_the_pages_cost_the_same_however_many_teams(company: Company, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    team = company.own_team
    client = client_for(company.person(Role.REGIONAL_COORDINATOR))
    for _round in range(2):
        TeamEvaluationFactory(team=LabourTeamFactory(project=team.project), quarter=str(NOW))
        client.get(page_of(team))
        with django_assert_num_queries(PAGE_QUERIES):
            client.get(page_of(team))
        with django_assert_num_queries(ALL_QUERIES):
            client.get("/evaluations/")


def test_quarters_follow_one_another() -> None:
    assert [str(Quarter(2026, 1).plus(step)) for step in (-1, 0, 3, 4)] == ["2025Q4", "2026Q1", "2026Q4", "2027Q1"]
    assert (NOW.first, NOW.last) == (date(2026, 4, 1), date(2026, 6, 30))
