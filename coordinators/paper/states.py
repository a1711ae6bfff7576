"""How a board stands: never printed, printed, hanging, out of date, long unchecked, taken down.

What hangs is the last version that somebody confirmed by scanning it (until then, the last that was printed). A board is out of
date when that version says something else than today's data.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from django.db.models import Max
from django.utils import timezone
from django.utils.translation import pgettext_lazy

from coordinators.models import BoardPrinting, ContactCardBatch, NoticeBoard
from coordinators.paper.drift import changes
from coordinators.paper.live import Today, today_of, today_of_cards

CHECKED_EVERY = timedelta(days=31)


class Condition(StrEnum):
    NEVER = "never"
    UNCONFIRMED = "unconfirmed"
    CURRENT = "current"
    OUT_OF_DATE = "out_of_date"
    UNCHECKED = "unchecked"
    TAKEN_DOWN = "taken_down"


WORDS: Mapping[Condition, tuple[Any, str]] = {
    Condition.NEVER: (pgettext_lazy("board", "Never printed"), "soon"),
    Condition.UNCONFIRMED: (pgettext_lazy("board", "Printed, not confirmed"), "go"),
    Condition.CURRENT: (pgettext_lazy("board", "Current"), "ok"),
    Condition.OUT_OF_DATE: (pgettext_lazy("board", "Out of date"), "late"),
    Condition.UNCHECKED: (pgettext_lazy("board", "Not checked for over a month"), "soon"),
    Condition.TAKEN_DOWN: (pgettext_lazy("board", "Taken down"), ""),
}


@dataclass(frozen=True, slots=True)
class BoardState:
    """`printed` is the newest version, `hangs` the last confirmed one; both without content, with `checked_at`."""

    condition: Condition
    printed: Any = None
    hangs: Any = None
    changes: list[str] = field(default_factory=list)

    @property
    def word(self) -> str:
        return str(WORDS[self.condition][0])

    @property
    def tone(self) -> str:
        return WORDS[self.condition][1]

    @property
    def is_fine(self) -> bool:
        return self.condition in (Condition.CURRENT, Condition.TAKEN_DOWN)

    @property
    def to_hang(self) -> Any:
        """A printed version that nobody has confirmed yet."""
        return self.printed if self.printed and self.printed.checked_at is None else None

    @property
    def check_due_at(self) -> datetime | None:
        return self.hangs.checked_at + CHECKED_EVERY if self.hangs else None


NEVER = BoardState(Condition.NEVER)


def states_of(boards: Sequence[NoticeBoard], now: datetime) -> dict[int, BoardState]:
    """Board → how it stands; a constant number of queries. The boards come with their project and region."""
    hanging = [board for board in boards if board.taken_down_on is None]
    versions = _versions(boards)
    today = today_of(hanging, timezone.localdate(now)) if hanging else {}
    relevant = {board.pk: _relevant(versions.get(board.pk, [])) for board in hanging}
    said = _contents(version for version in relevant.values() if version)
    states = {}
    for board in boards:
        mine = versions.get(board.pk, [])
        shown = relevant.get(board.pk)
        changed = changes(said[shown.pk], today[board.pk].said) if shown else []
        states[board.pk] = BoardState(_condition(board, mine, changed, now), mine[0] if mine else None, _hangs(mine), changed)
    return states


def _condition(board: NoticeBoard, versions: Sequence[Any], changed: list[str], now: datetime) -> Condition:
    if board.taken_down_on:
        return Condition.TAKEN_DOWN
    if not versions:
        return Condition.NEVER
    if changed:
        return Condition.OUT_OF_DATE
    hangs = _hangs(versions)
    if hangs is None:
        return Condition.UNCONFIRMED
    return Condition.UNCHECKED if hangs.checked_at + CHECKED_EVERY < now else Condition.CURRENT


def _hangs(versions: Sequence[Any]) -> Any:
    return next((version for version in versions if version.checked_at), None)


def _relevant(versions: Sequence[Any]) -> Any:
    return _hangs(versions) or (versions[0] if versions else None)


def _versions(boards: Sequence[NoticeBoard]) -> dict[int, list[Any]]:
    """Every version without its content, the newest first, with the moment of its last check."""
    found: dict[int, list[Any]] = {}
    printings = BoardPrinting.objects.filter(board__in=boards).defer("content").annotate(checked_at=Max("checks__at"))
    for printing in printings.latest_first():
        found.setdefault(printing.board_id, []).append(printing)
    return found


def _contents(versions: Iterable[Any]) -> dict[int, dict[str, Any]]:
    rows = BoardPrinting.objects.filter(pk__in=[version.pk for version in versions])
    return {pk: content["said"] for pk, content in rows.values_list("pk", "content")}


def card_changes(batches: Sequence[ContactCardBatch], now: datetime) -> dict[int, list[str]]:
    """Batch of cards → what is wrong on them today."""
    today: Mapping[Any, Today] = today_of_cards(batches, timezone.localdate(now)) if batches else {}
    return {batch.pk: changes(batch.content["said"], today[batch.pk].said) for batch in batches}
