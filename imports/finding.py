"""Where the table is: which sheet, and which row or two rows of it are the header."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from imports.cleaners import written_out
from imports.mapping import ColumnMap, Match, Strength, map_columns, match
from imports.reading import Cell, Sheet
from imports.sheets import SheetDefinition

HEADER_ROWS = 20  # the header stands within the first so many filled rows
FEWEST_HEADERS = 3
LONGEST_TEXT = 200

Row = tuple[int, list[Cell]]


@dataclass(frozen=True, slots=True)
class Answers:
    """What a person decided, or the project remembers: the sheet, the header row, column letter → field ("" to leave one out)."""

    sheet: str = ""
    header_row: int | None = None
    mapping: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Table:
    """A header found in a sheet, with everything under it still to be read."""

    sheet: Sheet
    header_row: int  # the last of the header rows, by its number in Excel
    map: ColumnMap
    body: list[Row]

    def missing(self, definition: SheetDefinition) -> list[str]:
        """Headers of required columns that the table does not have."""
        present = self.map.fields | self.map.duplicates.keys()
        return [column.header for column in definition.columns if column.required and column.field not in present]

    def index_of(self, name: str) -> int | None:
        return next((column.index for column in self.map.columns if column.field == name), None)


def tables(definition: SheetDefinition, sheets: Sequence[Sheet], answers: Answers) -> list[Table]:
    """The tables that could be meant: those with every required column and rows; else the best attempt; else none."""
    wanted = [sheet for sheet in sheets if answers.sheet in ("", sheet.name)]
    found = [table for sheet in wanted if (table := _table(definition, sheet, answers))]
    complete = [table for table in found if not table.missing(definition)]
    filled = [table for table in complete if table.body]
    attempts = sorted(found, key=lambda table: len(table.map.fields), reverse=True)
    return filled or complete[:1] or attempts[:1]


def _table(definition: SheetDefinition, sheet: Sheet, answers: Answers) -> Table | None:
    best, best_score = None, (FEWEST_HEADERS - 1, 0, 0)
    for start, end in _header_spans(definition, sheet, answers.header_row):
        headers = _header_parts(sheet, start, end)
        columns = map_columns(definition, headers, answers.mapping)
        score = (len(columns.fields) + len(columns.duplicates), -len(columns.duplicates), start - end)
        if score > best_score:
            best, best_score = Table(sheet, sheet.rows[end][0], columns, sheet.rows[end + 1 :]), score
    return best


def _header_spans(definition: SheetDefinition, sheet: Sheet, header_row: int | None) -> Iterator[tuple[int, int]]:
    """Candidates as (first, last) index into the rows: one row, or two where the second continues the first."""
    for index, (number, _) in enumerate(sheet.rows[:HEADER_ROWS]):
        if header_row in (None, number):
            yield index, index
            if index and _continues(definition, sheet, index):
                yield index - 1, index


def _continues(definition: SheetDefinition, sheet: Sheet, index: int) -> bool:
    """Whether a row is the lower half of a header: right below, and blank (or the same) under names that are complete."""
    (upper_number, upper), (number, lower) = sheet.rows[index - 1], sheet.rows[index]
    if number != upper_number + 1:
        return False
    groups = [(left, right) for top, left, _, right in sheet.merges if top == upper_number and right > left]
    for column, cell in enumerate(upper[: len(lower)]):
        name, below = text_of(cell), text_of(lower[column])
        is_group = any(left <= column <= right for left, right in groups)
        if not is_group and below not in ("", name) and _is_exact(match(definition, name)):
            return False
    return True


def _is_exact(found: Match | None) -> bool:
    return found is not None and found.strength is Strength.EXACT


def _header_parts(sheet: Sheet, start: int, end: int) -> list[tuple[str, ...]]:
    levels = [_spread(sheet, *sheet.rows[index]) for index in range(start, end + 1)]
    width = max(len(level) for level in levels)
    padded = [level + [""] * (width - len(level)) for level in levels]
    return [tuple(dict.fromkeys(part for part in parts if part)) for parts in zip(*padded, strict=True)]


def _spread(sheet: Sheet, number: int, cells: list[Cell]) -> list[str]:
    """A header row as text, with what is merged over several columns given to each."""
    texts = [text_of(cell) for cell in cells]
    for top, left, _, right in sheet.merges:
        if top == number and right > left:
            texts[left : right + 1] = [texts[left] if left < len(texts) else ""] * len(texts[left : right + 1])
    return texts


def text_of(cell: Cell) -> str:
    """A cell on one line; of a very long one the beginning, which is all that headers and footers need."""
    return " ".join(written_out(cell)[:LONGEST_TEXT].split())
