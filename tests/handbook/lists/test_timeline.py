"""The timeline and the calendar: whose entries, order, filters, paging, cost; the export says no word of a visit."""

import io
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from openpyxl import load_workbook
from pytest_django import DjangoAssertNumQueries

from core.audit import AuditKind
from core.models import AuditEvent
from core.roles import READERS, Role
from handbook.models import HandbookEntry
from tests.factories import (
    EntryPhotoFactory,
    HandbookEntryFactory,
    LabourTeamFactory,
    TrainingSessionFactory,
    VisitRecordFactory,
)
from tests.house.test_url_matrix import client_for
from tests.shared_world import world_once
from tests.world import Company, found_company

pytestmark = pytest.mark.django_db
URL, EXPORT = "/entries/", "/entries/export/"
LIST_QUERIES, CALENDAR_QUERIES = 10, 8
WITHOUT = [role for role in Role if role == Role.SYSTEM_ADMINISTRATOR]
DAY = date(2026, 5, 14)


@pytest.fixture(autouse=True)
def _in_may(time_machine: Any) -> None:
    time_machine.move_to("2026-05-20T10:00:00+08:00", tick=False)


founded, company = world_once(found_company, at="2026-05-20T10:00:00+08:00")


@pytest.fixture
def region(company: Company) -> Client:
    return client_for(company.person(Role.REGIONAL_COORDINATOR))


def write(company: Company, **facts: Any) -> HandbookEntry:
    return HandbookEntryFactory(**{"project": company.own_project, "on": DAY, **facts})


def shown(client: Client, **wanted: Any) -> list[int]:
    context = client.get(URL, wanted).context
    found = [entry.pk for day in context["days"] for entry in day.entries]
    assert len(found) == context["count"]
    return found


@pytest.mark.parametrize("role", WITHOUT)
@pytest.mark.parametrize("url", [URL, "/entries/calendar/", "/entries/calendar/2026-05/"])
def test_who_has_no_part_in_it_finds_nothing(company: Company, role: Role, url: str) -> None:
    assert client_for(company.person(role)).get(url).status_code == 404


def test_the_latest_stands_first_under_its_day(company: Company, region: Client) -> None:
    early = write(company, on=DAY - timedelta(days=3))
    first, second = write(company), write(company)
    write(company, project=company.crew_at("foreign").team.project)
    days = region.get(URL).context["days"]
    assert [(day.on, [entry.pk for entry in day.entries]) for day in days] == [
        (DAY, [second.pk, first.pk]),
        (early.on, [early.pk]),
    ]


