"""Each run uses the engine it was asked for, through the driver that production uses."""

import importlib.util
import os
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from tests.engines import EACH_ROW, ONCE


@pytest.mark.django_db
def test_engine_is_the_one_asked_for() -> None:
    assert connection.vendor == os.environ.get("TEST_ENGINE", "sqlite")


def test_psycopg_3_is_absent() -> None:
    """Django would prefer it silently, and the COPY code speaks to psycopg2."""
    assert importlib.util.find_spec("psycopg") is None


@pytest.mark.postgresql_only
@pytest.mark.django_db
def test_postgresql_speaks_through_psycopg2() -> None:
    with connection.cursor() as cursor:
        assert type(cursor.cursor).__module__.startswith("psycopg2")


@pytest.mark.postgresql_only
@pytest.mark.django_db
def test_postgresql_is_a_server_of_its_own() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT version(), current_database()")
        version, name = cursor.fetchone()
    assert version.startswith("PostgreSQL ")
    assert name.startswith("test_")


@pytest.mark.sqlite_only
@pytest.mark.django_db
def test_sqlite_writes_ahead_and_takes_the_write_lock_first() -> None:
    """Measured: with Django's defaults 62 of 320 concurrent transactions fail, with these settings none."""
    with connection.cursor() as cursor:
        assert cursor.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    assert settings.DATABASES["default"]["OPTIONS"]["transaction_mode"] == "IMMEDIATE"


def test_the_lists_name_what_there_is() -> None:
    root = Path(__file__).resolve().parents[1]
    for name in (*ONCE, *EACH_ROW):
        place, _, test = name.partition("::")
        found = sorted(root.glob(f"{place}*"))
        assert found, name
        assert not test or f"def {test}" in found[0].read_text("utf-8"), name
