"""A file in, judged rows out: the one function that the wizard and both commands call.

    checked = check(data, name, ROSTER, as_of, answers=Answers(sheet="甲队"))

`check` never raises for a bad file and never touches the database. All problems of all rows come back in one pass; as long as one
of them is an error, nothing of the file may be written.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _

from imports.characters import masked, shown
from imports.cleaners import written_out
from imports.finding import Answers, Row, Table, tables
from imports.judging import judged
from imports.mapping import MappedColumn
from imports.reading.cells import Cell
from imports.reading.reader import UnreadableFile, read
from imports.records import SkippedRow, records
from imports.sheets import CheckedRow, Issue, Level, SheetDefinition

__all__ = ["Answers", "CheckedSheet", "check"]

SAMPLE_ROWS = 3


@dataclass(slots=True)
class CheckedSheet:
    """`rows` stay readable for the preview when the sheet is not ok; `choices` are sheets when the person has to choose one."""

    sheet: str = ""
    header_row: int | None = None
    columns: list[MappedColumn] = field(default_factory=list)
    rows: list[CheckedRow] = field(default_factory=list)
    skipped: list[SkippedRow] = field(default_factory=list)
    choices: tuple[str, ...] = ()
    file_issues: list[Issue] = field(default_factory=list)

    @property
    def issues(self) -> list[Issue]:
        """Those of the file, then those of its rows from top to bottom."""
        return self.file_issues + [issue for row in self.rows for issue in row.issues]

    @property
    def errors(self) -> list[Issue]:
        return [issue for issue in self.issues if issue.level is Level.ERROR]

    @property
    def warnings(self) -> list[Issue]:
        return [issue for issue in self.issues if issue.level is Level.WARNING]

    @property
    def ok(self) -> bool:
        return not self.errors

    def as_written(self, row: CheckedRow) -> dict[str, str]:
        """What the file said in `row`, by column letter and header, with numbers of persons masked."""
        return {f"{column.letter} {shown(column.header)}": masked(_written(row.cells, column.index)) for column in self.columns}

    def samples(self, column: MappedColumn) -> list[str]:
        """The first few texts of a column, masked, for the person who says what it is."""
        return [masked(_written(row.cells, column.index)) for row in self.rows[:SAMPLE_ROWS]]


def check(data: bytes, name: str, definition: SheetDefinition, as_of: date, answers: Answers = Answers()) -> CheckedSheet:  # noqa: B008
    """Read, find, map and clean the file that somebody sent under `name`, judged as of a day."""
    try:
        book = read(data, name)
    except UnreadableFile as refusal:
        return CheckedSheet(file_issues=[Issue(Level.ERROR, refusal.code, refusal.message)])
    found = tables(definition, book.sheets, answers)
    if len(found) > 1:
        return _asked_for_sheet(found)
    if not found:
        return CheckedSheet(file_issues=[_no_header(definition, is_empty=not any(sheet.rows for sheet in book.sheets))])
    table = found[0]
    checked = CheckedSheet(sheet=table.sheet.name, header_row=table.header_row, columns=table.map.columns)
    rows, checked.skipped = records(definition, table)
    checked.file_issues = [*_structure(definition, table, rows), *_left_out(table, rows)]
    if checked.ok:
        checked.rows = judged(definition, table, rows, as_of)
    return checked


def _asked_for_sheet(found: list[Table]) -> CheckedSheet:
    names = tuple(table.sheet.name for table in found)
    text = _("The workbook holds more than one roster: %s. Choose the sheet to import, or send them one by one.")
    return CheckedSheet(choices=names, file_issues=[Issue(Level.ERROR, "multiple_sheets", text % "、".join(map(shown, names)))])


def _no_header(definition: SheetDefinition, *, is_empty: bool) -> Issue:
    if is_empty:
        return Issue(Level.ERROR, "no_rows", _("The file is empty: no visible sheet holds anything."))
    wanted = "、".join(column.header for column in definition.columns if column.required)
    return Issue(Level.ERROR, "no_header", _("No header row was found in the first rows. It must name at least: %s.") % wanted)


def _structure(definition: SheetDefinition, table: Table, rows: list[Row]) -> Iterator[Issue]:
    """What is wrong with the table as a whole."""
    for header in table.missing(definition):
        yield Issue(Level.ERROR, "missing_column", _("The column “%s” is missing.") % header)
    for name, columns in table.map.duplicates.items():
        places = "、".join(f"{column.letter}({shown(column.header)})" for column in columns)
        facts = {"header": definition.column(name).header, "places": places}
        text = _("More than one column could be “%(header)s”: %(places)s. Keep one, or rename the other.")
        yield Issue(Level.ERROR, "duplicate_header", text % facts)
    if not rows:
        yield Issue(Level.ERROR, "no_rows", _("There are no people under the header row."))


def _left_out(table: Table, rows: list[Row]) -> Iterator[Issue]:
    """Columns with content of which nothing is taken, one warning for each header."""
    disputed = {column.index for columns in table.map.duplicates.values() for column in columns}
    letters: dict[str, list[str]] = {}
    for column in table.map.columns:
        is_unused = column.field is None and column.index not in disputed
        if is_unused and (column.header or any(_written(cells, column.index).strip() for _number, cells in rows)):
            letters.setdefault(shown(column.header), []).append(column.letter)
    for header, places in letters.items():
        named = _("The column “%(header)s” (%(places)s) is not imported.")
        text = named if header else _("The column %(places)s, which has no header, is not imported.")
        facts = {"header": header, "places": "、".join(places)}
        yield Issue(Level.WARNING, "unknown_column", text % facts, column=header or None)


def _written(cells: list[Cell], index: int) -> str:
    return written_out(cells[index]) if index < len(cells) else ""
