"""What takes long runs in the background: reading a big file, writing or undoing many rows. What is small is done at once.

A task finds its job and its person again and asks the person's rights anew. One that is run twice, or again after a killed
worker, does no harm: every step starts from the job's state.
"""

from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.auth import get_user_model
from django_tasks import task
from django_tasks.base import Task

from core.refusals import Refused, Stale
from imports import workflow
from imports.models import ImportJob

if TYPE_CHECKING:
    from accounts.models import User

S = ImportJob.Status


def read(job: ImportJob, *, by: "User") -> ImportJob:
    """Read the file of a job that waits for it; at once if it is small."""
    if job.status != S.READING:
        return job
    if job.file_size <= settings.IMPORT_INLINE_BYTES:
        return workflow.read(job, by=by)
    return _later(read_file, job, by)


def write(job: ImportJob, *, by: "User", mode: str, version: int | None = None) -> ImportJob:
    if job.writing_count <= settings.IMPORT_INLINE_ROWS:
        return workflow.write(job, by=by, mode=mode, version=version)
    return _later(write_rows, workflow.hand_over(job, by=by, mode=mode, version=version), by)


def undo(job: ImportJob, *, by: "User", version: int | None = None) -> ImportJob:
    if job.writing_count <= settings.IMPORT_INLINE_ROWS:
        return workflow.undo(job, by=by, version=version)
    return _later(undo_rows, workflow.hand_over_undo(job, by=by, version=version), by)


def resume(job: ImportJob, *, by: "User") -> ImportJob:
    """Work that fell silent, once more: here and now, for it may be the worker that is not running."""
    work = {S.READING: read_file, S.WRITING: write_rows, S.UNDOING: undo_rows}.get(S(job.status))
    if work is not None and job.is_silent:
        workflow.wake(job)
        work.call(job.pk, by.pk)
        job.refresh_from_db()
    return job


def _later(work: Task, job: ImportJob, by: "User") -> ImportJob:
    work.enqueue(job.pk, by.pk)
    job.refresh_from_db()
    return job


@task()
def read_file(job: int, by: int) -> None:
    found, person = _again(job, by)
    if found.status == S.READING:
        workflow.read(found, by=person)


@task()
def write_rows(job: int, by: int) -> None:
    """Whatever stops the writing, the person finds a preview again, compared with what is there now."""
    found, person = _again(job, by)
    if found.status == S.WRITING:
        try:
            workflow.write(found, by=person, mode=found.mode)
        except Stale:
            return  # the preview is fresh already
        except Refused as refusal:
            workflow.stand_back(found, why=refusal.message)


@task()
def undo_rows(job: int, by: int) -> None:
    found, person = _again(job, by)
    if found.status == S.UNDOING:
        workflow.undo(found, by=person)


def _again(job: int, by: int) -> tuple[ImportJob, "User"]:
    return ImportJob.objects.select_related("project__region", "by").get(pk=job), get_user_model().objects.get(pk=by)
