"""The sheet that somebody sent, handed back with what is wrong in it: red and amber cells, comments, and a column of words.

Corrected, it can be sent again. So nothing in it may look righter than it was: numbers stay numbers (as text, an ID number that
the spreadsheet has cut off could pass), a value that nobody knows stays an error, every column means what it meant before.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from core.workbooks import NO_VALUE, Book, Format, Look, SheetColumn, Styled, display_width
from imports.mapping import NOT_TAKEN, MappedColumn, Strength, map_columns, match
from imports.plain import written
from imports.sheets import ADDED_HEADERS, PROBLEMS_HEADER, ROW_HEADER, Issue, Level, SheetDefinition
from imports.template import template_width

PROBLEMS_WIDTH = 60
UNKNOWN_WIDTH = 14


class MarkedRow(NamedTuple):
    """`number` in the sheet that was sent; `cells` from its first column on, as imports.plain keeps them."""

    number: int
    cells: Sequence[Any]
    issues: Sequence[Issue] = ()


def marked_workbook(definition: SheetDefinition, columns: Sequence[MappedColumn], rows: Iterable[MarkedRow], title: str) -> bytes:
    """`columns` are all those of the sheet, from the first one on. It holds full numbers: it leaves by exports.hand_back only."""
    kept = [column for column in columns if column.header not in ADDED_HEADERS]
    headers = list(_headers(definition, kept))
    book = Book()
    added = SheetColumn(12), SheetColumn(PROBLEMS_WIDTH)
    sheet = book.sheet(title, [*_sheet_columns(definition, kept, headers), *added], frozen="A2")
    sheet.append([Styled(header, Look.HEADER) for header in (*headers, ROW_HEADER, PROBLEMS_HEADER)])
    places = {definition.column(column.field).header: column.index for column in kept if column.field}
    for row in rows:
        sheet.append(_cells(row, kept, len(columns), places))
    sheet.offer_filter(len(headers) + len(ADDED_HEADERS))
    return book.content()


def _headers(definition: SheetDefinition, columns: Sequence[MappedColumn]) -> Iterator[str]:
    """The headers of the sheet, but for those by which a column would now be taken for something else than it was.

    Groups above the headers are gone, and so is what a person decided about this one sheet.
    """
    again = map_columns(definition, [(column.header,) if column.header else () for column in columns])
    disputed = {column.index for claims in again.duplicates.values() for column in claims}
    for place, (column, now) in enumerate(zip(columns, again.columns, strict=True)):
        is_clear = column.field == now.field and place not in disputed
        if is_clear or match(definition, column.header) == (column.field, Strength.EXACT):
            yield column.header
        elif column.field:
            yield definition.column(column.field).header
        else:
            yield f"{NOT_TAKEN}：{column.header}"


def _sheet_columns(definition: SheetDefinition, columns: Sequence[MappedColumn], headers: Sequence[str]) -> Iterator[SheetColumn]:
    for column, header in zip(columns, headers, strict=True):
        usual = template_width(definition.column(column.field)) if column.field else UNKNOWN_WIDTH
        yield SheetColumn(max(usual, min(display_width(header) + 3, 2 * UNKNOWN_WIDTH)), Format.TEXT)


def _cells(row: MarkedRow, columns: Sequence[MappedColumn], width: int, places: Mapping[str, int]) -> Iterator[Styled]:
    """A row of the sheet, its number, its problems; then cells beyond the headers, whose columns nobody knows."""
    issues: dict[int, list[Issue]] = {}
    for issue in row.issues:
        if (place := places.get(issue.column or "")) is not None:
            issues.setdefault(place, []).append(issue)
    for column in columns:
        value = _value(row.cells[column.index]) if column.index < len(row.cells) else None
        yield _marked(value, issues.get(column.index, ()))
    yield Styled(row.number)
    yield Styled("\n".join(map(_problem, row.issues)), Look.PROSE)
    for cell in islice(row.cells, width, None):
        yield Styled(_value(cell), Look.WRONG)


def _marked(value: Any, issues: Sequence[Issue]) -> Styled:
    if not issues:
        return Styled(value)
    is_wrong = any(issue.level is Level.ERROR for issue in issues)
    return Styled(value, Look.WRONG if is_wrong else Look.DOUBTFUL, "\n".join(issue.text for issue in issues))


def _value(plain: Any) -> Any:
    """A formula becomes what it showed. One that showed nothing, like an error cell, is not an empty cell."""
    match plain:
        case {"error": _} | {"formula": "" | {"error": _}}:
            return NO_VALUE
        case {"formula": _}:
            return written(plain)
    return plain


def _problem(issue: Issue) -> str:
    if issue.column is None:
        return issue.text
    return _("“%(column)s”: %(reason)s") % {"column": issue.column, "reason": issue.text}
