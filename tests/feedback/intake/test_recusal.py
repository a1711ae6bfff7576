"""AC-13 by the relation over the tree: to whom a case names, and to his line, everything is byte for byte as if there were none.

Whom it names × each person of the organisation: the list with its counts, the search by number and by line, the export, the home
page, the case's own page, dispatching, the figures of project and region, the wage disputes, the suggestions of the form, and
what the admin site has. The same company is looked at with and without the case.
"""

from collections.abc import Iterable
from datetime import timedelta
from itertools import cycle
from typing import Any

import pytest
from django.test import Client, client
from django.urls import reverse
from django.utils import timezone

import config.urls
from accounts.models import User
from core.months import Month
from core.roles import ADMIN_SITE, Role
from core.scope import Level
from feedback.models import Case, CaseCategory, CaseNotice, Promise
from figures.registry import figures
from tests.covering import EVERYTHING
from tests.factories import CaseFactory, DepartmentFactory, UserFactory
from tests.house.crawl import not_there
from tests.house.crawling import steady
from tests.house.test_url_matrix import client_for
from tests.shared_world import world_once
from tests.world import Company, found_company

pytestmark = pytest.mark.django_db
NUMBER, TITLE = "HN-2605-K7M3P", "食堂克扣伙食费"
ON_SITE = (Role.PROJECT_COORDINATOR, Role.PROJECT_COMMITTEE, Role.PROJECT_CLERK, Role.HEALTH_OFFICER, Role.LIAISON)
# Whom the case names → those from whom it is kept.
KEPT_FROM = {
    "the project": ([{"who": "project"}], ON_SITE),
    "the regional coordinator": ([{"who": "region"}], (*ON_SITE, Role.REGIONAL_COORDINATOR)),
    "somebody unclear": ([{"who": "unknown"}], (*ON_SITE, Role.REGIONAL_COORDINATOR)),
    "a liaison": ([{"who": "liaison"}], (Role.LIAISON,)),
    "a team's boss": ([{"who": "team_boss"}], (Role.LIAISON,)),
    "a department": ([{"who": "department"}], (Role.DEPARTMENT_OFFICER,)),
    "somebody at headquarters": ([{"who": "headquarters"}], (*ON_SITE, Role.REGIONAL_COORDINATOR, Role.LABOUR_CENTRE)),
}
STATES = ("registered", "accepted", "answered")
ROLES = sorted({role for _named, roles in KEPT_FROM.values() for role in roles})
FIGURES = [figure for figure in figures.all() if figure.for_reader]


def built() -> dict[str, Any]:
    """A company with a case that all may know of, and one of each role from which some case is kept."""
    company = found_company()
    CaseFactory(project=company.own_project, status="routed", dealt_with_by=DepartmentFactory())
    return {"company": company, "people": {role: company.person(role) for role in ROLES}}


MOMENT = timezone.now()
founded, before = world_once(built, at=MOMENT.isoformat())


