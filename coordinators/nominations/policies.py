"""Who may do what with a nomination.

Full-time coordinators are appointed by the Party personnel department. Project coordinators and liaisons are chosen by two sides:
the regional coordinator and the project's Party work committee. Nobody acts on a nomination of himself.
"""

from typing import TYPE_CHECKING, Any

from coordinators.models import Nomination, NominationApproval
from core.roles import HEADQUARTERS, READERS, Role
from core.scope import NOWHERE, Level, Scope

if TYPE_CHECKING:
    from accounts.models import User

Actor = Any  # a User, or core.moves.CLOCK, which holds no post and so may do none of these
Kind = Nomination.PostKind
Side = NominationApproval.Side

SEERS = HEADQUARTERS | READERS | {Role.REGIONAL_COORDINATOR, Role.PROJECT_COORDINATOR, Role.PROJECT_COMMITTEE}
TREATMENT_SEERS = frozenset({Role.PARTY_PERSONNEL, Role.PARTY_ORGANISATION, Role.LEADER})
ON_PROJECTS = (Role.PROJECT_COORDINATOR, Role.PROJECT_COMMITTEE)


def can_see_nominations(user: "User") -> bool:
    """That there is such a list at all; which rows are on it is a matter of reach."""
    return user.scope.holds(*SEERS)


def can_see_treatment(user: "User") -> bool:
    """What a full-time coordinator is treated as: the departments of personnel and organisation, and leaders (SYSTEM row 36)."""
    return user.scope.holds(*TREATMENT_SEERS)


def kinds_to_propose(user: "User") -> list[str]:
    """The kinds of post for which somebody may propose people, at one unit at least."""
    appointed = [Kind.FULL_TIME.value] if user.scope.holds(Role.PARTY_PERSONNEL) else []
    chosen = [Kind.PART_TIME.value, Kind.LIAISON.value]
    return appointed + (chosen if user.scope.holds(Role.REGIONAL_COORDINATOR, *ON_PROJECTS) else [])


def can_propose(actor: Actor, nomination: Nomination) -> bool:
    """The Party personnel department for a region; the region's coordinator, the project's or its committee for a project."""
    scope = _scope(actor)
    if nomination.is_appointed:
        return scope.holds(Role.PARTY_PERSONNEL)
    region, project = _places(nomination)
    return scope.holds_at(Level.REGION, region, Role.REGIONAL_COORDINATOR) or scope.holds_at(Level.PROJECT, project, *ON_PROJECTS)


def can_check(actor: Actor, nomination: Nomination) -> bool:
    """Those who will decide (SYSTEM row 27)."""
    return _decides(actor, nomination)


def can_induct(actor: Actor, nomination: Nomination) -> bool:
    """Headquarters for full-time coordinators (rows 43 and 46), the regional coordinator for the others (row 71)."""
    if is_himself(actor, nomination):
        return False
    if nomination.is_appointed:
        return _scope(actor).holds(Role.PARTY_PERSONNEL, Role.PARTY_ORGANISATION)
    return Side.REGION in sides_of(actor, nomination)


def can_decide(actor: Actor, nomination: Nomination) -> bool:
    """Appointing: the Party personnel department alone."""
    return nomination.is_appointed and _decides(actor, nomination)


def can_approve(actor: Actor, nomination: Nomination) -> bool:
    """Choosing: a side that has not said yes, by somebody who has not said it for the other side."""
    return bool(sides_to_approve(actor, nomination))


def can_decline(actor: Actor, nomination: Nomination) -> bool:
    return _decides(actor, nomination)


def can_withdraw(actor: Actor, nomination: Nomination) -> bool:
    """Whoever proposed, as long as he might still propose it."""
    return nomination.proposed_by_id == getattr(actor, "pk", None) and can_propose(actor, nomination)


def can_amend(actor: Actor, nomination: Nomination) -> bool:
    """Whoever could take it back and propose it anew."""
    return can_withdraw(actor, nomination)


def can_add_letter(actor: Actor, nomination: Nomination) -> bool:
    """The department that appointed, once: the letter comes from the printer after the decision, and is never exchanged."""
    return nomination.letter_id is None and can_decide(actor, nomination)


def sides_of(actor: Actor, nomination: Nomination) -> list[str]:
    """The sides for which somebody speaks today; none for a post that is appointed."""
    if nomination.is_appointed:
        return []
    (region, project), scope = _places(nomination), _scope(actor)
    speaks = {
        Side.REGION: scope.holds_at(Level.REGION, region, Role.REGIONAL_COORDINATOR),
        Side.COMMITTEE: scope.holds_at(Level.PROJECT, project, Role.PROJECT_COMMITTEE),
    }
    return [side.value for side, does in speaks.items() if does]


def sides_to_approve(actor: Actor, nomination: Nomination) -> list[str]:
    """The sides whose yes is missing and that this person may give: two sides are two people."""
    if is_himself(actor, nomination) or not (sides := sides_of(actor, nomination)):
        return []
    given = {approval.side: approval.by_id for approval in nomination.approvals.all()}
    return [] if actor.pk in given.values() else [side for side in sides if side not in given]


def is_himself(actor: Actor, nomination: Nomination) -> bool:
    """By account, or by the mobile that was typed for somebody without one."""
    if nomination.person_id is not None:
        return nomination.person_id == getattr(actor, "pk", None)
    return nomination.phone is not None and nomination.phone == getattr(actor, "phone", None)


def _decides(actor: Actor, nomination: Nomination) -> bool:
    if is_himself(actor, nomination):
        return False
    if nomination.is_appointed:
        return _scope(actor).holds(Role.PARTY_PERSONNEL)
    return bool(sides_of(actor, nomination))


def _places(nomination: Nomination) -> tuple[int | None, int | None]:
    """Region and project of a post that is chosen."""
    project = nomination.project or (nomination.team.project if nomination.team else None)
    return (project.region_id, project.pk) if project else (None, None)


def _scope(actor: Actor) -> Scope:
    return getattr(actor, "scope", NOWHERE)
