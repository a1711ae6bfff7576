"""The life of a handover. Every write to one is here.

    (begin) ─▶ open ─hand over─▶ handed over ─accept─▶ accepted
               ⟲ save

It begins with one press on the page of a post that has ended or has its last day set. Whoever leaves writes what no table knows
and hands over; if he is gone, his superior does. Whoever holds the post then accepts, and the package stays as he saw it.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coordinators.models import Coordinator, Liaison
from core.moves import Lifecycle, Move
from core.refusals import Refused
from inbox.handover import policies
from inbox.handover.content import frozen
from inbox.handover.policies import HandedPost
from inbox.models import Handover, HandoverEvent

if TYPE_CHECKING:
    from accounts.models import User

Status = Handover.Status

LIFECYCLE = Lifecycle(
    Handover,
    HandoverEvent,
    "handover",
    {
        "save": Move(frozenset({Status.OPEN}), None, policies.can_write, gettext_lazy("Save")),
        "hand_over": Move(frozenset({Status.OPEN}), Status.HANDED_OVER, policies.can_hand_over, gettext_lazy("Hand over")),
        "accept": Move(frozenset({Status.HANDED_OVER}), Status.ACCEPTED, policies.can_accept, gettext_lazy("Accept")),
    },
)


def begin(post: HandedPost, *, by: "User") -> Handover:
    """Open the package of a post, once: a second press leads to the same one. Raises Refused."""
    if post.to_on is None:
        raise Refused(_("This post has no last day yet: a handover begins when its end is set."))
    if not policies.can_begin(by, post):
        raise Refused(_("Your post does not allow this."))
    kind = _kind(post)
    with transaction.atomic():
        handover, is_new = Handover.objects.get_or_create(
            **{kind: post}, defaults={"begun_by": by, f"next_{kind}": expected_after(post)}
        )
        if is_new:
            HandoverEvent.objects.create(handover=handover, verb="begin", from_status="", to_status=handover.status, by=by)
    return handover


def save(handover: Handover, *, by: "User", version: int, notes: Mapping[str, str]) -> Handover:
    """Keep the notes as far as they are written."""
    with LIFECYCLE.moving(handover, "save", by=by, version=version) as move:
        move.is_news = False
        _note(move.row, notes)
    return move.row


def hand_over(handover: Handover, *, by: "User", version: int, notes: Mapping[str, str]) -> Handover:
    """Nothing may be passed over in silence: where there is nothing to say, that is said. Raises Refused with the fields."""
    if empty := [key for key in Handover.NOTES if not notes.get(key, "").strip()]:
        word = _("Write a word here; “none” where there is nothing.")
        raise Refused(_("This cannot be handed over yet."), fields=dict.fromkeys(empty, word))
    with LIFECYCLE.moving(handover, "hand_over", by=by, version=version) as move:
        row: Handover = move.row
        _note(row, notes)
        if row.next_post is None:
            _expect(row, expected_after(row.post))
        row.handed_over_at, row.handed_over_by = move.at, by
    return move.row


def accept(handover: Handover, *, by: "User") -> Handover:
    """Take over: the package is kept as it stands, and the post in which it was accepted is written down."""
    with LIFECYCLE.moving(handover, "accept", by=by) as move:
        row: Handover = move.row
        _expect(row, _same_unit(row.post).held_on(timezone.localdate()).filter(person=by).order_by("-from_on", "-pk").first())
        row.content = frozen(row, by)
        row.accepted_at, row.accepted_by = move.at, by
    return move.row


def expected_after(post: HandedPost) -> HandedPost | None:
    """Who comes next at the same unit: held beyond the last day of `post`; whoever begins first."""
    later = _same_unit(post).filter(from_on__gt=post.from_on).exclude(person=post.person)
    return later.filter(Q(to_on=None) | Q(to_on__gt=post.to_on)).order_by("from_on", "pk").first()


def _same_unit(post: HandedPost) -> Any:
    if isinstance(post, Coordinator):
        return Coordinator.objects.filter(region=post.region, project=post.project).exclude(pk=post.pk)
    return Liaison.objects.filter(team=post.team, crew=post.crew).exclude(pk=post.pk)


def _expect(handover: Handover, post: HandedPost | None) -> None:
    setattr(handover, f"next_{_kind(handover.post)}", post)


def _note(handover: Handover, notes: Mapping[str, str]) -> None:
    handover.notes = {key: notes.get(key, "").strip() for key in Handover.NOTES}


def _kind(post: HandedPost) -> str:
    return "coordinator" if isinstance(post, Coordinator) else "liaison"
