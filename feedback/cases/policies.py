"""Who may do what with a case.

A unit acts by its part in the case (CaseSight), a person for the units whose posts he holds today:

    lead         department officers (a managing department by its role), project coordinator or committee, regional coordinator,
                 the managing departments for headquarters: accept, send back, ask, answer, ask for time, hand outside
    supervisor   the regional coordinator, and headquarters: judge answers, give time, ask for it to be done again
    local        the project coordinator where it came up: routes, judges a department's answer, sees on site that it is settled

Nobody whom a case names does anything with it, whatever his post; no part of a unit that it names counts (AC-13). Nobody judges
what he wrote or asked for himself. Leaders and auditors read. What follows another case is dealt with there.
"""

from typing import Any

from django.utils import timezone

from core.moves import CLOCK, WORKER
from core.roles import Role
from feedback.cases.standing import (
    is_headquarters,
    is_local,
    is_named,
    is_regional,
    lead_tier,
    leads,
    parts_of,
    scope_of,
    supervises,
    wrote_down,
)
from feedback.models import Case, CaseSight, Severity, Tier

Actor = Any  # a User, core.moves.CLOCK or core.moves.WORKER; the last two hold no post
Status = Case.Status
HEADQUARTERS_DECIDES = 2  # times sent back
# Whose turn it is: of whoever deals with it, or of whoever supervises it.
FOR_THE_LEAD = frozenset({Status.ROUTED, Status.ACCEPTED, Status.ANSWERED})
FOR_THE_SUPERVISOR = frozenset({Status.REGISTERED, Status.REFUSED, Status.UNDER_REVIEW})


def can_route(actor: Actor, case: Case) -> bool:
    """Whoever supervises and the project coordinator (107b); before that the clock, by the rules."""
    if actor is CLOCK:
        return case.status == Status.REGISTERED and not case.lead_id
    return routes(actor, case)


def can_insist(actor: Actor, case: Case) -> bool:
    return routes(actor, case)


def can_accept(actor: Actor, case: Case) -> bool:
    return leads(actor, case)


def can_refuse(actor: Actor, case: Case) -> bool:
    """Within the time to accept, and not where somebody insisted on it."""
    return leads(actor, case) and not is_too_late_to_refuse(case) and not is_insisted_on(case)


def can_ask_worker(actor: Actor, case: Case) -> bool:
    return leads(actor, case)


def can_resume(actor: Actor, case: Case) -> bool:
    """The clock when the time is over, the worker by his word, and whoever deals with it."""
    return actor is CLOCK or can_worker_says(actor, case) or leads(actor, case)


def can_submit_reply(actor: Actor, case: Case) -> bool:
    """Whoever deals with it; past the last redo once more, for the final reply that remains."""
    return leads(actor, case) and (case.status == Status.ACCEPTED or case.redos >= Case.MOST_REDOS)


def can_approve_reply(actor: Actor, case: Case) -> bool:
    """One level up from the author, and never he himself. A final reply: headquarters."""
    if case.replied_by_id is None or case.replied_by_id == getattr(actor, "pk", None):
        return False
    if case.is_final:
        return is_headquarters(actor, case)
    return supervises(actor, case) or (is_local(actor, case) and lead_tier(case) == Tier.DEPARTMENT)


def can_return_reply(actor: Actor, case: Case) -> bool:
    return can_approve_reply(actor, case)


def can_deliver(actor: Actor, case: Case) -> bool:
    """The clock delivers what hangs on a wall or was read aloud: who did that stands on those rows."""
    return actor is CLOCK or leads(actor, case) or supervises(actor, case) or is_local(actor, case)


def can_settle(actor: Actor, case: Case) -> bool:
    """Whoever can go and see: project coordinator, regional coordinator, or whoever deals with it."""
    return not case.lead_id and (leads(actor, case) or is_local(actor, case) or is_regional(actor, case))


def can_confirm_settled(actor: Actor, case: Case) -> bool:
    """The worker himself, or somebody outside the handling line: who was asked to go, or who supervises."""
    if can_worker_says(actor, case):
        return True
    return is_outside(actor, case) and not case.lead_id and (was_asked_to_go(actor, case) or supervises(actor, case))


def can_redo(actor: Actor, case: Case) -> bool:
    """Whoever found it not settled; the project coordinator, where a department dealt with it; and that itself, where a sample
    found it not settled."""
    if can_worker_says(actor, case):
        return True
    if case.lead_id or is_named(actor, case):
        return False
    local = is_local(actor, case) and lead_tier(case) == Tier.DEPARTMENT
    if local or supervises(actor, case) or (leads(actor, case) and case.redos < Case.MOST_REDOS and is_in_doubt(case)):
        return True
    return is_outside(actor, case) and was_asked_to_go(actor, case)


def can_close_on_spot(actor: Actor, case: Case) -> bool:
    """The regional coordinator, where it cannot wait; he reports afterwards."""
    return case.severity == Severity.URGENT and not case.lead_id and is_regional(actor, case)


def can_file_after_report(actor: Actor, case: Case) -> bool:
    """Whoever closed it on the spot, or holds that post today."""
    if case.after_report_due_at is None or case.after_reported_at is not None or is_named(actor, case):
        return False
    return case.settled_by_id == getattr(actor, "pk", None) or is_regional(actor, case)


def can_ask_extension(actor: Actor, case: Case) -> bool:
    return leads(actor, case) and all(extension.is_given is not None for extension in case.extensions.all())


def can_decide_extension(actor: Actor, case: Case) -> bool:
    """Whoever supervises, and did not ask for it himself."""
    asked = [extension.asked_by_id for extension in case.extensions.all() if extension.is_given is None]
    return bool(asked) and actor.pk not in asked if supervises(actor, case) else False


