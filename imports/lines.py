"""The rows of an import as a person reads them: each cell, what it would change, what is wrong with it; every number masked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from django.utils.translation import gettext as _

from imports import staging
from imports.blocks import StagedRow
from imports.characters import masked
from imports.models import ImportJob, Outcome
from imports.plain import written
from imports.registry import Choice, Party, Target
from imports.sheets import Column

IDENTIFYING = 2  # columns after the name that say who and where
DAY_DIGITS = 8  # fewer than any number of a person has
TONES = {
    Outcome.NEW: "ok",
    Outcome.UPDATE: "go",
    Outcome.TRANSFER: "go",
    Outcome.SAME: "",
    Outcome.DUPLICATE: "soon",
    Outcome.ERROR: "late",
    Outcome.LEFT_OUT: "",
}
ICONS = {
    Outcome.NEW: "plus-circle",
    Outcome.UPDATE: "pencil",
    Outcome.TRANSFER: "arrow-left-right",
    Outcome.SAME: "check-lg",
    Outcome.DUPLICATE: "people",
    Outcome.ERROR: "x-octagon-fill",
    Outcome.LEFT_OUT: "dash-circle",
}


class Cell(NamedTuple):
    """What a column says; `before` is what the roster has, where it differs."""

    label: str
    text: str
    before: str
    is_changed: bool
    is_quiet: bool = False  # says nothing that a small screen needs


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the preview. `others` are changes in columns that the table does not show."""

    number: int
    title: Cell
    cells: list[Cell]
    others: list[Cell]
    word: str
    tone: str
    icon: str
    messages: list[str]
    is_decided: bool


class Side(NamedTuple):
    """One field of two people who may be one."""

    label: str
    sheet: str
    roster: str
    is_unlike: bool


class Pair(NamedTuple):
    """A possible duplicate: the row, and whom the roster has; `party` is None when that record has gone meanwhile."""

    number: int
    title: str
    message: str
    party: Party | None
    sides: list[Side]
    choices: list[Choice]


def lines(job: ImportJob, target: Target, rows: Sequence[StagedRow]) -> list[Line]:
    return [_line(job, row, target) for row in rows]


def _line(job: ImportJob, row: StagedRow, target: Target) -> Line:
    title, *cells = (_cell(job, name, row, target) for name in target.shown)
    cells = [_quietened(place, cell, row) for place, cell in enumerate(cells)]
    others = [_cell(job, name, row, target) for name in row.changes if name not in target.shown]
    outcome = Outcome(row.outcome)
    warned = row.is_warned and outcome not in (Outcome.ERROR, Outcome.LEFT_OUT)
    return Line(
        row.number,
        title,
        cells,
        others,
        word=_("%(outcome)s, with a warning") % {"outcome": outcome.label} if warned else str(outcome.label),
        tone="soon" if warned else TONES[outcome],
        icon="exclamation-circle" if warned else ICONS[outcome],
        messages=messages(row),
        is_decided=bool(row.decision),
    )


def messages(row: StagedRow) -> list[str]:
    return [staging.unpacked_issue(row.number, issue).message for issue in row.issues]


def title_of(job: ImportJob, row: StagedRow, target: Target) -> str:
    return text_of(job, target.shown[0], row, target)


def _cell(job: ImportJob, name: str, row: StagedRow, target: Target) -> Cell:
    label = target.definition.column(name).header
    if change := row.changes.get(name):
        return Cell(label, change[1], change[0], is_changed=True)
    return Cell(label, text_of(job, name, row, target), "", is_changed=False)


def _quietened(place: int, cell: Cell, row: StagedRow) -> Cell:
    """Empty cells are quiet; so is what stays as it is, but for the first two columns, which say who and where."""
    stays = row.outcome in (Outcome.UPDATE, Outcome.SAME, Outcome.TRANSFER) and place >= IDENTIFYING and not cell.is_changed
    return cell._replace(is_quiet=stays or not (cell.text or cell.before))


def text_of(job: ImportJob, name: str, row: StagedRow, target: Target) -> str:
    """The cleaned value; where a cell could not be read, what stood in it. Masked either way."""
    column, value = target.definition.column(name), staging.unpacked(target, row.values)[name]
    if value is None:
        return sheet_text(column, staging.kept_cells(job, row).get(name, ""))
    shown = column.show(value)
    return masked(shown) if isinstance(value, str) else shown


def sheet_text(column: Column, cell: object) -> str:
    """What stood in the sheet. A day has as many digits as a short number, and is none."""
    text = written(cell)
    digits = sum(character.isdigit() for character in text)
    return " ".join(text.split()) if column.is_day and digits <= DAY_DIGITS else masked(text)


def pairs(job: ImportJob, target: Target, rows: Sequence[StagedRow]) -> list[Pair]:
    """Possible duplicates with their other sides, which are looked up together."""
    twins = target.twins(job.project, rows) if rows else {}
    return [_pair(job, target, row, twins) for row in rows]


def _pair(job: ImportJob, target: Target, row: StagedRow, twins: Mapping[int, Party]) -> Pair:
    party = twins.get(row.number)
    sides = [_side(job, target, row, name, roster) for name, roster in (party.values if party else {}).items()]
    said = "".join(issue[2] for issue in row.issues if issue[4] == staging.COMPARISON)
    return Pair(row.number, title_of(job, row, target), said, party, sides, target.decisions(row))


def _side(job: ImportJob, target: Target, row: StagedRow, name: str, roster: str) -> Side:
    sheet = text_of(job, name, row, target)
    return Side(target.definition.column(name).header, sheet, roster, is_unlike=bool(sheet) and sheet != roster)
