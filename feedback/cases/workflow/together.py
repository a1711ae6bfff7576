"""并单: the same matter said by several is dealt with once, under a lead; each of them still gets the answer, on his own way."""

from django.db import transaction
from django.utils.translation import gettext as _

from core.moves import CLOCK, Actor, Moving
from core.refusals import Refused
from feedback.cases.clock import start
from feedback.cases.recusal import barred_of
from feedback.cases.workflow.lifecycle import LIFECYCLE
from feedback.cases.workflow.sights import Destination, give_lead
from feedback.models import Case, CaseContact, CaseMessage, CaseSight, Tier

Status = Case.Status
# Where a follower stands while its lead is in a state of its own.
AS_FOLLOWER: dict[str, str] = {
    Status.REFUSED: Status.ROUTED,
    Status.WAITING: Status.ACCEPTED,
    Status.UNDER_REVIEW: Status.ACCEPTED,
}
REPLIED = (Status.ANSWERED, Status.REVISITING, Status.CLOSED, Status.FINAL_REPLY)
# What a follower takes over as its lead has it.
HANDLED = ("route_reason", "handler", "accepted_at")
ANSWER = ("reply", "replied_by", "is_final", "replied_at")
SETTLEMENT = ("settled_on", "settled_by", "settled_note", "settled_photo", "closed_at")
NEW_CLOCKS = ("answer_due_at", "settle_due_at")  # after a redo


def merge(case: Case, *, by: Actor, into: Case) -> Case:
    """Deal with a case under another; what follows that other goes to its lead, so there are no chains.

    Raises Refused for a case out of reach, of another project and region, or dealt with by a unit that this one names.
    """
    with transaction.atomic():
        lead = _lead_to_follow(case, by, into)
        with LIFECYCLE.moving(case, "merge", by=by) as move:
            _require_alike(move.row, lead)
            of_its_own = list(move.row.followers.order_by("pk"))
            move.row.followers.update(lead=lead)
            move.row.lead, move.note = lead, lead.number
        for follower in (move.row, *of_its_own):
            _follow(follower, lead)
    move.row.refresh_from_db()
    return move.row


def spread(lead: Case) -> None:
    """Bring what follows `lead` to where it stands: each with its own event, answer and delivery."""
    for follower in Case.objects.filter(lead=lead.pk).order_by("pk"):
        _follow(follower, lead)


def _lead_to_follow(case: Case, by: Actor, into: Case) -> Case:
    """The case to follow, locked together with the follower in the order of their keys, so that no two merges wait in a ring."""
    seen = Case.objects.visible_to(by).filter(pk=into.pk).first()
    if seen is None:
        raise Refused(_("This does not exist (any more) within your reach."))
    wanted = seen.lead_id or seen.pk
    locked = {row.pk: row for row in Case.objects.filter(pk__in=(case.pk, wanted)).order_by("pk").select_for_update()}
    lead = locked.get(wanted)
    if lead is None or wanted == case.pk:
        raise _unfit(_("A case cannot be merged with itself."))
    if lead.lead_id is not None:  # merged itself at this very moment
        raise _unfit(_("That case was merged with another just now. Choose that one."))
    if not lead.is_open:
        raise _unfit(_("That case is closed. Deal with this one by itself."))
    return lead


def _require_alike(case: Case, lead: Case) -> None:
    same_project = case.project_id is not None and case.project_id == lead.project_id
    same_region = case.region_id is not None and case.region_id == lead.region_id
    if not (same_project or same_region):
        raise _unfit(_("Only cases of the same project or region are merged."))
    if case.is_sensitive != lead.is_sensitive:
        raise _unfit(_("A sensitive case is not merged with one that is not."))
    deals = lead.sights.filter(part=CaseSight.Part.LEAD).first()
    if deals is not None and barred_of(case).tier(deals.tier, deals.department):
        raise _unfit(_("This matter concerns the unit that deals with the other one."))


def _unfit(words: str) -> Refused:
    return Refused(words, fields={"into": words})


def _follow(follower: Case, lead: Case) -> None:
    """By the clock. Its own clocks run for it, from the day when it was dispatched or merged."""
    if lead.status == Status.REGISTERED:
        return
    with LIFECYCLE.moving(follower, "follow", by=CLOCK) as move:
        row: Case = move.row
        target = AS_FOLLOWER.get(lead.status, lead.status)
        start(row, move.at)
        _take_over(row, lead)
        if target in REPLIED and row.replied_at != lead.replied_at:
            _answer(move, lead)
        if target == Status.ACCEPTED and row.redos < lead.redos:
            _copy(row, lead, NEW_CLOCKS)
        row.waiting_since, row.redos = None, lead.redos
        move.to(target)
        move.note, move.is_news = lead.number, target != row.status


def _take_over(row: Case, lead: Case) -> None:
    """The same unit deals with it; it sees the follower too, unless that names it."""
    _copy(row, lead, (*HANDLED, *SETTLEMENT))
    deals = lead.sights.filter(part=CaseSight.Part.LEAD).first()
    if deals is not None and not barred_of(row).tier(deals.tier, deals.department):
        give_lead(row, Destination(Tier(deals.tier), deals.department))


def _answer(move: Moving, lead: Case) -> None:
    """Told by its own code at once, or still to be told."""
    row: Case = move.row
    _copy(row, lead, ANSWER)
    CaseMessage.objects.create(case=row, is_from_worker=False, words=row.reply, at=move.at, by=row.replied_by)
    tell_by_code(move)


def tell_by_code(move: Moving) -> None:
    """Behind a code the answer has reached whoever spoke. Who left a number besides has to be called, and may look meanwhile."""
    row: Case = move.row
    is_told = row.code_hash is not None and not CaseContact.objects.filter(case=row, phone__isnull=False).exists()
    row.delivered_at, row.delivery = (move.at, Case.Delivery.CODE) if is_told else (None, "")


def _copy(row: Case, lead: Case, names: tuple[str, ...]) -> None:
    for name in names:
        setattr(row, name, getattr(lead, name))
