"""The answer (回音): asked for, written, judged by somebody else, brought to whoever spoke."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from core.moves import CLOCK, Actor, Moving
from core.refusals import Refused
from core.workdays import WorkingDays
from feedback.cases.clock import later, waited, waits_until
from feedback.cases.workflow.lifecycle import LIFECYCLE, said
from feedback.cases.workflow.together import spread, tell_by_code
from feedback.models import Case, CaseMessage, Promise

Status = Case.Status


@dataclass(frozen=True, slots=True)
class PromiseGiven:
    """What an answer promises, who does it, by which day."""

    text: str
    who: str
    due_on: date


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer in plain words. `is_final`: the last word on the matter, for headquarters to approve."""

    text: str
    promises: Sequence[PromiseGiven] = ()
    is_final: bool = False


def ask_worker(case: Case, *, by: Actor, question: str) -> Case:
    """Ask whoever spoke; the clock stands still for five working days at most. Once, until he has said something."""
    with LIFECYCLE.moving(case, "ask_worker", by=by) as move:
        row: Case = move.row
        asked = row.events.filter(verb="ask_worker").count()
        if asked > row.messages.filter(is_from_worker=True).count():
            raise Refused(_("The worker was asked already and has not answered. Go on with what is known."))
        words = said(question, "question", _("Write the question."))
        CaseMessage.objects.create(case=row, is_from_worker=False, words=words, at=move.at, by=by)
        row.waiting_since = move.at
    return move.row


def resume(case: Case, *, by: Actor) -> Case:
    """Go on: the deadlines move on by the working days waited. The clock waits until the five are over."""
    with LIFECYCLE.moving(case, "resume", by=by) as move:
        row: Case = move.row
        workdays = WorkingDays.load()
        assert row.waiting_since is not None  # noqa: S101 - case_waits_since
        if by is CLOCK and move.at < waits_until(row.waiting_since, workdays):
            raise Refused(_("The worker still has time to answer."))
        days = waited(row.waiting_since, move.at, workdays)
        row.answer_due_at = row.answer_due_at and later(row.answer_due_at, days, workdays)
        row.settle_due_at = row.settle_due_at and later(row.settle_due_at, days, workdays)
        row.waiting_since = None
    return move.row


def submit_reply(case: Case, *, by: Actor, reply: Reply) -> Case:
    """Hand an answer in for judgement. After the last redo only a final one is left for what was answered."""
    with LIFECYCLE.moving(case, "submit_reply", by=by) as move:
        row: Case = move.row
        if row.status != Status.ACCEPTED and not reply.is_final:
            words = _("It was done again twice. Only a final reply remains.")
            raise Refused(words, fields={"is_final": words})
        row.reply = said(reply.text, "text", _("Write the answer."))
        row.replied_by, row.is_final, row.closed_at = by, reply.is_final, None
        _draft_promises(move, reply.promises)
    return move.row


def approve_reply(case: Case, *, by: Actor, version: int | None = None) -> Case:
    """Give the answer. It is published as a message of its author, which a later answer does not overwrite.

    `version`: of the case as it was read; Stale is raised where the answer was returned and written anew since.
    """
    with LIFECYCLE.moving(case, "approve_reply", by=by, version=version) as move:
        row: Case = move.row
        drafted(row).update(given_at=move.at)
        publish(move)
        move.to(Status.FINAL_REPLY if row.is_final else Status.ANSWERED)
        row.closed_at = move.at if row.is_final else None
    spread(move.row)
    return move.row


def return_reply(case: Case, *, by: Actor, word: str, version: int | None = None) -> Case:
    """Send an answer back to its author, who finds it as he wrote it."""
    with LIFECYCLE.moving(case, "return_reply", by=by, version=version) as move:
        move.note = said(word, "word", _("Say what is to be mended."))
    return move.row


def deliver(case: Case, *, by: Actor, how: str, note: str = "") -> Case:
    """Record how the answer reached whoever spoke; the first time counts, later ones stand in the story.

    What hangs on a wall or was read aloud is delivered by the clock: who hung it up or read it stands there.
    """
    with LIFECYCLE.moving(case, "deliver", by=by) as move:
        if how not in Case.Delivery.values or how == Case.Delivery.CODE:
            words = _("Say how the answer reached the worker.")
            raise Refused(words, fields={"how": words})
        if move.row.delivered_at is None:
            move.row.delivered_at, move.row.delivery = move.at, how
        move.note = "·".join(filter(None, (str(Case.Delivery(how).label), note.strip())))
    return move.row


def publish(move: Moving) -> None:
    """The answer stands from now on; whom his look-up code tells it has it at once, others are still to be told."""
    row: Case = move.row
    CaseMessage.objects.create(case=row, is_from_worker=False, words=row.reply, at=move.at, by=row.replied_by)
    row.replied_at = move.at
    tell_by_code(move)


def drafted(case: Case) -> Any:
    """The promises of an answer that is not approved yet: nobody was promised anything so far."""
    promises = case.promises.filter(kept_on=None)
    return promises.filter(given_at__gt=case.replied_at) if case.replied_at else promises


def _draft_promises(move: Moving, promises: Sequence[PromiseGiven]) -> None:
    row: Case = move.row
    drafted(row).delete()
    today = timezone.localdate(move.at)
    for promise in promises:
        if not promise.text.strip() or not promise.who.strip() or promise.due_on < today:
            words = _("A promise says what, who, and by which day from today on.")
            raise Refused(words, fields={"promises": words})
    Promise.objects.bulk_create(
        Promise(
            case=row, text=each.text.strip(), who=each.who.strip(), due_on=each.due_on, given_by=row.replied_by, given_at=move.at
        )
        for each in promises
    )
