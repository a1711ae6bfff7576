"""Workbooks, by the fast reader. The only module that may import it, and it runs only in the child process: a 3 KB file can make
it abort (one stray cell in the last row and column asks for 549 GB), which here costs a message and nothing else.

Formulas, error cells and hidden rows are known in .xlsx only; in the other formats a computed cell is what it showed.
"""

import zipfile
from collections.abc import Iterator, Sequence
from io import BytesIO
from itertools import islice
from typing import Any

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from imports.reading import limits
from imports.reading.cells import CellError, Formula
from imports.reading.faults import Unreadable
from imports.reading.guard import Kind
from imports.reading.markup import Markup, read_markup, sheet_parts

Frame = dict[str, Any]
Row = tuple[int, list[Any]]
CHUNK_ROWS = 500


def frames(data: bytes, kind: Kind) -> Iterator[Frame]:
    """The workbook as frames of the wire: for every visible sheet its head, then its filled rows in chunks."""
    try:
        book = CalamineWorkbook.from_filelike(BytesIO(data))
        visible = [sheet for sheet in book.sheets_metadata if sheet.visible == SheetVisibleEnum.Visible]
        yield {"hidden_sheets": [sheet.name for sheet in book.sheets_metadata if sheet not in visible]}
        if len(visible) > limits.MAX_SHEETS:
            raise Unreadable("too_many_sheets", limit=limits.MAX_SHEETS)
        for sheet in visible:
            if sheet.typ == SheetTypeEnum.WorkSheet:
                markup = _markup(data, sheet.name) if kind is Kind.XLSX else Markup()
                yield from _sheet_frames(book.get_sheet_by_name(sheet.name), markup)
    except PasswordError as error:
        raise Unreadable("encrypted") from error
    except CalamineError as error:
        raise Unreadable("corrupt") from error


def _markup(data: bytes, sheet_name: str) -> Markup:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        part = sheet_parts(archive).get(sheet_name)
        return read_markup(archive, part) if part else Markup()


def _sheet_frames(sheet: CalamineSheet, markup: Markup) -> Iterator[Frame]:
    if sheet.end and sheet.end[1] >= limits.MAX_COLUMNS:
        raise Unreadable("too_many_columns", limit=limits.MAX_COLUMNS)
    merges = [(top + 1, left, bottom + 1, right) for (top, left), (bottom, right) in sheet.merged_cell_ranges or []]
    yield {"sheet": sheet.name, "hidden_rows": markup.hidden_rows, "merges": [m for m in merges if m[0] <= limits.HEAD_ROWS]}
    rows = _filled_rows(sheet, markup)
    if tall := [merge for merge in merges if merge[2] > merge[0]]:
        rows = _filled_down(rows, tall)
    while chunk := list(islice(rows, CHUNK_ROWS)):
        yield {"rows": chunk}


def _filled_rows(sheet: CalamineSheet, markup: Markup) -> Iterator[Row]:
    left = [""] * (sheet.start[1] if sheet.start else 0)
    for number, cells in enumerate(sheet.iter_rows(), start=1):
        row = left + cells if left else cells
        if number in markup.formulas or number in markup.errors:
            _mark(row, markup.formulas.get(number, ()), markup.errors.get(number, ()))
        if any(row):
            if number > limits.MAX_ROWS:
                raise Unreadable("too_many_rows", row=number, limit=limits.MAX_ROWS)
            yield number, row


def _mark(row: list[Any], formulas: Sequence[int], errors: Sequence[int]) -> None:
    row.extend([""] * (max((*formulas, *errors)) + 1 - len(row)))
    for index in formulas:
        row[index] = Formula(row[index])
    for index in errors:
        row[index] = CellError("")


def _filled_down(rows: Iterator[Row], merges: list[tuple[int, int, int, int]]) -> Iterator[Row]:
    """A value merged over several rows (one team, ten people) stands only in the first of them; give it to each."""
    waiting = sorted(merges, reverse=True)
    open_merges: list[tuple[int, int, Any]] = []
    for number, row in rows:
        open_merges = [merge for merge in open_merges if merge[0] >= number]
        for _, column, value in open_merges:
            if column < len(row) and row[column] == "":
                row[column] = value
        while waiting and waiting[-1][0] <= number:
            top, column, bottom, _ = waiting.pop()
            if top == number and column < len(row):
                open_merges.append((bottom, column, row[column]))
        yield number, row
