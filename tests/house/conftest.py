"""What the house tests share."""

from collections.abc import Iterator

import pytest
import time_machine
from django.utils import timezone


@pytest.fixture
def stopped_clock() -> Iterator[None]:
    """Every page carries the minute in which it is printed."""
    with time_machine.travel(timezone.now(), tick=False):
        yield
