"""Days in all the ways people write them; nothing is guessed."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from imports import cleaners
from imports.days import SERIAL_ZERO, NotADay, day_of
from imports.reading.cells import Cell
from imports.sheets import Cleaned
from labour_teams.roster import ROSTER
from tests.imports.workbooks import AS_OF, wide

DAYS = st.dates(date(1980, 1, 1), AS_OF)
FORMS = (
    "{0:%Y-%m-%d}",
    "{0.year}-{0.month}-{0.day}",
    "{0.year}.{0.month}.{0.day}",
    "{0:%Y/%m/%d}",
    "{0.year}年{0.month}月{0.day}日",
    " {0.year} 年 {0.month} 月 {0.day} 号 ",
    "{0:%Y%m%d}",
    "{0:%Y-%m-%d} 08:30",
    "{0:%Y-%m-%d}T08:30:00.000",
    "{0.year}/{0.month}/{0.day} 0:00:00",
    "'{0:%Y-%m-%d}",
    "{0:%Y—%m—%d}",
)


@given(day=DAYS, form=st.sampled_from(FORMS))
def test_every_way_of_writing_a_day_is_that_day(day: date, form: str) -> None:
    assert day_of(form.format(day)) == day


@given(day=DAYS)
def test_cells_that_are_days_or_stand_for_days_are_that_day(day: date) -> None:
    serial = (day - SERIAL_ZERO).days
    assert {
        day_of(cell) for cell in (day, datetime(day.year, day.month, day.day, 9), float(serial), serial + 0.25, str(serial))
    } == {day}
    assert day_of(float(f"{day:%Y%m%d}")) == day


def test_wide_digits_are_digits() -> None:
    assert day_of(wide("2024-03-01")) == date(2024, 3, 1)


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("2024-02-30", "date_impossible"),
        ("2023-02-29", "date_impossible"),
        ("20241301", "date_impossible"),
        (20240230.0, "date_impossible"),
        ("2024年3月", "date_month"),
        ("2026.5", "date_month"),
        (2026.1, "date_ambiguous"),
        (2026.0, "date_ambiguous"),
        ("24.3.1", "date"),
        ("3/1/2024", "date"),
        ("5月1日", "date"),
        ("待定", "date"),
        ("2024-03-01-02", "date"),
        (2958466.0, "date"),
        (-1.0, "date"),
        (0.5, "date"),
        (float("nan"), "date"),
        (float("inf"), "date"),
        (True, "date"),
    ],
)
def test_what_is_no_day_for_certain_is_none(cell: Cell, code: str) -> None:
    with pytest.raises(NotADay) as wrong:
        day_of(cell)
    assert wrong.value.code == code


@pytest.mark.parametrize(
    ("day", "codes"),
    [
        (date(1900, 2, 28), ["date_range"]),
        (date(1979, 12, 31), ["date_range"]),
        (AS_OF, []),
        (AS_OF + timedelta(days=1), ["date_future"]),
        (AS_OF + timedelta(days=90), ["date_future"]),
        (AS_OF + timedelta(days=91), ["date_range"]),
        (date(9999, 12, 31), ["date_range"]),
    ],
)
def test_a_day_must_be_one_on_which_somebody_could_have_come(day: date, codes: list[str]) -> None:
    assert [note.code for note in cleaners.day()(day, AS_OF).notes] == codes


@pytest.mark.parametrize("written", ["在场", "至今", "/", "//", "-", " 至今 "])
def test_somebody_who_is_still_here_has_no_exit(written: str) -> None:
    assert ROSTER.column("left_on").clean(written, AS_OF) == Cleaned(None)


def test_nobody_entered_until_now() -> None:
    assert ROSTER.column("entered_on").clean("至今", AS_OF).is_wrong
