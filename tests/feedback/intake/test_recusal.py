"""AC-13 by the relation over the tree: to whom a case names, and to his line, everything is byte for byte as if there were none.

Whom it names × each person of the organisation: the list with its counts, the search by number and by line, the export, the home
page, the case's own page, dispatching, the figures of project and region, the wage disputes, the suggestions of the form, and
what the admin site has. The same company is looked at with and without the case.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import cycle
from typing import Any

import pytest
from django.db import transaction
from django.test import Client, client
from django.urls import reverse
from django.utils import timezone
from time_machine import travel

from accounts.models import User
from core.months import Month
from core.roles import ADMIN_SITE, Role
from core.scope import Level
from feedback.models import Case, CaseCategory, CaseNotice, Promise
from figures.registry import figures
from tests.factories import CaseFactory, DepartmentFactory, UserFactory
from tests.house.crawling import steady
from tests.house.test_url_matrix import client_for
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


@dataclass
class Before:
    """A company with a case that all may know of, the moment at which everybody looks, and what each saw then, looked at once."""

    moment: datetime
    company: Company
    people: dict[str, User]
    seen: dict[str, dict[str, Any]] = field(default_factory=dict)

    def seen_as(self, role: str) -> dict[str, Any]:
        if role not in self.seen:
            self.seen[role] = seen_by(self.company, self.people[role])
        return self.seen[role]


@pytest.fixture(scope="module")
def founded(django_db_setup: None, django_db_blocker: Any) -> Iterator[Before]:
    """Founded once for the module; each test's own transaction is rolled back above it."""
    moment = timezone.now()
    with django_db_blocker.unblock(), travel(moment, tick=False), transaction.atomic():
        company = found_company()
        CaseFactory(project=company.own_project, status="routed", dealt_with_by=DepartmentFactory())
        yield Before(moment, company, {role: company.person(role) for role in ROLES})
        transaction.set_rollback(True)


@pytest.fixture
def before(founded: Before, db: None, time_machine: Any, monkeypatch: pytest.MonkeyPatch) -> Before:
    """Pages carry the minute; and nobody asks for copies of contexts."""
    monkeypatch.setattr(client, "store_rendered_templates", lambda *args, **kwargs: None)
    time_machine.move_to(founded.moment, tick=False)
    return founded


@pytest.fixture
def company(before: Before) -> Company:
    return before.company


def addresses(company: Company, person: User) -> Iterator[str]:
    """Every page on which a case could show."""
    yield from ("/", f"/projects/{company.own_project.code}/", "/cases/new/", "/cases/dispatch/", "/cases/wage-disputes/")
    yield from (f"/cases/?view={view}" for view in ("mine", "overdue", "promised", "all"))
    yield from (f"/cases/?view=all&q={NUMBER}", f"/cases/?view=all&q={TITLE}")
    yield from (f"/cases/{NUMBER}/{tail}" for tail in ("", "route/", "remark/"))
    yield f"/cases/new/{NUMBER}/"
    for level, unit in (("project", company.own_project), ("region", company.own_region)):
        yield reverse("figure-rows", args=["wage_cases", level, unit.code, Month.current()])
    if person.scope.holds(*ADMIN_SITE):
        yield from ("/admin/", "/admin/feedback/case/", f"/admin/feedback/case/?q={NUMBER}", "/overview/")


def seen_by(company: Company, person: User) -> dict[str, Any]:
    visitor = client_for(person)
    found: dict[str, Any] = {place: _answer(visitor, place) for place in addresses(company, person)}
    found["export"] = _answer(visitor, "/cases/export/", {"view": "all", "format": "csv"})
    month, project = Month.current(), company.own_project.pk
    return found | {figure.key: figure.count_of(Level.PROJECT, project, month, person) for figure in FIGURES}


def _answer(visitor: Client, place: str, data: dict[str, str] | None = None) -> tuple[int, bytes]:
    response = visitor.post(place, data) if data else visitor.get(place)
    return response.status_code, steady(response.content)


def add_case(company: Company, names: list[dict[str, Any]], status: str) -> Case:
    """Late, done again, with a notice, a promise and people and money in it: it would show wherever a case can."""
    late = timezone.now() - timedelta(days=1)
    wages = CaseCategory.objects.get(key="wages")
    facts: dict[str, Any] = {"people_count": 7, "amount": 700, "redos": 1, "answer_due_at": late, "settle_due_at": late}
    facts |= {"answer_breached_at": late} if status != "registered" else {}
    case = CaseFactory(
        project=company.own_project, team=company.own_team, category=wages, kind="dispute", number=NUMBER, title=TITLE,
        status=status, names=names, dealt_with_by="company" if status != "registered" else None, **facts,
    )  # fmt: skip
    CaseNotice.objects.create(case=case, clock="answer", step="copied", due_at=late)
    given = case.replied_at or timezone.now()
    Promise.objects.create(
        case=case, text="补发伙食费", who="办公室", due_on=timezone.localdate(), given_by=UserFactory(), given_at=given
    )
    return case


@pytest.mark.parametrize(("names", "status"), list(zip(KEPT_FROM, cycle(STATES), strict=False)))
def test_to_those_whom_it_names_there_is_no_such_case(before: Before, names: str, status: str) -> None:
    accused, roles = KEPT_FROM[names]
    company, people = before.company, before.people
    seen = {role: before.seen_as(role) for role in roles}
    extra = {"department": {"department": company.department}, "headquarters": {"person": people[Role.LABOUR_CENTRE]}}
    case = add_case(company, [row | extra.get(row["who"], {}) for row in accused], status)
    for role in roles:
        after = seen_by(company, User.objects.get(pk=people[role].pk))
        told = [place for place, answer in after.items() if answer != seen[role][place]]
        assert told == [], role
    assert Case.objects.visible_to(company.person(Role.PARTY_ORGANISATION)).filter(pk=case.pk).exists()


def test_the_check_would_see_a_case_that_shows(before: Before) -> None:
    """Its teeth: one that names nobody changes lists, counts, figures, home and page of the project's coordinator."""
    seen = before.seen_as(Role.PROJECT_COORDINATOR)
    add_case(before.company, [], "answered")
    after = seen_by(before.company, User.objects.get(pk=before.people[Role.PROJECT_COORDINATOR].pk))
    told = {place for place, answer in after.items() if answer != seen[place]}
    assert {
        "/",
        "/cases/?view=all",
        "/cases/?view=overdue",
        "/cases/?view=promised",
        f"/cases/?view=all&q={NUMBER}",
        "export",
    } <= told
    assert {f"/cases/{NUMBER}/", "wage_cases", "disputes", "cases_registered", "cases_open"} <= told


@pytest.mark.parametrize("key", [figure.key for figure in FIGURES])
def test_a_figure_for_a_reader_counts_nothing_for_nobody(company: Company, key: str) -> None:

    figure = figures.get(key)
    assert figure is not None
    add_case(company, [], "answered")
    assert figure.count_of(Level.PROJECT, company.own_project.pk, Month.current()) == 0
    assert figure.counts_by(Level.PROJECT, Month.current()) == {}
