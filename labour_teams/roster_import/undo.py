"""Taking a written roster back. What the import made carries its moment; what it changed left a trace.

Three piles: undone; kept, because somebody changed it since; stuck, because taking it back would break something, with why.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.db import connection
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from core.references import in_use, unused
from core.temporary import NUMBER, TemporaryTable, prepared
from imports.models import ImportJob
from imports.registry import Undone
from labour_teams.models import Engagement, LabourTeam, WorkCrew, Worker
from labour_teams.roster_import import statements
from labour_teams.roster_import.write import PARTICULARS

BEFORE = ("team_id", "crew_id", *PARTICULARS)
RESTORED = {"id": NUMBER, "team_id": NUMBER, "crew_id": NUMBER, **PARTICULARS}


def undo(job: ImportJob, traces: Iterable[list[Any]], at: datetime) -> Undone:
    stamp: datetime = job.written_at  # type: ignore[assignment]  # a written job has its stamp: a constraint
    made = Engagement.objects.filter(project=job.project, created_at=stamp)
    kept = list(made.exclude(updated_at=stamp).values_list("pk", flat=True))
    stuck = list(in_use(made.filter(updated_at=stamp)))
    undone = _delete(made.exclude(pk__in=[*kept, *(number for number, _reason in stuck)]))
    for records in traces:
        restored = _restore(records, stamp, at)
        undone += restored.undone
        kept += restored.kept
        stuck += restored.stuck
    _delete(unused(Worker.objects.filter(created_at=stamp)))
    _delete_units(job)
    return Undone(undone, kept, stuck)


def _delete(rows: QuerySet) -> int:
    """Without loading them: nothing refers to these rows, and a hundred thousand of them would not fit."""
    return rows._raw_delete(connection.alias) or 0


def _delete_units(job: ImportJob) -> None:
    """Crews and teams that this import made, where they are empty again."""
    made = job.found.get("made", {})
    for model, name in ((WorkCrew, "crews"), (LabourTeam, "teams")):
        for unit in unused(model._base_manager.filter(pk__in=made.get(name, ()))):
            unit.delete()


def _restore(records: list[Any], stamp: datetime, at: datetime) -> Undone:
    """One batch of traces: engagements that the import changed, and what they said before."""
    before = dict(records)
    rows = Engagement.objects.filter(pk__in=before)
    kept = list(rows.exclude(updated_at=stamp).values_list("pk", flat=True))
    untouched = rows.filter(updated_at=stamp)
    blocked = _open_twice(untouched, before)
    good = set(untouched.values_list("pk", flat=True)) - blocked
    with prepared(), TemporaryTable("restored", RESTORED, "id") as table:
        table.fill(table.packed([(number, *(before[number][name] for name in BEFORE)) for number in sorted(good)]))
        with connection.cursor() as cursor:
            cursor.execute(statements.RESTORE, {"at": connection.ops.adapt_datetimefield_value(at)})
    reason = _("The person has a later entry in this project.")
    return Undone(len(good), kept, [(number, reason) for number in sorted(blocked)])


def _open_twice(rows: QuerySet, before: Mapping[int, Mapping[str, Any]]) -> set[int]:
    """Whose engagement was open before and has a later one by now, which the undo had to leave."""
    opened = {number for number, columns in before.items() if columns["left_on"] is None}
    mine = {number: (worker, day) for number, worker, day in rows.values_list("pk", "worker", "entered_on") if number in opened}
    others: dict[int, list[tuple[int, date, date | None]]] = {}
    project = rows.values_list("project", flat=True).first()
    all_here = Engagement.objects.filter(project=project, worker__in={worker for worker, _day in mine.values()})
    for number, worker, entered_on, left_on in all_here.values_list("pk", "worker", "entered_on", "left_on"):
        others.setdefault(worker, []).append((number, entered_on, left_on))
    return {
        number
        for number, (worker, day) in mine.items()
        if any(other != number and (left_on is None or entered > day) for other, entered, left_on in others[worker])
    }
