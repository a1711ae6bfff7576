"""A day in May, and a small company on it."""

from typing import Any

import pytest

from tests.shared_world import world_once
from tests.world import found_company


@pytest.fixture(autouse=True)
def _now(time_machine: Any) -> None:
    time_machine.move_to("2026-05-20T10:00:00+08:00", tick=False)


founded, company = world_once(found_company, at="2026-05-20T10:00:00+08:00")
