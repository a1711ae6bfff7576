"""Teams on site that nobody inspected, or nobody visited, this month."""

from datetime import date
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from core.roles import Role
from labour_teams.models import LabourTeam
from tests.factories import HandbookEntryFactory, LabourTeamFactory
from tests.house.test_url_matrix import client_for
from tests.shared_world import world_once
from tests.world import Company, found_company

pytestmark = pytest.mark.django_db
URL, QUERIES = "/teams/uninspected/", 6


@pytest.fixture(autouse=True)
def _in_may(time_machine: Any) -> None:
    time_machine.move_to("2026-05-20T10:00:00+08:00", tick=False)


founded, company = world_once(found_company, at="2026-05-20T10:00:00+08:00")


def shown(person: User, **wanted: Any) -> dict[LabourTeam, tuple[bool, bool]]:
    groups = client_for(person).get(URL, wanted).context["groups"]
    return {team: (team.is_inspected, team.is_visited) for group in groups for team in group.teams}


def done(team: LabourTeam, kind: str, on: date = date(2026, 5, 12), **facts: Any) -> None:
    HandbookEntryFactory(team=team, kind=kind, on=on, **facts)


def test_what_counts_is_held_this_month(company: Company) -> None:
    person = company.person(Role.REGIONAL_COORDINATOR)
    own = company.own_team
    gone = LabourTeamFactory(project=company.own_project, left_on=date(2026, 5, 19))
    done(own, "inspection", on=date(2026, 4, 30))
    done(own, "inspection", withdrawn=True)
    done(own, "visit", is_planned=True)
    found = shown(person)
    assert found[own] == (False, False)
    assert gone not in found
    assert set(found) == {crew.team for crew in company.crews if crew.team.project.region == company.own_region}
    done(own, "visit")
    assert shown(person)[own] == (False, True)
    assert own in shown(person, what="not_inspected")
    assert own not in shown(person, what="not_visited")
    assert own not in shown(person, what="neither")
    done(own, "inspection")
    assert own not in shown(person)


def test_whoever_inspects_goes_on_from_here(company: Company) -> None:
    for role, inspects in ((Role.REGIONAL_COORDINATOR, True), (Role.LABOUR_CENTRE, True), (Role.PROJECT_COMMITTEE, False)):
        page = client_for(company.person(role)).get(URL)
        assert ("/entries/new/inspection/" in page.content.decode()) == inspects
    for role in (Role.LIAISON, Role.PROJECT_CLERK, Role.HEALTH_OFFICER, Role.SYSTEM_ADMINISTRATOR):
        assert client_for(company.person(role)).get(URL).status_code == 404


def test_it_costs_the_same_however_many_teams(company: Company, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    client = client_for(company.person(Role.REGIONAL_COORDINATOR))
    for _round in range(2):
        LabourTeamFactory(project=company.own_project)
        client.get(URL)
        with django_assert_num_queries(QUERIES):
            client.get(URL)
