"""Every page, phone and desk, light and dark: axe finds nothing, nothing scrolls sideways, no policy is violated."""

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse

from core.roles import Role
from tests.browser.conftest import Opener
from tests.factories import ImportBlockFactory, staged_row
from tests.house.url_matrix import ADMIN_PAGES, PAGES, job_args
from tests.world import Company, found_company

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
AXE = Axe()
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
LOOKED_AT_BY = {"phone": Role.REGIONAL_COORDINATOR, "desk": Role.LABOUR_CENTRE}
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


def violations(page: Any) -> list[str]:
    """Rule and place of everything that axe objects to."""
    found = AXE.run(page, options=RULES).response["violations"]
    return [f"{rule['id']}: {node['target']} {node['html'][:120]}" for rule in found for node in rule["nodes"]]


def overflow(page: Any) -> int:
    """How many pixels the page is wider than its window."""
    return page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")


def opens(page: Any, role: str) -> bool:
    """Whether there is such a page for this role at all; it may still say no to somebody who sees the row."""
    return role in page.roles and (not page.has_unit or page.reach(role, "own"))


# Colours are the same at every width and widths in every theme: two of the four say all.
@pytest.mark.parametrize(("size", "theme"), [("phone", "light"), ("desk", "dark")])
def test_every_page_is_accessible_and_fits(open_as: Opener, company: Company, size: str, theme: str) -> None:
    wrong: dict[str, Any] = {}
    for role in (LOOKED_AT_BY[size], None):
        page = open_as(company.person(role) if role else None, size, theme=theme)
        said: list[str] = []
        page.on("console", lambda message, said=said: said.append(message.text))
        for name in GET_PAGES:
            if PAGES[name].is_public != (role is None) or (role and not opens(PAGES[name], role)):
                continue
            answer = page.goto(reverse(name, args=PAGES[name].args(company, "own")))
            found = violations(page)
            if found or overflow(page) > 0 or (said and answer.status == OK):
                wrong[f"{name} {role}"] = (found, overflow(page), said[:])
            said.clear()  # of a page that says no the console says so too
    assert wrong == {}


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_admin_site_is_accessible(open_as: Opener, company: Company, theme: str) -> None:
    page = open_as(company.person(Role.LABOUR_CENTRE), "desk", theme=theme)
    wrong = {}
    for address in ADMIN_PAGES:
        page.goto(reverse(address))
        if found := violations(page):
            wrong[address] = found
    assert wrong == {}
