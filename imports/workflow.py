"""Every write of an import.

    receive ──► refused
       │
       ▼
    previewed ──write──► written
       │  ▲ └────drop───► dropped (its rows are deleted)
       └──┘ compare

What is written is what somebody saw: writing compares again, under the project's lock, and where the roster has changed since the
preview it writes nothing and shows the new comparison. Two people with the same sheet therefore write one set of rows.
"""

import hashlib
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from core.audit import AuditKind, record
from core.moves import Lifecycle, Move, Moving
from core.refusals import Refused, Stale
from imports import policies, staging
from imports.characters import masked
from imports.checking import Answers, CheckedSheet, check
from imports.models import ImportEvent, ImportJob, ImportRow
from imports.registry import Comparison, Outcome, Target, target_for
from regions.models import Project

if TYPE_CHECKING:
    from accounts.models import User

S = ImportJob.Status

LIFECYCLE = Lifecycle(
    ImportJob,
    ImportEvent,
    "job",
    {
        "write": Move(frozenset({S.PREVIEWED}), S.WRITTEN, policies.can_decide, pgettext_lazy("import", "Write")),
        "compare": Move(frozenset({S.PREVIEWED}), S.PREVIEWED, policies.can_decide, gettext_lazy("Compare again")),
        "drop": Move(frozenset({S.PREVIEWED}), S.DROPPED, policies.can_decide, gettext_lazy("Drop this import")),
    },
)

BATCH = 1_000
NAME_LENGTH = 255
DOUBLE_CLICK = timedelta(minutes=1)


class Overtaken(Exception):
    """Between preview and writing somebody changed what the rows are compared with."""


def receive(project: Project, key: str, *, name: str, data: bytes, by: "User", sheet: str = "") -> ImportJob:
    """Read, check and compare an uploaded file. Always gives a job; an unreadable file gives a refused one, which says why."""
    if not policies.can_import(by, project, key):
        raise Refused(_("Your post does not allow importing into this project."))
    target, today = target_for(key), timezone.localdate()
    checked = check(data, name, target.definition, today, Answers(sheet=sheet))
    rows = [staging.staged_row(checked, row) for row in checked.rows] if staging.is_previewable(checked) else []
    comparison = target.compare(project, staging.readable(target, rows), today)
    staging.take_over(rows, comparison)
    job = ImportJob(
        target=key, project=project, by=by, file_name=masked(name)[-NAME_LENGTH:], **_description(checked, rows, comparison)
    )
    job.file_sha256 = hashlib.sha256(data).hexdigest()
    return _keep(job, rows)


def _description(checked: CheckedSheet, rows: list[ImportRow], comparison: Comparison) -> dict:
    return {
        "status": S.PREVIEWED if rows else S.REFUSED,
        "found": {**staging.described(checked), "creations": comparison.creations},
        "problems": staging.whole_file_problems(checked),
        "counts": staging.counted(rows),
    }


def _keep(job: ImportJob, rows: list[ImportRow]) -> ImportJob:
    """Save a new job, unless the same person sent the same file a moment ago: then a double click meets the first job."""
    with transaction.atomic():
        _lock(job.project)
        twins = ImportJob.objects.filter(project=job.project, by=job.by, target=job.target, status=S.PREVIEWED)
        recent = twins.filter(file_sha256=job.file_sha256, created_at__gte=timezone.now() - DOUBLE_CLICK)
        if twin := recent.order_by("pk").first():
            return twin
        job.save()
        for row in rows:
            row.job = job
        ImportRow.objects.bulk_create(rows, batch_size=BATCH)
        ImportEvent.objects.create(job=job, verb="receive", from_status="", to_status=job.status, by=job.by)
    return job


def write(job: ImportJob, *, by: "User", version: int | None = None) -> ImportJob:
    """All rows or none. Raises Stale, with a fresh preview in place, if the roster is no longer what the preview said."""
    try:
        with LIFECYCLE.moving(job, "write", by=by, version=version) as move:
            _write(move, by)
    except (Overtaken, IntegrityError):
        compare_again(job, by=by)
        raise Stale(
            _("The roster changed after this preview. Nothing was written; the sheet was compared again: look, then write.")
        ) from None
    return move.row


def _write(move: Moving, by: "User") -> None:
    job: ImportJob = move.row
    _lock(job.project)
    target, rows = target_for(job.target), list(job.rows.for_list())
    if job.counts.get(Outcome.ERROR):
        raise Refused(_("There are still rows with errors. Correct them in the sheet and upload it again; nothing was written."))
    comparison = target.compare(job.project, staging.readable(target, rows), timezone.localdate())
    for row, judged in zip(rows, comparison.rows, strict=True):
        if staging.differs(row, judged):
            raise Overtaken
    facts = target.write(job.project, comparison)
    for row, judged in zip(rows, comparison.rows, strict=True):
        row.target_id = judged.target_id
    _update(rows, ["target_id"])
    job.written_at = move.at
    record(AuditKind.IMPORT, by=by, subject=job, target=target.key, project=job.project.code, **job.counts, **facts)


def compare_again(job: ImportJob, *, by: "User") -> ImportJob:
    """The same rows beside the roster of now."""
    with LIFECYCLE.moving(job, "compare", by=by) as move:
        target: Target = target_for(move.row.target)
        rows = list(move.row.rows.for_list())
        comparison = target.compare(move.row.project, staging.readable(target, rows), timezone.localdate())
        staging.take_over(rows, comparison)
        _update(rows, ["outcome", "cells", "issues", "is_warned"])
        move.row.found = {**move.row.found, "creations": comparison.creations}
        move.row.counts = staging.counted(rows)
    return move.row


def drop(job: ImportJob, *, by: "User", version: int | None = None) -> ImportJob:
    """Nothing is written, and the people in the file are forgotten; that there was an import stays."""
    with LIFECYCLE.moving(job, "drop", by=by, version=version) as move:
        move.row.rows.all().delete()
    return move.row


def _update(rows: list[ImportRow], fields: list[str]) -> None:
    """Measured on 8,000 rows: an upsert takes a quarter of bulk_update's time, though it encrypts the cells once more."""
    ImportRow.objects.bulk_create(
        rows, batch_size=BATCH, update_conflicts=True, unique_fields=["job", "number"], update_fields=fields
    )


def _lock(project: Project) -> None:
    """One import at a time for a project. Weaker than an update of the project itself, so that nobody else has to wait."""
    list(Project.objects.select_for_update(of=("self",), no_key=True).filter(pk=project.pk).values_list("pk"))
