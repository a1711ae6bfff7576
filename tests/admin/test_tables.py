"""Each table of the admin site in its turn: its list, its search, its filters, its rows and their history.

Looked at where the fact is made: a list is one whole page, and so is a row; how much a longer list costs, what a search or a
filter finds and whom a view refuses is asked of the ModelAdmin, to which a page around it adds nothing that differs by table.
"""

from collections.abc import Iterator
from itertools import zip_longest
from typing import Any, NamedTuple
from urllib.parse import parse_qsl

import pytest
from django.contrib import admin
from django.contrib.admin.templatetags.admin_list import results
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.http import HttpRequest
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from core.roles import ADMIN_SITE
from tests.admin.test_access import ROWS, TABLES, address, reader_of
from tests.covering import EVERYTHING
from tests.factories import person_with
from tests.house.crawl import client_for
from tests.house.crawling import full_numbers

TRIED = 3  # of what a filter offers


class Member(NamedTuple):
    person: User
    client: Client

    def asks(self, **data: str) -> HttpRequest:
        request = RequestFactory().get("/", data)
        request.user = self.person
        return request


@pytest.fixture(scope="module")
def hired(django_db_setup: None, django_db_blocker: Any) -> Iterator[dict[str, Member]]:
    """Role → somebody who holds it. Built once for the module; each test's own transaction is rolled back above it."""
    with django_db_blocker.unblock(), transaction.atomic():
        people = {role: person_with(role) for role in ADMIN_SITE}
        assert all(person.scope.roles for person in people.values())  # asked for once here, and not in a count of questions
        yield {role: Member(person, client_for(person)) for role, person in people.items()}
        transaction.set_rollback(True)


@pytest.fixture
def staff(hired: dict[str, Member], db: None) -> dict[str, Member]:
    return hired


DESKS = {f"{model._meta.app_label}_{model._meta.model_name}": desk for model, desk in admin.site._registry.items()}
EACH = pytest.mark.parametrize("table", sorted(TABLES))


def listed(desk: Any, request: HttpRequest) -> Any:
    """The list with its filters, and every cell of every row in it."""
    found = desk.get_changelist_instance(request)
    found.formset = None
    list(results(found))
    return found


def cost_of_list(desk: Any, request: HttpRequest) -> int:
    with CaptureQueriesContext(connection) as queries:
        listed(desk, request)
    return len(queries)


@EACH
def test_lists_and_rows_show_no_full_number_and_cost_the_same_however_long(table: str, staff: dict[str, Member]) -> None:
    """Search and history too. A list of one row is no page here, nor is a history: the page around them is everybody's."""
    reader, desk, row = staff[reader_of(TABLES[table][0])], DESKS[table], ROWS[table]()
    cost = cost_of_list(desk, reader.asks())
    ROWS[table](), ROWS[table]()
    assert cost_of_list(desk, reader.asks()) == cost
    for place in (address(table, "changelist"), address(table, "change", row.pk)):
        page = reader.client.get(place)
        assert page.status_code == 200
        assert full_numbers(page.content.decode()) == []
    assert listed(desk, reader.asks(q="李 lsf 1234")).query == "李 lsf 1234"
    assert desk.history_view(reader.asks(), str(row.pk)).status_code == 200
    every_choice_in_the_sidebar_opens(desk, reader)


def every_choice_in_the_sidebar_opens(desk: Any, reader: Member) -> None:
    """Also those of filters of our own, which answer to a name that is no field.

    The first choices of all filters are asked for together, so are the second ones: each is in the statement that is sent. What
    a list refuses (400, or a way back to the whole list) is raised here.
    """
    whole = listed(desk, reader.asks())
    offered = [[dict(parse_qsl(choice["query_string"][1:])) for choice in spec.choices(whole)] for spec in whole.filter_specs]
    together = [{name: value for each in nth for name, value in each.items()} for nth in zip_longest(*offered, fillvalue={})]
    alone = [choice for choices in offered for choice in choices[:TRIED]] if EVERYTHING else []
    for wanted in [*together[:TRIED], *alone]:
        listed(desk, reader.asks(**wanted))


@EACH
def test_whoever_may_not_look_or_add_is_refused_by_the_view(table: str, staff: dict[str, Member]) -> None:
    """One of those who may not; who they are is said by test_tables_open_by_role. Whoever may add sees the whole page."""
    (readers, editors), desk = TABLES[table], DESKS[table]
    for role in sorted(ADMIN_SITE - readers - editors)[:1]:
        with pytest.raises(PermissionDenied):
            desk.changelist_view(staff[role].asks())
    for role in sorted(ADMIN_SITE - editors)[:1]:
        with pytest.raises(PermissionDenied):
            desk.add_view(staff[role].asks())
    for role in sorted(editors)[:1]:
        assert staff[role].client.get(address(table, "add")).status_code == 200


def test_a_history_opens_as_a_page_and_a_refusal_is_one(staff: dict[str, Member]) -> None:
    table = "core_auditevent"
    role = reader_of(TABLES[table][0])
    row = ROWS[table]()
    assert staff[role].client.get(address(table, "history", row.pk)).status_code == 200
    other = next(iter(sorted(ADMIN_SITE - {role})))
    for place in (address(table, "changelist"), address(table, "add")):
        assert staff[other].client.get(place).status_code == 403
