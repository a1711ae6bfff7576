"""Words in a case that move nothing: remarks of those concerned, a reminder from above, and what the worker says by his code,
which may."""

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.deadlines import day_and_time
from core.moves import WORKER, Actor, Moving
from core.refusals import Refused
from core.workdays import WorkingDays
from feedback.cases.workflow.answering import resume
from feedback.cases.workflow.lifecycle import LIFECYCLE, kept_photo, said
from feedback.cases.workflow.settling import confirm_settled, redo
from feedback.models import Case, CaseMessage, CasePhoto

Status = Case.Status
MAY_BE_REDONE = (Status.ANSWERED, Status.REVISITING, Status.CLOSED)


def remark(
    case: Case, *, by: Actor, text: str, is_public: bool = False, photo: UploadedFile | None = None, caption: str = ""
) -> Case:
    """A word in the story; `is_public`: whoever spoke reads it too, by his code. A photo is for those who see the case alone."""
    with transaction.atomic():
        LIFECYCLE.check(case, "remark", by=by)
        words = said(text, "text", _("Write something first."))
        kept = kept_photo(photo, by) if photo is not None else None
        with LIFECYCLE.moving(case, "remark", by=by) as move:
            move.note, move.details["is_public"] = words, is_public
            if kept is not None:
                CasePhoto.objects.create(case=move.row, photo=kept, caption=caption.strip(), at=move.at, by=by)
    return move.row


def urge(case: Case, *, by: Actor, word: str = "") -> Case:
    """催办: reminds whoever's turn it is, on his first page; no deadline moves. Raises Refused twice in a working day."""
    with LIFECYCLE.moving(case, "urge", by=by) as move:
        _require_new_day(move)
        move.note = word.strip()
    return move.row


def _require_new_day(move: Moving) -> None:
    """Once in a working day and the days off that follow it, whoever did it."""
    last = move.row.events.filter(verb="urge").select_related("by").order_by("-at").first()
    if last is None or WorkingDays.load().between(timezone.localdate(last.at), timezone.localdate(move.at)) > 0:
        return
    urged = {"name": last.by.name, "when": day_and_time(last.at)}
    raise Refused(_("%(name)s urged this already, %(when)s. It can be urged again on the next working day.") % urged)


def worker_says(case: Case, *, words: str = "", is_settled: bool | None = None, submission_hash: str = "") -> Case:
    """What a worker says by his code: his words, and whether it is settled. The same page sent twice is one word.

    A yes closes what is being revisited, a no has it done again as long as that is possible, and any word makes a case go on that
    waits for him. A word is never refused: past the last redo a no stands as a message, and a final reply is left to write.
    """
    with transaction.atomic():
        with LIFECYCLE.moving(case, "worker_says", by=WORKER) as move:
            row: Case = move.row
            is_known = bool(submission_hash) and CaseMessage.objects.filter(submission_hash=submission_hash).exists()
            move.is_news = not is_known
            if not is_known:
                CaseMessage.objects.create(
                    case=row,
                    is_from_worker=True,
                    words=_spoken(words, is_settled),
                    at=move.at,
                    submission_hash=submission_hash or None,
                )
        return row if is_known else _act_on(row, is_settled)


def _spoken(words: str, is_settled: bool | None) -> str:
    """A pressed button is a word too."""
    if words.strip() or is_settled is None:
        return said(words, "words", _("Write something first."))
    return _("It is settled.") if is_settled else _("It is not settled.")


def _act_on(case: Case, is_settled: bool | None) -> Case:
    if case.status == Status.WAITING:
        return resume(case, by=WORKER)
    if is_settled is True and case.status == Status.REVISITING and case.lead_id is None:
        return confirm_settled(case, by=WORKER)
    if is_settled is False and case.status in MAY_BE_REDONE and case.redos < Case.MOST_REDOS:
        return redo(case, by=WORKER, word="")
    return case
