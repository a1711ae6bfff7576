"""A small company to keep units in."""

import pytest

from tests.world import Company, found_company


@pytest.fixture
def company(db: None) -> Company:
    return found_company()
