"""Workbooks in which nothing computes and nothing turns into a number. They leave the house through core.exports.

    book = Book()
    sheet = book.sheet("花名册", [SheetColumn(format=Format.TEXT), SheetColumn(format=Format.DAY)], frozen="A2")
    sheet.append([Styled("姓名", Look.HEADER), Styled("进场日期", Look.HEADER, comment="…")])
    sheet.append(["=1+1", Styled(date(2026, 3, 1))])                      # the first is four characters
    content = book.content()

Text is typed as text whatever it begins with. Rows are streamed: a row is on paper before the next one is made.
"""

import io
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import zip_longest
from typing import Any

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.utils.datetime import to_excel
from openpyxl.worksheet.datavalidation import DataValidation

LAST_ROW = 1_048_576
LONGEST_NAME, LONGEST_TITLE, LONGEST_MESSAGE = 31, 32, 255  # of a sheet, of a warning: beyond them Excel calls the file damaged
MAX_COMMENTS = 2_000  # of a sheet: each is a drawing, and Excel takes minutes over ten thousand
COMMENT_WIDTH, COMMENT_LINE = 280, 20  # pixels; so wide a line holds 22 Chinese characters
# What XML cannot hold. The mark in their place shows that something was there.
UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
ESCAPED = re.compile("_(?=x[0-9A-Fa-f]{4}_)")  # Excel reads _x0041_ in a text as "A"
NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\\x00-\x1f\ud800-\udfff\ufffe\uffff]+")
NO_VALUE = object()  # shows as #N/A: something stood here, nobody knows what


class Format(StrEnum):
    """What is typed into a column becomes this."""

    OPEN = "General"  # whatever the spreadsheet program makes of it
    TEXT = "@"  # an ID number keeps its 18 digits
    DAY = "yyyy-mm-dd"


class Look(StrEnum):
    PLAIN = "plain"
    TITLE = "title"
    NOTE = "note"
    HEADING = "heading"
    HEADER = "header"  # a heading on a ground of its own
    PROSE = "prose"
    EXAMPLE = "example"
    WRONG = "wrong"
    DOUBTFUL = "doubtful"


MIDDLE, WRAPPED = Alignment(vertical="center"), Alignment(vertical="top", wrap_text=True)
LOOKS: dict[Look, dict[str, Any]] = {
    Look.PLAIN: {},
    Look.TITLE: {"font": Font(bold=True, size=16)},
    Look.NOTE: {"font": Font(color="666666")},
    Look.HEADING: {"font": Font(bold=True)},
    Look.HEADER: {"font": Font(bold=True), "fill": PatternFill("solid", fgColor="E7E6E6")},
    Look.PROSE: {"alignment": WRAPPED},
    Look.EXAMPLE: {"font": Font(color="808080", italic=True)},
    Look.WRONG: {"fill": PatternFill("solid", fgColor="FFC7CE")},
    Look.DOUBTFUL: {"fill": PatternFill("solid", fgColor="FFE699")},
}


@dataclass(frozen=True, slots=True)
class Styled:
    """A cell with a look; it is text, or a day in a column of days. None is an empty cell to type into."""

    value: Any
    look: Look = Look.PLAIN
    comment: str = ""


@dataclass(frozen=True, slots=True)
class Check:
    """What may be typed into a column, and the message for whoever types something else. What is pasted goes past it."""

    title: str
    message: str
    is_strict: bool = True  # otherwise the spreadsheet program asks whether it is meant

    def rule(self, book: "Book") -> dict[str, Any]:
        raise NotImplementedError


@dataclass(frozen=True, slots=True, kw_only=True)
class OneOf(Check):
    """One of a list, which drops down."""

    options: tuple[str, ...]

    def rule(self, book: "Book") -> dict[str, Any]:
        return {"type": "list", "formula1": book.place_of(self.options)}


@dataclass(frozen=True, slots=True, kw_only=True)
class OfLength(Check):
    shortest: int
    longest: int

    def rule(self, book: "Book") -> dict[str, Any]:
        return {"type": "textLength", "operator": "between", "formula1": str(self.shortest), "formula2": str(self.longest)}


@dataclass(frozen=True, slots=True, kw_only=True)
class DayFrom(Check):
    earliest: date

    def rule(self, book: "Book") -> dict[str, Any]:
        return {"type": "date", "operator": "greaterThanOrEqual", "formula1": str(int(to_excel(self.earliest)))}


@dataclass(frozen=True, slots=True)
class SheetColumn:
    width: int = 14
    format: Format = Format.OPEN
    check: Check | None = None


