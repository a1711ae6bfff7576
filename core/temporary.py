"""Rows on their way into the database in one statement: a temporary table of this connection, filled as fast as the engine can.

    with TemporaryTable("arrivals", {"number": NUMBER, "name": TEXT}) as table:
        table.fill(table.packed([(1, "张伟"), ...]))
        cursor.execute("INSERT INTO ... SELECT ... FROM arrivals")

PostgreSQL takes the rows by COPY; the table must live inside one transaction there (a pooler may hand the next one to another
session), so `prepared()` opens it. SQLite takes no lock for a temporary table, so there the transaction begins when writing does.
"""

import io
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, NamedTuple, Self

from django.db import connection, transaction

TEXT, NUMBER, DAY, MOMENT, ADDRESS = "text", "bigint", "date", "timestamptz", "uuid"
# What COPY would take for its own, and how it wants them written.
SPECIAL = re.compile(r"[\\\n\r]")
ESCAPES = str.maketrans({"\\": r"\\", "\t": r"\t", "\n": r"\n", "\r": r"\r"})
PIECE = 1 << 20  # characters sent at once: between two pieces the sender waits for other threads


class Packed(NamedTuple):
    """Rows in the form in which the engine takes them."""

    size: int
    content: Any


@contextmanager
def prepared() -> Iterator[bool]:
    """Around the tables and the statements that use them. Gives whether a transaction is open from here on."""
    if connection.vendor == "postgresql":
        with transaction.atomic():
            yield True
    else:
        yield False


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

    def packed(self, rows: Sequence[Sequence[Any]]) -> Packed:
        """Rows for `fill`; without touching the database, so that another thread can do it."""
        return Packed(len(rows), "".join(map(_line, rows)) if connection.vendor == "postgresql" else rows)

    def fill(self, *some: Packed) -> None:
        self.count += sum(rows.size for rows in some)
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                content = io.StringIO("".join(rows.content for rows in some))
                cursor.copy_expert(f"COPY {self.name} FROM STDIN WITH (NULL '')", content, PIECE)
            else:
                marks = ", ".join(["%s"] * len(self.columns))
                for rows in some:
                    cursor.executemany(f"INSERT INTO {self.name} VALUES ({marks})", rows.content)  # noqa: S608  names of our own

    def empty(self) -> None:
        """For the next rows."""
        self.count = 0
        with connection.cursor() as cursor:
            cursor.execute(f"{'TRUNCATE' if connection.vendor == 'postgresql' else 'DELETE FROM'} {self.name}")


def _line(row: Sequence[Any]) -> str:
    """A row as COPY wants it. Twice as fast as the csv writer, and there are a hundred thousand."""
    texts = ["" if value is None else str(value) for value in row]
    line = "\t".join(texts)
    if line.count("\t") >= len(texts) or SPECIAL.search(line):
        line = "\t".join(text.translate(ESCAPES) for text in texts)
    return f"{line}\n"


def _loosely(kind: str) -> str:
    """SQLite keeps days and moments as texts; a type that it does not know would turn digits into numbers."""
    return kind if kind == NUMBER else TEXT
