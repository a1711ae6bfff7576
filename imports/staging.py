"""Between a checked sheet and the rows of an import job: what is kept, encrypted, until somebody decides."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from core.personal import Personal
from imports.blocks import StagedRow
from imports.characters import shown
from imports.checking import Opened
from imports.models import ImportJob, Outcome
from imports.plain import plain_cells
from imports.registry import Candidate, Judged, Target
from imports.sheets import CheckedRow, Issue, Level

SKIP = "skip"  # the decision to leave a row out, whatever it says
# Where a packed issue comes from: what the cells say, what the rows say of each other, what the roster says.
CELLS, ROWS, COMPARISON = "cells", "rows", "comparison"


def staged_row(row: CheckedRow) -> StagedRow:
    """A row as it was read, not compared yet."""
    issues = [packed_issue(issue, ROWS if issue.is_between_rows else CELLS) for issue in row.issues]
    return StagedRow(row.number, plain_cells(row), packed(row.values), Outcome.SAME if row.is_ok else Outcome.ERROR, issues)


def packed(values: Mapping[str, Any]) -> dict[str, str]:
    """Values as texts; empty ones are left out."""
    return {
        name: value if type(value) is str else value.in_the_clear() if isinstance(value, Personal) else str(value)
        for name, value in values.items()
        if value is not None
    }


def unpacked(target: Target, stored: Mapping[str, str]) -> dict[str, Any]:
    """The values again, for every field of the target's definition (None: empty)."""
    loaders = target.loaders
    return {
        name: None if (text := stored.get(name)) is None else loaders.get(name, str)(text)
        for name in (column.field for column in target.definition.columns)
    }


def candidates(rows: Iterable[StagedRow], values: Iterable[dict[str, Any]]) -> list[Candidate]:
    """Rows of a block with their values, to be compared again."""
    return [
        Candidate(row.number, each, not was_misread(row) and row.decision != SKIP, row.decision)
        for row, each in zip(rows, values, strict=True)
    ]


def was_misread(row: StagedRow) -> bool:
    return any(issue[0] == Level.ERROR and issue[4] != COMPARISON for issue in row.issues)


def take_over(rows: Iterable[StagedRow], judged: Sequence[Judged]) -> None:
    """Give the rows what the comparison found; what the sheet itself said of them stays."""
    found = {entry.number: entry for entry in judged}
    for row in rows:
        if row.issues:
            row.issues = [issue for issue in row.issues if issue[4] != COMPARISON]
        entry = found.get(row.number)
        if entry is None:
            row.outcome, row.changes, row.plan = Outcome.LEFT_OUT if row.decision == SKIP else Outcome.ERROR, {}, None
        else:
            row.outcome, row.plan = entry.outcome, entry.plan
            row.changes = {name: list(pair) for name, pair in entry.changes.items()}
            row.issues += [packed_issue(issue, COMPARISON) for issue in entry.issues]


def packed_issue(issue: Issue, at: str) -> list[Any]:
    return [issue.level.value, issue.code, issue.text, issue.column, at]


def unpacked_issue(number: int, packed: Sequence[Any]) -> Issue:
    return Issue(Level(packed[0]), packed[1], packed[2], number, packed[3])


def issues_of(rows: Iterable[StagedRow]) -> Iterable[Issue]:
    return (unpacked_issue(row.number, issue) for row in rows for issue in row.issues)


def described(checking: Opened) -> dict[str, Any]:
    """Where the rows were found, for the head of the preview and for whoever asks later. Texts are masked."""
    return {
        "sheet": checking.sheet,
        "sheets": list(checking.sheets),
        "choices": list(checking.choices),
        "header_row": checking.header_row,
        "columns": [[column.letter, shown(column.header), column.field] for column in checking.columns],
        "samples": [checking.samples(column) for column in checking.columns],
        "head": [[number, texts] for number, texts in checking.head_rows],
    }


def whole_file_problems(issues: Iterable[Issue]) -> list[dict[str, Any]]:
    """What there is to say about the file rather than about a row."""
    return [{"level": issue.level, "code": issue.code, "column": issue.column, "message": issue.message} for issue in issues]


def kept_cells(job: ImportJob, row: StagedRow) -> dict[str, Any]:
    """What stood in the sheet, by field, for the fields that have a column; what holds for all rows, for those that have none."""
    fields = [field for _letter, _header, field in job.found.get("columns", [])]
    own = {field: cell for field, cell in zip(fields, row.cells, strict=False) if field}
    return {**job.answers.get("constants", {}), **own}


def corrected(job: ImportJob, row: StagedRow, texts: Mapping[str, str], checked: CheckedRow) -> None:
    """A person's texts take the place of the sheet's; `checked` is the row as they make it."""
    for place, (_letter, _header, field) in enumerate(job.found.get("columns", [])):
        if field in texts and place < len(row.cells):
            row.cells[place] = texts[field]
    row.values = packed(checked.values)
    row.issues = [packed_issue(issue, CELLS) for issue in checked.issues]


def checked_rows(rows: Iterable[StagedRow], values: Iterable[dict[str, Any]]) -> list[CheckedRow]:
    """For the rules between rows. A row that is left out is none to them."""
    return [CheckedRow(row.number, each, []) for row, each in zip(rows, values, strict=True) if row.decision != SKIP]


def take_row_issues(rows: Iterable[StagedRow], found: Iterable[Issue]) -> None:
    """What the rows say of each other, anew."""
    by_row: dict[int | None, list[Issue]] = {}
    for issue in found:
        by_row.setdefault(issue.row, []).append(issue)
    for row in rows:
        kept = [issue for issue in row.issues if issue[4] != ROWS]
        row.issues = kept + [packed_issue(issue, ROWS) for issue in by_row.get(row.number, ())]
