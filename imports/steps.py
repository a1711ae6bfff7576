"""How far an import has come, in five steps, and the word, tone and icon of each state."""

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from imports.models import UNDO_FOR, ImportJob

S = ImportJob.Status
STATUS_PILLS = {
    S.READING: ("go", ""),
    S.REFUSED: ("late", "x-octagon-fill"),
    S.ASKED: ("soon", "question-circle"),
    S.PREVIEWED: ("go", ""),
    S.WRITING: ("go", ""),
    S.WRITTEN: ("ok", ""),
    S.UNDOING: ("go", ""),
    S.UNDONE: ("", "arrow-counterclockwise"),
    S.DROPPED: ("", "dash-circle"),
}
WORDS = (
    pgettext_lazy("import", "Upload"),
    gettext_lazy("Find the header"),
    gettext_lazy("Check the rows"),
    gettext_lazy("Write the rows"),
    pgettext_lazy("import", "Result"),
)
# How far each state has come, counted in steps that are done.
DONE = {
    S.READING: 1, S.REFUSED: 1, S.ASKED: 1, S.PREVIEWED: 2, S.DROPPED: 2, S.WRITING: 3, S.WRITTEN: 5, S.UNDOING: 5, S.UNDONE: 5,
}  # fmt: skip
OVER = (S.REFUSED, S.DROPPED)  # nothing is under way in them


class Step(NamedTuple):
    word: str
    note: str
    state: str


def steps(job: ImportJob) -> list[Step]:
    done = DONE[S(job.status)]
    current = done if done < len(WORDS) and job.status not in OVER else None
    states = ("done" if index < done else "now" if index == current else "" for index in range(len(WORDS)))
    return [Step(str(word), note, state) for word, note, state in zip(WORDS, _notes(job), states, strict=True)]


def _notes(job: ImportJob) -> Iterator[str]:
    yield moment(job.created_at)
    header_row = job.found.get("header_row")
    yield _("Row %d") % header_row if header_row and job.status != S.ASKED else ""
    yield _("%d rows") % job.row_count if job.row_count else ""
    yield moment(job.written_at) if job.written_at else ""
    yield _result(job)


def _result(job: ImportJob) -> str:
    if job.undone_at:
        return _("Undone")
    if job.written_at:
        return _("%d rows written") % job.writing_count
    return "" if job.status in OVER else _("Can be undone for 7 days")


def undo_until(job: ImportJob) -> datetime | None:
    """The end of the days in which a written import can be taken back."""
    return job.written_at + UNDO_FOR if job.written_at else None


def moment(when: datetime) -> str:
    return formats.date_format(timezone.localtime(when), "SHORT_DATETIME_FORMAT")
