"""Who may do what with a handover. Whoever leaves writes and hands over; once he is gone, his superior; the next one accepts."""

from typing import TYPE_CHECKING, Any

from django.utils import timezone

from coordinators.models import Coordinator, Liaison
from core.roles import HEADQUARTERS, READERS, Role
from core.scope import NOWHERE, Level, Scope

if TYPE_CHECKING:
    from inbox.models import Handover

Actor = Any  # a User, or core.moves.CLOCK, which holds no post and so may do none of these
HandedPost = Coordinator | Liaison


def can_begin(actor: Actor, post: HandedPost) -> bool:
    """A post that has ended or has its last day set; whoever leaves, takes over, or answers for either."""
    if post.to_on is None:
        return False
    return _pk(actor) == post.person_id or serves_next(actor, post) or is_superior(actor, post) or _at_headquarters(actor)


def can_write(actor: Actor, handover: "Handover") -> bool:
    """The notes are those of whoever leaves. When he is gone without them, his superior writes what he knows."""
    post = handover.post
    if _pk(actor) == post.person_id:
        return True
    return is_over(post) and (is_superior(actor, post) or _at_headquarters(actor))


def can_hand_over(actor: Actor, handover: "Handover") -> bool:
    return can_write(actor, handover)


def can_accept(actor: Actor, handover: "Handover") -> bool:
    """Whoever holds the same post today, an acting one as much as any other; never the one who leaves it."""
    return serves_next(actor, handover.post)


def can_read_notes(actor: Actor, handover: "Handover") -> bool:
    """Said in confidence: read from the moment they are handed over, and not by those who look at everything and never act."""
    return handover.handed_over_at is not None and bool(_scope(actor).roles - READERS)


def is_superior(actor: Actor, post: HandedPost) -> bool:
    """Headquarters over a region's post, the regional coordinator over those of his region's projects and crews."""
    if isinstance(post, Coordinator) and post.region_id:
        return _at_headquarters(actor)
    project = post.project if isinstance(post, Coordinator) else post.team.project
    return project is not None and _scope(actor).holds_at(Level.REGION, project.region_id, Role.REGIONAL_COORDINATOR)


def serves_next(actor: Actor, post: HandedPost) -> bool:
    """Holds today the post that `post` was: the same role at the same unit."""
    if _pk(actor) == post.person_id:
        return False
    return any(_scope(actor).holds_at(grant.level, grant.unit_id, grant.role) for grant in post.grants())


def is_over(post: HandedPost) -> bool:
    return post.to_on is not None and post.to_on < timezone.localdate()


def _at_headquarters(actor: Actor) -> bool:
    return _scope(actor).holds(*HEADQUARTERS)


def _scope(actor: Actor) -> Scope:
    return getattr(actor, "scope", NOWHERE)


def _pk(actor: Actor) -> int | None:
    return getattr(actor, "pk", None)