class Book:
    def __init__(self) -> None:
        self._book = Workbook(write_only=True)
        self._book.properties.creator = "Lianxin"
        self._options: list[tuple[str, ...]] = []
        self._options_sheet: Any = None

    def sheet(self, name: str, columns: Sequence[SheetColumn], *, frozen: str = "") -> "Sheet":
        """A sheet whose rows are written one by one; the rows above the cell `frozen` stay in sight."""
        return Sheet(self, self._book.create_sheet(sheet_name(name)), columns, frozen)

    def place_of(self, options: tuple[str, ...]) -> str:
        """Where a list to choose from stands: a hidden sheet holds lists of any length, with commas in them or not."""
        if self._options_sheet is None:
            self._options_sheet = self._book.create_sheet(sheet_name(_("Options")))
            self._options_sheet.sheet_state = "hidden"
        if options not in self._options:
            self._options.append(options)
        letter = get_column_letter(self._options.index(options) + 1)
        return f"{quote_sheetname(self._options_sheet.title)}!${letter}$1:${letter}${len(options)}"

    def content(self) -> bytes:
        if self._options_sheet is not None:
            lists = Sheet(self, self._options_sheet, [SheetColumn()] * len(self._options), "")
            for row in zip_longest(*self._options):
                lists.append(row)
        stream = io.BytesIO()
        self._book.save(stream)
        return stream.getvalue()


class Sheet:
    def __init__(self, book: Book, sheet: Any, columns: Sequence[SheetColumn], frozen: str) -> None:
        self._sheet, self._columns = sheet, columns
        self._cells: dict[tuple[Format, Look], WriteOnlyCell] = {}
        self._comments = 0
        self.height = 0
        sheet.freeze_panes = frozen or None
        for index, column in enumerate(columns, start=1):
            letter = get_column_letter(index)
            sheet.column_dimensions[letter].width = column.width
            if column.format is not Format.OPEN:
                sheet.column_dimensions[letter].number_format = column.format.value
            if column.check:
                sheet.data_validations.append(_validation(column.check, f"{letter}2:{letter}{LAST_ROW}", book))

    def append(self, cells: Iterable[Any]) -> None:
        """A row of texts, `Styled` cells, and numbers and days, which without a look stay bare."""
        self._sheet.append(self._written(cells))
        self.height += 1

    def offer_filter(self, width: int) -> None:
        """Buttons to sort and filter by, in row 1, over all rows so far."""
        self._sheet.auto_filter.ref = f"A1:{get_column_letter(width)}{self.height}"

    def _written(self, cells: Iterable[Any]) -> Iterator[Any]:
        """One cell object serves all cells of a look: the library writes each before it asks for the next. Twice as fast."""
        for place, cell in enumerate(cells):
            if isinstance(cell, Styled):
                yield self._filled(place, cell)
            elif isinstance(cell, str):
                yield self._filled(place, Styled(cell))
            else:
                yield cell

    def _filled(self, place: int, styled: Styled) -> WriteOnlyCell:
        is_day = place < len(self._columns) and self._columns[place].format is Format.DAY
        key = Format.DAY if is_day else Format.TEXT, styled.look
        if styled.comment and self._comments < MAX_COMMENTS:
            self._comments += 1
            cell = self._new_cell(*key)
            cell.comment = _comment(styled.comment)
        else:
            cell = self._cells.get(key) or self._cells.setdefault(key, self._new_cell(*key))
        _fill(cell, styled.value)
        return cell

    def _new_cell(self, number_format: Format, look: Look) -> WriteOnlyCell:
        cell = WriteOnlyCell(self._sheet)
        cell.number_format = number_format.value
        cell.alignment = MIDDLE
        for name, value in LOOKS[look].items():
            setattr(cell, name, value)
        return cell


def writable(text: str) -> str:
    """As a spreadsheet program shows the same text again."""
    return ESCAPED.sub("_x005F_", UNWRITABLE.sub("\ufffd", text))


def sheet_name(title: str) -> str:
    """Without what names of sheets may not have; never empty."""
    return NOT_IN_NAMES.sub(" ", title)[:LONGEST_NAME].strip(" '") or _("Table")


def display_width(text: str) -> int:
    """In columns of a digit: Chinese characters take two."""
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)


def _fill(cell: WriteOnlyCell, value: Any) -> None:
    if isinstance(value, str):
        cell.value = writable(value) or None
        cell.data_type = "s" if value else "n"
    elif value is NO_VALUE:
        cell.value = "#N/A"
        cell.data_type = "e"
    else:
        cell.value = value


def _comment(text: str) -> Comment:
    lines = sum(1 + display_width(line) // 44 for line in text.splitlines()) + 1
    return Comment(writable(text), _("Lianxin"), height=lines * COMMENT_LINE, width=COMMENT_WIDTH)


def _validation(check: Check, cells: str, book: Book) -> DataValidation:
    return DataValidation(
        sqref=cells,
        allow_blank=True,
        showErrorMessage=True,
        errorStyle="stop" if check.is_strict else "warning",
        errorTitle=writable(check.title)[:LONGEST_TITLE],
        error=writable(check.message)[:LONGEST_MESSAGE],
        **check.rule(book),
    )
