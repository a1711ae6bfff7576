"""A figure is defined once: name, unit, definition in words, and the queryset of the rows behind it.

Dashboards, reports and exports count these rows and link to them; nobody counts anything else. Figures are counts of rows for a
month; "as of" is the month's last day, or today while the month runs.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from django.db.models import Aggregate, Count, Sum
from django.utils import timezone
from django.utils.translation import pgettext_lazy

from core.months import Month
from core.scope import Level, Person, ScopedQuerySet

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    Words = str | _StrPromise


class Unit(StrEnum):
    """Units are different things: persons and person-times are never added."""

    PERSONS = "persons"
    PERSON_TIMES = "person_times"
    TIMES = "times"
    TEAMS = "teams"
    CREWS = "crews"
    PROJECTS = "projects"
    CASES = "cases"
    PROMISES = "promises"
    SHEETS = "sheets"
    DANGERS = "dangers"
    FINDINGS = "findings"
    COPIES = "copies"
    CERTIFICATES = "certificates"
    YUAN = "yuan"

    @property
    def label(self) -> str:
        return str(UNIT_LABELS[self])


UNIT_LABELS: Mapping[Unit, Any] = {
    Unit.PERSONS: pgettext_lazy("unit", "persons"),
    Unit.PERSON_TIMES: pgettext_lazy("unit", "person-times"),
    Unit.TIMES: pgettext_lazy("unit", "times"),
    Unit.TEAMS: pgettext_lazy("unit", "teams"),
    Unit.CREWS: pgettext_lazy("unit", "crews"),
    Unit.PROJECTS: pgettext_lazy("unit", "projects"),
    Unit.CASES: pgettext_lazy("unit", "cases"),
    Unit.PROMISES: pgettext_lazy("unit", "promises"),
    Unit.SHEETS: pgettext_lazy("unit", "sheets"),
    Unit.DANGERS: pgettext_lazy("unit", "dangers"),
    Unit.FINDINGS: pgettext_lazy("unit", "findings"),
    Unit.COPIES: pgettext_lazy("unit", "copies"),
    Unit.CERTIFICATES: pgettext_lazy("unit", "certificates"),
    Unit.YUAN: pgettext_lazy("unit", "yuan"),
}


Number = int | Decimal
FEN = Decimal("0.01")


class Direction(StrEnum):
    MORE_IS_BETTER = "more"
    MORE_IS_WORSE = "less"
    NEITHER = "neither"


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a figure's rows: heading, text of a row, and the page it opens (a URL or "")."""

    label: "Words"
    text: Callable[[Any], object]
    url: Callable[[Any], str] = lambda row: ""


@dataclass(frozen=True, slots=True)
class Figure:
    """A measured number. `rows(month)` are the company's rows; `paths` say how a row finds its region and project.

    `for_reader`: not everybody at a unit may know of every row there (a case that names him), so that the number too is each
    reader's own. Without a reader such a figure has no rows. `summed`: the number of a row that is added up (the forms of a team)
    instead of counting the rows.
    """

    key: str
    label: "Words"
    unit: Unit
    definition: "Words"
    rows: Callable[[Month], ScopedQuerySet]
    paths: Mapping[Level, str]
    columns: tuple[Column, ...]
    order: tuple[str, ...] = ("pk",)
    direction: Direction = Direction.NEITHER
    for_reader: bool = False
    summed: str = ""

    def rows_for(self, reader: Person | None, month: Month) -> ScopedQuerySet:
        """The rows that are counted for a reader."""
        rows = self.rows(month)
        if not self.for_reader:
            return rows
        return rows.visible_to(reader) if reader is not None else rows.none()

    def rows_of(self, level: Level, unit_id: int, month: Month, reader: Person | None = None) -> ScopedQuerySet:
        """The rows behind the number of one unit."""
        return self.rows_for(reader, month).filter(**{self.paths[level]: unit_id})

    def count_of(self, level: Level, unit_id: int, month: Month, reader: Person | None = None) -> Number:
        return self.count_in(self.rows_of(level, unit_id, month, reader))

    def count_in(self, rows: ScopedQuerySet) -> Number:
        """The number that some of its rows make."""
        return plain(rows.order_by().aggregate(n=self.number)["n"])

    def counts_by(self, level: Level, month: Month, reader: Person | None = None) -> dict[int, Number]:
        """Unit id → number, for every unit that has rows, in one query."""
        path = self.paths[level]
        counted = self.rows_for(reader, month).order_by().values_list(path).annotate(n=self.number)
        return {unit: plain(number) for unit, number in counted if unit is not None}

    @property
    def number(self) -> Aggregate:
        return Sum(self.summed) if self.summed else Count("pk", distinct=True)


def plain(number: Number | None) -> Number:
    """Nothing to add up is 0; of money, what is no whole number of yuan keeps its fen."""
    if number is None or number == int(number):
        return int(number or 0)
    return Decimal(number).quantize(FEN)


@dataclass(slots=True)
class Registry:
    """The figures of the project, in the order in which their apps declared them."""

    _figures: dict[str, Figure] = field(default_factory=dict)

    def add(self, figure: Figure) -> Figure:
        """Raises ValueError for a key that is taken: one figure, one definition."""
        if figure.key in self._figures:
            raise ValueError(f"figure {figure.key!r} is defined twice")
        self._figures[figure.key] = figure
        return figure

    def get(self, key: str) -> Figure | None:
        return self._figures.get(key)

    def all(self) -> Iterable[Figure]:
        return self._figures.values()


figures = Registry()


def as_of(month: Month) -> date:
    """The day on which a stock (people on site, teams) is counted: the month's last day, or today while it runs."""
    return min(month.last, timezone.localdate())
