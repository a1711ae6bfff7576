"""Figures of many units side by side: for each figure one query, which brings the month and the eleven before it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Value
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.months import Month
from core.scope import Level
from figures.registry import Figure, figures

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

MONTHS = 12
ON_SITE, ENTERED, LEFT = "workers_on_site", "workers_entered", "workers_left"
TEAMS, SERVED, UNSERVED = "teams_on_site", "teams_with_liaison", "teams_without_liaison"
PART_TIME, UNCOVERED = "part_time_coordinators", "projects_without_coordinator"
COVERAGE = "coverage"  # no figure of its own: two of them side by side, 38/39


def figure(key: str) -> Figure:
    """A figure that these pages count on."""
    found = figures.get(key)
    if found is None:
        raise LookupError(f"no app declares the figure {key!r}")
    return found


@dataclass(frozen=True, slots=True)
class Heading:
    label: "str | _StrPromise"
    unit: str


@dataclass(frozen=True, slots=True)
class Cell:
    """A number, the page of its rows, the months that end with it (oldest first), its flag, its width in a card."""

    heading: Heading
    value: int | str
    url: str
    values: list[int]
    tone: str = ""
    is_wide: bool = False

    @property
    def label(self) -> "str | _StrPromise":
        return self.heading.label

    @property
    def unit(self) -> str:
        return self.heading.unit


# A column has room for a word or two; the figure's own label and definition stand on the page of its rows.
SHORT = {
    ON_SITE: _("On site"),
    ENTERED: pgettext_lazy("in the month", "Entered"),
    LEFT: pgettext_lazy("in the month", "Left"),
    COVERAGE: _("Teams with liaison"),
    PART_TIME: _("Project coordinators"),
    UNCOVERED: _("Projects without one"),
}
# A stock whose past says nothing at a glance is asked for the month alone.
WITHOUT_TREND = frozenset({TEAMS, PART_TIME, UNCOVERED, UNSERVED})
# Those need the whole width of a card on a phone.
WIDE = frozenset({COVERAGE, PART_TIME, UNCOVERED})


def heading(key: str) -> Heading:
    return Heading(SHORT[key], figure(TEAMS if key == COVERAGE else key).unit.label)


def trends(key: str, level: Level, last: Month, units: Iterable[Any], reader: Any = None) -> dict[int, list[int]]:
    """Unit id → its numbers, oldest first, in one query; a unit without any row is missing. `reader`: for figures of his own."""
    months = [last.plus(-back) for back in reversed(range(length_of(key)))]
    wanted = [unit.pk for unit in units]
    parts = [_counted(figure(key).rows_for(reader, month), figure(key).paths[level], month, wanted) for month in months]
    place = {str(month): index for index, month in enumerate(months)}
    found: dict[int, list[int]] = {}
    for unit, month, number in parts[0].union(*parts[1:], all=True):
        found.setdefault(unit, [0] * len(months))[place[month]] = number
    return found


def length_of(key: str) -> int:
    """How many months of a figure are asked for."""
    return 1 if key in WITHOUT_TREND else MONTHS


def _counted(counted: Any, path: str, month: Month, units: list[int]) -> Any:
    rows = counted.order_by().filter(**{f"{path}__in": units}).annotate(of_month=Value(str(month)))
    return rows.values_list(path, "of_month").annotate(n=Count("pk", distinct=True))


class Measures:
    """The figures of some units of one level for a month. `reader`: for figures that count only what somebody may know of."""

    def __init__(self, level: Level, month: Month, keys: Iterable[str], units: Iterable[Any], reader: Any = None) -> None:
        self.level = level
        self.month = month
        wanted = {part for key in keys for part in ((TEAMS, SERVED) if key == COVERAGE else (key,))}
        self._trends = {key: trends(key, level, month, units, reader) for key in sorted(wanted)}

    def values(self, key: str, units: Iterable[Any]) -> list[int]:
        """The months of some units together."""
        none = [0] * length_of(key)
        rows = [self._trends[key].get(unit.pk, none) for unit in units]
        return [sum(column) for column in zip(*rows, strict=True)] if rows else none

    def number(self, key: str, *units: Any) -> int:
        return self.values(key, units)[-1]

    def cell(self, key: str, unit: Any) -> Cell:
        if key == COVERAGE:
            return self._coverage(unit)
        values = self.values(key, [unit])
        flagged = key in (UNCOVERED, UNSERVED) and values[-1] > 0
        return Cell(heading(key), values[-1], self.rows_of(key, unit), values, "soon" if flagged else "", key in WIDE)

    def _coverage(self, unit: Any) -> Cell:
        """Opens the teams that have none, if there are such."""
        served, teams = self.values(SERVED, [unit]), self.number(TEAMS, unit)
        has_gaps = served[-1] < teams
        url = self.rows_of(UNSERVED if has_gaps else SERVED, unit)
        return Cell(heading(COVERAGE), f"{served[-1]}/{teams}", url, served, "soon" if has_gaps else "", is_wide=True)

    def rows_of(self, key: str, unit: Any) -> str:
        return reverse("figure-rows", args=[key, self.level.value, unit.code, self.month])
