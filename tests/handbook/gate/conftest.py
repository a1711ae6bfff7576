"""A day in May, and a small company on it."""

from typing import Any

import pytest

from tests.world import Company, found_company


@pytest.fixture(autouse=True)
def _now(time_machine: Any) -> None:
    time_machine.move_to("2026-05-20T10:00:00+08:00", tick=False)


@pytest.fixture
def company(db: None) -> Company:
    return found_company()
