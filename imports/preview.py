"""What the page of an import shows: where it stands, how many rows of which kind, and each row with what would change, masked."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from imports import advice, blocks
from imports.blocks import WARNED, StagedRow
from imports.characters import masked
from imports.models import ImportJob, Outcome
from imports.registry import Target, target_for
from imports.staging import issues_of, masked_cell, unpacked, unpacked_issue

S = ImportJob.Status
EXAMINED = 2_000  # rows with errors that are read to group them; nobody works through a longer list
IDENTIFYING = 2  # columns after the name that say who and where
TONES = {
    Outcome.NEW: "ok",
    Outcome.UPDATE: "go",
    Outcome.TRANSFER: "go",
    Outcome.SAME: "",
    Outcome.DUPLICATE: "soon",
    Outcome.ERROR: "late",
    Outcome.LEFT_OUT: "",
}
ICONS = {
    Outcome.NEW: "plus-circle",
    Outcome.UPDATE: "pencil",
    Outcome.TRANSFER: "arrow-left-right",
    Outcome.SAME: "check-lg",
    Outcome.DUPLICATE: "people",
    Outcome.ERROR: "x-octagon-fill",
    Outcome.LEFT_OUT: "dash-circle",
}
STATUS_PILLS = {
    S.READING: ("go", ""),
    S.REFUSED: ("late", "x-octagon-fill"),
    S.ASKED: ("soon", ""),
    S.PREVIEWED: ("go", ""),
    S.WRITING: ("go", ""),
    S.WRITTEN: ("ok", ""),
    S.UNDOING: ("go", ""),
    S.UNDONE: ("", "arrow-counterclockwise"),
    S.DROPPED: ("", "dash-circle"),
}


class Tally(NamedTuple):
    """A number of rows that filters the list; `outcome` "" is all of them."""

    outcome: str
    label: str
    number: int
    is_current: bool

    @property
    def is_late(self) -> bool:
        return self.outcome == Outcome.ERROR and self.number > 0


class Step(NamedTuple):
    word: str
    note: str
    state: str


class Cell(NamedTuple):
    """What a column says; `before` is what the roster has, where it differs."""

    label: str
    text: str
    before: str
    is_changed: bool
    is_quiet: bool = False  # says nothing that a small screen needs


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the preview. `others` are changes in columns that the table does not show."""

    number: int
    title: Cell
    cells: list[Cell]
    others: list[Cell]
    word: str
    tone: str
    icon: str
    messages: list[str]


def context(job: ImportJob, rows: list[StagedRow]) -> dict[str, Any]:
    """Everything on the page of an import that does not depend on who looks."""
    target = target_for(job.target)
    wrong = blocks.page(job, Outcome.ERROR, size=EXAMINED).rows if job.counts.get(Outcome.ERROR) else []
    return {
        "job": job,
        "target": target,
        "pill": STATUS_PILLS[S(job.status)],
        "steps": steps(job),
        "headers": [target.definition.column(name).header for name in target.shown],
        "lines": lines(job, target, rows),
        "groups": advice.grouped(issues_of(wrong)),
        "row_count": job.row_count,
        "writing": job.writing_count,
        "places": target.places(job) if job.written_at else [],
    }


class Summary(NamedTuple):
    """A line of the project's history of imports."""

    job: ImportJob
    tone: str
    icon: str
    row_count: int | None  # None: no rows could be read
    writing_count: int | None
    error_count: int | None


def summary(job: ImportJob) -> Summary:
    counts = (job.row_count, job.writing_count, job.counts.get(Outcome.ERROR, 0))
    return Summary(job, *STATUS_PILLS[S(job.status)], *(counts if job.status != S.REFUSED else (None, None, None)))


def lines(job: ImportJob, target: Target, rows: list[StagedRow]) -> list[Line]:
    return [_line(job, row, target) for row in rows]


def _line(job: ImportJob, row: StagedRow, target: Target) -> Line:
    title, *cells = (_cell(job, name, row, target) for name in target.shown)
    cells = [_quietened(place, cell, row) for place, cell in enumerate(cells)]
    others = [_cell(job, name, row, target) for name in row.changes if name not in target.shown]
    outcome = Outcome(row.outcome)
    warned = row.is_warned and outcome is not Outcome.ERROR
    return Line(
        row.number,
        title,
        cells,
        others,
        word=_("%(outcome)s, with a warning") % {"outcome": outcome.label} if warned else str(outcome.label),
        tone="soon" if warned else TONES[outcome],
        icon="exclamation-circle" if warned else ICONS[outcome],
        messages=[unpacked_issue(row.number, issue).message for issue in row.issues],
    )


def _cell(job: ImportJob, name: str, row: StagedRow, target: Target) -> Cell:
    label = target.definition.column(name).header
    if change := row.changes.get(name):
        return Cell(label, change[1], change[0], is_changed=True)
    return Cell(label, _text(job, name, row, target), "", is_changed=False)


def _quietened(place: int, cell: Cell, row: StagedRow) -> Cell:
    """Empty cells are quiet; so is what stays as it is, but for the first two columns, which say who and where."""
    stays = row.outcome in (Outcome.UPDATE, Outcome.SAME, Outcome.TRANSFER) and place >= IDENTIFYING and not cell.is_changed
    return cell._replace(is_quiet=stays or not (cell.text or cell.before))


def _text(job: ImportJob, name: str, row: StagedRow, target: Target) -> str:
    """The cleaned value; where a cell could not be read, what stood in it. Masked either way."""
    value = unpacked(target, row.values)[name]
    if value is None:
        return masked_cell(job, row, name)
    shown = target.definition.column(name).show(value)
    return masked(shown) if isinstance(value, str) else shown


def tallies(job: ImportJob, current: str) -> list[Tally]:
    labels = {outcome.value: str(outcome.label) for outcome in Outcome} | {WARNED: _("With warnings")}
    counts = {key: job.counts.get(key, 0) for key in labels}
    total = sum(counts.values()) - counts[WARNED]
    chosen = current if current in labels else ""
    rest = [Tally(key, label, counts[key], key == chosen) for key, label in labels.items()]
    return [Tally("", _("All rows"), total, not chosen), *rest]


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


def steps(job: ImportJob) -> list[Step]:
    done = DONE[S(job.status)]
    current = done if done < len(WORDS) and job.status != S.DROPPED else None
    states = ("done" if index < done else "now" if index == current else "" for index in range(len(WORDS)))
    return [Step(str(word), note, state) for word, note, state in zip(WORDS, _notes(job), states, strict=True)]


def _notes(job: ImportJob) -> Iterator[str]:
    yield _moment(job.created_at)
    header_row = job.found.get("header_row")
    yield _("Row %d") % header_row if header_row else ""
    yield _("%d rows") % job.row_count if job.row_count else ""
    yield _moment(job.written_at) if job.written_at else ""
    yield _("%d rows written") % job.writing_count if job.written_at else ""


def _moment(moment: datetime) -> str:
    return formats.date_format(timezone.localtime(moment), "SHORT_DATETIME_FORMAT")
