"""Every write to a wage sheet that is more than one field: received → checked → signed → posted → paid.

    sheet = check(sheet, by=request.user, version=sheet.version)

Arrears are standing or settled: by paying the sheet, by the sheet that was missing, or, where workers reported them, by hand.

Raises Refused and Stale as core.moves does.
"""

from collections.abc import Collection
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from core.attachments import keep_document, keep_photo
from core.models import Attachment
from core.moves import Lifecycle, Move
from core.refusals import Refused
from feedback.cases.registering import Matter, register
from feedback.models import Case
from wages import policies
from wages.models import (
    SheetSignature,
    WageArrears,
    WageArrearsEvent,
    WageFinding,
    WageGroupMember,
    WageSheet,
    WageSheetEvent,
)
from wages.papers import drop_free

if TYPE_CHECKING:
    from accounts.models import User

S = WageSheet.Status
MOVES = {
    "check": Move(frozenset({S.RECEIVED}), S.CHECKED, policies.can_advance, gettext_lazy("All checked")),
    "sign": Move(frozenset({S.CHECKED}), S.SIGNED, policies.can_advance, gettext_lazy("Signed by all")),
    "post": Move(frozenset({S.SIGNED}), S.POSTED, policies.can_advance, gettext_lazy("It hangs on the wall")),
    "pay": Move(frozenset({S.POSTED}), S.PAID, policies.can_advance, gettext_lazy("Paid out")),
    "send_back": Move(
        frozenset({S.CHECKED, S.SIGNED, S.POSTED}), S.RECEIVED, policies.can_send_back, pgettext_lazy("wage sheet", "Send back")
    ),
}
LIFECYCLE = Lifecycle(WageSheet, WageSheetEvent, "sheet", MOVES)

A = WageArrears.Status
ARREARS_MOVES = {
    "settle": Move(frozenset({A.STANDING}), A.SETTLED, policies.can_settle, pgettext_lazy("arrears", "Settle")),
    "pay": Move(frozenset({A.STANDING}), A.SETTLED, policies.can_pay_arrears, gettext_lazy("Paid with the wage sheet")),
    "close_gap": Move(frozenset({A.STANDING}), A.SETTLED, policies.can_close_gap, gettext_lazy("The missing sheet came")),
}
ARREARS = Lifecycle(WageArrears, WageArrearsEvent, "arrears", ARREARS_MOVES)


def check(sheet: WageSheet, *, by: "User", version: int | None = None) -> WageSheet:
    """Nothing red may be left open: each is put right by a new sheet, or explained."""
    with LIFECYCLE.moving(sheet, "check", by=by, version=version) as move:
        # What is said of somebody whose data were locked away nobody sees, and nobody has to explain.
        left = WageFinding.objects.visible_to(by).filter(sheet=move.row, level=WageFinding.Level.RED).open().count()
        if left:
            raise Refused(_("%(count)d findings still stand in the way. Put them right, or explain them.") % {"count": left})
    return move.row


def sign(
    sheet: WageSheet, *, by: "User", scan: UploadedFile | None, members: Collection[int], version: int | None = None
) -> WageSheet:
    """With a scan of the signed sheet, on which every member of the leading group who has to has signed."""
    with LIFECYCLE.moving(sheet, "sign", by=by, version=version) as move:
        signing = list(_must_sign(move.row))
        if missing := [member.name for member in signing if member.pk not in members]:
            words = _("Still without a signature: %(names)s.") % {"names": "、".join(missing)}
            raise Refused(words, fields={"members": words})
        move.row.signed_scan = keep_document(scan, by=by)
        SheetSignature.objects.filter(sheet=move.row).delete()
        SheetSignature.objects.bulk_create(SheetSignature(sheet=move.row, member=member) for member in signing)
    return move.row


def post(sheet: WageSheet, *, by: "User", on: date, photo: UploadedFile | None, version: int | None = None) -> WageSheet:
    """On the wall of the site, with a photo of it there."""
    _not_ahead(on)
    with LIFECYCLE.moving(sheet, "post", by=by, version=version) as move:
        move.row.posted_on, move.row.posted_photo = on, keep_photo(photo, by=by)
    return move.row


