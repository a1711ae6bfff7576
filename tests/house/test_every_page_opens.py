"""PostgreSQL understands the statements behind every page; on SQLite the matrix looks at all of them, as everybody."""

import pytest

from core.roles import Role
from tests.house.crawl import Site, Spot, Visitor
from tests.house.turns import expected
from tests.house.url_matrix import PAGES

READING = [Role.REGIONAL_COORDINATOR, Role.PARTY_ORGANISATION, Role.PROJECT_COORDINATOR, Role.HEALTH_OFFICER]


def first_reader(name: str) -> Role | None:
    """The first of these posts that may open the page at his own unit: each page is asked for once."""
    page = PAGES[name]
    if "GET" not in page.methods:
        return None
    return next((role for role in READING if expected(name, page, role, "own", "GET") == page.ok), None)


@pytest.mark.postgresql_only
@pytest.mark.parametrize("role", READING)
def test_every_page_opens(site: Site, role: Role) -> None:
    visitor = Visitor(site, role)
    for name in PAGES:
        if first_reader(name) == role:
            visitor.ask(spot := Spot(name, "own"), "GET", site.addresses[spot])
    assert visitor.wrong == []


def test_no_page_is_left_out() -> None:
    """None, by being nobody's of these posts."""
    looked_at = {name for name, page in PAGES.items() if "GET" in page.methods}
    assert {name for name in looked_at if first_reader(name) is None} == set()
