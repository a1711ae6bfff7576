"""The demonstration organisation with its people and only those rooms into which a test goes: a tenth of the time of all."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import date
from functools import cache
from pathlib import Path

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction
from django.utils import timezone

from overview.demo.posts import People, write_people
from overview.demo.roster import write_roster
from overview.demo.units import write_teams, write_units
from tests.browser.filled import what_migrations_fill
from tests.settings import SCRATCH

Room = Callable[[People], None]


def organisation(workers: int, *rooms: Room) -> None:
    """Units, teams with `workers` people, posts and sign-ins, then the rooms: made once, afterwards put back as it was made."""
    with closing(sqlite3.connect(_made(workers, rooms, timezone.localdate()))) as source:
        connection.ensure_connection()
        source.backup(connection.connection)
    ContentType.objects.clear_cache()


@cache
def _made(workers: int, rooms: tuple[Room, ...], today: date) -> Path:
    """A copy of the database with all that in it."""
    what_migrations_fill()
    with transaction.atomic():
        units = write_units(today)
        plans = write_teams(units)
        roster = write_roster(units, plans, workers)
        people = write_people(units, plans, roster.numbers, settings.DEMO_PASSWORD)
        for write in rooms:
            write(people)
    kept = SCRATCH / f"{'-'.join(['organisation', str(workers), *(room.__name__ for room in rooms)])}-{today}.sqlite3"
    with connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(kept)])
    return kept
