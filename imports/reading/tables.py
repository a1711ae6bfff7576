"""Workbooks, by the fast reader. The only module that may import it, and it runs only in the child process: a 3 KB file can make
it abort (one stray cell in the last row and column asks for 549 GB), which here costs a message and nothing else.

Formulas, error cells and hidden rows are known in .xlsx only; in the other formats a computed cell is what it showed.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from io import BytesIO
from itertools import islice
from typing import Any

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from imports.reading import limits
from imports.reading.cells import CellError, Formula, Row
from imports.reading.faults import Unreadable
from imports.reading.guard import Container, Kind
from imports.reading.heads import Head, Merge, head
from imports.reading.markup import Markup, markups


@contextmanager
def _understood() -> Iterator[None]:
    """The reader's complaints in our words."""
    try:
        yield
    except PasswordError as error:
        raise Unreadable("encrypted") from error
    except CalamineError as error:
        raise Unreadable("corrupt") from error


class Book:
    """The visible sheets of a workbook, by their places."""

    def __init__(self, data: bytes, container: Container) -> None:
        with _understood():
            self._book = CalamineWorkbook.from_filelike(BytesIO(data))
            sheets = list(enumerate(self._book.sheets_metadata))
        visible = [(index, sheet) for index, sheet in sheets if sheet.visible == SheetVisibleEnum.Visible]
        if len(visible) > limits.MAX_SHEETS:
            raise Unreadable("too_many_sheets", limit=limits.MAX_SHEETS)
        self.hidden_sheets = [sheet.name for _index, sheet in sheets if sheet.visible != SheetVisibleEnum.Visible]
        self._indexes = [index for index, sheet in visible if sheet.typ == SheetTypeEnum.WorkSheet]
        names = [sheets[index][1].name for index in self._indexes]
        self._markups = markups(data, container.scans, names) if container.kind is Kind.XLSX else [Markup() for _name in names]
        self._kept: dict[int, CalamineSheet] = {}

    def heads(self) -> Iterator[Head]:
        for place in range(len(self._indexes)):
            sheet = self._sheet(place)
            if sheet.end and sheet.end[1] >= limits.MAX_COLUMNS:
                raise Unreadable("too_many_columns", limit=limits.MAX_COLUMNS)
            rows = list(islice(self.rows(place), limits.HEAD_ROWS + 1))
            yield head(sheet.name, rows, sheet.end[0] + 1 if sheet.end else 0, _merges(sheet))

    def hidden_rows(self, place: int) -> set[int]:
        return self._markups[place].hidden_rows

    def rows(self, place: int) -> Iterator[Row]:
        """The filled rows of a sheet."""
        sheet = self._sheet(place)
        rows = _filled_rows(sheet, self._markups[place])
        tall = [merge for merge in _merges(sheet) if merge[2] > merge[0]]
        return _filled_down(rows, tall) if tall else rows

    def _sheet(self, place: int) -> CalamineSheet:
        """Kept for when it is chosen, unless others want the memory: reading a sheet is most of the work."""
        if place not in self._kept:
            if sum(sheet.height * sheet.width for sheet in self._kept.values()) > limits.KEPT_CELLS:
                self._kept.clear()
            with _understood():
                self._kept[place] = self._book.get_sheet_by_index(self._indexes[place])
        return self._kept[place]


def _merges(sheet: CalamineSheet) -> list[Merge]:
    return [(top + 1, left, bottom + 1, right) for (top, left), (bottom, right) in sheet.merged_cell_ranges or []]


def _filled_rows(sheet: CalamineSheet, markup: Markup) -> Iterator[Row]:
    left = [""] * (sheet.start[1] if sheet.start else 0)
    for number, cells in enumerate(sheet.iter_rows(), start=1):
        row: list[Any] = [*left, *cells] if left else cells
        if number in markup.formulas or number in markup.errors:
            _mark(row, markup.formulas.get(number, ()), markup.errors.get(number, ()))
        if any(row):
            if number > limits.MAX_ROWS:
                raise Unreadable("too_many_rows", row=number, limit=limits.MAX_ROWS)
            yield number, row


def _mark(row: list[Any], formulas: Sequence[int], errors: Sequence[int]) -> None:
    width = max((*formulas, *errors)) + 1
    if width > limits.MAX_COLUMNS:
        raise Unreadable("too_many_columns", limit=limits.MAX_COLUMNS)
    row.extend([""] * (width - len(row)))
    for index in formulas:
        row[index] = Formula(row[index])
    for index in errors:
        row[index] = CellError("")


def _filled_down(rows: Iterator[Row], merges: list[Merge]) -> Iterator[Row]:
    """A value merged over several rows (one team, ten people) stands only in the first of them; give it to each."""
    waiting = sorted(merges, reverse=True)
    under_way: dict[int, tuple[int, Any]] = {}  # column → (last row, value)
    for number, row in rows:
        for column, (last, value) in list(under_way.items()):
            if last < number:
                del under_way[column]
            elif column < len(row) and row[column] == "":
                row[column] = value
        while waiting and waiting[-1][0] <= number:
            top, column, bottom, _right = waiting.pop()
            if top == number and column < len(row):
                under_way[column] = (bottom, row[column])
        yield number, row
