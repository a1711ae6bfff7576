"""What somebody owes: one item, and how items are sorted worst first."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

WITHIN = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class DueItem:
    """A thing to do: what, where and since when, how long left in words, and the page where it is done.

    Without a `due_at` it waits for this person and has no deadline of its own. `urged`: who urged it and when; what was urged
    stands before everything else.
    """

    what: str
    where: str
    url: str
    left: str = ""
    due_at: datetime | None = None
    urged: str = ""

    def state(self, now: datetime) -> str:
        """late | today | soon | later | waiting"""
        if self.due_at is None:
            return "waiting"
        if self.due_at < now:
            return "late"
        if timezone.localdate(self.due_at) == timezone.localdate(now):
            return "today"
        return "soon" if self.due_at - now <= WITHIN else "later"


STATES = ("late", "today", "soon", "waiting", "later")


def sorted_by_state(items: list[DueItem], now: datetime) -> dict[str, list[DueItem]]:
    """State → items, the earliest deadline first; every state is there."""
    piles: dict[str, list[DueItem]] = {state: [] for state in STATES}
    for item in sorted(items, key=lambda item: (item.due_at or now, item.what)):
        piles[item.state(now)].append(item)
    return piles
