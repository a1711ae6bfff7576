"""The month's printed book: whose it is, who opens it, what it counts, and who reads in it what was said."""

from datetime import date
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from coordinators.models import Coordinator, Liaison
from core.roles import Role
from handbook.models import HandbookEntry, VisitRecord
from tests.factories import (
    CareDistributionFactory,
    EntryPhotoFactory,
    HandbookEntryFactory,
    MeetingRecordFactory,
    TrainingSessionFactory,
    VisitRecordFactory,
)
from tests.house.test_url_matrix import client_for
from tests.shared_world import world_once
from tests.world import Company, found_company

pytestmark = pytest.mark.django_db
DAY = date(2026, 5, 14)
BOOK_QUERIES = 11
ON_PROJECT = (Role.PROJECT_COORDINATOR, Role.PROJECT_COMMITTEE, Role.PROJECT_CLERK)
HEADQUARTERS = (Role.PARTY_ORGANISATION, Role.LABOUR_CENTRE, Role.LEADER, Role.AUDITOR)


@pytest.fixture(autouse=True)
def _in_june(time_machine: Any) -> None:
    time_machine.move_to("2026-06-03T10:00:00+08:00", tick=False)


founded, company = world_once(found_company, at="2026-06-03T10:00:00+08:00")


def post_of(person: Any) -> Coordinator | Liaison:
    [post] = person.posts_today
    return post


def url_of(post: Coordinator | Liaison, month: str = "2026-05") -> str:
    kind = "liaison" if isinstance(post, Liaison) else "coordinator"
    return f"/entries/book/{kind}/{post.pk}/{month}/"


def written(person: Any, company: Company, **facts: Any) -> HandbookEntry:
    post = post_of(person)
    of_post = {"liaison": post} if isinstance(post, Liaison) else {"coordinator": post}
    return HandbookEntryFactory(**{"author": person, "project": company.own_project, "on": DAY, **of_post, **facts})


def visited(person: Any, company: Company) -> VisitRecord:
    return VisitRecordFactory(entry=written(person, company, kind="visit", title="宿舍谈心"))


@pytest.mark.parametrize(
    ("role", "readers"),
    [
        (Role.REGIONAL_COORDINATOR, {*HEADQUARTERS}),
        (Role.PROJECT_COORDINATOR, {*HEADQUARTERS, *ON_PROJECT, Role.REGIONAL_COORDINATOR}),
        (Role.LIAISON, {*HEADQUARTERS, *ON_PROJECT, Role.REGIONAL_COORDINATOR}),
    ],
)
def test_opened_by_its_holder_and_by_those_above_him(company: Company, role: Role, readers: set[Role]) -> None:
    person = company.person(role)
    url = url_of(post_of(person))
    assert client_for(person).get(url).status_code == 200
    asked = (*HEADQUARTERS, *ON_PROJECT, Role.REGIONAL_COORDINATOR, Role.LIAISON, Role.HEALTH_OFFICER, Role.SYSTEM_ADMINISTRATOR)
    found = {reader for reader in asked if reader != role and client_for(company.person(reader)).get(url).status_code == 200}
    assert found == readers - {role}


def test_what_is_no_post_of_that_kind_is_not_there(company: Company) -> None:
    person = company.person(Role.PROJECT_COORDINATOR)
    client, pk = client_for(person), post_of(person).pk
    for url in (
        f"/entries/book/officer/{pk}/2026-05/",
        "/entries/book/coordinator/987654/2026-05/",
        url_of(post_of(person), "2026-13"),
    ):
        assert client.get(url).status_code == 404


