"""Everything that is written about the hotline and the mailbox."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from core.refusals import Refused
from feedback.cases.registering import Matter, register
from feedback.hotline import policies
from feedback.hotline.reach import calls_seen_by, people_to_put_on_duty
from feedback.hotline.shifts import Shift, Span, Week, doubled_words, gaps, overlaps, unfilled_words
from feedback.models import Case, HotlineCall, HotlineDuty, MailboxOpening
from regions.models import Region

if TYPE_CHECKING:
    from accounts.models import User

MOST_LETTERS = 200


def save_week(region: Region, week: Week, shifts: Sequence[Shift], *, by: "User") -> None:
    """Put people on the region's hotline for a week, in place of those who were. The week before may reach into it.

    Raises Refused while an hour has nobody or somebody too many (also in the week after, if that is rostered), for somebody who
    is no coordinator there, and for a week that is over.
    """
    _require(policies.can_roster(by, region))
    if week < Week.current():
        raise Refused(_("This week is over: its roster stays as it was."))
    with transaction.atomic():
        Region.objects.select_for_update().get(pk=region.pk)  # two people rostering one after the other
        _refuse_strangers(region, shifts)
        if wrong := _faults(region, week, [shift.span for shift in shifts]):
            raise Refused("\n".join(wrong))
        _of(region, week.begins_at, week.ends_at).delete()
        HotlineDuty.objects.bulk_create(
            HotlineDuty(region=region, person_id=shift.person, starts_at=shift.span.starts_at, ends_at=shift.span.ends_at)
            for shift in shifts
        )


def _faults(region: Region, week: Week, spans: list[Span]) -> list[str]:
    after = week.plus(1)
    reaching_in = [span for span in _spans(_of(region, week.plus(-1).begins_at, week.begins_at)) if span.ends_at > week.begins_at]
    following = _spans(_of(region, after.begins_at, after.ends_at))
    known = [*reaching_in, *spans, *following]
    unfilled = gaps([*reaching_in, *spans], week) + (gaps(known, after) if following else [])
    return unfilled_words(unfilled) + doubled_words(overlaps(known))


def _of(region: Region, begins: datetime, ends: datetime) -> QuerySet[HotlineDuty]:
    return HotlineDuty.objects.filter(region=region, starts_at__gte=begins, starts_at__lt=ends)


def _spans(duties: QuerySet[HotlineDuty]) -> list[Span]:
    return [Span(duty.starts_at, duty.ends_at) for duty in duties.order_by("starts_at")]


def _refuse_strangers(region: Region, shifts: Sequence[Shift]) -> None:
    known = set(people_to_put_on_duty(region, timezone.localdate()).values_list("pk", flat=True))
    if not {shift.person for shift in shifts} <= known:
        raise Refused(_("Only coordinators of the region and its projects answer its hotline."))


def log_call(call: HotlineCall, *, by: "User") -> HotlineCall:
    """Keep a call. Raises Refused for a missed one without a number to call back."""
    _require(policies.can_log(by))
    if call.is_missed and call.phone is None:
        words = _("Write the number, so that somebody can call back.")
        raise Refused(words, fields={"phone": words})
    call.by = by
    call.save()
    return call


def call_back(call: HotlineCall, *, by: "User") -> HotlineCall:
    """Somebody called back. Doing it twice keeps the first."""
    with transaction.atomic():
        row = _call(call, by)
        if row.called_back_at is None:
            _require(policies.can_call_back(by, row))
            row.called_back_at, row.called_back_by = timezone.now(), by
            row.save(update_fields=["called_back_at", "called_back_by"])
    return row


def open_matter(call: HotlineCall, matter: Matter, *, by: "User") -> Case:
    """The call becomes a case. Raises Refused if it is one already."""
    with transaction.atomic():
        row = _call(call, by)
        if row.case_id is not None:
            raise Refused(_("This call is a case already."))
        _require(policies.can_open_matter(by, row))
        row.case = register(matter, by=by)
        row.save(update_fields=["case"])
    return row.case


def open_mailbox(opening: MailboxOpening, *, by: "User") -> MailboxOpening:
    """Two people opened the box. Raises Refused where the second is the first, and for a day that has not come."""
    _require(policies.can_open_mailbox(by, opening.project))
    if opening.witness_id == by.pk:
        words = _("Two people open it: choose somebody else.")
        raise Refused(words, fields={"witness": words})
    if opening.on > timezone.localdate():
        words = _("This day has not come yet.")
        raise Refused(words, fields={"on": words})
    opening.by = by
    opening.save()
    return opening


def key_letter(opening: MailboxOpening, matter: Matter, *, by: "User") -> Case:
    """A letter becomes a case. Raises Refused when all letters of the opening are."""
    with transaction.atomic():
        found = MailboxOpening.objects.visible_to(by).filter(pk=opening.pk).select_related("project")
        row = found.select_for_update(of=("self",)).first()
        if row is None:
            raise Refused(_("This does not exist (any more) within your reach."))
        _require(policies.can_key_letters(by, row.project))
        if row.cases.count() >= row.letters:
            raise Refused(_("Every letter of this opening is a case already."))
        case = register(matter, by=by)
        row.cases.add(case)
    return case


def _call(call: HotlineCall, by: "User") -> HotlineCall:
    row = HotlineCall.objects.filter(pk__in=calls_seen_by(by).values("pk"), pk=call.pk).select_for_update(of=("self",)).first()
    if row is None:
        raise Refused(_("This does not exist (any more) within your reach."))
    return row


def _require(is_allowed: bool) -> None:
    if not is_allowed:
        raise Refused(_("Your post does not allow this."))
