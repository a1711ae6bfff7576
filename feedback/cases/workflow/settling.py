"""The settlement (落实): seen on site, asked about by somebody else, done again if it was not; promises kept."""

from datetime import date, timedelta

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.models import Attachment
from core.moves import WORKER, Actor, Moving
from core.refusals import Refused
from core.workdays import WorkingDays
from feedback.cases import policies
from feedback.cases.clock import broken_at, deadlines, rule_for, start
from feedback.cases.workflow.answering import drafted, publish
from feedback.cases.workflow.lifecycle import LIFECYCLE, kept_photo, said
from feedback.cases.workflow.sights import Destination, give_lead
from feedback.cases.workflow.together import spread
from feedback.models import Case, Promise, Revisit, Tier

Status = Case.Status
REVISIT_DAYS = 1  # working days after the settlement
AFTER_REPORT = timedelta(hours=24)


def settle(case: Case, *, by: Actor, settled_on: date, note: str, photo: UploadedFile | None) -> Case:
    """Record what was seen on site, with a photo where it can be photographed; a revisit is due the next working day."""
    with transaction.atomic():
        LIFECYCLE.check(case, "settle", by=by)
        kept = _kept(case, photo, by)
        with LIFECYCLE.moving(case, "settle", by=by) as move:
            _settled(move, by, settled_on, note, kept)
            due_on = WorkingDays.load().add(timezone.localdate(move.at), REVISIT_DAYS)
            Revisit.objects.create(case=move.row, round=move.row.redos, due_on=due_on)
    spread(move.row)
    return move.row


def confirm_settled(case: Case, *, by: Actor) -> Case:
    """Whoever asked on site, or the worker himself, says that it is done."""
    with LIFECYCLE.moving(case, "confirm_settled", by=by) as move:
        move.row.closed_at = move.at
        _answer_revisit(move, by, is_settled=True)
    spread(move.row)
    return move.row


def redo(case: Case, *, by: Actor, word: str) -> Case:
    """重办: it is not settled. New deadlines run; the first ones, and what was missed, stay written. Twice at most."""
    with LIFECYCLE.moving(case, "redo", by=by) as move:
        row: Case = move.row
        if row.redos >= Case.MOST_REDOS:
            raise Refused(_("It was done again twice. Only a final reply remains."))
        move.note = word.strip() if by is WORKER else said(word, "word", _("Say what is not settled."))
        _answer_revisit(move, by, is_settled=False)
        due = deadlines(rule_for(row), move.at, WorkingDays.load())
        row.answer_due_at, row.settle_due_at = due.answer_due_at, due.settle_due_at
        row.redos, row.lead, row.is_final = row.redos + 1, None, False
        row.closed_at, row.settled_on, row.settled_by, row.settled_note, row.settled_photo = None, None, None, "", None
    spread(move.row)
    return move.row


def let_stand(case: Case, *, by: Actor, word: str) -> Case:
    """A sample found it not settled, and it stays closed all the same: with a word why."""
    with LIFECYCLE.moving(case, "let_stand", by=by) as move:
        move.note = said(word, "word", _("Say why it is not done again."))
    return move.row


def close_on_spot(case: Case, *, by: Actor, reply: str, settled_note: str, photo: UploadedFile | None) -> Case:
    """A regional coordinator deals with what cannot wait, there and then; the after-report is due within a day."""
    with transaction.atomic():
        LIFECYCLE.check(case, "close_on_spot", by=by)
        kept = _kept(case, photo, by)
        with LIFECYCLE.moving(case, "close_on_spot", by=by) as move:
            row: Case = move.row
            start(row, move.at)
            give_lead(row, Destination(Tier.REGION))
            row.reply, row.replied_by = said(reply, "reply", _("Write the answer.")), by
            row.handler, row.accepted_at = by, row.accepted_at or move.at
            publish(move)
            _settled(move, by, timezone.localdate(move.at), settled_note, kept)
            row.closed_at, row.after_report_due_at = move.at, move.at + AFTER_REPORT
    spread(move.row)
    return move.row


def file_after_report(case: Case, *, by: Actor, text: str) -> Case:
    """What was found and done, after a case was closed on the spot; once."""
    with LIFECYCLE.moving(case, "file_after_report", by=by) as move:
        move.row.after_report = said(text, "text", _("Write what was found and what was done."))
        move.row.after_reported_at = move.at
    return move.row


def keep_promise(promise: Promise, *, by: Actor, on: date, photo: UploadedFile | None) -> Promise:
    """A photo closes a promise; its text and its day stay as they were given."""
    with transaction.atomic():
        LIFECYCLE.check(promise.case, "keep_promise", by=by)
        kept = _photo(photo, by, _("A promise is kept when a photo shows it."))
        with LIFECYCLE.moving(promise.case, "keep_promise", by=by) as move:
            fresh: Promise = move.row.promises.get(pk=promise.pk)
            if fresh.kept_on is not None:
                raise Refused(_("This promise is kept already."))
            if drafted(move.row).filter(pk=fresh.pk).exists():
                raise Refused(_("This promise stands in an answer that is not approved yet."))
            _require_past(on, "on")
            if on > fresh.due_on and fresh.broken_at is None:
                fresh.broken_at = broken_at(fresh.due_on)
            fresh.kept_on, fresh.kept_by, fresh.photo = on, by, kept
            fresh.save()
            move.note = fresh.text
    return fresh


def _settled(move: Moving, by: Actor, on: date, note: str, photo: Attachment | None) -> None:
    _require_past(on, "settled_on")
    row: Case = move.row
    row.settled_on, row.settled_by, row.settled_photo = on, by, photo
    row.settled_note = said(note, "note", _("Say what was seen on site."))
    move.note = row.settled_note


def _answer_revisit(move: Moving, by: Actor, *, is_settled: bool) -> None:
    """Whoever says whether it is settled answers the revisit that is open: there is nothing left to ask.

    One that somebody answers at this very moment is left to him: he holds it and waits for the case.
    """
    open_now = move.row.revisits.filter(is_settled=None, is_sample=False, round=move.row.redos)
    for revisit in open_now.select_for_update(skip_locked=True):
        revisit.is_settled, revisit.done_at, revisit.done_by = is_settled, move.at, None if by is WORKER else by
        revisit.save(update_fields=["is_settled", "done_at", "done_by"])


def _kept(case: Case, photo: UploadedFile | None, by: Actor) -> Attachment | None:
    if photo is None and not policies.needs_photo(case):
        return None
    return _photo(photo, by, _("Add a photo of what was settled."))


def _photo(upload: UploadedFile | None, by: Actor, missing: str) -> Attachment:
    if upload is None:
        raise Refused(missing, fields={"photo": missing})
    return kept_photo(upload, by)


def _require_past(day: date, field: str) -> None:
    if day > timezone.localdate():
        words = _("This day lies in the future.")
        raise Refused(words, fields={field: words})
