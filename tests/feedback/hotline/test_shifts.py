"""The roster's arithmetic: a week that is accepted has somebody at every minute, and never two."""

from datetime import date, datetime, time, timedelta
from itertools import pairwise

import pytest
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from feedback.hotline.shifts import Span, Week, doubled_words, gaps, overlaps, said, span_on, unfilled_words

WEEK = Week(date(2026, 6, 8))
HOUR = timedelta(hours=1)
HOURS = 7 * 24


def hours(begins: int, ends: int) -> Span:
    """Hours of the week, from 0 on Monday; 168 is the end of Sunday."""
    return Span(WEEK.begins_at + begins * HOUR, WEEK.begins_at + ends * HOUR)


def minutes_covered(spans: list[Span]) -> list[int]:
    """How many answer in each half hour of the week, counted without any cleverness."""
    moments = [WEEK.begins_at + timedelta(minutes=30 * number) for number in range(2 * HOURS)]
    return [sum(span.starts_at <= moment < span.ends_at for span in spans) for moment in moments]


spans = st.lists(st.tuples(st.integers(-12, HOURS), st.integers(1, 30)).map(lambda at: hours(at[0], at[0] + at[1])), max_size=12)


@given(spans)
@settings(deadline=None)
def test_gaps_and_overlaps_are_those_that_counting_finds(found: list[Span]) -> None:
    counted = minutes_covered(found)
    assert (not gaps(found, WEEK)) == (min(counted) > 0)
    if not overlaps(found):
        assert max(counted) <= 1


@given(st.lists(st.integers(1, HOURS - 1), max_size=20, unique=True), st.integers(-10, 0), st.integers(HOURS, HOURS + 10))
@settings(deadline=None)
def test_a_week_cut_anywhere_is_whole(cuts: list[int], first: int, last: int) -> None:
    """Also where the first duty began on Sunday, and the last goes on until Monday."""
    edges = [first, *sorted(cuts), last]
    whole = [hours(begins, ends) for begins, ends in pairwise(edges)]
    assert (gaps(whole, WEEK), overlaps(whole)) == ([], [])
    assert set(minutes_covered(whole)) == {1}


@given(st.data())
@settings(deadline=None)
def test_a_week_without_one_of_its_duties_has_just_that_gap(data: st.DataObject) -> None:
    edges = [0, *sorted(data.draw(st.lists(st.integers(1, HOURS - 1), min_size=1, max_size=20, unique=True))), HOURS]
    whole = [hours(begins, ends) for begins, ends in pairwise(edges)]
    lost = data.draw(st.sampled_from(whole))
    assert gaps([span for span in whole if span != lost], WEEK) == [lost]
    assert overlaps([*whole, lost]) == [lost]


def test_a_night_shift_goes_on_until_the_morning() -> None:
    night = span_on(date(2026, 6, 10), time(20), time(8))
    assert night.ends_at - night.starts_at == 12 * HOUR
    assert span_on(date(2026, 6, 10), time(0), time(0)) == hours(48, 72)


def test_a_gap_is_named_by_its_days_and_hours() -> None:
    with translation.override("en"):
        assert unfilled_words([hours(48, 56)]) == ["Wed 00:00–08:00: nobody"]
        assert doubled_words([hours(22, 26)]) == ["Mon 22:00–24:00: given twice", "Tue 00:00–02:00: given twice"]
        assert said(hours(0, 48)) == ["Mon 00:00–24:00", "Tue 00:00–24:00"]


def test_an_empty_week_is_one_gap() -> None:
    assert gaps([], WEEK) == [hours(0, HOURS)]


def test_weeks_by_their_number() -> None:
    assert (str(WEEK), Week.parse("2026-W24")) == ("2026-W24", WEEK)
    assert Week.parse("2026-W53").monday == date(2026, 12, 28)
    assert Week.of(date(2026, 6, 14)) == WEEK != Week.of(date(2026, 6, 15))
    assert isinstance(WEEK.begins_at, datetime)
    for wrong in ("2026-W54", "2026-W00", "2025-W53", "2026-24", "heute"):
        with pytest.raises(ValueError):  # noqa: PT011 - as date.fromisocalendar says it
            Week.parse(wrong)
