"""Between preview and writing: a person corrects rows, judges duplicates, answers questions, ticks leavers, or drops it all."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.translation import gettext as _

from core.collector import rarely_collecting
from core.moves import Clock, Moving
from core.refusals import Refused
from imports import blocks, files, memory, staging
from imports.blocks import StagedRow
from imports.checking import recheck
from imports.models import ImportBlock, ImportJob, ImportTrace, Outcome
from imports.plain import restored
from imports.registry import target_for
from imports.workflow.intake import describe_whole, judged_anew
from imports.workflow.lifecycle import LIFECYCLE

if TYPE_CHECKING:
    from accounts.models import User


def compare_again(job: ImportJob, *, by: "User") -> ImportJob:
    """The same rows beside the roster of now."""
    with LIFECYCLE.moving(job, "compare", by=by) as move:
        refresh(move.row)
    return move.row


@rarely_collecting()
def refresh(job: ImportJob) -> None:
    """Judge all rows anew and count them; the caller holds the job and saves it.

    All of them even for one corrected cell: two rows for one person may stand far apart, and a number that can be read now takes
    its person off the list of suspected leavers.
    """
    describe_whole(job, judged_anew(target_for(job.target), job))
    job.counts = blocks.total_counts(job)


def amend(job: ImportJob, number: int, texts: Mapping[str, str], *, by: "User", version: int | None = None) -> ImportJob:
    """Correct cells of a row: {field: what the person typed}. Fields that are not named stay as they were."""
    with LIFECYCLE.moving(job, "amend", by=by, version=version) as move:
        row = _row(move.row, number)
        target = target_for(move.row.target)
        cells: dict[str, Any] = {name: restored(cell) for name, cell in staging.kept_cells(move.row, row).items()}
        checked = recheck({**cells, **texts}, target.definition, timezone.localdate(), number)

        def correct(rows: list[StagedRow]) -> None:
            for each in rows:
                if each.number == number:
                    staging.corrected(move.row, each, texts, checked)

        blocks.change(move.row, {number}, correct)
        _changed(move)
    return move.row


def decide(job: ImportJob, number: int, decision: str, *, by: "User", version: int | None = None) -> ImportJob:
    """What is to become of a row: one of the choices that its target offers, "skip" to leave it out, "" to take that back."""
    with LIFECYCLE.moving(job, "amend", by=by, version=version) as move:
        row = _row(move.row, number)
        offered = {choice.value for choice in target_for(move.row.target).decisions(row)}
        if decision not in {"", staging.SKIP, *offered}:
            raise Refused(_("This cannot be decided for this row (any more)."))

        def take(rows: list[StagedRow]) -> None:
            for each in rows:
                if each.number == number:
                    each.decision = decision

        blocks.change(move.row, {number}, take)
        _changed(move)
    return move.row


def answer_question(job: ImportJob, key: str, value: str, *, by: "User", version: int | None = None) -> ImportJob:
    """A question of the target about the whole sheet; the project remembers the answer."""
    with LIFECYCLE.moving(job, "amend", by=by, version=version) as move:
        asked = {entry[0]: {choice[0] for choice in entry[2]} for entry in move.row.found.get("questions", [])}
        if value not in {"", *asked.get(key, set())}:
            raise Refused(_("This is not one of the answers."))
        move.row.answers = {**move.row.answers, "choices": {**move.row.answers.get("choices", {}), key: value}}
        memory.remember_choice(move.row, key, value)
        _changed(move)
    return move.row


def tick_leavers(job: ImportJob, chosen: Iterable[int], on: date, *, by: "User", version: int | None = None) -> ImportJob:
    """Who of the suspected leavers has left, and which day was the last. Nobody leaves without a tick."""
    with LIFECYCLE.moving(job, "amend", by=by, version=version) as move:
        if on > timezone.localdate():
            raise Refused(_("The last day cannot lie in the future."))
        wanted, suggested = set(chosen), move.row.leavers.get("ids", [])
        move.is_news = False
        move.row.leavers = {"ids": suggested, "chosen": [each for each in suggested if each in wanted], "on": on.isoformat()}
    return move.row


def drop(job: ImportJob, *, by: "User | Clock", version: int | None = None) -> ImportJob:
    """Nothing is written, and the people in the file are forgotten; that there was an import stays."""
    with LIFECYCLE.moving(job, "drop", by=by, version=version) as move:
        forget(move.row)
    return move.row


def forget(job: ImportJob) -> None:
    """The people in the file, and what the import changed; that there was one, and its counts, stay."""
    ImportTrace.objects.filter(job=job).delete()
    ImportBlock.objects.filter(job=job).delete()
    files.drop(job)
    job.found = {name: job.found[name] for name in ("sheet", "header_row", "columns") if name in job.found}
    job.leavers = {}


def _row(job: ImportJob, number: int) -> StagedRow:
    row = blocks.find(job, number)
    if row is None:
        raise Refused(_("There is no row %d in this import.") % number)
    return row


def _changed(move: Moving) -> None:
    """Writing on in a preview makes no history of its own; the audit trail gets the result."""
    move.is_news = False
    refresh(move.row)


def is_settled(job: ImportJob) -> bool:
    """Whether every row can be written or was left out."""
    return not (job.counts.get(Outcome.ERROR) or job.counts.get(Outcome.DUPLICATE))
