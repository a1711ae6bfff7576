"""What follows an entry: people by name, one team at a time; a matter opened from it."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from core.roles import Role
from feedback.models import Case, CaseCategory
from handbook.models import EntryCase, HandbookEntry
from tests.factories import CampaignActivityFactory, EngagementFactory, HandbookEntryFactory, VisitRecordFactory
from tests.house.test_url_matrix import client_for
from tests.world import Company

pytestmark = pytest.mark.django_db
QUERIES_OF_PEOPLE, QUERIES_OF_TEAMS = 8, 8


@pytest.fixture
def entry(company: Company, liaison: User) -> HandbookEntry:
    return VisitRecordFactory(entry__author=liaison, entry__crew=company.own_crew).entry


def test_the_list_is_who_was_there_that_day(local: Client, company: Company, entry: HandbookEntry) -> None:
    yesterday = timezone.localdate() - timedelta(days=1)
    gone = EngagementFactory(team=company.own_team, crew=company.own_crew, left_on=yesterday)
    there = EngagementFactory(team=company.own_team, crew=company.own_crew)
    page = local.get(f"/entries/{entry.pk}/people/")
    shown = {person.pk for person in page.context["people"]}
    assert there.pk in shown
    assert gone.pk not in shown
    assert {person.crew_id for person in page.context["people"]} == {company.own_crew.pk}


def test_ticking_makes_just_these_the_named_ones(local: Client, company: Company, entry: HandbookEntry) -> None:
    one, two = (EngagementFactory(team=company.own_team, crew=company.own_crew) for _ in range(2))
    place = f"/entries/{entry.pk}/people/"
    assert local.post(place, {"people": [one.pk, two.pk]}).headers["Location"] == f"/entries/{entry.pk}/"
    assert set(entry.visit.workers.all()) == {one, two}
    assert local.get(place).context["chosen"] == {one.pk, two.pk}
    local.post(place, {"people": [two.pk]})
    assert set(entry.visit.workers.all()) == {two}


def test_a_foreign_key_ticks_nobody(local: Client, company: Company, entry: HandbookEntry) -> None:
    foreign = EngagementFactory(team=company.crew_at("foreign").team)
    local.post(f"/entries/{entry.pk}/people/", {"people": [foreign.pk, "x", "9" * 40]})
    assert not entry.visit.workers.exists()


def test_more_names_than_heads_are_refused_and_stay_ticked(local: Client, company: Company, entry: HandbookEntry) -> None:
    HandbookEntry.objects.filter(pk=entry.pk).update(headcount=1)
    two = [EngagementFactory(team=company.own_team, crew=company.own_crew).pk for _ in range(2)]
    page = local.post(f"/entries/{entry.pk}/people/", {"people": two})
    assert page.context["refused"]
    assert page.context["chosen"] == set(two)
    assert not entry.visit.workers.exists()


def test_of_a_project_one_team_is_ticked_at_a_time(company: Company) -> None:
    person = company.person(Role.PROJECT_COORDINATOR)
    entry = CampaignActivityFactory(entry__author=person, entry__project=company.own_project).entry
    client, place = client_for(person), f"/entries/{entry.pk}/people/"
    teams = client.get(place).context["teams"]
    assert len(teams) == 2
    assert {row.team.project for row in teams} == {company.own_project}
    first, second = (row.team for row in teams)
    everybody = {team.pk: set(team.engagements.values_list("pk", flat=True)) for team in (first, second)}
    for team in (first, second):
        client.post(f"{place}?team={team.pk}", {"people": [*everybody[team.pk]]})
    assert set(entry.activity.workers.values_list("pk", flat=True)) == everybody[first.pk] | everybody[second.pk]
    client.post(f"{place}?team={first.pk}", {})
    assert set(entry.activity.workers.values_list("pk", flat=True)) == everybody[second.pk]
    foreign = company.crew_at("foreign").team_id
    assert [client.get(f"{place}?team={team}").status_code for team in (foreign, 987_654)] == [404, 404]


def test_who_has_no_list_of_people(company: Company) -> None:
    person = company.person(Role.PROJECT_COORDINATOR)
    client = client_for(person)
    for facts in ({"kind": "rights"}, {"kind": "activity", "planned": True}):
        entry = HandbookEntryFactory(author=person, project=company.own_project, **facts)
        assert client.get(f"/entries/{entry.pk}/people/").status_code == 404


def matter(company: Company, **more: object) -> dict[str, object]:
    return {"category": CaseCategory.objects.get(key="living").pk, "title": "宿舍没有热水", **more}


def test_a_matter_remembers_where_it_came_from(local: Client, company: Company, entry: HandbookEntry) -> None:
    place = f"/entries/{entry.pk}/matter/"
    assert local.get(place).context["form"].initial["place"] == f"crew-{company.own_crew.pk}"
    response = local.post(place, matter(company))
    case = Case.objects.get()
    assert EntryCase.objects.get().entry == entry
    assert (case.origin, case.crew, case.project) == ("visit", company.own_crew, company.own_project)
    assert response.headers["Location"] == f"/cases/new/{case.number}/"
    assert [row.number for row in local.get(f"/entries/{entry.pk}/").context["cases"]] == [case.number]


def test_a_matter_that_its_writer_does_not_see_is_told_by_its_number(company: Company) -> None:
    person = company.person(Role.PROJECT_COORDINATOR)
    entry = VisitRecordFactory(entry__author=person, entry__team=company.own_team).entry
    client, page_of_it = client_for(person), f"/entries/{entry.pk}/"
    assert client.get(f"{page_of_it}matter/").context["form"].initial["place"] == f"team-{company.own_team.pk}"
    known = {"kind": "problem", "origin": "visit", "place": f"team-{company.own_team.pk}", "is_direct": "on"}
    response = client.post(f"{page_of_it}matter/", matter(company, **known))
    case = Case.objects.get()
    assert response.headers["Location"] == page_of_it
    page = client.get(page_of_it)
    assert [case.number in str(message) for message in page.context["messages"]] == [True]
    assert [*page.context["cases"]] == []
    assert case.number not in client.get(page_of_it).content.decode()


def test_an_unfinished_matter_keeps_what_was_typed(local: Client, company: Company, entry: HandbookEntry) -> None:
    page = local.post(f"/entries/{entry.pk}/matter/", matter(company, title="", words="三天没有热水"))
    assert page.context["form"]["words"].value() == "三天没有热水"
    assert not Case.objects.exists()


def test_whoever_takes_no_cases_down_opens_none(company: Company, entry: HandbookEntry) -> None:
    client = client_for(company.person(Role.PROJECT_CLERK))
    assert client.get(f"/entries/{entry.pk}/").context["doing"].open_matter is False
    assert client.post(f"/entries/{entry.pk}/matter/", matter(company)).status_code == 404
    HandbookEntry.objects.filter(pk=entry.pk).update(
        withdrawn_at=timezone.now(), withdrawn_by=entry.author, withdrawn_reason="错"
    )
    assert client_for(entry.author).get(f"/entries/{entry.pk}/matter/").status_code == 403


def test_the_list_of_people_costs_the_same_however_long(
    local: Client, company: Company, entry: HandbookEntry, django_assert_num_queries: Any
) -> None:
    place = f"/entries/{entry.pk}/people/"
    local.get(place)
    for more in (0, 2):
        EngagementFactory.create_batch(more, team=company.own_team, crew=company.own_crew)
        with django_assert_num_queries(QUERIES_OF_PEOPLE):
            local.get(place)


def test_the_list_of_teams_costs_the_same_however_long(company: Company, django_assert_num_queries: Any) -> None:
    person = company.person(Role.PROJECT_COORDINATOR)
    entry = CampaignActivityFactory(entry__author=person, entry__project=company.own_project).entry
    client, place = client_for(person), f"/entries/{entry.pk}/people/"
    client.get(place)
    for more in (0, 2):
        for _ in range(more):
            EngagementFactory(team__project=company.own_project)
        with django_assert_num_queries(QUERIES_OF_TEAMS):
            assert len(client.get(place).context["teams"]) == 2 + more
