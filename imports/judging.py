"""The rows of a table, cleaned and judged, all of them in one pass.

Written for 100,000 rows: plain dicts and lists, no object for a cell, and a text that a column has seen is not cleaned again.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from imports.finding import Row, Table
from imports.reading.cells import Cell
from imports.sheets import CheckedRow, Cleaned, Cleaner, Issue, Level, Note, SheetDefinition

REMEMBERED = 5_000  # different texts of one column whose outcome is kept: enough for all columns but names and numbers


@dataclass(slots=True)
class _Reader:
    """A column of the definition at its place in the table, reading cell after cell."""

    name: str
    header: str
    index: int
    clean: Cleaner
    is_required: bool
    memory: dict[Any, Cleaned] = field(default_factory=dict)  # by text

    def read(self, cell: Cell, as_of: date) -> Cleaned:
        cleaned = self.clean(cell, as_of) if cell != "" else Cleaned(None)
        if cleaned.value is None and self.is_required and not cleaned.is_wrong:
            cleaned = Cleaned(None, (*cleaned.notes, Note("required", _("Must not be empty."))))
        if isinstance(cell, str) and len(self.memory) < REMEMBERED:
            self.memory[cell] = cleaned
        return cleaned


def judged(definition: SheetDefinition, table: Table, rows: Iterable[Row], as_of: date) -> list[CheckedRow]:
    """A CheckedRow for each of `rows`, with everything there is to say about it."""
    places = {column.field: column.index for column in table.map.columns if column.field}
    readers = [
        _Reader(column.field, column.header, places[column.field], column.clean, column.required)
        for column in definition.columns
        if column.field in places
    ]
    absent = dict.fromkeys(column.field for column in definition.columns if column.field not in places)
    width = len(table.map.columns)
    checked = []
    for number, cells in rows:
        row = CheckedRow(number, dict(absent), cells + [""] * (width - len(cells)))
        _read(row, readers, as_of)
        _apply_rules(row, definition, as_of)
        _look_around(row, table)
        checked.append(row)
    _compare(checked, definition)
    return checked


def _read(row: CheckedRow, readers: list[_Reader], as_of: date) -> None:
    cells, values = row.cells, row.values
    for reader in readers:
        cell = cells[reader.index]
        value, notes = reader.memory.get(cell) or reader.read(cell, as_of)
        values[reader.name] = value
        for note in notes:
            _say(row, reader.header, note)


def _say(row: CheckedRow, header: str | None, note: Note) -> None:
    row.issues.append(Issue(note.level, note.code, note.text, row.number, header))


def _apply_rules(row: CheckedRow, definition: SheetDefinition, as_of: date) -> None:
    """Rules between the cells of a row. A cell that is already wrong is not judged again."""
    wrong = {issue.column for issue in row.issues if issue.level is Level.ERROR} if row.issues else ()
    for rule in definition.row_rules:
        for name, note in rule(row.values, as_of):
            header = definition.column(name).header
            if header not in wrong:
                _say(row, header, note)


def _look_around(row: CheckedRow, table: Table) -> None:
    if row.number in table.sheet.hidden_rows:
        _say(row, None, Note("hidden_row", _("Hidden in the workbook; imported like any other."), Level.WARNING))
    beyond = row.cells[len(table.map.columns) :]
    if any(beyond):
        text = _("More columns than the header row: a comma inside a text needs quotation marks around the text.")
        _say(row, None, Note("extra_cells", text))


def _compare(rows: list[CheckedRow], definition: SheetDefinition) -> None:
    """Rules between the rows of the file."""
    for rule in definition.sheet_rules:
        for row, name, note in rule(rows):
            _say(row, definition.column(name).header if name else None, note)
