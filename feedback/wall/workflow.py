"""Everything that happens to a reply sheet. Its items count as answered only once it hangs, and a photo shows it.

print_sheet ─▶ lines, frozen ─▶ post (photo of it on the wall) ─▶ each item's case is delivered (回音)
read_aloud  ───────────────────────────────────────────────────▶ the same, by word of mouth
"""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from coordinators.paper.live import PAPER_LANGUAGE
from core.models import Attachment
from core.months import Month
from core.moves import CLOCK
from core.refusals import Refused
from feedback.cases import workflow as cases
from feedback.models import Case, FeedbackItem, FeedbackSheet, ReadingAloud
from feedback.wall import policies
from feedback.wall.lines import Line, lines_of, reading_of
from labour_teams.models import LabourTeam

if TYPE_CHECKING:
    from accounts.models import User

DOUBLE_CLICK = timedelta(minutes=1)
MOST_LISTENERS = 2000


def print_sheet(team: LabourTeam, *, by: "User") -> FeedbackSheet:
    """Make the team's next sheet of the running month, with its lines as they stand now.

    The same lines within a minute are a double click: it gives the sheet that was just made. Raises Refused without a line.
    """
    _require(policies.can_print(by, team))
    now = timezone.now()
    month: Any = Month.of(timezone.localdate(now))
    with transaction.atomic():
        LabourTeam.objects.select_for_update().get(pk=team.pk)  # two clicks make one sheet after the other
        with translation.override(PAPER_LANGUAGE):
            lines = lines_of(team, month, by)
        if not lines:
            raise Refused(_("There is no answer to print for this team yet."))
        last = FeedbackSheet.objects.filter(team=team, month=month).order_by("-number").first()
        if last and last.posted_at is None and last.printed_at >= now - DOUBLE_CLICK and _says(last, lines):
            return last
        number = last.number + 1 if last else 1
        sheet = FeedbackSheet.objects.create(team=team, month=month, number=number, printed_at=now, printed_by=by)
        FeedbackItem.objects.bulk_create(_items(sheet, lines))
    return sheet


def post(sheet: FeedbackSheet, *, by: "User", photo: Attachment) -> int:
    """The sheet hangs, as `photo` shows: its answers have been given. Says how many. Raises Refused if that was said before.

    An answer that has been taken back since it was printed (the matter is done again) is not delivered by the old paper.
    """
    with transaction.atomic():
        row = _to_post(sheet, by)
        row.posted_at, row.posted_by, row.photo = timezone.now(), by, photo
        row.save(update_fields=["posted_at", "posted_by", "photo"])
        printed = [item.case for item in row.items.filter(is_apart=False).select_related("case").order_by("order")]
        month: Any = row.month
        note = _("Reply sheet %(number)d of %(month)s") % {"number": row.number, "month": month.label}
        return _deliver(printed, Case.Delivery.WALL, note)


def check_posting(sheet: FeedbackSheet, *, by: "User") -> None:
    """Raises what `post` would raise now, before a large photo is kept."""
    with transaction.atomic():
        _to_post(sheet, by)


def read_aloud(team: LabourTeam, *, by: "User", cases_read: Sequence[Case], listeners: int) -> ReadingAloud:
    """Write down that answers were read to so many people; those that had reached nobody are delivered by it.

    Raises Refused for an answer that is not to be read to this team (any more).
    """
    _require(policies.can_read_aloud(by, team))
    if not 1 <= listeners <= MOST_LISTENERS:
        words = _("Write how many listened, from 1 to %(most)d.") % {"most": MOST_LISTENERS}
        raise Refused(words, fields={"listeners": words})
    with transaction.atomic():
        to_read = {line.case.pk for line in reading_of(team)}
        if not cases_read or not {case.pk for case in cases_read} <= to_read:
            words = _("Tick what you read; an answer that is no longer in the list is not to be read.")
            raise Refused(words, fields={"cases": words})
        reading = ReadingAloud.objects.create(team=team, by=by, listeners=listeners)
        reading.cases.set(cases_read)
        _deliver(cases_read, Case.Delivery.READ_ALOUD, _("Read to %(number)d people") % {"number": listeners})
    return reading


def _to_post(sheet: FeedbackSheet, by: "User") -> FeedbackSheet:
    """The sheet again, in reach and held: two photos of it do not deliver twice."""
    found = FeedbackSheet.objects.visible_to(by).filter(pk=sheet.pk).select_related("team")
    row = found.select_for_update(of=("self",)).first()
    if row is None:
        raise Refused(_("This does not exist (any more) within your reach."))
    _require(policies.can_post(by, row.team))
    if row.posted_at is not None:
        raise Refused(_("This sheet was photographed on the wall already."))
    return row


def _deliver(found: Iterable[Case], how: str, note: str) -> int:
    """By the clock: a liaison does not see the cases whose answers he brings; who it was, the sheet and the reading say."""
    delivered = 0
    for case in found:
        if case.delivered_at is not None:
            continue
        try:
            with transaction.atomic():
                cases.deliver(case, by=CLOCK, how=how, note=note)
        except Refused:
            continue
        delivered += 1
    return delivered


def _says(sheet: FeedbackSheet, lines: Sequence[Line]) -> bool:
    printed = [(item.case_id, item.is_apart, item.title, item.reply) for item in sheet.items.order_by("order")]
    return printed == [(line.case.pk, line.is_apart, line.title, line.reply) for line in lines]


def _items(sheet: FeedbackSheet, lines: Sequence[Line]) -> list[FeedbackItem]:
    return [
        FeedbackItem(sheet=sheet, case=line.case, order=order, is_apart=line.is_apart, title=line.title, reply=line.reply)
        for order, line in enumerate(lines, start=1)
    ]


def _require(is_allowed: bool) -> None:
    if not is_allowed:
        raise Refused(_("Your post does not allow this."))
