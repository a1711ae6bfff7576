"""A file in, judged rows out: what the wizard and both commands call.

    with opened(data, name, ROSTER, as_of, Answers(sheet="甲队")) as checking:
        if checking.ok_so_far:
            for rows in checking.chunks(500): ...

`opened` never raises for a bad file; `chunks` may raise UnreadableFile after many good rows, for the file is read while its rows
are worked on. Nothing here touches the database. All problems of all rows come in one pass; as long as one of them is an error,
nothing of the file may be written. `check` is the same in one piece, for those who hold the file and wait.
"""

from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import date
from functools import partial

from django.utils.translation import gettext as _

from core.ahead import ahead
from core.collector import rarely_collecting
from imports.characters import masked, shown
from imports.cleaners import written_out
from imports.finding import Answers, Table, tables
from imports.judging import Judge, RowsFind, refuse_bare_days, sheet_issues
from imports.mapping import MappedColumn
from imports.plain import plain_cells, written
from imports.reading import reader
from imports.reading.cells import Cell, Row
from imports.reading.reader import Sheet, UnreadableFile, Workbook
from imports.records import Records, SkippedRow
from imports.sheets import ADDED_HEADERS, PROBLEMS_HEADER, CheckedRow, Issue, Level, SheetDefinition

__all__ = ["Answers", "CheckedSheet", "Opened", "check", "opened", "plain_cells", "recheck", "sheet_issues", "written"]

SAMPLE_ROWS = 3
SHOWN_ROWS = 25
CHUNK = 500


class Opened:
    """A file whose sheets are known by their first rows: what the person must see before the rows can be taken.

    `file_issues`, `ok_so_far` and `skipped` are complete when `chunks` has come to its end: only then is it known whether nobody
    stands under the header, or a column without a header is filled.
    """

    def __init__(self, definition: SheetDefinition, as_of: date) -> None:
        self.sheet = ""
        self.header_row: int | None = None
        self.columns: list[MappedColumn] = []
        self.choices: tuple[str, ...] = ()  # sheets, where the person has to choose one
        self.sheets: tuple[str, ...] = ()  # all visible ones
        self.head_rows: list[tuple[int, list[str]]] = []  # the first rows as masked texts, to find the header in
        self.total = 0  # rows under the header, nearly; for a progress bar
        self.is_unreadable = False  # nothing that a person could answer would help
        self._definition, self._as_of = definition, as_of
        self._issues: list[Issue] = []
        self._book: Workbook | None = None
        self._table: Table | None = None
        self._filled: set[int] = set()  # columns in which some record has something
        self._samples: list[Row] = []
        self._records: Records | None = None
        self._hidden: set[int] = set()

    @property
    def file_issues(self) -> list[Issue]:
        return self._issues + (list(_left_out(self._table, self._filled)) if self._table else [])

    @property
    def ok_so_far(self) -> bool:
        return all(issue.level is not Level.ERROR for issue in self._issues)

    @property
    def skipped(self) -> list[SkippedRow]:
        return self._records.skipped if self._records else []

    def samples(self, column: MappedColumn) -> list[str]:
        """The first few texts of a column, masked, for the person who says what it is."""
        return [masked(_text(cells, column.index)) for _number, cells in self._samples[:SAMPLE_ROWS]]

    def refuse(self, issue: Issue) -> None:
        self._issues.append(issue)
        self.is_unreadable = True

    def look(self, book: Workbook, answers: Answers) -> None:
        """Find the table that is meant."""
        self._book, self.sheets = book, tuple(sheet.name for sheet in book.sheets)
        found = tables(self._definition, book.sheets, answers)
        filled = [sheet for sheet in book.sheets if sheet.rows]
        if len(found) > 1:
            self.choices = tuple(table.sheet.name for table in found)
            self._issues.append(_asked_for_sheet(self.choices))
        elif found:
            self._take(found[0])
        elif filled:
            self._show(next((sheet for sheet in filled if sheet.name == answers.sheet), filled[0]))
            self._issues.append(_no_header(self._definition))
        else:
            self.refuse(Issue(Level.ERROR, "no_rows", _("The file is empty: no visible sheet holds anything.")))

    def _take(self, table: Table) -> None:
        self._table, self.header_row, self.columns = table, table.header_row, table.map.columns
        self._show(table.sheet)
        self.total = max(0, table.sheet.height - table.header_row)
        self._records = Records(self._definition, table)
        self._samples = Records(self._definition, table).among(table.body)
        self._note_filled(self._samples)
        self._issues += _structure(self._definition, table)
        if not table.is_filled:
            self._issues.append(_no_people())

    def _show(self, sheet: Sheet) -> None:
        self.sheet = sheet.name
        texts = [(number, [masked(written_out(cell)) for cell in cells]) for number, cells in sheet.rows[:SHOWN_ROWS]]
        width = max((index + 1 for _number, row in texts for index, text in enumerate(row) if text), default=0)
        self.head_rows = [(number, row[:width]) for number, row in texts]

    def chunks(self, size: int) -> Iterator[list[CheckedRow]]:
        """All records, `size` at a time, once; none as long as something is wrong with the file as a whole.

        They are judged in a second thread, while the caller waits for the file or for the database.
        """
        if self._table is None:
            return
        places = {column.field: column.index for column in self.columns if column.field}
        judge = Judge(self._definition, places, _width(self.columns), self._as_of, self._table.constants)
        yield from ahead(partial(self._judged, judge, sheet_issues(self._definition)), self._stretches(self._table, size))

    def _stretches(self, table: Table, size: int) -> Iterator[list[Row]]:
        waiting: list[Row] = []
        for rows in self._record_rows(table):
            waiting += rows
            while len(waiting) >= size:
                yield waiting[:size]
                waiting = waiting[size:]
        if waiting:
            yield waiting

    def _judged(self, judge: Judge, find: RowsFind, rows: list[Row]) -> list[CheckedRow]:
        checked = judge.judged(rows, self._hidden)
        if self._book and self._book.is_1904:
            refuse_bare_days(checked, judge.places, self._definition)
        if found := find(checked):
            by_number: dict[int | None, list[Issue]] = {row.number: row.issues for row in checked}
            for issue in found:
                by_number[issue.row].append(issue)
        return checked

    def _record_rows(self, table: Table) -> Iterator[list[Row]]:
        is_empty = True
        for block in self._book.blocks(table.sheet) if self._book else ():
            rows = self._records.among(block.rows) if self._records else []
            is_empty = is_empty and not rows
            self._note_filled(rows)
            self._hidden |= block.hidden
            if self.ok_so_far:
                yield rows
        if is_empty and table.is_filled:
            self._issues.append(_no_people())

    def _note_filled(self, rows: list[Row]) -> None:
        """Which of the columns without a header hold anything after all."""
        for column in self.columns:
            is_open = not column.header and column.index not in self._filled
            if is_open and any(_text(cells, column.index).strip() for _number, cells in rows):
                self._filled.add(column.index)


