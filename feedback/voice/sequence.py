"""In which order things happened to a matter, where the worker's own acts carry the beginning of a quarter of a day.

A "no" to an answer of ten o'clock is written down as of six. Each act begins in the state in which the one before it ended: from
that chain follows where it stands. Nothing finer is known, and nothing finer is shown: the page says days.
"""

from collections.abc import Iterable, Sequence
from datetime import timedelta

from core.untraceable import HOURS, rounded
from feedback.models import CaseEvent, CaseMessage

QUARTER = timedelta(hours=HOURS)
SAYS = "worker_says"


def in_order(events: Iterable[CaseEvent]) -> list[CaseEvent]:
    """All events of a matter, as they can only have come."""
    found = sorted(events, key=lambda event: event.at)
    blurred = [event for event in found if _is_blurred(event)]
    exact = [event for event in found if not _is_blurred(event)]
    ordered: list[CaseEvent] = []
    while exact or blurred:
        event = _next(exact, blurred, ordered[-1] if ordered else None)
        (blurred if _is_blurred(event) else exact).remove(event)
        ordered.append(event)
    return ordered


def spoken_in_order(events: Sequence[CaseEvent], messages: Iterable[CaseMessage]) -> list[CaseMessage]:
    """Messages in the order of the events, put in order, in which they were said."""
    left = sorted(messages, key=lambda message: message.at)
    spoken = []
    for event in events:
        is_worker = event.verb == SAYS
        said = next((each for each in left if each.at == event.at and each.is_from_worker == is_worker), None)
        if said is not None:
            left.remove(said)
            spoken.append(said)
    return [*spoken, *left]


def _is_blurred(event: CaseEvent) -> bool:
    return event.by_id is None and event.at == rounded(event.at)


def _next(exact: list[CaseEvent], blurred: list[CaseEvent], last: CaseEvent | None) -> CaseEvent:
    """The next exact one where it begins in the state that there is; else of those whose quarter has begun the one that fits."""
    if not exact:
        return min(blurred, key=lambda event: _fit(event, last))
    first = exact[0]
    begun = [event for event in blurred if event.at <= first.at]
    over = [event for event in begun if event.at + QUARTER <= first.at]
    if not begun or (first.from_status == _status_after(last) and not over):
        return first
    return min(over or begun, key=lambda event: _fit(event, last))


def _fit(event: CaseEvent, last: CaseEvent | None) -> tuple[object, bool, bool]:
    """The least comes next: of a quarter what begins in the state that there is; a word first, then the move that it asks for."""
    was_said = last is not None and last.verb == SAYS
    return event.at, event.from_status != _status_after(last), (event.verb == SAYS) == was_said


def _status_after(last: CaseEvent | None) -> str:
    return last.to_status if last else ""
