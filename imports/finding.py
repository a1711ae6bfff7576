"""Where the table is: which sheet, and which row or two rows of it are the header."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from imports.characters import folded
from imports.cleaners import written_out
from imports.mapping import ColumnMap, Match, Strength, map_columns, match
from imports.reading.cells import Cell, Row
from imports.reading.reader import Sheet
from imports.sheets import SheetDefinition

HEADER_ROWS = 20  # the header stands within the first so many filled rows
FEWEST_HEADERS = 3
LONGEST_TEXT = 200
LONGEST_GROUP = 12


@dataclass(frozen=True, slots=True)
class Answers:
    """What a person decided, or the project remembers. A field of "" means that a column is left out."""

    sheet: str = ""
    header_row: int | None = None
    mapping: Mapping[str, str] = field(default_factory=dict)  # column letter → field
    headers: Mapping[str, str] = field(default_factory=dict)  # normalised header → field, as in earlier files
    constants: Mapping[str, str] = field(default_factory=dict)  # field without a column → what holds for every row


@dataclass(slots=True)
class Table:
    """A header found in a sheet. `body` is what the sheet's first rows show of the rows under it."""

    sheet: Sheet
    header_row: int  # the last of the header rows, by its number in Excel
    map: ColumnMap
    body: list[Row]
    constants: Mapping[str, str]

    @property
    def is_filled(self) -> bool:
        return bool(self.body) or self.sheet.has_more

    def missing(self, definition: SheetDefinition) -> list[str]:
        """Headers of required columns that the table does not have."""
        present = self.map.fields | self.map.duplicates.keys() | self.constants.keys()
        return [column.header for column in definition.columns if column.required and column.field not in present]

    def claims(self, definition: SheetDefinition) -> tuple[int, int]:
        """How much the header names: required columns first."""
        return -len(self.missing(definition)), len(self.map.fields) + len(self.map.duplicates)

    def index_of(self, name: str) -> int | None:
        return next((column.index for column in self.map.columns if column.field == name), None)


def tables(definition: SheetDefinition, sheets: Sequence[Sheet], answers: Answers) -> list[Table]:
    """The tables that could be meant: those with every required column and rows; else the best attempt; else none."""
    wanted = [sheet for sheet in sheets if answers.sheet in ("", sheet.name)]
    found = [table for sheet in wanted if (table := _table(definition, sheet, answers))]
    complete = [table for table in found if not table.missing(definition)]
    filled = [table for table in complete if table.is_filled]
    attempts = sorted(found, key=lambda table: len(table.map.fields), reverse=True)
    return filled or complete[:1] or attempts[:1]


def _table(definition: SheetDefinition, sheet: Sheet, answers: Answers) -> Table | None:
    """The first header row that names every required column; else the row that names the most."""
    best = None
    for index, (number, _cells) in enumerate(sheet.rows):
        if (index < HEADER_ROWS if answers.header_row is None else answers.header_row == number) and (
            table := _table_at(definition, sheet, index, answers)
        ):
            if not table.missing(definition):
                below = _joined(definition, sheet, index + 1, answers) if answers.header_row is None else None
                return below if below and not below.missing(definition) else table
            if best is None or table.claims(definition) > best.claims(definition):
                best = table
    return best


def _table_at(definition: SheetDefinition, sheet: Sheet, index: int, answers: Answers) -> Table | None:
    """With the row above where that takes no required column away: group names say whose number it is."""
    bare = _read_header(definition, sheet, index, [""] * len(sheet.rows[index][1]), answers)
    joined = _joined(definition, sheet, index, answers)
    best = joined if joined and len(joined.missing(definition)) <= len(bare.missing(definition)) else bare
    fewest = FEWEST_HEADERS if answers.header_row is None else 0  # a row that a person names is one, whatever stands in it
    return best if len(best.map.fields | best.map.duplicates.keys()) >= fewest else None


def _joined(definition: SheetDefinition, sheet: Sheet, index: int, answers: Answers) -> Table | None:
    if not 0 < index < len(sheet.rows) or not _continues(definition, sheet, index):
        return None
    return _read_header(definition, sheet, index, _groups(sheet, index - 1, len(sheet.rows[index][1])), answers)


def _read_header(definition: SheetDefinition, sheet: Sheet, index: int, groups: list[str], answers: Answers) -> Table:
    number, cells = sheet.rows[index]
    parts = [
        tuple(dict.fromkeys(part for part in (group, text_of(cell)) if part)) for group, cell in zip(groups, cells, strict=True)
    ]
    columns = map_columns(definition, parts, answers.mapping, answers.headers)
    return Table(sheet, number, columns, sheet.rows[index + 1 :], answers.constants)


def _continues(definition: SheetDefinition, sheet: Sheet, index: int) -> bool:
    """Whether a row is the lower half of a header: right below, and under every known name blank, the same, or a header itself.

    The first person is never taken for one: under the column of the names stands no header.
    """
    (upper_number, upper), (number, lower) = sheet.rows[index - 1], sheet.rows[index]
    if number != upper_number + 1:
        return False
    for cell, below in zip(upper, lower, strict=False):
        name, lower_name = text_of(cell), text_of(below)
        if lower_name not in ("", name) and match(definition, name) and not _is_exact(match(definition, lower_name)):
            return False
    return True


def _is_exact(found: Match | None) -> bool:
    return found is not None and found.strength is Strength.EXACT


def _groups(sheet: Sheet, index: int, width: int) -> list[str]:
    """The row above the names, each text given to all the columns over which it is merged. Titles and "unit: …" are no groups."""
    number, cells = sheet.rows[index]
    texts = [text if len(text := text_of(cell)) <= LONGEST_GROUP and ":" not in folded(text) else "" for cell in cells]
    texts = (texts + [""] * width)[:width]
    for top, left, _bottom, right in sheet.merges:
        if top == number and left < width:
            texts[left : right + 1] = [texts[left]] * len(texts[left : right + 1])
    return texts


def text_of(cell: Cell) -> str:
    """A cell on one line; of a very long one the beginning, which is all that headers and footers need."""
    return " ".join(written_out(cell)[:LONGEST_TEXT].split())
