"""The last entries on the pages of a region, a project and a team, and the ways from there to the printed books."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from core.roles import Role
from tests.factories import EntryPhotoFactory, HandbookEntryFactory, LiaisonFactory, VisitRecordFactory
from tests.house.test_url_matrix import client_for
from tests.shared_world import world_once
from tests.world import Company, found_company

pytestmark = pytest.mark.django_db
TEAM_QUERIES = 12


founded, company = world_once(found_company)


def pages(company: Company) -> dict[str, str]:
    return {
        "region": f"/regions/{company.own_region.code}/",
        "project": f"/projects/{company.own_project.code}/",
        "team": f"/teams/{company.own_team.pk}/",
    }


def recent(client: Any, url: str) -> list[int]:
    return [entry.pk for entry in client.get(url).context["recent"]]


def test_each_page_shows_its_own_and_leads_to_the_rest(company: Company) -> None:
    client = client_for(company.person(Role.REGIONAL_COORDINATOR))
    of_team = HandbookEntryFactory(team=company.own_team)
    of_project = HandbookEntryFactory(project=company.own_project)
    of_region = HandbookEntryFactory(project=None, region=company.own_region)
    HandbookEntryFactory(project=company.own_project, withdrawn=True)
    HandbookEntryFactory(project=company.own_project, planned=True)
    found = {name: recent(client, url) for name, url in pages(company).items()}
    assert found == {
        "region": [of_region.pk, of_project.pk, of_team.pk],
        "project": [of_project.pk, of_team.pk],
        "team": [of_team.pk],
    }
    asked = {name: f'href="/entries/?{name}=' for name in found}
    assert all(asked[name] in client.get(url).content.decode() for name, url in pages(company).items())


def test_the_latest_five(company: Company) -> None:
    client, today = client_for(company.person(Role.PARTY_ORGANISATION)), timezone.localdate()
    entries = [HandbookEntryFactory(project=company.own_project, on=today - timedelta(days=days)) for days in range(6)]
    assert recent(client, pages(company)["project"]) == [entry.pk for entry in entries[:5]]


def test_a_liaison_finds_what_was_done_for_his_team_and_no_visit(company: Company) -> None:
    client = client_for(LiaisonFactory(team=company.own_team).person)
    VisitRecordFactory(entry__team=company.own_team)
    care = HandbookEntryFactory(team=company.own_team, kind="care")
    assert recent(client, pages(company)["team"]) == [care.pk]


def test_the_system_administrator_sees_units_and_no_entries(company: Company) -> None:
    HandbookEntryFactory(project=company.own_project)
    client = client_for(company.person(Role.SYSTEM_ADMINISTRATOR))
    assert "recent" not in client.get(pages(company)["project"]).context


def test_books_of_those_in_post_are_offered_to_those_who_open_them(company: Company) -> None:
    local = company.person(Role.PROJECT_COORDINATOR)
    link = f"/entries/book/coordinator/{local.posts_today[0].pk}/"
    for role, is_offered in ((Role.REGIONAL_COORDINATOR, True), (Role.PROJECT_CLERK, True), (Role.HEALTH_OFFICER, False)):
        page = client_for(company.person(role)).get(pages(company)["project"]).content.decode()
        assert (link in page) == is_offered


@pytest.mark.parametrize("rows", [1, 3])
def test_costs_the_same(company: Company, rows: int, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    client = client_for(company.person(Role.REGIONAL_COORDINATOR))
    for _row in range(rows):
        EntryPhotoFactory(entry=HandbookEntryFactory(team=company.own_team, crew=company.own_crew))
    with django_assert_num_queries(TEAM_QUERIES):
        client.get(pages(company)["team"])
