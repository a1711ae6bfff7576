"""Writing: all rows or the correct ones, in one transaction, and only what the preview said."""

from datetime import date, datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError
from django.utils import timezone
from django.utils.translation import gettext as _

from core.ahead import ahead
from core.audit import AuditKind, record
from core.collector import rarely_collecting
from core.moves import CLOCK, Moving
from core.refusals import Refused, Stale
from imports import blocks, files
from imports.models import WRITING, ImportEvent, ImportJob, ImportTrace, Outcome
from imports.registry import Overtaken, Trail, Writer, target_for
from imports.workflow.deciding import is_settled, refresh
from imports.workflow.lifecycle import LIFECYCLE, Pulse, S, lock

if TYPE_CHECKING:
    from accounts.models import User

BLOCKS_AHEAD = 12  # made ready while the database works on as many
LEFT_OVER = frozenset((Outcome.ERROR, Outcome.DUPLICATE))


def write(job: ImportJob, *, by: "User", mode: str = ImportJob.Mode.ALL, version: int | None = None) -> ImportJob:
    """Write a previewed import. Raises Stale, with a fresh preview in place, if the roster is no longer what the preview said.

    Rows that cannot be written become an import of their own where `mode` is VALID, and stop everything where it is ALL.
    """
    seen = job.version if version is None else version  # the rows are taken in before the lock: nobody may change them meanwhile
    at = timezone.now()
    target = target_for(job.target)
    choices = job.answers.get("choices", {})
    try:
        with rarely_collecting(), target.writing(job.project, choices, Trail(at, partial(_keep, job), by)) as writer:
            lock(job.project)
            LIFECYCLE.check(job, "write", by=by, version=seen)
            _check(job, mode)
            _take_in(job, writer)
            with LIFECYCLE.moving(job, "write", by=by, version=seen) as move:
                _write(move, writer, mode, at, by)
    except (Overtaken, IntegrityError):
        overtaken = Stale(str(target.words.overtaken))
        stand_back(job, why=overtaken.message)
        raise overtaken from None
    return move.row


def hand_over(job: ImportJob, *, by: "User", mode: str, version: int | None = None) -> ImportJob:
    """Leave the writing to the background: the state says so, and nobody changes the preview meanwhile."""
    with LIFECYCLE.moving(job, "hand_over", by=by, version=version) as move:
        _check(move.row, mode)
        move.row.mode, move.row.done, move.row.beat_at = mode, 0, move.at
    return move.row


def stand_back(job: ImportJob, *, why: str) -> ImportJob:
    """After losing the race, or stopped in the background: a fresh preview, nothing written, and the reason in the history."""
    with LIFECYCLE.moving(job, "stand_back", by=CLOCK) as move:
        refresh(move.row)
        move.note = why
    return move.row


def _take_in(job: ImportJob, writer: Writer) -> None:
    """Everything that can be done while others go on working."""

    def prepared(block: bytes) -> tuple[int, Any]:
        rows = blocks.opened(block)
        return len(rows), writer.prepare([row for row in rows if row.outcome in WRITING])

    pulse = Pulse(job)
    for count, rows in ahead(prepared, blocks.sealed(job, WRITING), BLOCKS_AHEAD):
        writer.take(rows)
        pulse.step(count)


def _keep(job: ImportJob, records: list[Any]) -> None:
    ImportTrace.objects.create(job=job, records=records)


def _check(job: ImportJob, mode: str) -> None:
    if mode == ImportJob.Mode.ALL and not is_settled(job):
        raise Refused(_("There are still rows to correct or to judge; nothing was written."))


def _write(move: Moving, writer: Writer, mode: str, at: datetime, by: "User") -> None:
    job: ImportJob = move.row
    _check(job, mode)
    leavers = job.leavers
    if leavers.get("chosen"):
        writer.leave(leavers["chosen"], date.fromisoformat(leavers["on"]))
    made = writer.write()
    if not is_settled(job):
        _leave_over(job)
    job.found = {**job.found, "made": made}
    job.written_at, job.mode = at, mode
    files.drop(job)
    record(AuditKind.IMPORT, by=by, subject=job, target=job.target, project=job.project.code, **job.counts)


def _leave_over(job: ImportJob) -> None:
    """The rows that were not written, as an import of their own that waits to be corrected."""
    rest = ImportJob(
        target=job.target,
        project=job.project,
        by=job.by,
        rest_of=job,
        file_name=job.file_name,
        file_sha256=job.file_sha256,
        file_size=job.file_size,
        status=S.PREVIEWED,
        answers=job.answers,
        found=job.found,
    )
    rest.save()
    ImportEvent.objects.create(job=rest, verb="receive", from_status="", to_status=rest.status, by=job.by)
    for rows in blocks.each(job):
        if left := [row for row in rows if row.outcome in LEFT_OVER]:
            blocks.add(rest, left)
    rest.counts = blocks.total_counts(rest)
    rest.total = rest.done = sum(rest.counts[outcome] for outcome in Outcome.values)
    rest.save()
