"""PostgreSQL understands the statements behind every page; on SQLite the matrix looks at all of them, as everybody."""

import pytest

from core.roles import Role
from tests.house.crawl import Site, Visitor


@pytest.mark.postgresql_only
@pytest.mark.parametrize("role", [Role.PARTY_ORGANISATION, Role.REGIONAL_COORDINATOR, Role.PROJECT_COMMITTEE])
def test_every_page_opens(site: Site, role: Role) -> None:
    visitor = Visitor(site, role)
    visitor.look_around(("own",))
    assert visitor.wrong == []
