"""Every page on a phone, and of every kind of page one at a desk in the dark: axe finds nothing, nothing scrolls sideways, no
policy is violated.
"""

from typing import Any, NamedTuple

import pytest
from django.contrib import admin
from django.urls import reverse

from core.roles import Role
from tests.browser.conftest import Opener
from tests.browser.looking import Eyes, parts
from tests.covering import EVERYTHING
from tests.factories import ImportBlockFactory, staged_row
from tests.house import matrix
from tests.house.pages import Page
from tests.house.url_matrix import ADMIN_PAGES, PAGES, job_args
from tests.world import Company, found_company

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
# Who looks: the post with the most to press; where it may not, headquarters; then whoever may.
ON_A_PHONE = (Role.REGIONAL_COORDINATOR, Role.LABOUR_CENTRE, *Role)
AT_A_DESK = (Role.LABOUR_CENTRE, *Role)
SHARES = 4
OK = 200
# Words for programs, files, photos.
NO_PAGES = (
    "healthz", "import-progress", "import-template", "liaison-import-template", "coordinator-import-template",
    "coverage-export", "post-photo", "public-board-photo", "board-face", "card-face",
    "board-check-photo", "right-photo", "nomination-letter",
    "case-photo", "case-file", "wall-photo", "survey-photo", "entry-photo", "outbox",
)  # fmt: skip
GET_PAGES = [name for name, page in PAGES.items() if "GET" in page.methods and name not in NO_PAGES]


@pytest.fixture
def company() -> Company:
    company = found_company()
    ImportBlockFactory(job_id=job_args(company, "own")[0], round=1, staged=[staged_row(2), staged_row(3, "error"), staged_row(4)])
    return company


def looks(page: Page, among: tuple[Role, ...]) -> Role | None:
    """The first of them for whom there is such a page at all (it may still say no to somebody who sees the row)."""
    open_to = (role for role in among if role in page.roles and (not page.has_unit or page.reach(role, "own")))
    return None if page.is_public else next(open_to)


class Seen(NamedTuple):
    address: str
    status: int


class Walk:
    """Everybody keeps one window, and goes in it from page to page."""

    def __init__(self, open_as: Opener, company: Company, size: str, theme: str) -> None:
        self.open_as, self.company, self.size, self.theme = open_as, company, size, theme
        self.windows: dict[Role | None, Eyes] = {}
        self.wrong: dict[str, Any] = {}
        self.seen: set[Seen | int] = set()

    def eyes(self, role: Role | None) -> Eyes:
        if role not in self.windows:
            person = self.company.person(role) if role else None
            self.windows[role] = Eyes(self.open_as(person, self.size, theme=self.theme))
        return self.windows[role]

    def look_at(self, name: str, address: str, role: Role | None) -> Eyes | None:
        """Where it leads, if that was not looked at yet. Pages that say no are one page for each way of saying it."""
        eyes = self.eyes(role)
        status = eyes.open(address)
        found = Seen(eyes.page.url, status) if status == OK else status
        if found in self.seen and not EVERYTHING:
            return None
        self.seen.add(found)
        if faults := eyes.faults(console=status == OK):
            self.wrong[f"{name} {role}"] = faults
        return eyes


@pytest.mark.parametrize("share", range(SHARES))
def test_every_page_is_accessible_and_fits(open_as: Opener, company: Company, share: int) -> None:
    """Colours are the same at every width and widths in every theme: two of the four say all.

    A page is looked at in the second way if there is something in it that was in no page before: short of TEST_EVERYTHING=1 what
    is left out has no element, class or kind of field that was not seen there elsewhere.
    """
    phone, desk = Walk(open_as, company, "phone", "light"), Walk(open_as, company, "desk", "dark")
    known: set[str] = set()
    for name in GET_PAGES[share::SHARES]:
        address = reverse(name, args=PAGES[name].args(company, "own"))
        eyes = phone.look_at(name, address, looks(PAGES[name], ON_A_PHONE))
        new = parts(eyes.page) - known if eyes else set()
        known |= new
        if new or EVERYTHING:
            desk.look_at(name, address, looks(PAGES[name], AT_A_DESK))
    assert (phone.wrong, desk.wrong) == ({}, {})


def lists() -> list[str]:
    """Of the admin site's lists one of each build, that with the most to filter by. All with TEST_EVERYTHING=1."""
    kinds: dict[tuple[Any, ...], str] = {}
    for model, table in sorted(admin.site._registry.items(), key=lambda entry: len(entry[1].list_filter)):
        about = (table.change_list_template, bool(table.search_fields), bool(table.list_filter), bool(table.date_hierarchy))
        kinds[about] = f"admin:{model._meta.label_lower.replace('.', '_')}_changelist"
    return ADMIN_PAGES if EVERYTHING else [*ADMIN_PAGES[:1], *kinds.values()]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_admin_site_is_accessible(open_as: Opener, company: Company, theme: str) -> None:
    matrix.fill(company.own_region)
    walk = Walk(open_as, company, "desk", theme)
    for address in lists():
        walk.look_at(address, reverse(address), Role.LABOUR_CENTRE)
    assert walk.wrong == {}
