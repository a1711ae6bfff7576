"""The rows of a table, cleaned and judged, some hundred at a time.

Written for 100,000 rows: a stretch of rows is read column by column, and a text that a column has seen is not cleaned again.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import repeat
from typing import Any

from django.utils.translation import gettext as _

from core.personal import Personal
from imports.cleaners import written_out
from imports.days import is_bare
from imports.reading.cells import Cell, Formula, Row
from imports.sheets import CheckedRow, Cleaned, Cleaner, Column, Issue, Level, Note, SheetDefinition

REMEMBERED = 20_000  # different texts of one column whose value is kept: nearly all of them but numbers of persons
COMMENTS = 2_000
UNKNOWN: Any = object()
EMPTY = Cleaned(None)

RowsFind = Callable[[list[CheckedRow]], list[Issue]]


@dataclass(slots=True)
class _Reader:
    """A column of the definition at its place in the table; a field without a column may have one text for every row."""

    header: str
    clean: Cleaner
    is_required: bool
    as_of: date
    index: int | None
    constant: str
    values: dict[Cell, Any] = field(default_factory=dict)  # of cells of which there is nothing to say
    comments: dict[Cell, Cleaned] = field(default_factory=dict)  # of the others

    def read(self, cells: Sequence[Cell], rows: Sequence[Row], issues: list[list[Issue]]) -> list[Any]:
        """The values of a stretch of rows; what there is to say goes to each row's `issues`."""
        values = list(map(self.values.get, cells, repeat(UNKNOWN)))
        for place in [place for place, value in enumerate(values) if value is UNKNOWN]:
            cell = cells[place]
            values[place], notes = self.comments.get(cell) or self._cleaned(cell)
            for note in notes:
                issues[place].append(Issue(note.level, note.code, note.text, rows[place][0], self.header))
        return values

    def _cleaned(self, cell: Cell) -> Cleaned:
        cleaned = self.clean(cell, self.as_of) if cell != "" else EMPTY
        if isinstance(cleaned.value, Personal):  # nearly every one is another
            return cleaned
        if cleaned.value is None and self.is_required and not cleaned.is_wrong:
            cleaned = Cleaned(None, (*cleaned.notes, Note("required", _("Must not be empty."))))
        if _can_be_remembered(cell):
            if cleaned.notes and len(self.comments) < COMMENTS:
                self.comments[cell] = cleaned
            elif not cleaned.notes and len(self.values) < REMEMBERED:
                self.values[cell] = cleaned.value
        return cleaned


def _can_be_remembered(cell: Cell) -> bool:
    """Not numbers: 1, 1.0 and True are one key. Most formulas show one of few texts."""
    return isinstance(cell, str | date) or (isinstance(cell, Formula) and isinstance(cell.cached, str))


class Judge:
    """`places`: field → index of its column; `constants`: field → text, for fields without one; `width`: columns of the table."""

    def __init__(
        self, definition: SheetDefinition, places: Mapping[str, int], width: int, as_of: date, constants: Mapping[str, str]
    ) -> None:
        def reader(column: Column) -> _Reader | None:
            index, constant = places.get(column.field), constants.get(column.field, "")
            is_absent = index is None and column.field not in constants
            return None if is_absent else _Reader(column.header, column.clean, column.required, as_of, index, constant)

        self.places = places
        self._definition, self._width, self._as_of = definition, width, as_of
        self._fields = [column.field for column in definition.columns]
        self._readers = [reader(column) for column in definition.columns]

    def judged(self, rows: Sequence[Row], hidden: Collection[int] = ()) -> list[CheckedRow]:
        """A CheckedRow for each of `rows`, with what there is to say about it, whatever the other rows are."""
        for _number, cells in rows:
            if len(cells) < self._width:
                cells.extend(repeat("", self._width - len(cells)))
        issues: list[list[Issue]] = [[] for _row in rows]
        checked = [
            CheckedRow(number, values, cells, found)
            for (number, cells), values, found in zip(rows, self._values(rows, issues), issues, strict=True)
        ]
        for row in checked:
            self._apply_rules(row)
            if hidden or len(row.cells) > self._width:
                self._look_around(row, hidden)
        return checked

    def _values(self, rows: Sequence[Row], issues: list[list[Issue]]) -> list[dict[str, Any]]:
        columns: list[Sequence[Cell]] = list(zip(*(cells for _number, cells in rows), strict=False))
        nothing = [None] * len(rows)
        values = []
        for reader in self._readers:
            if reader is None:
                values.append(nothing)
            else:
                cells = [reader.constant] * len(rows) if reader.index is None else columns[reader.index]
                values.append(reader.read(cells, rows, issues))
        return [dict(zip(self._fields, row, strict=True)) for row in zip(*values, strict=True)]

    def _apply_rules(self, row: CheckedRow) -> None:
        """Rules between the cells of a row. A cell that is already wrong is not judged again."""
        wrong = {issue.column for issue in row.issues if issue.level is Level.ERROR} if row.issues else ()
        for rule in self._definition.row_rules:
            for name, note in rule(row.values, self._as_of):
                header = self._definition.column(name).header
                if header not in wrong:
                    _say(row, header, note)

    def _look_around(self, row: CheckedRow, hidden: Collection[int]) -> None:
        if row.number in hidden:
            _say(row, None, Note("hidden_row", _("Hidden in the workbook; imported like any other."), Level.WARNING))
        if any(row.cells[self._width :]):
            text = _("More columns than the header row: a comma inside a text needs quotation marks around the text.")
            _say(row, None, Note("extra_cells", text))


def refuse_bare_days(rows: list[CheckedRow], places: Mapping[str, int], definition: SheetDefinition) -> None:
    """In a workbook that counts days from 1904: a bare number may come from there, or have been copied from elsewhere.

    The cell keeps a note of that, so that nobody who reads it again takes it for a day after all.
    """
    text = _("This workbook counts days from 1904, so a bare number is no certain date. Type the date.")
    for row in rows:
        for name, index in places.items():
            if isinstance(row.values[name], date) and is_bare(row.cells[index]):
                row.values[name], row.cells[index] = None, f"{written_out(row.cells[index])}(1904)"
                _say(row, definition.column(name).header, Note("date_ambiguous", text))


def _say(row: CheckedRow, header: str | None, note: Note) -> None:
    row.issues.append(Issue(note.level, note.code, note.text, row.number, header))


def sheet_issues(definition: SheetDefinition) -> RowsFind:
    """Made once for a file, then given its rows from top to bottom, some at a time: what the others have to do with each."""
    judges = [rule() for rule in definition.sheet_rules]

    def find(rows: list[CheckedRow]) -> list[Issue]:
        return [
            Issue(note.level, note.code, note.text, row.number, definition.column(name).header if name else None, True)
            for judge in judges
            for row, name, note in judge(rows)
        ]

    return find
