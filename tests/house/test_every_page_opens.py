"""The statements behind every page are understood by either engine: the pages themselves are read on one (tests/engines.py)."""

import pytest

from core.roles import Role
from tests.house.crawl import Site, Visitor


@pytest.mark.parametrize("role", [Role.PARTY_ORGANISATION, Role.REGIONAL_COORDINATOR, Role.PROJECT_COMMITTEE])
def test_every_page_opens(site: Site, role: Role) -> None:
    visitor = Visitor(site, role)
    visitor.look_around(("own",))
    assert visitor.wrong == []
