"""A week of hotline duty: which hours nobody answers, and which are given twice. Nothing here reads the database.

A week runs from Monday 00:00 to the next, Beijing time. A duty may cross midnight, also from Sunday into the next week.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from typing import Self

from django.utils import formats, timezone
from django.utils.translation import gettext as _

DAYS = 7


@dataclass(frozen=True, slots=True, order=True)
class Week:
    """By its Monday; prints as "2026-W23" (ISO 8601)."""

    monday: date

    @classmethod
    def of(cls, day: date) -> Self:
        return cls(day - timedelta(days=day.weekday()))

    @classmethod
    def current(cls) -> Self:
        return cls.of(timezone.localdate())

    @classmethod
    def parse(cls, text: str) -> Self:
        """Raises ValueError."""
        found = re.fullmatch(r"(20[0-9]{2})-W([0-5][0-9])", text)
        if found is None:
            raise ValueError(f"a week is written 2026-W23, not {text!r}")
        return cls(date.fromisocalendar(int(found[1]), int(found[2]), 1))

    def plus(self, weeks: int) -> Self:
        return type(self)(self.monday + timedelta(weeks=weeks))

    @property
    def days(self) -> list[date]:
        return [self.monday + timedelta(days=number) for number in range(DAYS)]

    @property
    def begins_at(self) -> datetime:
        return at(self.monday, time.min)

    @property
    def ends_at(self) -> datetime:
        return self.plus(1).begins_at

    def __str__(self) -> str:
        year, week, _day = self.monday.isocalendar()
        return f"{year}-W{week:02d}"


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """From a moment to a moment; the last one belongs to what comes after."""

    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class Shift:
    """Somebody (by key) answers for a span."""

    person: int
    span: Span


def at(day: date, hour: time) -> datetime:
    """A moment of a day in Beijing."""
    return timezone.make_aware(datetime.combine(day, hour))


def span_on(day: date, begins: time, ends: time) -> Span:
    """Hours that begin on `day`; if they end no later than they begin, on the next one (00:00 to 00:00: a whole day)."""
    last = day if ends > begins else day + timedelta(days=1)
    return Span(at(day, begins), at(last, ends))


def gaps(spans: Iterable[Span], week: Week) -> list[Span]:
    """The hours of the week in which nobody answers."""
    found, covered = [], week.begins_at
    for span in sorted(spans):
        if span.starts_at >= week.ends_at:
            break
        if span.starts_at > covered:
            found.append(Span(covered, span.starts_at))
        covered = max(covered, span.ends_at)
    return found + ([Span(covered, week.ends_at)] if covered < week.ends_at else [])


def overlaps(spans: Sequence[Span]) -> list[Span]:
    """The hours that are given to more than one duty."""
    found, latest = [], None
    for one, other in pairwise(sorted(spans)):
        latest = max(latest, one.ends_at) if latest else one.ends_at
        if other.starts_at < latest:
            found.append(Span(other.starts_at, min(latest, other.ends_at)))
    return found


def said(span: Span) -> list[str]:
    """「周三 00:00–08:00」, a part for each day that it touches."""
    return [f"{formats.date_format(day, 'D')} {begins:%H:%M}–{ends}" for day, begins, ends in _parts(span)]


def _parts(span: Span) -> Iterator[tuple[date, datetime, str]]:
    begins, ends = timezone.localtime(span.starts_at), timezone.localtime(span.ends_at)
    while begins < ends:
        midnight = at(begins.date() + timedelta(days=1), time.min)
        yield begins.date(), begins, "24:00" if midnight <= ends else f"{ends:%H:%M}"
        begins = timezone.localtime(midnight)


def unfilled_words(found: Iterable[Span]) -> list[str]:
    return [_("%(when)s: nobody") % {"when": part} for span in found for part in said(span)]


def doubled_words(found: Iterable[Span]) -> list[str]:
    return [_("%(when)s: given twice") % {"when": part} for span in found for part in said(span)]
