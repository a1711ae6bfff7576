"""The bar offers each post the ways that open to it, and no other."""

from typing import Any

import pytest
from django.test import RequestFactory
from django.urls import resolve

from accounts.models import User
from core.roles import ADMIN_SITE, Role
from overview.navigation import items_for
from tests.covering import EVERYTHING
from tests.factories import LabourTeamFactory, LiaisonFactory, UserFactory, WorkCrewFactory, person_with
from tests.house.crawl import client_for
from tests.house.url_matrix import PAGES

pytestmark = pytest.mark.django_db

HOME, OVERVIEW, CASES, HANDBOOK, WAGES, REPORTS = "/", "/overview/", "/cases/", "/entries/", "/wages/", "/reports/"
PROJECTS, ROSTER, SURVEYS, COORDINATORS, BOARDS = "/projects/", "/workers/", "/surveys/", "/coordinators/", "/boards/"
RULES, ADMIN = "/rules/", "/admin/"
WHOLE_COMPANY = [HOME, OVERVIEW, CASES, HANDBOOK, WAGES, REPORTS, PROJECTS, ROSTER, SURVEYS, COORDINATORS, BOARDS, RULES, ADMIN]
ON_SITE = [PROJECTS, ROSTER, SURVEYS, COORDINATORS, BOARDS, RULES]
WITH_CASES = [HOME, CASES, HANDBOOK, WAGES, *ON_SITE]
WAYS = {
    Role.SYSTEM_ADMINISTRATOR: [HOME, PROJECTS, COORDINATORS, RULES, ADMIN],
    Role.PARTY_PERSONNEL: WHOLE_COMPANY,
    Role.PARTY_ORGANISATION: WHOLE_COMPANY,
    Role.LABOUR_CENTRE: WHOLE_COMPANY,
    Role.LEADER: WHOLE_COMPANY,
    Role.AUDITOR: WHOLE_COMPANY,
    Role.DEPARTMENT_OFFICER: [HOME, CASES, RULES],
    Role.HEALTH_OFFICER: [HOME, HANDBOOK, *ON_SITE],
    Role.REGIONAL_COORDINATOR: [HOME, CASES, HANDBOOK, WAGES, REPORTS, *ON_SITE],
    Role.PROJECT_COMMITTEE: WITH_CASES,
    Role.PROJECT_COORDINATOR: WITH_CASES,
    Role.PROJECT_CLERK: [HOME, HANDBOOK, WAGES, *ON_SITE],
    Role.LIAISON: [HOME, CASES, HANDBOOK, ROSTER, BOARDS, RULES],
}


@pytest.mark.parametrize("role", list(Role))
def test_each_post_is_offered_its_ways_and_all_of_them_open(role: Role) -> None:
    """The bar is asked, and the table of all addresses, behind which the matrix stands; all pages with TEST_EVERYTHING=1."""
    person = person_with(role)
    offered = bar_of(person)
    assert offered == WAYS[role]
    assert [place for place in offered if role not in open_to(place)] == []
    if EVERYTHING:
        client = client_for(person)
        assert {client.get(place).status_code for place in offered} == {200}


def bar_of(person: User) -> list[str]:
    request = RequestFactory().get(HOME)
    request.user, request.resolver_match = person, resolve(HOME)
    return [item.url for item in items_for(request)]


def open_to(place: str) -> frozenset[Any]:
    """The roles to whom the table of all addresses opens this one, wherever in the company they are."""
    match = resolve(place)
    if match.app_name == "admin":
        return ADMIN_SITE
    page = PAGES[str(match.url_name)]
    assert not page.has_unit
    return page.roles


def test_somebody_without_a_post_has_his_home_only() -> None:
    person = UserFactory()
    assert [item.url for item in client_for(person).get("/").context["nav"]] == bar_of(person) == [HOME]


def test_the_way_one_is_on_is_marked() -> None:
    team = LabourTeamFactory()
    client = client_for(person_with(Role.LABOUR_CENTRE))
    places = {
        "/": HOME,
        "/overview/": OVERVIEW,
        f"/regions/{team.project.region.code}/": OVERVIEW,
        f"/projects/{team.project.code}/": PROJECTS,
        f"/teams/{team.pk}/": ROSTER,
        "/liaisons/": COORDINATORS,
    }
    for place, current in places.items():
        assert [item.url for item in client.get(place).context["nav"] if item.current] == [current], place


def test_a_liaison_of_a_whole_team_opens_its_page() -> None:
    crew = WorkCrewFactory()
    client = client_for(LiaisonFactory(team=crew.team).person)
    assert client.get(f"/teams/{crew.team_id}/").status_code == 200
