"""How long is left, in the same words everywhere."""

from datetime import date, datetime

import pytest
import time_machine
from django.utils import timezone, translation

from core.deadlines import day_and_time, left, left_of_day
from core.workdays import WorkingDays

FRIDAY = datetime(2026, 6, 5, 10)


def at(*parts: int) -> datetime:
    return timezone.make_aware(datetime(*parts))


@pytest.fixture
def workdays() -> WorkingDays:
    return WorkingDays({date(2026, 6, day): date(2026, 6, day).weekday() < 5 for day in range(1, 30)})


@pytest.mark.parametrize(
    ("due", "words", "state"),
    [
        (at(2026, 6, 9, 18), "还剩 2 个工作日·6月9日 18:00", ""),
        (at(2026, 6, 5, 18), "今天 18:00 到期", "today"),
        (at(2026, 6, 6, 9), "6月6日 09:00 到期", "today"),
        (at(2026, 6, 5, 9), "逾期", "late"),
        (at(2026, 6, 2, 18), "逾期 3 个工作日", "late"),
    ],
)
def test_a_moment(due: datetime, words: str, state: str, workdays: WorkingDays) -> None:
    with translation.override("zh-hans"):
        found = left(due, timezone.make_aware(FRIDAY), workdays)
    assert (found.words, found.state) == (words, state)


@pytest.mark.parametrize(
    ("day", "words", "state"),
    [
        (date(2026, 6, 9), "还剩 2 个工作日", ""),
        (date(2026, 6, 5), "今天到期", "today"),
        (date(2026, 6, 2), "逾期 3 个工作日", "late"),
    ],
)
def test_a_day(day: date, words: str, state: str, workdays: WorkingDays) -> None:
    with translation.override("zh-hans"):
        found = left_of_day(day, FRIDAY.date(), workdays)
    assert (found.words, found.state) == (words, state)


@time_machine.travel(at(2026, 6, 1, 8), tick=False)
def test_the_hour_is_that_of_beijing() -> None:
    with translation.override("zh-hans"):
        assert day_and_time(timezone.now()) == "6月1日 08:00"
