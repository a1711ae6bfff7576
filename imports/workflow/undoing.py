"""Taking a written import back, for seven days: what nobody touched since is as before; the rest stays, and is listed."""

from typing import TYPE_CHECKING

from core.audit import AuditKind, record
from core.refusals import Refused
from imports.models import ImportJob, ImportTrace
from imports.registry import target_for
from imports.workflow.lifecycle import LIFECYCLE, lock

if TYPE_CHECKING:
    from accounts.models import User


def undo(job: ImportJob, *, by: "User", version: int | None = None) -> ImportJob:
    """In one transaction. The three piles are kept with the job; raises Refused when the seven days are over."""
    with LIFECYCLE.moving(job, "undo", by=by, version=version) as move:
        _check(move.row)
        lock(move.row.project)
        traces = ImportTrace.objects.filter(job=move.row).order_by("pk")
        undone = target_for(move.row.target).undo(move.row, (trace.records for trace in traces.iterator()), move.at)
        move.row.undone_at = move.at
        move.row.undoing = {"undone": undone.undone, "kept": undone.kept, "stuck": [list(entry) for entry in undone.stuck]}
        traces.delete()
        facts = {"undone": undone.undone, "kept": len(undone.kept), "stuck": len(undone.stuck)}
        record(AuditKind.IMPORT, by=by, subject=move.row, target=move.row.target, project=move.row.project.code, **facts)
    return move.row


def hand_over_undo(job: ImportJob, *, by: "User", version: int | None = None) -> ImportJob:
    with LIFECYCLE.moving(job, "hand_over_undo", by=by, version=version) as move:
        _check(move.row)
        move.row.done, move.row.beat_at = 0, move.at
    return move.row


def _check(job: ImportJob) -> None:
    if not job.can_still_be_undone:
        raise Refused(str(target_for(job.target).words.undone_too_late))
