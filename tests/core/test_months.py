"""Months and the working-day clock."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st

from core.months import Month
from core.workdays import WorkingDays, end_of_office
from tests.factories import WorkdayOverrideFactory

DAYS = st.dates(date(2024, 1, 1), date(2026, 12, 1))


def test_month_in_beijing_begins_eight_hours_before_utc() -> None:
    with time_machine.travel(datetime(2026, 1, 31, 16, 0, 1, tzinfo=UTC), tick=False):
        assert Month.current() == Month(2026, 2)
    with time_machine.travel(datetime(2026, 1, 31, 15, 59, 59, tzinfo=UTC), tick=False):
        assert Month.current() == Month(2026, 1)


@given(st.integers(2001, 2190), st.integers(1, 12), st.integers(-12, 12))
def test_month_arithmetic_is_reversible(year: int, month: int, step: int) -> None:
    start = Month(year, month)
    assert start.plus(step).plus(-step) == start
    assert Month.parse(str(start)) == start
    assert start.last + timedelta(days=1) == start.plus(1).first


@pytest.mark.parametrize("text", ["2026-13", "2026-5", "1999-01", "2026/05", ""])
def test_month_refuses_what_is_none(text: str) -> None:
    with pytest.raises(ValueError, match="month"):
        Month.parse(text)


def test_make_up_saturday_is_a_working_day_and_the_holiday_is_not() -> None:
    calendar = WorkingDays()
    assert calendar.is_working(date(2025, 1, 26))  # Sunday, made up for the Spring Festival of 2025
    assert not calendar.is_working(date(2025, 1, 28))
    assert not calendar.is_working(date(2026, 10, 1))


def test_a_deadline_crosses_a_year_that_is_not_announced_yet() -> None:
    assert WorkingDays().add(date(2026, 12, 31), 5).year == 2027


@pytest.mark.django_db
def test_override_beats_the_library() -> None:
    WorkdayOverrideFactory(day=date(2026, 6, 9), is_working=False)
    calendar = WorkingDays.load()
    assert not calendar.is_working(date(2026, 6, 9))
    assert calendar.add(date(2026, 6, 8), 1) == date(2026, 6, 10)


@given(DAYS, st.integers(0, 30))
def test_adding_and_counting_agree(start: date, days: int) -> None:
    calendar = WorkingDays()
    end = calendar.add(start, days)
    assert calendar.is_working(end)
    if days or calendar.is_working(start):
        assert calendar.between(start, end) == days


@given(DAYS, DAYS)
def test_a_holiday_never_makes_a_deadline_earlier(start: date, holiday: date) -> None:
    assert WorkingDays({holiday: False}).add(start, 5) >= WorkingDays({holiday: True}).add(start, 5)


def test_office_hours_end_at_six_in_beijing() -> None:
    assert end_of_office(date(2026, 6, 9)).astimezone(UTC) == datetime(2026, 6, 9, 10, tzinfo=UTC)
