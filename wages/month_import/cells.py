"""Cells of a month's sheets: amounts, days, months, marks, ends of numbers. Like all cleaners they never guess."""

import re
import unicodedata
from collections.abc import Mapping
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from django.utils.translation import gettext as _

from core.months import Month
from imports.characters import folded, shown
from imports.cleaners import EMPTY_MARKS, Refusal, cleaner, resolved, tidied, typed
from imports.reading.cells import Cell
from imports.sheets import Cleaned, Cleaner, Level, Note

MOST = Decimal(10_000_000)
MONEY = re.compile(r"[¥￥$]?(-?[\d,]+(?:\.\d+)?)(?:元|元整|天|日|个|工日)?")
GROUPED = re.compile(r"-?\d{1,3}(?:,\d{3})+(?:\.\d+)?|-?\d+(?:\.\d+)?")
MONTH = re.compile(r"(20\d{2})\s*[年.\-/]\s*(0?[1-9]|1[0-2])\s*(?:月份?)?")
ENDS = re.compile(r"(?:尾号)?[\dX*.…]*?(\d{3}[\dX])")  # 4300**********123X
COMPACT_MONTH = re.compile(r"(20\d{2})(0[1-9]|1[0-2])")
NOT_SIGNED = frozenset(("未签", "未签字", "否", "×", "x", "no"))
WHOLE, HALF, NONE = Decimal(1), Decimal("0.5"), Decimal(0)
# How a day is marked in the matrix on paper.
MARKS: Mapping[str, Decimal] = {
    **dict.fromkeys(("√", "✓", "✔", "v", "出", "勤", "出勤", "全", "●"), WHOLE),
    **dict.fromkeys(("半", "△", "½", "半天"), HALF),
    **dict.fromkeys(("×", "x", "休", "旷", "假", "病", "事", "雨", "停", "○", "缺"), NONE),
}
MOST_OF_A_DAY = Decimal(2)  # days' work credited for one day; more would be hours


def amount(*, places: int = 2, most: Decimal = MOST) -> Cleaner:
    """A number that is not negative, with at most so many decimals: yuan, days, units of work."""
    step = Decimal(1).scaleb(-places)

    def clean(cell: Cell, as_of: date) -> Cleaned:
        value = resolved(cell)
        if isinstance(value, bool | date | datetime):
            raise Refusal("cell_kind", _("A number belongs here."))
        number, notes = (_of_float(value), ()) if isinstance(value, int | float) else _of_text(value)
        if number is None:
            return Cleaned(None, notes)
        if number < 0:
            raise Refusal("negative", _("A negative amount. What is taken off stands in a column of its own."))
        if number > most:
            raise Refusal("too_much", _("More than %(most)s: check the number.") % {"most": f"{most:,}"})
        rounded = number.quantize(step, ROUND_HALF_UP)
        if abs(rounded - number) > step / 100:
            text = _("Rounded to %(number)s.") % {"number": rounded}
            notes = (*notes, Note("rounded", text, Level.WARNING))
        return Cleaned(rounded, notes)

    return cleaner(clean)


def _of_float(value: float) -> Decimal:
    try:
        return Decimal(repr(value) if isinstance(value, float) else value)
    except InvalidOperation as error:
        raise Refusal("number", _("This is no number.")) from error


def _of_text(value: str) -> tuple[Decimal | None, tuple[Note, ...]]:
    written, notes = tidied(value)
    plain = unicodedata.normalize("NFKC", written).replace(" ", "")
    if not plain or plain in EMPTY_MARKS:
        return None, notes
    found = MONEY.fullmatch(plain)
    if found is None or not GROUPED.fullmatch(found[1]):
        raise Refusal("number", _("“%s” is no number. Write digits alone.") % shown(written))
    return Decimal(found[1].replace(",", "")), notes


def month() -> Cleaner:
    """2026-05, 2026年5月, 2026.5, 202605, or a day of it. A month that has not begun is refused."""

    def clean(cell: Cell, as_of: date) -> Cleaned:
        value = resolved(cell)
        found = Month.of(value) if isinstance(value, date) else _month_of(str(value))
        if found.first > as_of:
            raise Refusal("month_ahead", _("This month has not begun."))
        return Cleaned(str(found))

    return cleaner(clean)


def _month_of(text: str) -> Month:
    plain = unicodedata.normalize("NFKC", text).strip()
    found = MONTH.match(plain) or COMPACT_MONTH.fullmatch(plain)
    if found is None:
        raise Refusal("month", _("Write the month as 2026-05."))
    return Month(int(found[1]), int(found[2]))


def signature() -> Cleaner:
    """Whether somebody signed: anything written there is a signature, but for words that say he did not."""

    def clean(cell: Cell, as_of: date) -> Cleaned:
        written, notes = tidied(str(resolved(cell)))
        if not written or written in EMPTY_MARKS:
            return Cleaned(None, notes)
        return Cleaned("no" if folded(written) in NOT_SIGNED else "yes", notes)

    return cleaner(clean)


def tail() -> Cleaner:
    """The last four characters of an ID or card number, starred before them or not; a number whose end is lost is refused."""

    def clean(cell: Cell, as_of: date) -> Cleaned:
        written, notes = tidied(typed(cell))
        plain = unicodedata.normalize("NFKC", written).replace(" ", "").replace("-", "").strip("'’‘`").upper()
        if not plain or plain in EMPTY_MARKS:
            return Cleaned(None, notes)
        found = ENDS.fullmatch(plain)
        if found is None:
            raise Refusal("tail", _("A number, or its last four characters."))
        return Cleaned(found[1], notes)

    return cleaner(clean)


def mark() -> Cleaner:
    """One day of the matrix: a mark, or days' work as a number."""

    def clean(cell: Cell, as_of: date) -> Cleaned:
        value = resolved(cell)
        if isinstance(value, str) and (known := MARKS.get(folded(value))) is not None:
            return Cleaned(known)
        if isinstance(value, str) and folded(value) not in EMPTY_MARKS and not MONEY.fullmatch(folded(value)):
            raise Refusal("mark", _("“%s” is no mark that is known here. Use √, ×, △ or a number.") % shown(value))
        found = days(cell, as_of)
        if found.value is not None and found.value > MOST_OF_A_DAY:
            raise Refusal("hours", _("More than two days' work on one day: are these hours?"))
        return found

    days = amount()
    return cleaner(clean)
