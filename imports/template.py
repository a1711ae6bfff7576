"""The workbook that a target hands out to be filled in, made from its sheet definition alone.

    template_workbook(ROSTER, "花名册", {"labour_team": ["一队", "二队"]})

Every cell but days is text, so that an 18-digit number keeps its digits. Spreadsheet programs take the format of an empty cell
from its column; for those that do not, the first cells of numbers and days have it themselves.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from types import MappingProxyType
from typing import Any

from django.utils.translation import gettext as _

from core.workbooks import Book, Check, DayFrom, Format, Look, OfLength, OneOf, SheetColumn, Styled, display_width
from imports.cleaners import EARLIEST
from imports.records import EXAMPLE
from imports.sheets import Column, SheetDefinition

REQUIRED = "*"  # the reader of headers does not see it
READY_ROWS = 500
NARROWEST, WIDEST, MARGIN = 8, 40, 3
LISTED = 60  # characters of a list that the explanations repeat
NO_CHOICES: Mapping[str, Sequence[str]] = MappingProxyType({})


def template_workbook(definition: SheetDefinition, title: str, choices: Mapping[str, Sequence[str]] = NO_CHOICES) -> bytes:
    """`choices`: field → what may be chosen from there but need not, such as the names of the teams at hand."""
    columns = [_offering(column, choices.get(column.field, ())) for column in definition.columns]
    book = Book()
    sheet = book.sheet(title, [_sheet_column(column, is_open=column.field in choices) for column in columns], frozen="A2")
    sheet.append([Styled(_heading(column), Look.HEADER, _comment(column)) for column in columns])
    if definition.labels:
        sheet.append([Styled(value, Look.EXAMPLE) for value in _example(columns, marked=definition.labels[-1])])
    ready = [Styled(None) if column.length or column.is_day else None for column in columns]
    while sheet.height <= READY_ROWS:
        sheet.append(ready)
    _explain(book, definition.columns, has_example=bool(definition.labels))
    return book.content()


def template_width(column: Column) -> int:
    """Of a column, in digits: what is usually written there can be read."""
    texts = (_heading(column), column.example, *column.options)
    return min(WIDEST, max(NARROWEST, *map(display_width, texts)) + MARGIN)


def _offering(column: Column, choices: Sequence[str]) -> Column:
    return replace(column, options=tuple(choices), example=choices[0]) if choices else column


def _sheet_column(column: Column, *, is_open: bool) -> SheetColumn:
    kind = Format.DAY if column.is_day else Format.TEXT
    return SheetColumn(template_width(column), kind, _check(column, is_open=is_open))


def _check(column: Column, *, is_open: bool) -> Check | None:
    if column.options:
        asked = _("This name is not in the list. Keep it if it is new and written right.")
        message = asked if is_open else _("Choose from the list.")
        return OneOf(column.header, message, not is_open, options=column.options)
    if column.is_day:
        return DayFrom(column.header, _("Write the day in full, such as 2026-03-01."), earliest=EARLIEST)
    if column.length:
        return OfLength(column.header, _length_message(*column.length), shortest=column.length[0], longest=column.length[1])
    return None


def _length_message(shortest: int, longest: int) -> str:
    if shortest == longest:
        return _("This number has %d characters. Count them again.") % shortest
    facts = {"shortest": shortest, "longest": longest}
    return _("This number has %(shortest)d to %(longest)d characters. Count them again.") % facts


def _heading(column: Column) -> str:
    return f"{REQUIRED}{column.header}" if column.required else column.header


def _comment(column: Column) -> str:
    """What belongs into a column; nothing where its name says it all."""
    required = [_("Must be filled in.")] if column.required else []
    return "\n".join([*required, _(column.hint)]) if column.hint else ""


def _example(columns: Sequence[Column], *, marked: str) -> Iterator[Any]:
    """A row that shows how to write. The mark stands where people write over it: in the name, not in the running number."""
    for column in columns:
        text = f"{EXAMPLE}（{column.example}）" if column.field == marked else column.example
        yield date.fromisoformat(text) if column.is_day and text else text or None


def _explain(book: Book, columns: Sequence[Column], *, has_example: bool) -> None:
    """A sheet of explanations: the rules, then the columns one by one."""
    sheet = book.sheet(_("How to fill in"), [SheetColumn(18), SheetColumn(8), SheetColumn(72)])
    sheet.append([Styled(_("How to fill in"), Look.TITLE)])
    for rule in _rules(columns, has_example=has_example):
        sheet.append([Styled(rule)])
    sheet.append([])
    headings = (_("Column"), _("Required"), _("What belongs there"))
    sheet.append([Styled(heading, Look.HEADER) for heading in headings])
    for column in columns:
        required = _("yes") if column.required else ""
        sheet.append([Styled(text, Look.PROSE) for text in (column.header, required, _explanation(column))])


def _rules(columns: Sequence[Column], *, has_example: bool) -> Iterator[str]:
    yield _("Columns with a star must be filled in, the others may stay empty. Leave the first row as it is.")
    if has_example:
        yield _("The row marked %s shows how to write. It is not imported and may be deleted.") % EXAMPLE
    if any(column.is_day for column in columns):
        yield _("Write days in full, such as 2026-03-01; a month without a day is not accepted.")
    if numbers := [column.header for column in columns if column.length]:
        text = _("These columns are text: %s. A number shown as 4.3E+17 has lost its last digits and is not accepted.")
        yield text % "、".join(numbers)
    yield _("When you paste, paste values only, so that the cells stay as they are. Formulas are not accepted.")


def _explanation(column: Column) -> str:
    listed = "、".join(column.options)
    choice = "" if not listed else _("One of: %s.") % listed if display_width(listed) <= LISTED else _("Choose from the list.")
    hint = _(column.hint) if column.hint else ""
    return "\n".join(filter(None, (hint, choice)))
