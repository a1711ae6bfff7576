"""A calendar month in Beijing, the period of every report and figure."""

import argparse
import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Self

from django.utils import formats, timezone


@dataclass(frozen=True, order=True, slots=True)
class Month:
    """Year and month; ordered; prints as "2026-05"."""

    year: int
    month: int

    def __post_init__(self) -> None:
        if not (1 <= self.month <= 12 and 2000 <= self.year <= 2199):
            raise ValueError(f"no such month: {self.year}-{self.month}")

    @classmethod
    def parse(cls, text: str) -> Self:
        """From "2026-05"; raises ValueError."""
        match = re.fullmatch(r"([0-9]{4})-([0-9]{2})", text)
        if match is None:
            raise ValueError(f"a month is written 2026-05, not {text!r}")
        return cls(int(match[1]), int(match[2]))

    @classmethod
    def as_argument(cls, text: str) -> Self:
        """`parse` for a command line: what is wrong is said there."""
        try:
            return cls.parse(text)
        except ValueError as error:
            raise argparse.ArgumentTypeError(str(error)) from error

    @classmethod
    def of(cls, day: date) -> Self:
        return cls(day.year, day.month)

    @classmethod
    def current(cls) -> Self:
        """The month it is in Beijing now (not in UTC: until 08:00 those differ on the first)."""
        return cls.of(timezone.localdate())

    def plus(self, months: int) -> Self:
        """`months` later (or earlier, when negative)."""
        index = self.year * 12 + self.month - 1 + months
        return type(self)(index // 12, index % 12 + 1)

    @property
    def first(self) -> date:
        return date(self.year, self.month, 1)

    @property
    def last(self) -> date:
        return date(self.year, self.month, calendar.monthrange(self.year, self.month)[1])

    @property
    def after(self) -> date:
        """The first day that no longer belongs to the month."""
        return self.last + timedelta(days=1)

    @property
    def label(self) -> str:
        """「2026年5月」 or "May 2026", in the reader's language."""
        return formats.date_format(self.first, "YEAR_MONTH_FORMAT")

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.month:02d}"


class MonthConverter:
    """`<month:month>` in URLs."""

    regex = "20[0-9]{2}-(?:0[1-9]|1[0-2])"

    def to_python(self, value: str) -> Month:
        return Month.parse(value)

    def to_url(self, value: Month) -> str:
        return str(value)
