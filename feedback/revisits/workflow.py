"""Revisits (回访, 抽查): who goes, what he found, and the monthly draw.

settle, or the draw ─▶ revisit ─assign─▶ somebody outside the line ─answer─▶ it is done: confirmed · it is not: done again
"""

from typing import TYPE_CHECKING

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.attachments import keep_photo
from core.models import Attachment
from core.months import Month
from core.refusals import Refused
from core.workdays import WorkingDays
from feedback.cases import workflow as cases
from feedback.models import Case, CasePhoto, Revisit
from feedback.revisits import policies
from feedback.revisits.candidates import candidates
from feedback.revisits.sample import closed_by_unit, drawn

if TYPE_CHECKING:
    from accounts.models import User

SAMPLE_DAYS = 10  # working days from the draw


def assign(revisit: Revisit, *, by: "User", person: "User") -> Revisit:
    """Ask somebody to go. Raises Refused for somebody of the handling line, and for a revisit that is answered."""
    with transaction.atomic():
        row = _locked(revisit, by)
        _require(policies.can_assign(by, row))
        if person.pk not in {candidate.pk for candidate, _title in candidates(row.case)}:
            words = _("Choose somebody who had no part in dealing with it.")
            raise Refused(words, fields={"person": words})
        row.asked = person
        row.save(update_fields=["asked"])
    return row


def answer(revisit: Revisit, *, by: "User", is_settled: bool, words: str = "", photo: UploadedFile | None = None) -> Revisit:
    """What whoever was asked found on site. Raises Refused for anybody else, a second time, and for a no without a word.

    The case follows at once where the person may move it; else his answer stands, and whoever supervises the case decides.
    """
    words = words.strip()
    if not is_settled and not words:
        missing = _("Say in a line what is not done.")
        raise Refused(missing, fields={"words": missing})
    with transaction.atomic():
        row = _locked(revisit, by)
        if row.is_settled is not None:
            raise Refused(_("This was answered already."))
        _require(policies.can_answer(by, row))
        row.is_settled, row.words, row.done_by, row.done_at = is_settled, words, by, timezone.now()
        row.save(update_fields=["is_settled", "words", "done_by", "done_at"])
        if photo is not None:
            kept = _kept(photo, by)
            CasePhoto.objects.create(case=row.case, photo=kept, caption=_("Revisit"), by=by)
        _move(row, by)
    return row


def _move(revisit: Revisit, by: "User") -> None:
    case, status = revisit.case, Case.Status
    if revisit.round != case.redos:
        return  # it was done again meanwhile: that has a revisit of its own
    verb = "confirm_settled" if revisit.is_settled else "redo"
    if verb == "redo" and case.redos >= Case.MOST_REDOS:
        return  # only a final reply remains
    if verb == "confirm_settled" and case.status != status.REVISITING:
        return
    if not cases.LIFECYCLE.may(verb, by, case):
        return
    if verb == "redo":
        cases.redo(case, by=by, word=revisit.words)
    else:
        cases.confirm_settled(case, by=by)


def draw(month: Month) -> list[Revisit]:
    """Draw the month's sample of closed cases for every unit that has not been drawn for yet; says what is new."""
    due_on = WorkingDays.load().add(timezone.localdate(), SAMPLE_DAYS)
    new: list[Revisit] = []
    with transaction.atomic():
        for found in closed_by_unit(month).values():
            chosen = drawn(found, month)
            new += [Revisit(case=case, round=case.redos, is_sample=True, month=str(month), due_on=due_on) for case in chosen]
        return Revisit.objects.bulk_create(new)


def _kept(photo: UploadedFile, by: "User") -> Attachment:
    try:
        return keep_photo(photo, by=by)
    except Refused as refusal:
        raise Refused(refusal.message, fields={"photo": refusal.message}) from refusal


def _locked(revisit: Revisit, by: "User") -> Revisit:
    """The revisit again with its case, in reach and held: two answers do not move a case twice."""
    found = Revisit.objects.visible_to(by).filter(pk=revisit.pk).select_related("case__category")
    row = found.select_for_update(of=("self",)).first()
    if row is None:
        raise Refused(_("This does not exist (any more) within your reach."))
    return row


def _require(is_allowed: bool) -> None:
    if not is_allowed:
        raise Refused(_("Your post does not allow this."))
