"""Everything that happens to boards, cards and armbands, apart from filling in a form.

A board has no status of its own: how it stands follows from its versions, their checks and today's data (states.py).

    print_board ─▶ a version, with what it says ─▶ check (by scanning it on the wall) ─▶ it hangs ─▶ take_down
"""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from coordinators.models import ArmbandIssue, BoardCheck, BoardPrinting, ContactCardBatch, NoticeBoard
from coordinators.paper import content, policies
from coordinators.paper.live import Today, today_of, today_of_cards
from core.models import Attachment
from core.refusals import Refused

if TYPE_CHECKING:
    from accounts.models import User

DOUBLE_CLICK = timedelta(minutes=1)
CARDS_ON_A_SHEET = 10
AddressOf = Callable[[str], str]


def keep_board(board: NoticeBoard, *, by: "User") -> NoticeBoard:
    """Set a board up, or move it to another place. Raises Refused where one of its kind hangs already."""
    _require(policies.can_make(by, board.project))
    if board._state.adding:
        board.created_by = by
    try:
        with transaction.atomic():
            board.save()
    except IntegrityError as error:  # two people set it up at once: the constraint knows
        words = _("A board of this kind hangs at this place already.")
        raise Refused(words, fields={"place": words}) from error
    return board


def print_board(board: NoticeBoard, *, by: "User", address_of: AddressOf) -> BoardPrinting:
    """Make the next version, with what the board is to say today. `address_of(mark)` is the address that its QR will hold.

    The same content within a minute is a double click: it gives the version that was just made, unless that is confirmed already.
    Raises Refused for a board with statutory gaps, and for one that names nobody to call.
    """
    now = timezone.now()
    with transaction.atomic():
        row = _locked(board, by)
        _require(policies.can_make(by, row.project))
        if row.taken_down_on:
            raise Refused(_("This board was taken down. Set up a new one."))
        today = today_of([row], timezone.localdate(now))[row.pk]
        _refuse_useless(today)
        last = row.printings.order_by("-number").first()
        if last and _is_double(last, today, now):
            return last
        printing = BoardPrinting(board=row, number=last.number + 1 if last else 1, printed_at=now, printed_by=by)
        printing.content = {"said": today.said, "photos": today.photos, "address": address_of(printing.mark)}
        printing.save()
    return printing


def check(printing: BoardPrinting, *, by: "User", photo: Attachment | None = None, remark: str = "") -> BoardCheck:
    """Somebody stands before this version and can read it. Only the newest one counts: an older one is to be replaced."""
    with transaction.atomic():
        board = _locked(printing.board, by)
        _require(policies.can_check(by))
        if board.taken_down_on:
            raise Refused(_("This board was taken down in the system. Take it off the wall too."))
        newest = board.printings.order_by("-number").values_list("number", flat=True).first()
        if printing.number != newest:
            raise Refused(_("There is a newer version of this board: version %(number)d. Hang that one.") % {"number": newest})
        return BoardCheck.objects.create(printing=printing, by=by, photo=photo, remark=remark)


def take_down(board: NoticeBoard, *, by: "User") -> NoticeBoard:
    """From today on nobody looks after it; its history stays. Doing it twice changes nothing."""
    with transaction.atomic():
        row = _locked(board, by)
        _require(policies.can_make(by, row.project))
        if row.taken_down_on is None:
            row.taken_down_on = timezone.localdate()
            row.save(update_fields=["taken_down_on"])
    return row


def print_cards(batch: ContactCardBatch, *, by: "User", address: str) -> ContactCardBatch:
    """Keep a new batch with what its cards say; `address` is what their QR holds. A double click gives the batch just made."""
    now = timezone.now()
    with transaction.atomic():
        board = _locked(batch.board, by)
        _require(policies.can_make(by, board.project))
        today = today_of_cards([batch], timezone.localdate(now))[batch.pk]
        _refuse_useless(today)
        batches = ContactCardBatch.objects.filter(project=batch.project)
        last = batches.filter(printed_by=by, printed_at__gte=now - DOUBLE_CLICK).order_by("-pk").first()
        if last and last.content["said"] == today.said and last.sheets == batch.sheets:
            return last
        batch.printed_at, batch.printed_by = now, by
        batch.content = {"said": today.said, "photos": today.photos, "address": address, "number": batches.count() + 1}
        batch.save()
    return batch


def hand_out(batch: ContactCardBatch, *, by: "User", number: int, on: date) -> ContactCardBatch:
    """Write down how many cards of the batch the workers have. Raises Refused for more than were printed."""
    with transaction.atomic():
        row = ContactCardBatch.objects.visible_to(by).filter(pk=batch.pk).select_for_update(of=("self",)).get()
        _require(policies.can_make(by, row.project))
        printed = row.sheets * CARDS_ON_A_SHEET
        if number > printed:
            words = _("Only %(number)d cards of this batch were printed.") % {"number": printed}
            raise Refused(words, fields={"handed_out": words})
        row.handed_out, row.handed_out_on = number, on
        row.save(update_fields=["handed_out", "handed_out_on"])
    return row


def issue_armband(armband: ArmbandIssue, *, by: "User") -> ArmbandIssue:
    """Hand out an armband. Raises Refused while somebody else has that number."""
    _require(_may_issue(armband, by))
    armband.issued_by = by
    try:
        with transaction.atomic():
            armband.save()
    except IntegrityError as error:  # two people issued it at once: the constraint knows
        words = _("Somebody has the armband %(number)s already.") % {"number": armband.number}
        raise Refused(words, fields={"number": words}) from error
    return armband


def return_armband(armband: ArmbandIssue, *, by: "User", on: date) -> ArmbandIssue:
    """The armband is back, and its number free again. Doing it twice keeps the first day."""
    with transaction.atomic():
        row = ArmbandIssue.objects.visible_to(by).filter(pk=armband.pk).select_for_update(of=("self",)).get()
        _require(_may_issue(row, by))
        if row.returned_on is None:
            if on < row.issued_on:
                raise Refused(_("It cannot come back before it was issued."))
            row.returned_on = on
            row.save(update_fields=["returned_on"])
    return row


def _may_issue(armband: ArmbandIssue, by: Any) -> bool:
    if armband.project is not None:
        return policies.can_make(by, armband.project)
    return armband.region is not None and policies.can_make_for_region(by, armband.region)


def _locked(board: NoticeBoard, by: "User") -> NoticeBoard:
    """The board again, in reach and held, so that two clicks make one version after the other."""
    rows = NoticeBoard.objects.visible_to(by).filter(pk=board.pk).select_related("project__region")
    found = rows.select_for_update(of=("self",)).first()
    if found is None:
        raise Refused(_("This does not exist (any more) within your reach."))
    return found


def _require(is_allowed: bool) -> None:
    if not is_allowed:
        raise Refused(_("Your post does not allow this."))


def _refuse_useless(today: Today) -> None:
    if missing := content.gaps(today.said):
        words = _("The law asks for %(count)d more entries on this board (Decree 724, article 34). Fill them in first.")
        raise Refused(words % {"count": len(missing)})
    if not content.has_somebody_to_call(today.said):
        raise Refused(_("There is neither a coordinator who may be shown nor a hotline. Enter one of them first."))


def _is_double(last: BoardPrinting, today: Today, now: datetime) -> bool:
    is_fresh = last.printed_at >= now - DOUBLE_CLICK
    return is_fresh and last.content["said"] == today.said and not last.checks.exists()
