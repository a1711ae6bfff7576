"""Workbooks, by the fast reader. The only module that may import it, and it runs only in the child process: a 3 KB file can make
it abort (one stray cell in the last row and column asks for 549 GB), which here costs a message and nothing else.

What it does not tell (formulas, error cells, hidden rows) comes from a look of our own at each format: parts.py, opendocument.py,
biff.py.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from io import BytesIO
from itertools import islice
from typing import Any

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from imports.reading import limits
from imports.reading.biff import Records
from imports.reading.cells import CellError, Formula, Row
from imports.reading.faults import Unreadable
from imports.reading.guard import Container, Kind
from imports.reading.heads import Head, Merge, head
from imports.reading.markup import Markup
from imports.reading.opendocument import Tables
from imports.reading.parts import Facts, Parts


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
        self._records = Records(data) if container.kind is Kind.XLS else None  # first: it knows a password when it sees one
        with _understood():
            self._book = CalamineWorkbook.from_filelike(BytesIO(data))
            sheets = list(enumerate(self._book.sheets_metadata))
        visible = [(index, sheet) for index, sheet in sheets if sheet.visible == SheetVisibleEnum.Visible]
        if len(visible) > limits.MAX_SHEETS:
            raise Unreadable("too_many_sheets", limit=limits.MAX_SHEETS)
        self.hidden_sheets = [sheet.name for _index, sheet in sheets if sheet.visible != SheetVisibleEnum.Visible]
        self._indexes = [index for index, sheet in visible if sheet.typ == SheetTypeEnum.WorkSheet]
        self._names = [sheets[index][1].name for index in self._indexes]
        if len(set(self._names)) < len(self._names):
            raise Unreadable("corrupt")
        self._parts = Parts(data) if container.kind is Kind.XLSX else None
        self._facts = self._look(data, container)
        self._kept: dict[int, CalamineSheet] = {}
        self._found = 0  # filled cells of the sheet that is being read

    def _look(self, data: bytes, container: Container) -> Facts:
        if self._parts:
            return self._parts.facts(container.sheets, self._names)
        if self._records:
            return Facts(self._records.markups(self._indexes), self._records.is_1904)
        if container.document.is_marked:
            tables = Tables(data, self._names)
            return Facts([tables.markups[name] for name in self._names], tables.is_1904)
        return Facts([Markup() for _name in self._names])

    def heads(self) -> Iterator[Head]:
        for place in range(len(self._indexes)):
            sheet = self._sheet(place)
            if sheet.end and sheet.end[1] >= limits.MAX_COLUMNS:
                raise Unreadable("too_many_columns", limit=limits.MAX_COLUMNS)
            merges = _merges(sheet, self._facts.markups[place])
            rows = list(islice(_filled_down(self._filled_rows(place), merges), limits.HEAD_ROWS + 1))
            yield head(sheet.name, rows, sheet.end[0] + 1 if sheet.end else 0, merges)

    @property
    def is_1904(self) -> bool:
        return self._facts.is_1904

    def hidden_rows(self, place: int) -> set[int]:
        return self._facts.markups[place].hidden_rows

    def rows(self, place: int) -> Iterator[Row]:
        """The filled rows of a sheet. Where they hold fewer cells than the file, some were given twice."""
        markup = self._facts.markups[place]
        yield from _filled_down(self._filled_rows(place), _merges(self._sheet(place), markup))
        if self._parts and self._found != markup.filled:
            self._parts.refuse_cells_given_twice(self._names[place])

    def _filled_rows(self, place: int) -> Iterator[Row]:
        sheet, markup = self._sheet(place), self._facts.markups[place]
        left = [""] * (sheet.start[1] if sheet.start else 0)
        odd = markup.formulas.keys() | markup.errors.keys() | markup.months.keys()
        self._found = 0
        for number, cells in enumerate(sheet.iter_rows(), start=1):
            self._found += len(cells) - cells.count("")
            row: list[Any] = [*left, *cells] if left else cells
            if number in odd:
                _mark(row, number, markup)
            if any(row):
                if number > limits.MAX_ROWS:
                    raise Unreadable("too_many_rows", row=number, limit=limits.MAX_ROWS)
                yield number, row

    def _sheet(self, place: int) -> CalamineSheet:
        """Kept for when it is chosen, unless others want the memory: reading a sheet is most of the work."""
        if place not in self._kept:
            if sum(sheet.height * sheet.width for sheet in self._kept.values()) > limits.KEPT_CELLS:
                self._kept.clear()
            self._kept[place] = self._load(place)
        return self._kept[place]

    def _load(self, place: int) -> CalamineSheet:
        with _understood():
            return self._book.get_sheet_by_index(self._indexes[place])


def _merges(sheet: CalamineSheet, markup: Markup) -> list[Merge]:
    told = [(top + 1, left, bottom + 1, right) for (top, left), (bottom, right) in sheet.merged_cell_ranges or []]
    return told or markup.merges


def _mark(row: list[Any], number: int, markup: Markup) -> None:
    """Give the odd cells of a row their kinds."""
    formulas, errors = markup.formulas.get(number, ()), markup.errors.get(number, ())
    width = max((*formulas, *errors), default=-1) + 1
    if width > limits.MAX_COLUMNS:
        raise Unreadable("too_many_columns", limit=limits.MAX_COLUMNS)
    row.extend([""] * (width - len(row)))
    for index in markup.months.get(number, ()):
        if index < len(row) and isinstance(row[index], date) and row[index].day == 1:
            row[index] = f"{row[index]:%Y-%m}"  # nobody wrote the first: somebody wrote a month
    for index in formulas:
        row[index] = Formula(row[index])
    for index in errors:
        row[index] = CellError("")


def _filled_down(rows: Iterator[Row], merges: list[Merge]) -> Iterator[Row]:
    """A value merged over several rows (one team, ten people) stands only in the first of them; give it to each."""
    waiting = sorted((merge for merge in merges if merge[2] > merge[0]), reverse=True)
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