def pay(sheet: WageSheet, *, by: "User", on: date, voucher: UploadedFile | None, version: int | None = None) -> WageSheet:
    """With the bank's voucher. Arrears of this team and month are settled by it."""
    _not_ahead(on)
    with LIFECYCLE.moving(sheet, "pay", by=by, version=version) as move:
        move.row.paid_on, move.row.voucher = on, keep_document(voucher, by=by)
        _settle_arrears(move.row, on, move.row.voucher, by)
    return move.row


def send_back(sheet: WageSheet, *, by: "User", word: str, version: int | None = None) -> WageSheet:
    """To be checked once more, with a word why; the papers of the sheet as it was go, since nobody sees them any more."""
    if not word.strip():
        raise Refused(_("Say why."), fields={"word": _("Say why.")})
    with transaction.atomic():
        with LIFECYCLE.moving(sheet, "send_back", by=by, version=version) as move:
            move.note = word.strip()
            papers = [paper for paper in (move.row.signed_scan, move.row.posted_photo) if paper]
            move.row.signed_scan = move.row.posted_on = move.row.posted_photo = None
            move.row.signatures.all().delete()
        drop_free(papers)
    return move.row


def explain(finding: WageFinding, *, by: "User", word: str) -> WageFinding:
    """Why it is right as it stands. Raises Refused without a word, or when the sheet has moved on."""
    if not word.strip():
        raise Refused(_("Say why."), fields={"word": _("Say why.")})
    with transaction.atomic():
        fresh = WageFinding.objects.visible_to(by).select_for_update(of=("self",)).filter(pk=finding.pk).first()
        if fresh is None or not policies.can_explain(by, fresh.sheet):
            raise Refused(_("This sheet was checked already, or your post does not allow it."))
        fresh.explained_at, fresh.explained_by, fresh.explanation = timezone.now(), by, word.strip()
        fresh.save()
    return fresh


def open_matter(finding: WageFinding, matter: Matter, *, by: "User") -> Case:
    """A case from what was found, which remembers the first one. Raises Refused."""
    with transaction.atomic():
        fresh = WageFinding.objects.visible_to(by).select_for_update(of=("self",)).filter(pk=finding.pk).first()
        if fresh is None:
            raise Refused(_("This finding is gone: the sheet was corrected meanwhile."))
        if not policies.can_open_matter(by, fresh.sheet):
            raise Refused(_("Your post does not allow this."))
        case = register(replace(matter, origin=Case.Origin.LEDGER), by=by)
        if fresh.case_id is None:
            fresh.case = case
            fresh.save(update_fields=["case"])
    return case


def settle(
    arrears: WageArrears, *, by: "User", on: date, note: str, proof: UploadedFile | None, version: int | None = None
) -> WageArrears:
    """What workers reported has been paid: since when, how, and what proves it."""
    _not_ahead(on)
    if on < arrears.since:
        words = _("They stand since a later day: %(day)s.") % {"day": date_format(arrears.since, "SHORT_DATE_FORMAT")}
        raise Refused(words, fields={"on": words})
    if not note.strip():
        raise Refused(_("Say how."), fields={"note": _("Say how.")})
    with ARREARS.moving(arrears, "settle", by=by, version=version) as move:
        move.row.settled_on, move.row.proof = on, keep_document(proof, by=by)
        move.note = note.strip()
    return move.row


def close_gap(sheet: WageSheet) -> None:
    """A month of which there was no sheet has one now. Whether it is paid is another matter."""
    for gap in WageArrears.objects.standing().filter(team=sheet.team, month=sheet.month, source=WageArrears.Source.MISSING):
        with ARREARS.moving(gap, "close_gap", by=sheet.imported_by) as move:
            move.row.settled_on = max(timezone.localdate(sheet.imported_at), gap.since)


def _must_sign(sheet: WageSheet) -> Collection[WageGroupMember]:
    members = WageGroupMember.objects.filter(group__project=sheet.project, group__dissolved_on=None, must_sign=True)
    found = list(members.order_by("pk"))
    if not found:
        raise Refused(_("This project has no leading group that signs. Set it up first."))
    return found


def _not_ahead(on: date) -> None:
    if on > timezone.localdate():
        raise Refused(_("This day has not come yet."), fields={"on": _("This day has not come yet.")})


def _settle_arrears(sheet: WageSheet, on: date, proof: Attachment, by: "User") -> None:
    for arrears in WageArrears.objects.filter(team=sheet.team, month=sheet.month).standing():
        with ARREARS.moving(arrears, "pay", by=by) as move:
            move.row.settled_on, move.row.proof = max(on, arrears.since), proof
