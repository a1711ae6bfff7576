"""A row as a person corrects it: one input for each of its cells that is imported.

What could be somebody's number never comes back to the browser: its input is empty, shows what is there masked, and left empty
keeps it. Every other input brings along what it said when the page was made, so that only what was really changed is changed.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from django.utils.translation import gettext as _

from imports import cleaners, staging
from imports.blocks import StagedRow
from imports.lines import sheet_text
from imports.models import ImportJob
from imports.plain import written
from imports.registry import Target
from imports.sheets import Column, Issue, Level

FIELD, WAS, CLEAR = "field-", "was-", "clear-"


class Field(NamedTuple):
    """An input. `text` is what it says; `kept` what is there, masked, where the input does not say it."""

    name: str
    label: str
    text: str
    kept: str
    is_sealed: bool
    is_required: bool
    errors: list[str]
    warnings: list[str]
    options: Sequence[str]
    hint: str

    @property
    def key(self) -> str:
        return FIELD + self.name

    @property
    def was(self) -> str:
        return WAS + self.name

    @property
    def clear(self) -> str:
        return CLEAR + self.name


def fields(job: ImportJob, target: Target, row: StagedRow, names: Mapping[str, list[str]]) -> list[Field]:
    """In the order of the target's definition; `names` are those that the project knows, by field."""
    cells = staging.kept_cells(job, row)
    there = [column for column in target.definition.columns if column.field in cells and _is_read(job, column)]
    return [_field(column, cells[column.field], row, names.get(column.field, column.options)) for column in there]


def _is_read(job: ImportJob, column: Column) -> bool:
    """Whether it stands in the sheet and says something: running numbers do not, what holds for all rows is asked elsewhere."""
    in_sheet = any(field == column.field for _letter, _header, field in job.found.get("columns", []))
    return in_sheet and column.clean is not cleaners.unread


def _field(column: Column, cell: object, row: StagedRow, options: Sequence[str]) -> Field:
    text, shown = " ".join(written(cell).split()), sheet_text(column, cell)
    is_sealed = column.length is not None or shown != text
    found = [staging.unpacked_issue(row.number, issue) for issue in row.issues]
    mine = [issue for issue in found if issue.column == column.header]
    return Field(
        column.field,
        column.header,
        text="" if is_sealed else text,
        kept=shown if is_sealed else "",
        is_sealed=is_sealed,
        is_required=column.required,
        errors=[issue.text for issue in mine if issue.level is Level.ERROR],
        warnings=[issue.text for issue in mine if issue.level is Level.WARNING],
        options=options,
        hint=_(column.hint) if column.hint else "",
    )


def changes(found: Sequence[Field], sent: Mapping[str, str]) -> dict[str, str]:
    """What somebody typed, by field, where it is something else than before."""
    changed = {}
    for field in found:
        text = sent.get(field.key)
        if sent.get(field.clear):
            changed[field.name] = ""
        elif text is not None and (text.strip() if field.is_sealed else text != sent.get(field.was, field.text)):
            changed[field.name] = text
    return changed


class Fix(NamedTuple):
    """A mistake beside the input in which it can be corrected; `field` is None where that needs more than one cell."""

    number: int
    title: str
    reason: str
    field: Field | None


def fix(issue: Issue, title: str, found: Sequence[Field]) -> Fix:
    field = next((each for each in found if each.label == issue.column), None)
    return Fix(issue.row or 0, title, issue.text if field else issue.message, field)