def test_holds_what_was_done_in_the_post_in_that_month_in_its_order(company: Company) -> None:
    person, other = company.person(Role.PROJECT_COORDINATOR), company.person(Role.PROJECT_COORDINATOR)
    late = written(person, company, on=date(2026, 5, 31))
    early = written(person, company, on=date(2026, 5, 1))
    for facts in (
        {"on": date(2026, 4, 30)},
        {"on": date(2026, 6, 1)},
        {"withdrawn": True},
        {"is_planned": True},
        {"coordinator": None},
    ):
        written(person, company, **facts)
    written(other, company)
    told = client_for(person).get(url_of(post_of(person))).context["told"]
    assert [(each.number, each.entry.pk) for each in told] == [(1, early.pk), (2, late.pk)]


def test_summary_counts_entries_and_declared_people_by_task(company: Company) -> None:
    person = company.person(Role.PROJECT_COORDINATOR)
    TrainingSessionFactory(entry=written(person, company, kind="training", headcount=30))
    TrainingSessionFactory(entry=written(person, company, kind="training", headcount=12))
    MeetingRecordFactory(entry=written(person, company, kind="meeting"))
    visited(person, company)
    lines = client_for(person).get(url_of(post_of(person))).context["lines"]
    assert [(line.hold.value, line.entries, [n for _kind, n in line.kinds], line.people) for line in lines] == [
        ("training", 2, [2], 42),
        ("campaign", 0, [], 0),
        ("thought", 2, [1, 1], 0),
        ("rights", 0, [], 0),
        ("care", 0, [], 0),
        ("management", 0, [], 0),
    ]


@pytest.mark.parametrize(
    ("role", "reads"),
    [
        (Role.PROJECT_COORDINATOR, True),  # he wrote it
        (Role.REGIONAL_COORDINATOR, True),
        (Role.PARTY_ORGANISATION, True),
        (Role.PROJECT_COMMITTEE, False),
        (Role.LABOUR_CENTRE, False),
        (Role.LEADER, False),
    ],
)
def test_words_are_printed_for_those_who_may_read_them(company: Company, role: Role, reads: bool) -> None:
    person = company.person(Role.PROJECT_COORDINATOR)
    visit = visited(person, company)
    reader = person if role == Role.PROJECT_COORDINATOR else company.person(role)
    response = client_for(reader).get(url_of(post_of(person)))
    page = response.content.decode()
    assert "宿舍谈心" in page
    assert (visit.words in page, str(visit.get_mood_display()) in page, response.context["says_words"]) == (reads, reads, reads)


@pytest.mark.parametrize("rows", [1, 3])
def test_costs_the_same_however_many_entries(
    company: Company, rows: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    person = company.person(Role.PROJECT_COORDINATOR)
    for _row in range(rows):
        visit = visited(person, company)
        EntryPhotoFactory.create_batch(2, entry=visit.entry)
        TrainingSessionFactory(entry=written(person, company, kind="training"))
    client = client_for(person)
    with django_assert_num_queries(BOOK_QUERIES):
        client.get(url_of(post_of(person)))


def test_goods_stand_with_their_quantities(company: Company) -> None:
    person = company.person(Role.PROJECT_COORDINATOR)
    first = CareDistributionFactory(
        event__entry=written(person, company, kind="care"), quantity=20, item__name="毛巾", item__unit="条"
    )
    CareDistributionFactory(event=first.event, item=first.item, quantity="2.50")
    page = client_for(person).get(url_of(post_of(person))).content.decode()
    assert "毛巾 22.5 条" in page


def test_an_empty_month_is_a_book_too(company: Company) -> None:
    person = company.person(Role.LIAISON)
    response = client_for(person).get(url_of(post_of(person)))
    assert (response.status_code, response.context["told"]) == (200, [])
    assert str(company.own_crew) in response.context["unit"]


def test_says_until_when_the_month_is_open(company: Company) -> None:
    person = company.person(Role.PROJECT_COORDINATOR)
    client, post = client_for(person), post_of(person)
    may, april = (client.get(url_of(post, month)).context for month in ("2026-05", "2026-04"))
    assert (may["is_open"], may["closes_on"], april["is_open"]) == (True, date(2026, 6, 5), False)