@pytest.mark.parametrize("rows", [1, 3])
def test_costs_the_same_however_long(
    company: Company, region: Client, rows: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _row in range(rows):
        entry = write(company, team=company.own_team, crew=company.own_crew)
        EntryPhotoFactory.create_batch(2, entry=entry)
    with django_assert_num_queries(LIST_QUERIES):
        region.get(URL)
    with django_assert_num_queries(CALENDAR_QUERIES):
        region.get("/entries/calendar/2026-05/")


def test_pages_go_on_where_the_last_one_ended(company: Company, region: Client) -> None:
    author = company.person(Role.PROJECT_COORDINATOR)
    entries = [write(company, author=author, on=DAY - timedelta(days=place % 7)) for place in range(53)]
    expected = [entry.pk for entry in sorted(entries, key=lambda entry: (entry.on, entry.pk), reverse=True)]
    first = region.get(URL).context["page"]
    second = region.get(URL, {"after": first.next}).context["page"]
    assert [entry.pk for entry in (*first.rows, *second.rows)] == expected
    back = region.get(URL, {"before": second.previous}).context["page"]
    assert [entry.pk for entry in back.rows] == [entry.pk for entry in first.rows]


def test_filters(company: Company) -> None:
    person = company.person(Role.REGIONAL_COORDINATOR)
    region = client_for(person)
    training = write(company, kind="training", title="农民工夜校")
    care = write(company, kind="care", team=company.own_team, title="送清凉")
    sibling = write(company, project=company.crew_at("sibling").team.project, on=date(2026, 4, 30))
    planned = write(company, is_planned=True, on=DAY + timedelta(days=9), author=person)
    withdrawn = write(company, withdrawn=True)
    everything = [planned.pk, withdrawn.pk, care.pk, training.pk, sibling.pk]
    own, team = company.own_project.pk, company.own_team.pk
    asked: dict[tuple[tuple[str, Any], ...], list[int]] = {
        (): everything,
        (("kind", "training"),): [training.pk],
        (("hold", "care"),): [care.pk],
        (("project", own),): everything[:-1],
        (("project", own), ("team", team)): [care.pk],
        (("team", team),): [care.pk],
        (("month", "2026-04"),): [sibling.pk],
        (("on", "2026-04-30"),): [sibling.pk],
        (("author", "mine"),): [planned.pk],
        (("state", "planned"),): [planned.pk],
        (("state", "withdrawn"),): [withdrawn.pk],
        (("state", "held"),): [care.pk, training.pk, sibling.pk],
        (("q", "夜校"),): [training.pk],
    }
    assert {wanted: shown(region, **dict(wanted)) for wanted in asked} == asked


def test_no_foreign_team_or_project_can_be_asked_for(company: Company, region: Client) -> None:
    foreign = company.crew_at("foreign").team
    write(company, project=foreign.project, team=foreign)
    for wanted in ({"project": foreign.project_id}, {"team": foreign.pk}, {"project": "9" * 30, "team": "x"}):
        assert region.get(URL, wanted).context["page"].rows == []


def test_numbers_of_people_leave_the_address(region: Client) -> None:
    assert region.get(URL, {"q": "430000199001011234"}).url == URL


def test_withdrawn_is_struck_out_with_its_reason(company: Company, region: Client) -> None:
    entry = write(company, withdrawn=True)
    page = region.get(URL).content.decode()
    assert "lx-entry is-withdrawn" in page
    assert entry.withdrawn_reason in page


def test_words_of_visits_are_nowhere_on_the_page(company: Company, region: Client) -> None:
    visit = VisitRecordFactory(entry__project=company.own_project, entry__on=DAY)
    for url in (URL, "/entries/calendar/2026-05/"):
        page = region.get(url).content.decode()
        assert f"/entries/{visit.pk}/" in page
        assert visit.words not in page


def exported(client: Client, **wanted: Any) -> list[tuple[Any, ...]]:
    content = client.post(EXPORT, wanted).content
    return list(load_workbook(io.BytesIO(content)).active.iter_rows(min_row=3, values_only=True))


def test_export_is_the_filtered_list_without_what_was_heard(company: Company, region: Client) -> None:
    visit = VisitRecordFactory(entry__project=company.own_project, entry__on=DAY, entry__summary="他说要辞工")
    training = TrainingSessionFactory(
        entry__project=company.own_project, entry__on=DAY, entry__summary="讲了两小时", entry__headcount=31
    )
    write(company, kind="care")
    rows = exported(region)
    cells = {cell for row in rows for cell in row}
    assert len(rows) == 1 + 3
    assert {training.entry.summary, 31} <= cells
    assert not any(words in str(cell) for cell in cells for words in (visit.words, "他说要辞工"))
    assert len(exported(region, kind="visit")) == 1 + 1
    assert AuditEvent.objects.filter(kind=AuditKind.EXPORT).count() == 2


def test_csv_is_defused(company: Company, region: Client) -> None:
    write(company, title="=1+1")
    assert "'=1+1" in region.post(EXPORT, {"format": "csv"}).content.decode()


@pytest.mark.parametrize("role", sorted(READERS))
def test_readers_export_nothing(company: Company, role: Role) -> None:
    assert client_for(company.person(role)).post(EXPORT).status_code == 403


def test_calendar_has_what_was_held_and_what_is_planned(company: Company, region: Client) -> None:
    held = [write(company) for _row in range(4)]
    planned = write(company, is_planned=True, on=date(2026, 5, 31))
    write(company, withdrawn=True)
    write(company, on=date(2026, 6, 1), is_planned=True)
    context = region.get("/entries/calendar/").context
    squares = {square.on: square for week in context["weeks"] for square in week}
    assert [len(week) for week in context["weeks"]] == [7] * 5
    assert ([entry.pk for entry in squares[DAY].shown], squares[DAY].more) == ([entry.pk for entry in held[:3]], 1)
    assert [entry.pk for entry in squares[planned.on].shown] == [planned.pk]
    assert [square.on for square in context["days"]] == [DAY, planned.on]
    assert (context["held"], context["planned"]) == (4, 1)


def test_calendar_keeps_its_filters_from_month_to_month(company: Company, region: Client) -> None:
    LabourTeamFactory(project=company.own_project)
    page = region.get(f"/entries/calendar/2026-05/?project={company.own_project.pk}").content.decode()
    assert f'href="/entries/calendar/2026-04/?project={company.own_project.pk}"' in page
    assert f'href="/entries/calendar/2026-06/?project={company.own_project.pk}"' in page
