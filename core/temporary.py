"""Rows on their way into the database in one statement: a temporary table of this connection, filled as fast as the engine can.

    with TemporaryTable("arrivals", {"number": NUMBER, "name": TEXT}) as table:
        table.fill([(1, "张伟"), ...])
        cursor.execute("INSERT INTO ... SELECT ... FROM arrivals")

PostgreSQL takes the rows by COPY; the table must live inside one transaction there (a pooler may hand the next one to another
session), so `prepared()` opens it. SQLite takes no lock for a temporary table, so there the transaction begins when writing does.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, Self

from django.db import connection, transaction

TEXT, NUMBER, DAY, MOMENT, ADDRESS = "text", "bigint", "date", "timestamptz", "uuid"


@contextmanager
def prepared() -> Iterator[None]:
    """Around the tables and the statement that uses them."""
    if connection.vendor == "postgresql":
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET LOCAL work_mem = '128MB'")  # sorting wide rows on disk takes as long as writing them
            yield
    else:
        yield


class TemporaryTable:
    """`columns`: name → one of the types above; `key` is the one by which other tables are joined, if any.

    In `fill`, days and moments are ISO texts; an empty text is stored as NULL.
    """

    def __init__(self, name: str, columns: Mapping[str, str], key: str = "") -> None:
        self.name, self.columns, self.key, self.count = name, columns, key, 0

    def __enter__(self) -> Self:
        kinds = (
            self.columns if connection.vendor == "postgresql" else {name: _loosely(kind) for name, kind in self.columns.items()}
        )
        described = ", ".join(f"{name} {kind}{' PRIMARY KEY' * (name == self.key)}" for name, kind in kinds.items())
        with connection.cursor() as cursor:
            cursor.execute(f"CREATE TEMPORARY TABLE {self.name} ({described})")
        return self

    def __exit__(self, kind: Any, error: Any, trace: Any) -> None:
        if error is None or connection.vendor == "sqlite":  # a failed transaction takes the table with it
            with connection.cursor() as cursor:
                cursor.execute(f"DROP TABLE IF EXISTS {self.name}")

    def fill(self, rows: Sequence[Sequence[Any]]) -> None:
        self.count += len(rows)
        if rows and connection.vendor == "postgresql":
            self._copy(rows)
        elif rows:
            marks = ", ".join(["%s"] * len(self.columns))
            with connection.cursor() as cursor:
                cursor.executemany(f"INSERT INTO {self.name} VALUES ({marks})", rows)  # noqa: S608  names of our own

    def _copy(self, rows: Iterable[Sequence[Any]]) -> None:
        buffer = io.StringIO()
        csv.writer(buffer).writerows(rows)
        buffer.seek(0)
        with connection.cursor() as cursor:
            cursor.copy_expert(f"COPY {self.name} FROM STDIN WITH (FORMAT csv)", buffer)


def _loosely(kind: str) -> str:
    """SQLite keeps days and moments as texts; a type that it does not know would turn digits into numbers."""
    return kind if kind == NUMBER else TEXT
