"""Tests with transactions of their own leave an empty database; truncating a hundred empty tables took longer than they did."""

from collections.abc import Iterable
from typing import Any

from django.db import connection, transaction

from tests import migrated

# What Django would put back at once.
PERMANENT = {"django_content_type", "auth_permission"}


def only_what_is_filled() -> None:
    """On the PostgreSQL of the tests, delete what is there. Truncating would lock and rewrite every table that points to it."""
    if connection.vendor == "postgresql" and migrated.is_ours():
        connection.ops.sql_flush = _emptied  # type: ignore[method-assign]


def _emptied(style: Any, tables: Iterable[str], *, reset_sequences: bool = False, allow_cascade: bool = False) -> list[str]:
    """Called by the command `flush` for its statements; there are none left, so that it announces no migration either."""
    quoted = [connection.ops.quote_name(table) for table in sorted(set(tables) - PERMANENT)]
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(f"SELECT {n} WHERE EXISTS (SELECT FROM {name})" for n, name in enumerate(quoted)))
        filled = [quoted[n] for (n,) in cursor.fetchall()]
        # As on a replica, foreign keys and triggers rest: everything they speak of goes at once.
        deletions = [f"DELETE FROM {name}" for name in filled]
        cursor.execute("; ".join(["SET LOCAL session_replication_role = replica", *deletions]))
    return []
