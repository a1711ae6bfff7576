"""Between a checked sheet and the rows of an import job: what is kept, encrypted, until somebody decides."""

from collections.abc import Iterable, Mapping
from typing import Any

from core.personal import Personal
from imports.characters import shown
from imports.checking import CheckedSheet
from imports.models import ImportJob, ImportRow
from imports.registry import Comparison, Judged, Outcome, StagedRow, Target
from imports.sheets import CheckedRow, Issue, Level

FROM_SHEET, FROM_COMPARISON = "sheet", "comparison"


def staged_row(checked: CheckedSheet, row: CheckedRow) -> ImportRow:
    """A row as it was read, not compared yet. `raw` is masked already; `values` are full, under the column's encryption."""
    cells = {"raw": checked.as_written(row), "values": packed(row.values), "changes": {}}
    outcome = Outcome.SAME if row.is_ok else Outcome.ERROR
    return ImportRow(
        number=row.number, outcome=outcome, cells=cells, issues=[packed_issue(issue, FROM_SHEET) for issue in row.issues]
    )


def packed(values: Mapping[str, Any]) -> dict[str, str]:
    """Values as texts; empty ones are left out."""
    return {
        name: value.in_the_clear() if isinstance(value, Personal) else str(value)
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


def readable(target: Target, rows: Iterable[ImportRow]) -> list[StagedRow]:
    """The rows that can be compared: those that were read without errors."""
    return [StagedRow(row.number, unpacked(target, row.cells["values"])) for row in rows if not _was_misread(row)]


def _was_misread(row: ImportRow) -> bool:
    return any(issue["level"] == Level.ERROR and issue["at"] == FROM_SHEET for issue in row.issues)


def differs(row: ImportRow, judged: Judged) -> bool:
    """Whether the comparison says something else than the preview that somebody looked at."""
    return (row.outcome, row.cells["changes"]) != (judged.outcome, _packed_changes(judged))


def take_over(rows: Iterable[ImportRow], comparison: Comparison) -> None:
    """Give the rows what the comparison found; what the sheet itself said of them stays."""
    judged = {entry.number: entry for entry in comparison.rows}
    for row in rows:
        if entry := judged.get(row.number):
            row.outcome = entry.outcome
            row.cells = {**row.cells, "changes": _packed_changes(entry)}
            kept = [issue for issue in row.issues if issue["at"] == FROM_SHEET]
            row.issues = kept + [packed_issue(issue, FROM_COMPARISON) for issue in entry.issues]
        row.is_warned = any(issue["level"] == Level.WARNING for issue in row.issues)


def _packed_changes(judged: Judged) -> dict[str, list[str]]:
    return {name: list(pair) for name, pair in judged.changes.items()}


def packed_issue(issue: Issue, at: str) -> dict[str, Any]:
    return {"level": issue.level, "code": issue.code, "text": issue.text, "row": issue.row, "column": issue.column, "at": at}


def unpacked_issue(stored: Mapping[str, Any]) -> Issue:
    return Issue(Level(stored["level"]), stored["code"], stored["text"], stored["row"], stored["column"])


def counted(rows: Iterable[ImportRow]) -> dict[str, int]:
    counts = dict.fromkeys([*Outcome.values, "warned"], 0)
    for row in rows:
        counts[row.outcome] += 1
        counts["warned"] += row.is_warned
    return counts


def described(checked: CheckedSheet) -> dict[str, Any]:
    """Where the rows were found, for the head of the preview and for whoever asks later."""
    return {
        "sheet": checked.sheet,
        "choices": list(checked.choices),
        "header_row": checked.header_row,
        "columns": [[column.letter, shown(column.header), column.field] for column in checked.columns],
        "skipped": [row.number for row in checked.skipped],
    }


def whole_file_problems(checked: CheckedSheet) -> list[dict[str, Any]]:
    """What there is to say about the file rather than about a row."""
    return [
        {"level": issue.level, "code": issue.code, "column": issue.column, "message": issue.message}
        for issue in checked.file_issues
    ]


def is_previewable(checked: CheckedSheet) -> bool:
    """Rows were found, and nothing is wrong with the file as a whole."""
    return bool(checked.rows) and not any(issue.level is Level.ERROR for issue in checked.file_issues)


def columns_of(job: ImportJob) -> dict[str, str]:
    """Field → how `raw` names the column that it was read from."""
    return {field: f"{letter} {header}" for letter, header, field in job.found.get("columns", []) if field}
