"""What became of what workers said, for units side by side: rates with both their numbers, and how content the survey found them.

A rate is two figures, so many of so many (feedback/figures.py). Where there is nothing to answer there is no rate, and of a few
cases it is said how many they were: 「3 件中 2 件」, not 67 %. Cases are counted for their reader: two people may read two
numbers.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext, pgettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from core.months import Month
from core.scope import Level
from feedback.survey.results import Place, Rated, satisfaction
from figures.registry import Unit
from overview.measures import figure

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

FEW = 10  # a share of fewer is said in numbers
# Of the second figure so many are the first.
RATES: tuple[tuple[str, str, "_StrPromise"], ...] = (
    ("cases_answered", "cases_to_answer", _("Answer rate")),
    ("cases_answered_in_time", "cases_to_answer", _("Answered in time")),
    ("cases_settled", "cases_to_settle", _("Settlement rate")),
    ("survey_returned", "survey_issued", _("Return rate of forms")),
)
COUNTS: tuple[tuple[str, "_StrPromise", str], ...] = (
    ("cases_overdue", _("Missed a deadline"), "late"),
    ("cases_redone", _("Done again"), "soon"),
)
SATISFIED = pgettext_lazy("share", "Satisfied")
KEYS = sorted({key for part, whole, _label in RATES for key in (part, whole)} | {key for key, _label, _tone in COUNTS})
HEADINGS = (*(label for _part, _whole, label in RATES), SATISFIED, *(label for _key, label, _tone in COUNTS))


@dataclass(frozen=True, slots=True)
class Rate:
    """`part` of `whole`, and the pages of their rows."""

    label: "_StrPromise"
    part: int
    whole: int
    unit: str
    part_url: str
    whole_url: str

    @property
    def percent(self) -> int | None:
        return round(100 * self.part / self.whole) if self.whole >= FEW else None


@dataclass(frozen=True, slots=True)
class Count:
    label: "_StrPromise"
    number: int
    unit: str
    url: str
    tone: str

    @property
    def tone_label(self) -> str:
        return gettext("red") if self.tone == "late" else gettext("amber")


@dataclass(frozen=True, slots=True)
class Row:
    """A unit's rates and counts, in the order of HEADINGS."""

    unit: Any
    rates: tuple[Rate, ...]
    counts: tuple[Count, ...]


class Rates:
    """The figures of feedback of units of one level for a month: one query a figure, however many units.

    `place`: of whose survey it is said how satisfied it found them; the units lie below it, or one of them is it.
    """

    def __init__(self, level: Level, month: Month, reader: Any, place: Place) -> None:
        self.level, self.month, self.place = level, month, place
        self._counted = {key: figure(key).counts_by(level, month, reader) for key in KEYS}
        self._satisfied = satisfaction(place, month)

    def row(self, unit: Any) -> Row:
        return Row(unit, self._rates([unit], unit), self._counts([unit], unit))

    def together(self, units: Iterable[Any], name: Any = None) -> Row:
        """Some units added up; each number leads to the table in which they stand."""
        found = list(units)
        return Row(name, self._rates(found, None), self._counts(found, None))

    def _rates(self, units: list[Any], unit: Any) -> tuple[Rate, ...]:
        taken = [
            Rate(
                label,
                self._number(part, units),
                self._number(whole, units),
                _unit(whole),
                self._rows_of(part, unit),
                self._rows_of(whole, unit),
            )
            for part, whole, label in RATES
        ]
        return (*taken, self._satisfaction(unit))

    def _satisfaction(self, unit: Any) -> Rate:
        """Of the rated answers that may be shown; the page of the results says the rest."""
        key = None if unit is None or (self.place.level == self.level and self.place.unit_id == unit.pk) else unit.pk
        rated = self._satisfied.get(key, Rated())
        url = self._results_of(unit)
        return Rate(SATISFIED, rated.satisfied, rated.answered, pgettext("unit", "answers"), url, url)

    def _counts(self, units: list[Any], unit: Any) -> tuple[Count, ...]:
        numbers = [(key, label, tone, self._number(key, units)) for key, label, tone in COUNTS]
        return tuple(
            Count(label, number, _unit(key), self._rows_of(key, unit), tone if number else "")
            for key, label, tone, number in numbers
        )

    def _number(self, key: str, units: list[Any]) -> int:
        return sum(int(self._counted[key].get(unit.pk, 0)) for unit in units)

    def _rows_of(self, key: str, unit: Any) -> str:
        return reverse("figure-rows", args=[key, self.level.value, unit.code, self.month]) if unit else "#feedback"

    def _results_of(self, unit: Any) -> str:
        if unit is None:
            return reverse("survey-results", args=[self.month])
        return reverse(f"survey-results-{self.level}", args=[self.month, unit.code])


def _unit(key: str) -> str:
    return Unit(figure(key).unit).label
