"""The ways people write a day in a sheet, and the ones that cannot be understood without guessing."""

import re
import unicodedata
from datetime import date, datetime, timedelta
from math import isfinite

from django.utils.translation import gettext as _

from imports.reading.cells import Cell

SERIAL_ZERO = date(1899, 12, 30)  # Excel's day 0 for every day after February 1900
SERIALS = range(20_000, 60_000)  # 1954 to 2064
YEARS = range(1900, 2200)
TIME_OF_DAY = re.compile(r"[T\s]\s*\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?\s*$|T00:00(:00(\.0+)?)?Z$")
DASHES = str.maketrans(dict.fromkeys("‐‑‒–—−─", "-"))
FULL = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})[日号]?")
EIGHT_DIGITS = re.compile(r"(\d{4})(\d{2})(\d{2})")
MONTH_ONLY = re.compile(r"\d{4}[-/.年]\d{1,2}月?")
LONGEST = 60  # characters of a day with its time and many blanks
SERIAL_TEXT = re.compile(r"[2-5]\d{4}")


class NotADay(ValueError):
    """`code` and a reason for people."""

    def __init__(self, code: str, reason: str) -> None:
        super().__init__(reason)
        self.code = code
        self.reason = reason


def is_bare(cell: Cell) -> bool:
    """Whether it takes the workbook's calendar to know the day: a count of days since its beginning."""
    if isinstance(cell, str):
        return SERIAL_TEXT.fullmatch(cell.strip()) is not None
    return isinstance(cell, int | float) and int(cell) in SERIALS


def day_of(cell: Cell) -> date:
    """The day that a filled cell means; raises NotADay."""
    match cell:
        case datetime():
            return cell.date()
        case date():
            return cell
        case bool():
            raise _unreadable()
        case int() | float():
            return _day_of_number(cell)
    return _day_of_text(str(cell))


def _day_of_number(number: float) -> date:
    if not isfinite(number):
        raise _unreadable()
    if int(number) in SERIALS:
        return SERIAL_ZERO + timedelta(days=int(number))
    if number == int(number) and len(str(int(number))) == 8:
        return _day_of_text(str(int(number)))
    if int(number) in YEARS:
        raise NotADay("date_ambiguous", _("A date such as 2026.1 may be January or October. Write it in full: 2026-01-31."))
    raise _unreadable()


def _day_of_text(text: str) -> date:
    if len(text) > LONGEST:
        raise _unreadable()
    folded = unicodedata.normalize("NFKC", text).translate(DASHES).strip(" '’‘`")
    plain = "".join(TIME_OF_DAY.sub("", folded).split())
    if found := FULL.fullmatch(plain) or EIGHT_DIGITS.fullmatch(plain):
        try:
            return date(int(found[1]), int(found[2]), int(found[3]))
        except ValueError:
            raise NotADay("date_impossible", _("No such date in the calendar.")) from None
    if SERIAL_TEXT.fullmatch(plain):
        return SERIAL_ZERO + timedelta(days=int(plain))
    if MONTH_ONLY.fullmatch(plain):
        raise NotADay("date_month", _("The date has no day. Write it in full: 2026-01-31."))
    raise _unreadable()


def _unreadable() -> NotADay:
    return NotADay("date", _("No date that can be read. Write it with a four-digit year: 2026-01-31."))
