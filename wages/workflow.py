"""Every write to a wage sheet that is more than one field: received → checked → signed → posted → paid.

    sheet = check(sheet, by=request.user, version=sheet.version)

Raises Refused and Stale as core.moves does.
"""

from collections.abc import Collection
from datetime import date
from typing import TYPE_CHECKING

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from core.attachments import keep_document, keep_photo
from core.models import Attachment
from core.moves import Lifecycle, Move
from core.refusals import Refused
from wages import policies
from wages.models import SheetSignature, WageArrears, WageFinding, WageGroupMember, WageSheet, WageSheetEvent

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
        _settle_arrears(move.row, on, move.row.voucher)
    return move.row


def send_back(sheet: WageSheet, *, by: "User", word: str, version: int | None = None) -> WageSheet:
    """To be checked once more, with a word why; what was uploaded stays in the history of attachments."""
    if not word.strip():
        raise Refused(_("Say why."), fields={"word": _("Say why.")})
    with LIFECYCLE.moving(sheet, "send_back", by=by, version=version) as move:
        move.note = word.strip()
        move.row.signed_scan = move.row.posted_on = move.row.posted_photo = None
        move.row.signatures.all().delete()
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


def _must_sign(sheet: WageSheet) -> Collection[WageGroupMember]:
    members = WageGroupMember.objects.filter(group__project=sheet.project, group__dissolved_on=None, must_sign=True)
    found = list(members.order_by("pk"))
    if not found:
        raise Refused(_("This project has no leading group that signs. Set it up first."))
    return found


def _not_ahead(on: date) -> None:
    if on > timezone.localdate():
        raise Refused(_("This day has not come yet."), fields={"on": _("This day has not come yet.")})


def _settle_arrears(sheet: WageSheet, on: date, proof: Attachment) -> None:
    for arrears in WageArrears.objects.filter(team=sheet.team, month=sheet.month).standing():
        arrears.settled_on, arrears.proof = max(on, arrears.since), proof
        arrears.save(update_fields=["settled_on", "proof"])
