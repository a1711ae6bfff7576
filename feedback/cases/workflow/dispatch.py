"""Who deals with a case: routing, accepting, sending back, passing up, calling in; and what it is taken for."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from core.moves import Actor, Moving
from core.refusals import Refused
from core.scope import Level
from core.workdays import WorkingDays
from feedback.cases import policies
from feedback.cases.clock import deadlines, rule_for, start
from feedback.cases.recusal import barred_of
from feedback.cases.workflow.lifecycle import LIFECYCLE, said, with_word
from feedback.cases.workflow.sights import Destination, call_in, give_lead, require_open_to, tier_above
from feedback.cases.workflow.together import spread
from feedback.models import Case, CaseCategory, CaseOfficer, Tier
from regions.models import Department

if TYPE_CHECKING:
    from accounts.models import User

Status = Case.Status


def route(
    case: Case,
    *,
    by: Actor,
    to: Destination,
    joint: Sequence[Department] = (),
    reason: str = "",
    version: int | None = None,
) -> Case:
    """Give a case to whoever is to deal with it; the clocks start now. Raises Refused for a unit that the case names."""
    with LIFECYCLE.moving(case, "route", by=by, version=version) as move:
        require_open_to(move.row, to)
        _dispatch(move, to)
        give_lead(move.row, to, joint)
        move.row.route_reason = reason.strip()
        move.note = with_word(str(to), reason.strip())
    spread(move.row)
    return move.row


def accept(case: Case, *, by: Actor) -> Case:
    """Sign for a case (签收). Whoever signs is responsible for it."""
    with LIFECYCLE.moving(case, "accept", by=by) as move:
        move.row.accepted_at, move.row.handler = move.at, by
    spread(move.row)
    return move.row


def refuse(case: Case, *, by: Actor, grounds: str) -> Case:
    """Send a case back (退单), with grounds, within the time to accept; whoever lets that pass keeps it."""
    if case.status == Status.ROUTED and policies.leads(by, case):
        if policies.is_too_late_to_refuse(case):
            raise Refused(_("The time to send it back is over: your unit deals with it now."))
        if policies.is_insisted_on(case):
            raise Refused(_("It was decided that your unit deals with this. It cannot be sent back again."))
    with LIFECYCLE.moving(case, "refuse", by=by) as move:
        move.note = said(grounds, "grounds", _("Say why this is not for you."))
        move.row.refusals += 1
    return move.row


def insist(case: Case, *, by: Actor, word: str) -> Case:
    """Give it back to the unit that sent it back, which may not do so again."""
    with LIFECYCLE.moving(case, "insist", by=by) as move:
        move.note = said(word, "word", _("Say why they are to deal with it after all."))
        move.row.accept_due_at = _due_now(move)
    return move.row


def escalate(case: Case, *, by: Actor, word: str) -> Case:
    """「我解决不了」(103): to the next tier at once. The deadlines stay; only the time to accept begins anew."""
    with LIFECYCLE.moving(case, "escalate", by=by) as move:
        row: Case = move.row
        to = tier_above(row, _who_gives_up(by, row))
        if to is None:
            raise Refused(_("There is nobody above headquarters."))
        _dispatch(move, to)
        give_lead(row, to)
        word = said(word, "word", _("Say why you cannot solve this."))
        row.route_reason = _("Passed up")
        move.note = with_word(str(to), word)
    spread(move.row)
    return move.row


def add_joint(case: Case, *, by: Actor, department: Department) -> Case:
    """会办: one more department helps; the lead answers."""
    with LIFECYCLE.moving(case, "add_joint", by=by) as move:
        call_in(move.row, department)
        move.note = str(department)
    return move.row


def hand_outside(case: Case, *, by: Actor, body: str, word: str) -> Case:
    """Say which body outside the company decides; the answer is still owed by the lead."""
    with LIFECYCLE.moving(case, "hand_outside", by=by) as move:
        move.row.outside = said(body, "body", _("Say to whom."))
        word = said(word, "word", _("Say why it is not for the company to decide."))
        move.note = with_word(move.row.outside, word)
    return move.row


def reclassify(
    case: Case,
    *,
    by: Actor,
    category: CaseCategory,
    severity: str,
    kind: str,
    is_sensitive: bool,
) -> Case:
    """Say anew what it is. A deadline that runs is brought forward by it, never put off; only headquarters lifts the seal."""
    with LIFECYCLE.moving(case, "reclassify", by=by) as move:
        row: Case = move.row
        if row.is_sensitive and not is_sensitive and not policies.is_headquarters(by, row):
            words = _("Only headquarters decides that a case is not sensitive after all.")
            raise Refused(words, fields={"is_sensitive": words})
        row.category, row.severity, row.kind, row.is_sensitive = category, severity, kind, is_sensitive
        if row.routed_at is not None:
            _bring_forward(move)
        move.note = f"{row.category}·{row.get_severity_display()}·{row.get_kind_display()}"
    return move.row


def name_officer(case: Case, *, by: Actor, person: "User") -> Case:
    """Let somebody read a sensitive case: never whom it names, nor his line."""
    with LIFECYCLE.moving(case, "name_officer", by=by) as move:
        if _is_of_their_line(move.row, person):
            words = _("This matter concerns that person or his unit.")
            raise Refused(words, fields={"person": words})
        CaseOfficer.objects.get_or_create(case=move.row, person=person, defaults={"named_by": by})
        move.note = str(person)
    return move.row


def _dispatch(move: Moving, to: Destination) -> None:
    """The first time starts every clock, later ones only the time to accept: being handed on costs whoever spoke nothing."""
    row: Case = move.row
    if row.routed_at is None:
        start(row, move.at)
    else:
        row.accept_due_at = _due_now(move)
    row.accepted_at, row.handler = None, None


def _due_now(move: Moving) -> datetime:
    return deadlines(rule_for(move.row), move.at, WorkingDays.load()).accept_due_at


def _bring_forward(move: Moving) -> None:
    row: Case = move.row
    due = deadlines(rule_for(row), move.at, WorkingDays.load())
    row.answer_due_at = min(filter(None, (row.answer_due_at, due.answer_due_at)))
    row.settle_due_at = min(filter(None, (row.settle_due_at, due.settle_due_at)))


def _who_gives_up(by: Actor, case: Case) -> str | None:
    """The tier that cannot solve it: of the lead, or before dispatch of whoever says so."""
    if (tier := policies.lead_tier(case)) is not None:
        return tier
    if policies.is_regional(by, case):
        return Tier.REGION
    return Tier.PROJECT if policies.is_local(by, case) else None


def _is_of_their_line(case: Case, person: "User") -> bool:
    closed, scope = barred_of(case), person.scope
    at_project = closed.project and case.project_id in scope.units(Level.PROJECT)
    at_region = closed.region and case.region_id in scope.units(Level.REGION)
    return policies.is_named(person, case) or at_project or at_region
