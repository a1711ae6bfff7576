"""A quarter of a year, in which teams are evaluated: 「2026Q2」."""

from dataclasses import dataclass
from datetime import date
from typing import Self

from django.utils.translation import gettext as _

from core.months import Month
from handbook import policies

MONTHS = 3


@dataclass(frozen=True, order=True, slots=True)
class Quarter:
    """Year and number; ordered; prints as models.management.QUARTER wants it."""

    year: int
    number: int

    @classmethod
    def parse(cls, text: str) -> Self:
        """From "2026Q2"."""
        return cls(int(text[:4]), int(text[5]))

    @classmethod
    def current(cls) -> Self:
        month = Month.current()
        return cls(month.year, (month.month - 1) // MONTHS + 1)

    def plus(self, quarters: int) -> Self:
        index = self.year * 4 + self.number - 1 + quarters
        return type(self)(index // 4, index % 4 + 1)

    @property
    def first(self) -> date:
        return date(self.year, (self.number - 1) * MONTHS + 1, 1)

    @property
    def last(self) -> date:
        return Month(self.year, self.number * MONTHS).last

    @property
    def closes_on(self) -> date:
        """The last day on which teams are evaluated for it: that of the handbook's last month in it."""
        return policies.last_day_for(self.last)

    def is_open(self, today: date) -> bool:
        return self.first <= today <= self.closes_on

    @property
    def label(self) -> str:
        """「2026年第2季度」."""
        return _("quarter %(number)d of %(year)d") % {"number": self.number, "year": self.year}

    def __str__(self) -> str:
        return f"{self.year}Q{self.number}"


class QuarterConverter:
    """`<quarter:quarter>` in URLs."""

    regex = "20[0-9]{2}Q[1-4]"

    def to_python(self, value: str) -> Quarter:
        return Quarter.parse(value)

    def to_url(self, value: Quarter) -> str:
        return str(value)
