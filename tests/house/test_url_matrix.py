"""AC-01, AC-06, AC-07, PD-01 and "a GET only reads", for every address, role, place and method."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from accounts.middleware import READERS_MAY_POST
from core.roles import READERS, Role
from tests.factories import UserFactory
from tests.house.crawling import full_numbers, steady
from tests.house.pages import HERE, Page
from tests.house.url_matrix import PAGES
from tests.world import Company, found_company

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE")
WRITES = re.compile(r"^\s*(INSERT|UPDATE|DELETE|REPLACE|CREATE|DROP|ALTER)\b", re.IGNORECASE)
# A GET may refresh the session that carries it.
MAY_BE_WRITTEN = re.compile(r"django_session")


def names(resolver: URLResolver) -> Iterator[str]:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLPattern):
            yield str(entry.name)
        elif entry.namespace != "admin":
            yield from names(entry)


def test_every_address_is_declared() -> None:
    assert set(names(get_resolver())) == set(PAGES)


def test_few_addresses_are_public_and_they_are_named() -> None:
    public = {name for name, page in PAGES.items() if page.is_public}
    assert public == {"sign-in", "theme", "set_language", "healthz", "public-board", "public-board-photo"}


def expected(name: str, page: Page, role: str, where: str, method: str) -> set[int]:
    """The codes that are right; one code but for looks and empty POSTs in reach."""
    if role in READERS and method not in ("GET", "HEAD") and name not in READERS_MAY_POST:
        return {403}
    if (method if method != "HEAD" else "GET") not in page.methods:
        return set(page.otherwise)
    if role not in page.roles or (page.has_unit and (where == "none" or not page.reach(role, where))):
        return {404}
    return set(page.ok)


class Written:
    """Wraps the execution of statements and keeps those that write."""

    def __init__(self) -> None:
        self.statements: list[str] = []

    def __call__(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        if WRITES.match(sql) and not MAY_BE_WRITTEN.search(sql):
            self.statements.append(sql[:80])
        return execute(sql, params, many, context)


def client_for(person: object) -> Client:
    client = Client()
    client.force_login(person)  # type: ignore[arg-type]
    session = client.session
    session["started_at"] = session["seen_at"] = timezone.now().isoformat()
    session.save()
    return client


@pytest.fixture
def company(db: None) -> Company:
    return found_company()


@pytest.mark.matrix
@pytest.mark.parametrize("role", list(Role))
def test_matrix(company: Company, role: str) -> None:
    person, wrong = company.person(role), []
    client = client_for(person)
    for name, page in PAGES.items():
        for where, method in asked(page, role):
            address = reverse(name, args=page.args(company, where))
            with connection.execute_wrapper(written := Written()):
                response = client.generic(method, address)
            if response.status_code not in expected(name, page, role, where, method):
                wrong.append((name, where, method, response.status_code))
            if method == "GET":
                wrong += [(name, where, sql) for sql in written.statements]
                wrong += [(name, where, number) for number in full_numbers(response.content.decode(errors="replace"))]
            if name in ("sign-out", "set_language"):
                client = client_for(person)
    assert wrong == []


def asked(page: Page, role: str) -> list[tuple[str, str]]:
    """Every place with the methods that the address takes; those that it refuses, by whoever acts most, least, and only looks.

    An address refuses a method before it asks who is there (`require_http_methods`), a reader's before that: three roles show it.
    """
    places = (*HERE, "none") if page.has_unit else ("own",)
    taken = [(where, method) for method in sorted(page.methods) for where in places]
    refused = [("own", method) for method in METHODS if method not in page.methods]
    return taken + refused if role in (Role.LABOUR_CENTRE, Role.LIAISON, Role.AUDITOR) else taken


@pytest.mark.matrix
@pytest.mark.parametrize("method", METHODS)
def test_strangers_see_public_addresses_and_sign_in(company: Company, method: str) -> None:
    wrong = []
    for name, page in PAGES.items():
        for where in ("own", "none"):
            response = Client().generic(method, reverse(name, args=page.args(company, where)))
            sent_to_sign_in = response.status_code == 302 and response.headers["Location"].startswith("/sign-in/")
            if not page.is_public and not sent_to_sign_in:
                wrong.append((name, where, response.status_code))
    assert wrong == []


@pytest.mark.matrix
@pytest.mark.parametrize("role", list(Role))
def test_foreign_and_nonexistent_look_the_same(company: Company, role: str, stopped_clock: None) -> None:
    client = client_for(company.person(role))
    for name, page in PAGES.items():
        if not page.has_unit or page.reach(role, "foreign"):
            continue
        method = "GET" if "GET" in page.methods else "POST"
        answers = set()
        for where in ("foreign", "none"):
            address = reverse(name, args=page.args(company, where))
            response = client.generic(method, address)
            answers.add((response.status_code, steady(response.content).replace(address.encode(), b"ADDRESS")))
        assert len(answers) == 1, name


@pytest.mark.matrix
def test_somebody_without_a_post_reaches_no_unit(company: Company) -> None:
    client = client_for(UserFactory())
    for name, page in PAGES.items():
        if page.has_unit and "GET" in page.methods:
            assert client.get(reverse(name, args=page.args(company, "own"))).status_code == 404, name
