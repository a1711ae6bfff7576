"""The signed list of goods, photographed or scanned: put to the lines that it covers, and shown to whoever sees the entry.

It often comes back after the month's book is closed, so a missing one can be put at any time; one that is there is replaced only
while the entry could still be amended.
"""

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.attachments import drop, keep_document
from core.models import Attachment
from core.refusals import Refused
from handbook import policies
from handbook.models import CareDistribution, EntryKind, HandbookEntry

if TYPE_CHECKING:
    from accounts.models import User


class ReceiptForm(forms.Form):
    """`others`: how many more lines of the same team the list may be about as well."""

    document = forms.FileField(
        label=gettext_lazy("Signed list"),
        help_text=gettext_lazy("A scan or a photo, at most 10 MB."),
        widget=forms.FileInput(attrs={"accept": "application/pdf,image/*"}),
        error_messages={"required": gettext_lazy("Choose the photo or the scan first.")},
    )
    is_for_all = forms.BooleanField(label=gettext_lazy("It is for all the goods of this team"), required=False, initial=True)

    def __init__(self, *args: Any, others: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not others:
            del self.fields["is_for_all"]


def may_put_receipt(user: "User", entry: HandbookEntry, line: CareDistribution) -> bool:
    """Whoever writes goods down there; in place of another one, only while the book of the month is open."""
    if not entry.is_standing or entry.is_planned:
        return False
    is_in_time = line.receipt_id is None or policies.is_open(entry.on, timezone.localdate())
    return is_in_time and policies.can_write(user, EntryKind.CARE, policies.place_of(entry))


def put_receipt(line: CareDistribution, upload: UploadedFile, *, by: "User", is_for_all: bool) -> None:
    """To this line, and with `is_for_all` to those of the same team where it may be put. Raises Refused."""
    with transaction.atomic():
        entry = HandbookEntry.objects.visible_to(by).select_for_update(of=("self",)).filter(care=line.event_id).first()
        if entry is None:
            raise Refused(_("This does not exist (any more) within your reach."))
        lines = CareDistribution.objects.filter(event=line.event_id)
        covered = list(lines.filter(team=line.team_id) if is_for_all else lines.filter(pk=line.pk))
        allowed = [each for each in covered if may_put_receipt(by, entry, each)]
        if line.pk not in {each.pk for each in allowed}:
            raise Refused(_("The book of that month is closed: the list that is there stays."))
        document = keep_document(upload, by=by)
        before = {each.receipt_id for each in allowed if each.receipt_id}
        lines.filter(pk__in=[each.pk for each in allowed]).update(receipt=document)
        for lost in Attachment.objects.filter(pk__in=before).exclude(pk__in=lines.filter(receipt__in=before).values("receipt")):
            drop(lost)
