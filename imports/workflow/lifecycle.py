"""The moves of an import, and the lock under which its project is written."""

from time import monotonic

from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext_lazy, pgettext_lazy

from core.moves import Lifecycle, Move
from imports import policies
from imports.models import ImportEvent, ImportJob
from regions.models import Project

S = ImportJob.Status
A_SECOND = 1.0
OPEN = frozenset({S.READING, S.ASKED, S.PREVIEWED})

LIFECYCLE = Lifecycle(
    ImportJob,
    ImportEvent,
    "job",
    {
        "write": Move(frozenset({S.PREVIEWED, S.WRITING}), S.WRITTEN, policies.can_decide, pgettext_lazy("import", "Write")),
        "hand_over": Move(frozenset({S.PREVIEWED}), S.WRITING, policies.can_decide, gettext_lazy("Write in the background")),
        "stand_back": Move(
            frozenset({S.PREVIEWED, S.WRITING}), S.PREVIEWED, policies.is_clock, gettext_lazy("Writing was stopped")
        ),
        "begin": Move(OPEN, S.READING, policies.can_decide, gettext_lazy("Read the file")),
        "read": Move(frozenset({S.READING}), None, policies.can_decide, gettext_lazy("The file was read")),
        "compare": Move(frozenset({S.PREVIEWED}), S.PREVIEWED, policies.can_decide, gettext_lazy("Compare again")),
        "amend": Move(frozenset({S.PREVIEWED}), S.PREVIEWED, policies.can_decide, gettext_lazy("Correct a row")),
        "drop": Move(OPEN | {S.REFUSED}, S.DROPPED, policies.can_drop, gettext_lazy("Drop this import")),
        "hand_over_undo": Move(frozenset({S.WRITTEN}), S.UNDOING, policies.can_undo, gettext_lazy("Undo in the background")),
        "undo": Move(frozenset({S.WRITTEN, S.UNDOING}), S.UNDONE, policies.can_undo, gettext_lazy("Undo this import")),
    },
)


def lock(project: Project) -> None:
    """One import at a time for a project. Weaker than an update of the project itself, so that nobody else has to wait."""
    list(Project.objects.select_for_update(of=("self",), no_key=True).filter(pk=project.pk).values_list("pk"))


def wake(job: ImportJob) -> None:
    """Work that died is begun once more: it counts as alive from now."""
    beat(job, 0)


def beat(job: ImportJob, done: int, total: int = 0) -> None:
    """Say how far the work has come."""
    ImportJob.objects.filter(pk=job.pk).update(done=done, total=total or job.total, beat_at=timezone.now())


class Pulse:
    """Beats as the work goes on, but not oftener than the waiting page asks: on SQLite every beat takes the one write lock."""

    def __init__(self, job: ImportJob) -> None:
        self._job, self._done, self._last = job, 0, monotonic()

    def step(self, rows: int, total: int = 0) -> None:
        self._done += rows
        if monotonic() - self._last >= A_SECOND:
            if not connection.in_atomic_block:
                beat(self._job, self._done, total)
            elif connection.vendor == "postgresql":
                _beat_beside(self._job, self._done)
            self._last = monotonic()


def _beat_beside(job: ImportJob, done: int) -> None:
    """From inside a transaction, whose own beats nobody would see before its end: over another connection."""
    beside = connection.copy()
    try:
        with beside.cursor() as cursor:
            statement = "UPDATE imports_importjob SET done = %s, beat_at = %s WHERE id = %s"
            cursor.execute(statement, [done, beside.ops.adapt_datetimefield_value(timezone.now()), job.pk])
    finally:
        beside.close()
