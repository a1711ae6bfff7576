"""Taking a written sheet back while it can be changed: what somebody changed since is kept, what went on is stuck."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from imports.models import ImportJob
from imports.registry import Undone
from wages.month_import.kinds import Kind, Line


def undo_of(kind: Kind) -> Callable[[ImportJob, Iterable[list[Any]], datetime], Undone]:
    """For Target.undo: lines as they were, sheets without lines gone, what follows from lines anew."""

    def undo(job: ImportJob, traces: Iterable[list[Any]], at: datetime) -> Undone:
        undone, kept, stuck = 0, [], []
        touched: set[int] = set(job.found.get("made", {}).get("sheets", ()))
        for number, trace in (record for records in traces for record in records):
            line = kind.line.objects.filter(pk=number).select_related("sheet").first()
            if line is None:
                undone += _restored(kind, trace["was"], touched)
            elif reason := kind.closed(line.sheet):
                stuck.append((number, str(reason)))
            elif kind.state_of(line) != trace["now"]:
                kept.append(number)
            else:
                touched.add(line.sheet_id)
                undone += _taken_back(kind, line, trace["was"])
        _tidy(kind, touched)
        return Undone(undone, kept, stuck)

    return undo


def _taken_back(kind: Kind, line: Line, was: dict[str, Any] | None) -> int:
    if was is None:
        line.delete()
    else:
        kind.put_back(line, was)
        line.save()
    return 1


def _restored(kind: Kind, was: dict[str, Any] | None, touched: set[int]) -> int:
    """A line that the import ticked away; not where its sheet has gone or gone on."""
    sheet = kind.sheet.objects.filter(pk=was["sheet"]).first() if was else None
    if was is None or sheet is None or kind.closed(sheet):
        return 0
    line = kind.line()
    kind.put_back(line, was)
    line.save()
    touched.add(sheet.pk)
    return 1


def _tidy(kind: Kind, sheets: set[int]) -> None:
    for sheet in kind.sheet.objects.filter(pk__in=sheets):
        if kind.closed(sheet):
            continue
        if sheet.lines.exists():
            kind.finish(sheet)
        else:
            sheet.delete()
