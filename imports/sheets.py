"""What a target (the roster, a wage sheet) says of its spreadsheet, once; and what is said back about the rows.

A target defines a SheetDefinition; the pipeline knows nothing else of it:

    ROSTER = SheetDefinition(
        key="roster",
        columns=(Column("name", "姓名", cleaners.person_name(), aliases=("工人姓名",), required=True), ...),
        identity="id_number", labels=("seq", "name"),
        set_aside=("出生日期", "家庭住址", ...),           # known headers that are not taken, and not mistaken for others
        person_fields=frozenset({"name", "phone"}),      # never read from a column about the family, the boss, the crew leader
        row_rules=(leaves_after_entry, ...), sheet_rules=(one_row_a_person, ...),
    )

Cleaners and rules return `Note`s (a code and a reason); the checker turns them into `Issue`s, which know their row and column.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from imports.reading.cells import Cell

# Headers of the columns that a marked workbook has beside its own (imports/marked.py).
ROW_HEADER, PROBLEMS_HEADER = "原表行号", "问题"
ADDED_HEADERS = (ROW_HEADER, PROBLEMS_HEADER)


class Level(StrEnum):
    ERROR = "error"  # nothing of the file is written as long as there is one
    WARNING = "warning"


class Note(NamedTuple):
    """What a cleaner or rule found. `text` is for people, without row and column, and never carries a full number."""

    code: str
    text: str
    level: Level = Level.ERROR


class Cleaned(NamedTuple):
    """A cell's value in Python (None: empty) and what there is to say about it."""

    value: Any
    notes: tuple[Note, ...] = ()

    @property
    def is_wrong(self) -> bool:
        return any(note.level is Level.ERROR for note in self.notes)


Cleaner = Callable[[Cell, date], Cleaned]  # the date is the day as of which the file is judged


@dataclass(frozen=True, slots=True)
class Column:
    field: str  # the key in CheckedRow.values
    header: str  # the preferred header, by which messages name the column
    clean: Cleaner
    aliases: tuple[str, ...] = ()
    weak_aliases: tuple[str, ...] = ()  # count only where nothing stronger names the column
    required: bool = False  # the column must be there, and no cell of it may be empty
    show: Callable[[Any], str] = str  # a value for people; personal data shows itself masked
    # For the template (imports/template.py).
    options: tuple[str, ...] = ()  # everything that may stand here, to choose from
    length: tuple[int, int] | None = None  # of a number that is text: the fewest and the most characters
    is_day: bool = False
    hint: str = ""  # what belongs here, as a message marked by gettext_noop
    example: str = ""


class Issue(NamedTuple):
    """One thing to say about the file, a row of it, or a cell. `row` is the row's number in Excel, None for the whole file."""

    level: Level
    code: str
    text: str
    row: int | None = None
    column: str | None = None
    is_between_rows: bool = False  # said because of another row of the file

    @property
    def message(self) -> str:
        """「第3行「身份证号」:…」: complete without its surroundings."""
        if self.row is None:
            return self.text
        if self.column is None:
            return _("Row %(row)d: %(reason)s") % {"row": self.row, "reason": self.text}
        return _("Row %(row)d, “%(column)s”: %(reason)s") % {"row": self.row, "column": self.column, "reason": self.text}


@dataclass(slots=True)
class CheckedRow:
    """A person's row: `values` by field (None: empty), what the file said (`cells`, by index), and what is wrong with it."""

    number: int
    values: dict[str, Any]
    cells: list[Cell]
    issues: list[Issue] = field(default_factory=list)

    @property
    def is_ok(self) -> bool:
        return all(issue.level is not Level.ERROR for issue in self.issues)


class Finding(NamedTuple):
    """What a sheet rule says of one row: the field it is about (None: the row), and the note."""

    row: CheckedRow
    field: str | None
    note: Note


# Yields (field, note) pairs, and may fill in a value that follows from the others.
RowRule = Callable[[dict[str, Any], date], Iterable[tuple[str, Note]]]
# Made once for a file, then given its rows from top to bottom, some at a time: it remembers what it needs of those it has seen.
RowsJudge = Callable[[list[CheckedRow]], Iterable[Finding]]
SheetRule = Callable[[], RowsJudge]


@dataclass(frozen=True, slots=True, eq=False)
class SheetDefinition:
    key: str
    columns: tuple[Column, ...]
    identity: str  # a row with anything in this field is a record, whatever else it looks like
    labels: tuple[str, ...] = ()  # fields in which sums, notes and the template's example write their word; the first only counts
    set_aside: tuple[str, ...] = ()
    person_fields: frozenset[str] = frozenset()
    row_rules: tuple[RowRule, ...] = ()
    sheet_rules: tuple[SheetRule, ...] = ()

    def column(self, name: str) -> Column:
        """The column of the field `name`."""
        return next(column for column in self.columns if column.field == name)