@contextmanager
def opened(
    data: bytes,
    name: str,
    definition: SheetDefinition,
    as_of: date,
    answers: Answers = Answers(),  # noqa: B008
) -> Iterator[Opened]:
    """Read the beginnings of a file that somebody sent under `name`, and find the table in it. To be judged as of a day."""
    checking = Opened(definition, as_of)
    with ExitStack() as stack:
        try:
            checking.look(stack.enter_context(reader.opened(data, name)), answers)
        except UnreadableFile as refusal:
            checking.refuse(_refused(refusal))
        yield checking


@dataclass(slots=True)
class CheckedSheet:
    """`rows` stay readable when the sheet is not ok; `choices` are sheets when the person has to choose one."""

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


@rarely_collecting()
def check(data: bytes, name: str, definition: SheetDefinition, as_of: date, answers: Answers = Answers()) -> CheckedSheet:  # noqa: B008
    """All of a file at once."""
    with opened(data, name, definition, as_of, answers) as checking:
        try:
            rows = [row for chunk in checking.chunks(CHUNK) for row in chunk]
        except UnreadableFile as refusal:
            return CheckedSheet(file_issues=[_refused(refusal)])
        found = checking.sheet, checking.header_row, checking.columns, rows, checking.skipped, checking.choices
        return CheckedSheet(*found, file_issues=checking.file_issues)


def recheck(cells: Mapping[str, Cell], definition: SheetDefinition, as_of: date, number: int) -> CheckedRow:
    """One row again, by field, with the texts that a person has put in place of some. What other rows say of it is not asked."""
    places = {name: index for index, name in enumerate(cells)}
    absent = {column.field: "" for column in definition.columns if column.required and column.field not in cells}
    judge = Judge(definition, places, len(places), as_of, absent)
    return judge.judged([(number, list(cells.values()))])[0]


def _refused(refusal: UnreadableFile) -> Issue:
    return Issue(Level.ERROR, refusal.code, refusal.message)


def _asked_for_sheet(names: tuple[str, ...]) -> Issue:
    text = _("The workbook holds more than one such list: %s. Choose the sheet to import, or send them one by one.")
    return Issue(Level.ERROR, "multiple_sheets", text % "、".join(map(shown, names)))


def _no_header(definition: SheetDefinition) -> Issue:
    wanted = "、".join(column.header for column in definition.columns if column.required)
    return Issue(Level.ERROR, "no_header", _("No header row was found in the first rows. It must name at least: %s.") % wanted)


def _no_people() -> Issue:
    return Issue(Level.ERROR, "no_rows", _("There are no people under the header row."))


def _structure(definition: SheetDefinition, table: Table) -> Iterator[Issue]:
    """What is wrong with the table as a whole."""
    for header in table.missing(definition):
        yield Issue(Level.ERROR, "missing_column", _("The column “%s” is missing.") % header)
    for name, columns in table.map.duplicates.items():
        places = "、".join(f"{column.letter}({shown(column.header)})" for column in columns)
        facts = {"header": definition.column(name).header, "places": places}
        text = _("More than one column could be “%(header)s”: %(places)s. Keep one, or rename the other.")
        yield Issue(Level.ERROR, "duplicate_header", text % facts)


def _left_out(table: Table, filled: set[int]) -> Iterator[Issue]:
    """Columns with content of which nothing is taken, one warning for each header."""
    disputed = {column.index for columns in table.map.duplicates.values() for column in columns}
    letters: dict[str, list[str]] = {}
    for column in table.map.columns:
        is_unused = column.field is None and column.index not in disputed and column.header not in ADDED_HEADERS
        if is_unused and (column.header or column.index in filled):
            letters.setdefault(shown(column.header), []).append(column.letter)
    for header, places in letters.items():
        named = _("The column “%(header)s” (%(places)s) is not imported.")
        text = named if header else _("The column %(places)s, which has no header, is not imported.")
        facts = {"header": header, "places": "、".join(places)}
        yield Issue(Level.WARNING, "unknown_column", text % facts, column=header or None)


def _width(columns: list[MappedColumn]) -> int:
    """How far the table reaches. In a marked workbook, cells that had no header in the file stand behind the last one."""
    is_marked = any(column.header == PROBLEMS_HEADER for column in columns)
    return max(column.index for column in columns if column.header) + 1 if is_marked else len(columns)


def _text(cells: list[Cell], index: int) -> str:
    return written_out(cells[index]) if index < len(cells) else ""
