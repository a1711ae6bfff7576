"""Writing a compared sign-in sheet, and taking it back. What is written leaves a trace: [attendance, {"was": …, "now": …}].

`was` is the result before, or None for somebody who was not ticked; `now` what the import wrote.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from core.refusals import Refused
from handbook.attendance_import.compare import Result, result_in
from handbook.attendance_import.trainings import is_open
from handbook.kinds.people import room_for_the_named
from handbook.models import HandbookEntry, TrainingAttendance
from imports.blocks import StagedRow
from imports.models import ImportJob
from imports.registry import Overtaken, Trail, Undone
from regions.models import Project


@contextmanager
def writing(project: Project, choices: Mapping[str, str], trail: Trail) -> Iterator["AttendanceWriter"]:
    """For Target.writing."""
    yield AttendanceWriter(project, trail)


class AttendanceWriter:
    def __init__(self, project: Project, trail: Trail) -> None:
        self.project, self.trail = project, trail
        self.rows: list[StagedRow] = []
        self.entries: dict[int, HandbookEntry] = {}
        self.traces: list[Any] = []

    def prepare(self, rows: Sequence[StagedRow]) -> Sequence[StagedRow]:
        return rows

    def take(self, rows: Sequence[StagedRow]) -> None:
        self.rows += rows

    def leave(self, records: Sequence[int], on: date) -> None:
        """Nobody leaves a training."""

    def write(self) -> dict[str, Any]:
        for row in self.rows:
            self._write(row)
        try:
            for entry in self.entries.values():
                room_for_the_named(entry)
        except Refused as refusal:  # somebody ticked others meanwhile
            raise Overtaken from refusal
        if self.traces:
            self.trail.keep(self.traces)
        return {"entries": sorted(self.entries)}

    def _write(self, row: StagedRow) -> None:
        plan = row.plan or {}
        entry = self._entry(plan["entry"])
        attendance = self._attendance(entry, plan)
        before = Result.of(attendance) if attendance.pk else None
        after = result_in(_values(row), before)
        attendance.score, attendance.has_passed = after
        attendance.save()
        self.traces.append([attendance.pk, {"was": before and before.packed(), "now": after.packed()}])

    def _attendance(self, entry: HandbookEntry, plan: Mapping[str, Any]) -> TrainingAttendance:
        known = TrainingAttendance.objects.filter(session__entry=entry, engagement=plan["engagement"]).first()
        if "row" not in plan and known is None:
            return TrainingAttendance(session_id=entry.pk, engagement_id=plan["engagement"])
        if known is None or known.pk != plan.get("row") or Result.of(known).packed() != plan["seen"]:
            raise Overtaken
        return known

    def _entry(self, key: int) -> HandbookEntry:
        if key not in self.entries:
            entry = HandbookEntry.objects.select_for_update(of=("self",)).filter(pk=key, project=self.project).first()
            if entry is None or not is_open(entry, timezone.localdate()):
                raise Overtaken
            self.entries[key] = entry
        return self.entries[key]


def undo(job: ImportJob, traces: Iterable[list[Any]], at: datetime) -> Undone:
    """For Target.undo: those ticked by it unticked, results as before; not once the month's book is closed."""
    undone, kept, stuck = 0, [], []
    today = timezone.localdate()
    for number, trace in (record for records in traces for record in records):
        row = TrainingAttendance.objects.filter(pk=number).select_related("session__entry").first()
        if row is None or Result.of(row).packed() != trace["now"]:
            kept.append(number)
        elif not is_open(row.session.entry, today):
            stuck.append((number, _("The book of that month is closed.")))
        else:
            _take_back(row, trace["was"])
            undone += 1
    return Undone(undone, kept, stuck)


def _take_back(row: TrainingAttendance, was: list[Any] | None) -> None:
    if was is None:
        row.delete()
        return
    score, row.has_passed = was
    row.score = None if score is None else Decimal(score)
    row.save()


def _values(row: StagedRow) -> dict[str, Any]:
    said = row.values.get("score")
    return {"score": None if said is None else Decimal(said), "has_passed": row.values.get("has_passed")}