@pytest.fixture(autouse=True)
def _then(before: dict[str, Any], time_machine: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages carry the minute; nobody asks for copies of contexts; what is not there says so in a word."""
    monkeypatch.setattr(client, "store_rendered_templates", lambda *args, **kwargs: None)
    if not EVERYTHING:
        monkeypatch.setattr(config.urls, "handler404", not_there, raising=False)
    time_machine.move_to(MOMENT, tick=False)


@pytest.fixture
def company(before: dict[str, Any]) -> Company:
    return before["company"]


@pytest.fixture
def people(before: dict[str, Any]) -> dict[str, User]:
    return before["people"]


PLACES = ["/", "/projects/{project}/", "/cases/new/", "/cases/dispatch/", "/cases/wage-disputes/"]
PLACES += [f"/cases/?view={view}" for view in ("mine", "overdue", "promised", "all")]
PLACES += [f"/cases/?view=all&q={TITLE}", "/rows/wage_cases/project/", "/rows/wage_cases/region/", "export"]
PLACES += [figure.key for figure in FIGURES]
NUMBERED = ["/cases/?view=all&q={number}", "/cases/new/{number}/", "/cases/{number}/route/", "/cases/{number}/remark/"]
IN_THE_ADMIN_SITE = ["/admin/", "/admin/feedback/case/", "/overview/"]


def places_for(role: str, numbers: list[str]) -> list[str]:
    """Wherever cases of these numbers could show; their addresses take turns, but for the page of each."""
    turns = [place.replace("{number}", number) for place, number in zip(NUMBERED, cycle(numbers), strict=False)]
    own = [f"/cases/{number}/" for number in numbers]
    more = [*IN_THE_ADMIN_SITE, f"/admin/feedback/case/?q={numbers[0]}"] if role in ADMIN_SITE else []
    return [*PLACES, *turns, *own, *more]


def seen_by(company: Company, person: User, places: Iterable[str]) -> dict[str, Any]:
    person = User.objects.get(pk=person.pk)
    visitor = client_for(person)
    return {place: _seen(company, person, visitor, place) for place in places}


def _seen(company: Company, person: User, visitor: Client, place: str) -> Any:
    if figure := figures.get(place):
        return figure.count_of(Level.PROJECT, company.own_project.pk, Month.current(), person)
    if place == "export":
        return _answer(visitor, "/cases/export/", {"view": "all", "format": "csv"})
    if place.startswith("/rows/"):
        _nothing, _rows, key, level, _end = place.split("/")
        unit = company.own_project if level == "project" else company.own_region
        return _answer(visitor, reverse("figure-rows", args=[key, level, unit.code, Month.current()]))
    return _answer(visitor, place.replace("{project}", company.own_project.code))


def _answer(visitor: Client, place: str, data: dict[str, str] | None = None) -> tuple[int, bytes]:
    response = visitor.post(place, data) if data else visitor.get(place)
    return response.status_code, steady(response.content)


def add_case(company: Company, names: list[dict[str, Any]], status: str, number: str) -> Case:
    """Late, done again, with a notice, a promise and people and money in it: it would show wherever a case can."""
    late = timezone.now() - timedelta(days=1)
    wages = CaseCategory.objects.get(key="wages")
    facts: dict[str, Any] = {"people_count": 7, "amount": 700, "redos": 1, "answer_due_at": late, "settle_due_at": late}
    facts |= {"answer_breached_at": late} if status != "registered" else {}
    case = CaseFactory(
        project=company.own_project, team=company.own_team, category=wages, kind="dispute", number=number, title=TITLE,
        status=status, names=names, dealt_with_by="company" if status != "registered" else None, **facts,
    )  # fmt: skip
    CaseNotice.objects.create(case=case, clock="answer", step="copied", due_at=late)
    given = case.replied_at or timezone.now()
    Promise.objects.create(
        case=case, text="补发伙食费", who="办公室", due_on=timezone.localdate(), given_by=UserFactory(), given_at=given
    )
    return case


@pytest.mark.parametrize("role", ROLES)
def test_to_those_whom_it_names_there_is_no_such_case(role: str, company: Company, people: dict[str, User]) -> None:
    """Of all the cases that are kept from him at once: whichever shows somewhere, the place does not look as it did."""
    kept = [
        (accused, status) for (accused, roles), status in zip(KEPT_FROM.values(), cycle(STATES), strict=False) if role in roles
    ]
    numbers = [f"HN-2605-K7M3{letter}" for letter, _case in zip("PQRSTUVWXY", kept, strict=False)]
    places = places_for(role, numbers)
    before = seen_by(company, people[role], places)
    extra = {"department": {"department": company.department}, "headquarters": {"person": people[Role.LABOUR_CENTRE]}}
    for number, (accused, status) in zip(numbers, kept, strict=True):
        add_case(company, [row | extra.get(row["who"], {}) for row in accused], status, number)
    after = seen_by(company, people[role], places)
    assert [place for place in places if after[place] != before[place]] == []
    assert Case.objects.visible_to(company.person(Role.PARTY_ORGANISATION)).filter(number__in=numbers).count() == len(kept)


def test_the_check_would_see_a_case_that_shows(company: Company, people: dict[str, User]) -> None:
    """Its teeth: one that names nobody changes lists, counts, figures, home and page of the project's coordinator."""
    coordinator, places = people[Role.PROJECT_COORDINATOR], places_for(Role.PROJECT_COORDINATOR, [NUMBER])
    seen = seen_by(company, coordinator, places)
    add_case(company, [], "answered", NUMBER)
    told = {place for place, answer in seen_by(company, coordinator, places).items() if answer != seen[place]}
    assert {
        "/",
        "/cases/?view=all",
        "/cases/?view=overdue",
        "/cases/?view=promised",
        f"/cases/?view=all&q={NUMBER}",
        "export",
    } <= told
    assert {f"/cases/{NUMBER}/", "wage_cases", "disputes", "cases_registered", "cases_open"} <= told


def test_a_figure_for_a_reader_counts_nothing_for_nobody(company: Company) -> None:
    add_case(company, [], "answered", NUMBER)
    for figure in FIGURES:
        assert figure.count_of(Level.PROJECT, company.own_project.pk, Month.current()) == 0, figure.key
        assert figure.counts_by(Level.PROJECT, Month.current()) == {}, figure.key
