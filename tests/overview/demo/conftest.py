"""One seeding for every test that only looks at the demonstration.

It is made in the first minutes of a year: what holds then is not owed to the day on which the tests happen to run.
"""

from collections.abc import Iterator
from io import StringIO
from typing import Any

import pytest
import time_machine
from django.core.management import call_command
from django.db import transaction

MADE, LOOKED_AT = "2027-01-01T00:10:00+08:00", "2027-01-01T00:35:00+08:00"  # the clock goes on while it is made
SCALE = 0.05


@pytest.fixture(scope="package")
def seeded(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Seeded once for the package; each test's own transaction is rolled back above it."""
    with django_db_blocker.unblock(), transaction.atomic():
        with time_machine.travel(MADE):
            call_command("seed_demo", scale=SCALE, stdout=StringIO())
        yield
        transaction.set_rollback(True)


@pytest.fixture
def organisation(seeded: None, db: None) -> Iterator[None]:
    """The demonstration, in the same night."""
    with time_machine.travel(LOOKED_AT, tick=False):
        yield
