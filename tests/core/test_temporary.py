"""Rows on their way into the database: what goes into a temporary table is what comes out of it."""

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.temporary import DAY, NUMBER, TEXT, TemporaryTable, prepared

pytestmark = pytest.mark.django_db

# What no cleaner lets through: NUL, and halves of characters.
TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=20)
ROWS = st.lists(st.tuples(st.integers(-(2**40), 2**40), TEXTS, st.none() | TEXTS, st.dates().map(str)), max_size=8)


def held(table: TemporaryTable) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT number, COALESCE(one, ''), COALESCE(other, ''), CAST(day AS text) FROM {table.name}")
        return list(map(tuple, cursor.fetchall()))


@given(rows=ROWS)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_text_arrives_as_it_is(rows: list[tuple[int, str, str | None, str]]) -> None:
    columns = {"number": NUMBER, "one": TEXT, "other": TEXT, "day": DAY}
    with prepared(), TemporaryTable("arriving", columns) as table:
        table.fill(table.packed(rows[:3]), table.packed(rows[3:]))
        assert (held(table), table.count) == ([(number, one, other or "", day) for number, one, other, day in rows], len(rows))
        table.empty()
        assert (held(table), table.count) == ([], 0)


def test_what_escapes_stand_for_is_not_mistaken_for_them() -> None:
    texts = ["\\", "\\N", "\\.", "a\tb", "a\nb", "a\r\nb", '"', "\\t", "甲\\乙", "\u2028", "\x0b"]
    with prepared(), TemporaryTable("arriving", {"number": NUMBER, "one": TEXT, "other": TEXT, "day": DAY}) as table:
        table.fill(table.packed([(place, text, None, "2026-06-30") for place, text in enumerate(texts)]))
        assert [row[1] for row in held(table)] == texts


def test_the_table_is_gone_afterwards() -> None:
    with prepared(), TemporaryTable("arriving", {"number": NUMBER}, "number"):
        pass
    with prepared(), TemporaryTable("arriving", {"number": NUMBER}, "number") as table:
        assert table.count == 0
