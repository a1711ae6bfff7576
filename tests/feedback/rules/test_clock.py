"""Deadlines: by rule, in working days, never nearer for a holiday; how they are said."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from core.refusals import Refused
from core.workdays import WorkingDays
from feedback.cases.clock import MOST_WAITING, broken_at, deadlines, due_of, later, rule_for, waited
from feedback.models import Case, CaseCategory, DeadlineRule

DAYS = st.dates(date(2026, 1, 1), date(2026, 10, 1))
MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2026, 10, 1)).map(timezone.make_aware)
COUNTS = st.integers(0, 22)
FREE = st.sets(DAYS, max_size=12)
RULES = st.builds(
    DeadlineRule, accept_days=st.integers(1, 3), answer_days=COUNTS, answer_hours=st.none(), settle_days=st.integers(1, 30)
)
HOURS = st.builds(
    DeadlineRule, accept_days=st.just(1), answer_days=st.none(), answer_hours=st.integers(1, 72), settle_days=st.integers(1, 30)
)
NAMES = ("accept_due_at", "answer_due_at", "settle_due_at")


def without(days: set[date]) -> WorkingDays:
    """The calendar in which these days are free as well."""
    return WorkingDays(dict.fromkeys(days, False))


@settings(deadline=None)  # the first calendar takes its time
@given(rule=RULES | HOURS, at=MOMENTS, holidays=FREE)
def test_a_holiday_never_makes_a_deadline_earlier(rule: DeadlineRule, at: datetime, holidays: set[date]) -> None:
    usual, with_holidays = deadlines(rule, at, WorkingDays()), deadlines(rule, at, without(holidays))
    assert all(getattr(with_holidays, name) >= getattr(usual, name) for name in NAMES)


@settings(deadline=None)
@given(due=MOMENTS, days=COUNTS, holidays=FREE)
def test_a_holiday_never_makes_an_extension_shorter(due: datetime, days: int, holidays: set[date]) -> None:
    assert later(due, days, without(holidays)) >= later(due, days, WorkingDays())


@settings(deadline=None)
@given(rule=RULES | HOURS, at=MOMENTS, hours=st.integers(0, 24 * 40), holidays=FREE)
def test_what_is_dispatched_later_is_due_later(rule: DeadlineRule, at: datetime, hours: int, holidays: set[date]) -> None:
    calendar = without(holidays)
    first, second = deadlines(rule, at, calendar), deadlines(rule, at + timedelta(hours=hours), calendar)
    assert all(getattr(second, name) >= getattr(first, name) for name in NAMES)


@settings(deadline=None)
@given(rule=RULES, at=MOMENTS, more=st.integers(0, 10))
def test_more_days_are_due_later(rule: DeadlineRule, at: datetime, more: int) -> None:
    longer = DeadlineRule(
        accept_days=rule.accept_days + more, answer_days=(rule.answer_days or 0) + more, settle_days=rule.settle_days + more
    )
    first, second = deadlines(rule, at, WorkingDays()), deadlines(longer, at, WorkingDays())
    assert all(getattr(second, name) >= getattr(first, name) for name in NAMES)


@settings(deadline=None)
@given(due=MOMENTS, since=MOMENTS, wait=st.timedeltas(timedelta(0), timedelta(days=40)), holidays=FREE)
def test_waiting_never_brings_a_deadline_nearer(due: datetime, since: datetime, wait: timedelta, holidays: set[date]) -> None:
    calendar = without(holidays)
    days = waited(since, since + wait, calendar)
    assert 0 <= days <= MOST_WAITING
    assert later(due, days, calendar) >= due
    assert waited(since, since + wait + timedelta(days=1), calendar) >= days


@pytest.mark.django_db
def test_the_row_of_the_category_holds_before_the_general_one() -> None:
    living = CaseCategory.objects.get(key="living")
    own = DeadlineRule.objects.create(severity="normal", category=living, answer_days=1, settle_days=2)
    assert rule_for(Case(category=living, severity="normal")) == own
    other = rule_for(Case(category=CaseCategory.objects.get(key="work"), severity="normal"))
    assert (other.category, other.answer_days, other.settle_days) == (None, 3, 10)


@pytest.mark.django_db
def test_without_a_rule_nothing_is_dispatched() -> None:
    DeadlineRule.objects.all().delete()
    with pytest.raises(Refused):
        rule_for(Case(category=CaseCategory.objects.get(key="work"), severity="normal"))


@pytest.mark.django_db
def test_the_first_rules_in_days_and_hours() -> None:
    friday = timezone.make_aware(datetime(2026, 6, 5, 20, 30))
    normal = deadlines(DeadlineRule.objects.get(severity="normal"), friday, WorkingDays())
    urgent = deadlines(DeadlineRule.objects.get(severity="urgent"), friday, WorkingDays())
    assert said(normal.accept_due_at, normal.answer_due_at, normal.settle_due_at) == ["06-08 18:00", "06-10 18:00", "06-22 18:00"]
    assert said(urgent.accept_due_at, urgent.answer_due_at, urgent.settle_due_at) == ["06-08 18:00", "06-06 20:30", "06-10 18:00"]


def said(*moments: datetime) -> list[str]:
    return [f"{timezone.localtime(moment):%m-%d %H:%M}" for moment in moments]


def test_a_promise_holds_to_the_end_of_its_day() -> None:
    assert timezone.localtime(broken_at(date(2026, 6, 5))).isoformat() == "2026-06-06T00:00:00+08:00"


def case(status: str, **more: Any) -> Case:
    due = {f"{clock}_due_at": timezone.make_aware(datetime(2026, 6, day, 18)) for clock, day in DUE.items()}
    return Case(status=status, registered_on=date(2026, 6, 5), **(due | more))


DUE = {"accept": 8, "answer": 10, "settle": 22}
# status, now → clock, state, words of the Chinese page
SAID = [
    ("registered", (8, 12), "dispatch", "today", "今天 18:00 到期"),
    ("routed", (5, 12), "accept", "", "还剩 1 个工作日·6月8日 18:00"),
    ("accepted", (5, 12), "answer", "", "还剩 3 个工作日·6月10日 18:00"),
    ("under_review", (10, 9), "answer", "today", "今天 18:00 到期"),
    ("refused", (10, 19), "answer", "late", "逾期"),
    ("accepted", (12, 9), "answer", "late", "逾期 2 个工作日"),
    ("answered", (12, 9), "settle", "", "还剩 5 个工作日·6月22日 18:00"),
    ("revisiting", (30, 9), "", "", ""),
    ("closed", (30, 9), "", "", ""),
]


@pytest.mark.parametrize(("status", "now", "clock", "state", "words"), SAID)
def test_how_a_deadline_is_said(status: str, now: tuple[int, int], clock: str, state: str, words: str) -> None:
    due = due_of(case(status), timezone.make_aware(datetime(2026, 6, *now)), WorkingDays())
    assert (due.clock, due.state, due.words) == (clock, state, words)


def test_a_stopped_clock_says_until_when() -> None:
    since = timezone.make_aware(datetime(2026, 6, 5, 10))
    due = due_of(case("waiting", waiting_since=since), since, WorkingDays())
    assert (due.state, due.at) == ("stopped", timezone.make_aware(datetime(2026, 6, 12, 10)))
