"""Figures of many units side by side, each in one query: for the month, and for the twelve months that end with it."""

from collections.abc import Sequence

from django.db.models import Count, Value

from core.months import Month
from core.scope import Level
from figures.registry import Figure, figures

MONTHS = 12


def figure(key: str) -> Figure:
    """A figure that these pages count on."""
    found = figures.get(key)
    if found is None:
        raise LookupError(f"no app declares the figure {key!r}")
    return found


def counts(key: str, level: Level, month: Month) -> dict[int, int]:
    """Unit id → number."""
    return figure(key).counts_by(level, month)


def trends(key: str, level: Level, last: Month) -> dict[int, list[int]]:
    """Unit id → the numbers of twelve months, oldest first, in one query; a unit without any row in them is missing."""
    months = [last.plus(-back) for back in reversed(range(MONTHS))]
    measured = figure(key)
    parts = [_counted(measured, level, month) for month in months]
    place = {str(month): index for index, month in enumerate(months)}
    found: dict[int, list[int]] = {}
    for unit, month, number in parts[0].union(*parts[1:], all=True):
        found.setdefault(unit, [0] * MONTHS)[place[month]] = number
    return found


def _counted(measured: Figure, level: Level, month: Month) -> "Sequence":
    rows = measured.rows(month).order_by().annotate(of_month=Value(str(month)))
    return rows.values_list(measured.paths[level], "of_month").annotate(n=Count("pk", distinct=True))


def total(trend: dict[int, list[int]]) -> list[int]:
    """The units' numbers added up, month by month."""
    return [sum(values) for values in zip(*trend.values(), strict=True)] if trend else [0] * MONTHS