def can_keep_promise(actor: Actor, case: Case) -> bool:
    """Whoever can go and see, while one is open that was given to the worker."""
    if case.replied_at is None or not (leads(actor, case) or is_local(actor, case) or is_regional(actor, case)):
        return False
    return any(promise.kept_on is None and promise.given_at <= case.replied_at for promise in case.promises.all())


def can_hand_outside(actor: Actor, case: Case) -> bool:
    return leads(actor, case)


def can_add_joint(actor: Actor, case: Case) -> bool:
    return leads(actor, case) or (not case.lead_id and supervises(actor, case))


def can_escalate(actor: Actor, case: Case) -> bool:
    """ "I cannot solve this" (103): who deals with it, or before dispatch who has it; headquarters has nobody above."""
    if case.lead_id or lead_tier(case) == Tier.COMPANY:
        return False
    if case.status == Status.REGISTERED and lead_tier(case) is None:
        return wrote_down(actor, case) or is_local(actor, case) or is_regional(actor, case)
    return leads(actor, case)


def can_merge(actor: Actor, case: Case) -> bool:
    return not case.lead_id and (supervises(actor, case) or is_local(actor, case) or leads(actor, case))


def can_urge(actor: Actor, case: Case) -> bool:
    """Whoever stands above the one whose turn it is: whoever supervises, or headquarters where it is the region's turn."""
    if case.lead_id or case.status not in FOR_THE_LEAD | FOR_THE_SUPERVISOR:
        return False
    if case.status in FOR_THE_LEAD:
        return supervises(actor, case) and not leads(actor, case)
    is_of_region = any(sight.tier == Tier.REGION and sight.part == CaseSight.Part.SUPERVISOR for sight in case.sights.all())
    is_for_headquarters = case.is_final or case.refusals >= HEADQUARTERS_DECIDES
    if case.is_sensitive or is_for_headquarters or not is_of_region:
        return False
    return is_headquarters(actor, case) and not is_regional(actor, case)


def can_let_stand(actor: Actor, case: Case) -> bool:
    """Whoever supervises and is outside the line that dealt with it, where a sample found it not settled."""
    return supervises(actor, case) and is_outside(actor, case) and is_in_doubt(case)


def can_remark(actor: Actor, case: Case) -> bool:
    """Every unit concerned, and the liaison who wrote it down."""
    return bool(parts_of(actor, case)) or wrote_down(actor, case)


def can_reclassify(actor: Actor, case: Case) -> bool:
    """Before dispatch whoever routes; afterwards only who supervises, since the deadlines hang on it."""
    if case.status == Status.REGISTERED:
        return routes(actor, case)
    return not case.lead_id and supervises(actor, case)


def can_name_officer(actor: Actor, case: Case) -> bool:
    """The Party organisation department, for a sensitive case."""
    return case.is_sensitive and is_headquarters(actor, case) and scope_of(actor).holds(Role.PARTY_ORGANISATION)


def can_worker_says(actor: Actor, case: Case) -> bool:
    """Whoever holds the code; a case without one has no such door."""
    return actor is WORKER and case.code_hash is not None


def can_follow(actor: Actor, case: Case) -> bool:
    """What was merged goes the way of its lead by itself."""
    return actor is CLOCK and case.lead_id is not None


def routes(actor: Actor, case: Case) -> bool:
    """Whether somebody says who is to deal with it; after two refusals headquarters alone."""
    if case.lead_id:
        return False
    if case.refusals >= HEADQUARTERS_DECIDES:
        return is_headquarters(actor, case)
    return supervises(actor, case) or is_local(actor, case)


def is_outside(actor: Actor, case: Case) -> bool:
    """He neither answered nor saw it settled, and is not of the unit that deals with it (headquarters has several people)."""
    if is_named(actor, case) or getattr(actor, "pk", None) in (None, case.replied_by_id, case.settled_by_id, case.handler_id):
        return False
    return lead_tier(case) == Tier.COMPANY or not leads(actor, case)


def was_asked_to_go(actor: Actor, case: Case) -> bool:
    """Somebody named for the revisit of this time; a liaison is no judge of his own project."""
    if not scope_of(actor).holds(*(set(Role) - {Role.LIAISON, Role.LEADER, Role.AUDITOR})):
        return False
    return any(visit.asked_id == actor.pk and visit.round == case.redos for visit in case.revisits.all())


def is_in_doubt(case: Case) -> bool:
    """Closed, found not settled by the sample since, and nobody has decided what follows from that."""
    if case.status != Status.CLOSED:
        return False
    found = [
        visit.done_at
        for visit in case.revisits.all()
        if visit.is_sample and visit.is_settled is False and visit.round == case.redos and visit.done_at
    ]
    return bool(found) and not case.events.filter(verb="let_stand", at__gte=max(found)).exists()


def is_too_late_to_refuse(case: Case) -> bool:
    """Past the time to accept, whoever got it keeps it (首办责任)."""
    return case.accept_due_at is not None and case.accept_due_at < timezone.now()


def is_insisted_on(case: Case) -> bool:
    """Whether it came back to the same unit after that had sent it back."""
    last = case.events.filter(verb__in=("route", "escalate", "insist")).order_by("-at").first()
    return last is not None and last.verb == "insist"


def needs_photo(case: Case) -> bool:
    """Whether a settlement is shown by a photo: what can be seen on site can be photographed; what is about a person cannot."""
    picture = case.category.Picture
    return not case.is_sensitive and case.category.picture in (picture.SAFETY, picture.LIVING, picture.WAGES)
