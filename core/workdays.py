"""The working-day clock of the People's Republic: holidays, make-up days, and the rows that override both.

Days from the `holidays` package (statutory days and the State Council's make-up days), then core.WorkdayOverride. Office hours
end at 18:00 Beijing time; what is due "in three working days" is due at the end of the third working day after today.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import lru_cache

import holidays
from django.utils import timezone

from core.models import WorkdayOverride

END_OF_DAY = time(18)


@lru_cache(maxsize=1)
def _library() -> holidays.HolidayBase:
    return holidays.country_holidays("CN")


@dataclass(frozen=True, slots=True)
class WorkingDays:
    """A calendar as the override table stood when it was loaded."""

    overrides: dict[date, bool] = field(default_factory=dict)

    @classmethod
    def load(cls) -> "WorkingDays":
        return cls(dict(WorkdayOverride.objects.values_list("day", "is_working")))

    def is_working(self, day: date) -> bool:
        known = self.overrides.get(day)
        return _library().is_working_day(day) if known is None else known

    def add(self, start: date, days: int) -> date:
        """The `days`-th working day after `start` (0: `start` itself, or the next working day if it is none)."""
        day = start
        left = days
        while left > 0 or not self.is_working(day):
            day += timedelta(days=1)
            if left > 0 and self.is_working(day):
                left -= 1
        return day

    def between(self, start: date, end: date) -> int:
        """Working days after `start` up to and with `end`; negative when `end` is earlier."""
        if end < start:
            return -self.between(end, start)
        span = (end - start).days
        return sum(self.is_working(start + timedelta(days=offset)) for offset in range(1, span + 1))

    def due_at(self, start: date, days: int) -> datetime:
        """The end of office hours on the `days`-th working day after `start`."""
        return end_of_office(self.add(start, days))


def end_of_office(day: date) -> datetime:
    """18:00 Beijing time on `day`."""
    return timezone.make_aware(datetime.combine(day, END_OF_DAY))
