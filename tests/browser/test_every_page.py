"""Every page on a phone, and of every kind of page one at a desk in the dark: axe finds nothing, nothing scrolls sideways, no
policy is violated.
"""

from collections.abc import Iterator
from typing import Any, NamedTuple

import pytest
from django.contrib import admin
from django.test import Client
from django.urls import reverse

from accounts.models import User
from coordinators.models import RightExercise
from core.roles import Role
from handbook.models import HandbookEntry
from tests.browser.conftest import Opener
from tests.browser.filled import what_migrations_fill
from tests.browser.looking import Eyes, parts
from tests.covering import EVERYTHING
from tests.factories import ImportBlockFactory, staged_row
from tests.house import matrix
from tests.house.crawl import client_for
from tests.house.pages import job_args
from tests.house.url_matrix import PAGES
from tests.world import Company, found_company

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
# Who looks: the post with the most to press; what is not open to it, headquarters; then whoever may.
ON_A_PHONE = (Role.REGIONAL_COORDINATOR, Role.LABOUR_CENTRE, *Role)
AT_A_DESK = (Role.LABOUR_CENTRE, Role.REGIONAL_COORDINATOR, *Role)
SHARES = 4
OK, FORBIDDEN, NOT_FOUND = 200, 403, 404
FRAGMENTS = ("import-progress",)  # HTML that a page puts into itself
GET_PAGES = [name for name, page in PAGES.items() if "GET" in page.methods and name not in FRAGMENTS]


class Look(NamedTuple):
    """An address that is a page, and somebody for whom it is one (None: everybody)."""

    address: str
    person: User | None


class Visitors:
    """One person for each post. Django's client asks before the browser goes: most addresses of verbs only lead to other pages,
    others are photos or workbooks, and asking takes a tenth of the time of a look.
    """

    def __init__(self, company: Company) -> None:
        self.company = company
        self.people: dict[Role, User] = {}
        self.clients: dict[User | None, Client] = {None: Client()}

    def person(self, role: Role) -> User:
        if role not in self.people:
            self.people[role] = self.company.person(role)
        return self.people[role]

    def look(self, name: str, among: tuple[Role, ...]) -> Look | None:
        """By the first of them whom the page lets in. An address that is no page is none for anybody."""
        args = PAGES[name].args(self.company, "own")
        for person in self._invited(name, args, among):
            if person not in self.clients:
                self.clients[person] = client_for(person)
            answer = self.clients[person].get(reverse(name, args=args))
            if answer.status_code != FORBIDDEN:
                is_page = answer.status_code == OK and answer.headers["Content-Type"].startswith("text/html")
                return Look(reverse(name, args=args), person) if is_page else None
        raise AssertionError(f"{name} lets nobody in")

    def _invited(self, name: str, args: list[Any], among: tuple[Role, ...]) -> Iterator[User | None]:
        """For whom there is such a page at all; it may still say no to somebody who sees the row."""
        page = PAGES[name]
        if page.is_public:
            yield None
            return
        yield from (self.person(r) for r in among if r in page.roles and (not page.has_unit or page.reach(r, "own")))
        yield from authors(name, args)


def authors(name: str, args: list[Any]) -> Iterator[User]:
    """What only he who wrote it may change."""
    if name.startswith("entry-"):
        yield HandbookEntry.objects.get(pk=args[0]).author
    if name == "right-edit":
        yield RightExercise.objects.get(pk=args[0]).recorded_by


class Walk:
    """Everybody keeps one window, and goes in it from page to page."""

    def __init__(self, open_as: Opener, size: str, theme: str) -> None:
        self.open_as, self.size, self.theme = open_as, size, theme
        self.windows: dict[User | None, Eyes] = {}
        self.wrong: dict[str, Any] = {}

    def look_at(self, look: Look, expected: int = OK) -> Eyes:
        if look.person not in self.windows:
            self.windows[look.person] = Eyes(self.open_as(look.person, self.size, theme=self.theme))
        eyes = self.windows[look.person]
        assert eyes.open(look.address) == expected, look
        if faults := eyes.faults(console=expected == OK):
            self.wrong[f"{look.address} {look.person}"] = faults
        return eyes


@pytest.fixture
def visitors() -> Visitors:
    company = found_company()
    ImportBlockFactory(job_id=job_args(company, "own")[0], round=1, staged=[staged_row(2), staged_row(3, "error"), staged_row(4)])
    return Visitors(company)


@pytest.fixture(scope="session")
def known() -> set[str]:
    """What pages are made of that were looked at in both ways, by this process."""
    return set()


@pytest.mark.parametrize("share", range(SHARES))
def test_every_page_is_accessible_and_fits(open_as: Opener, visitors: Visitors, known: set[str], share: int) -> None:
    """Colours are the same at every width and widths in every theme: two of the four say all.

    A page is looked at in the second way if there is something in it that was in no page before: what is left out short of
    TEST_EVERYTHING=1 has no element, class or kind of field that was not seen there in another page.
    """
    phone, desk = Walk(open_as, "phone", "light"), Walk(open_as, "desk", "dark")
    for name in GET_PAGES[share::SHARES]:
        if look := visitors.look(name, ON_A_PHONE):
            new = parts(phone.look_at(look).page) - known
            known |= new
            if (new or EVERYTHING) and (same := visitors.look(name, AT_A_DESK)):
                desk.look_at(same)
    assert (phone.wrong, desk.wrong) == ({}, {})


def test_pages_that_say_no_are_accessible_and_fit(open_as: Opener, visitors: Visitors) -> None:
    somebody, anothers = visitors.person(Role.REGIONAL_COORDINATOR), PAGES["entry-amend"].args(visitors.company, "own")
    for size, theme in (("phone", "light"), ("desk", "dark")):
        walk = Walk(open_as, size, theme)
        walk.look_at(Look(reverse("project", args=["NOWHERE"]), somebody), NOT_FOUND)
        walk.look_at(Look(reverse("entry-amend", args=anothers), somebody), FORBIDDEN)
        assert walk.wrong == {}


def lists(client: Client) -> list[str]:
    """Of the admin site's lists one of each build, that with the most to filter by. All with TEST_EVERYTHING=1."""
    kinds: dict[tuple[Any, ...], str] = {}
    for model, table in sorted(admin.site._registry.items(), key=lambda entry: -len(entry[1].list_filter)):
        about = (table.change_list_template, bool(table.search_fields), bool(table.list_filter), bool(table.date_hierarchy))
        address = reverse(f"admin:{model._meta.label_lower.replace('.', '_')}_changelist")
        if (EVERYTHING or about not in kinds) and client.get(address).status_code == OK:
            kinds[(*about, address) if EVERYTHING else about] = address
    return [reverse("admin:index"), *kinds.values()]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_admin_site_is_accessible(open_as: Opener, visitors: Visitors, theme: str) -> None:
    what_migrations_fill()
    matrix.fill(visitors.company.own_region)
    walk = Walk(open_as, "desk", theme)
    somebody = visitors.person(Role.LABOUR_CENTRE)
    for address in lists(client_for(somebody)):
        walk.look_at(Look(address, somebody))
    assert walk.wrong == {}
