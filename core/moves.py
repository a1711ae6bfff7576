"""The lifecycle engine: a table of moves, one writer, one lock, one history row.

An app declares its moves once (in its workflow.py) and writes each verb as a function:

    MOVES = {"submit": Move(frozenset({DRAFT, RETURNED}), SUBMITTED, policies.can_submit, _("Submit"))}
    LIFECYCLE = Lifecycle(Report, ReportEvent, "report", MOVES)

    def submit(report, *, by, version):
        with LIFECYCLE.moving(report, "submit", by=by, version=version) as move:
            move.row.submitted_at = move.at
        return move.row

`moving` opens a transaction, fetches the row again through the actor's reach with a row lock, checks version, source status and
policy; when the block ends well it writes the new status and the history row. Nothing else writes a status.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.refusals import Refused, Stale

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


class Clock:
    """The actor of moves that time makes (opening a month, resuming a stopped clock)."""


class WorkerByCode:
    """The actor of moves that a worker makes with his look-up code; nobody knows who he is."""


CLOCK, WORKER = Clock(), WorkerByCode()
NOBODY = (CLOCK, WORKER)  # actors without an account: what they may do, policies say; their reach is the row in hand
Actor = Any  # a Person, CLOCK or WORKER; policies know all three


@dataclass(frozen=True, slots=True)
class Move:
    """From any of `sources` to `target`, if `allowed(actor, row)`. A target of None is chosen in the block with `move.to()`."""

    sources: frozenset[str]
    target: str | None
    allowed: Callable[[Actor, Any], bool]
    label: "str | _StrPromise"


@dataclass(slots=True)
class Moving:
    """A move under way: the locked row, the moment, and what the history will say."""

    row: Any
    at: datetime
    target: str
    note: str = ""
    details: dict[str, Any] = field(default_factory=dict)
    is_news: bool = True  # False leaves no history row: writing on in a draft is saved every few seconds

    def to(self, status: str) -> None:
        self.target = status


@dataclass(frozen=True, slots=True)
class Lifecycle:
    """The moves of one model; `event_model` is a MoveEvent with a foreign key named `link` to the row."""

    model: type[models.Model]
    event_model: type[models.Model]
    link: str
    moves: Mapping[str, Move]

    def may(self, verb: str, by: Actor, row: Any) -> bool:
        move = self.moves[verb]
        return row.status in move.sources and move.allowed(by, row)

    def allowed_moves(self, row: Any, by: Actor) -> list[str]:
        """The verbs that this person may use on this row now, in the order of the table. Buttons come from here."""
        return [verb for verb in self.moves if self.may(verb, by, row)]

    def check(self, row: Any, verb: str, *, by: Actor, version: int | None = None) -> None:
        """Raises what `moving` would raise now, for whoever has much to make ready first and cannot hold the row so long."""
        self._checked(self._reachable(row, by).first(), verb, by, version)

    @contextmanager
    def moving(self, row: Any, verb: str, *, by: Actor, version: int | None = None) -> Iterator[Moving]:
        """Lock, check, hand out, write. Raises Refused (not allowed, not from here) or Stale (changed since `version`)."""
        with transaction.atomic():
            fresh = self._reachable(row, by).select_for_update(of=("self",)).first()
            move = self._checked(fresh, verb, by, version)
            before = fresh.status
            moving = Moving(fresh, timezone.now(), move.target or before)
            yield moving
            fresh.status = moving.target
            fresh.version += 1
            fresh.save()
            if moving.is_news:
                self._remember(moving, verb, before, by)

    def _checked(self, fresh: Any, verb: str, by: Actor, version: int | None) -> Move:
        """The move, if it may be made from here by this actor, on the version that he has seen."""
        if fresh is None:
            raise Refused(_("This does not exist (any more) within your reach."))
        move = self.moves[verb]
        if version is not None and fresh.version != version:
            raise Stale(_("Somebody else changed this since you opened it. Nothing was lost: look at both and decide."))
        if fresh.status not in move.sources:
            raise Refused(_("This is no longer possible: the state is now “%s”.") % fresh.get_status_display())
        if not move.allowed(by, fresh):
            raise Refused(_("Your post does not allow this."))
        return move

    def _remember(self, moving: Moving, verb: str, before: str, by: Actor) -> None:
        self.event_model._default_manager.create(
            **{self.link: moving.row},
            verb=verb,
            from_status=before,
            to_status=moving.row.status,
            by=None if by in NOBODY else by,
            at=moving.at,
            note=moving.note,
            **moving.details,
        )

    def _reachable(self, row: Any, by: Actor) -> Any:
        rows: Any = self.model._default_manager
        return (rows.all() if by in NOBODY else rows.visible_to(by)).filter(pk=row.pk)
