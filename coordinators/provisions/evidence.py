"""Which duties of a coordinator's post have evidence: rooms register how their records speak for a duty.

A source is asked once for a post and all duties of an edition, and answers within the reader's reach:

    @evidence.register
    def of_right_exercises(reader, post, duties): -> {duty's primary key: Evidence(count, latest_on, url)}

Each app declares its sources in its own duty_evidence.py, which is imported when Django is ready.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from coordinators.models import Coordinator, PostProvision

if TYPE_CHECKING:
    from accounts.models import User


@dataclass(frozen=True, slots=True)
class Evidence:
    """`count` records, the latest of them on `latest_on`; `url` opens them."""

    count: int
    latest_on: date
    url: str


@dataclass(frozen=True, slots=True)
class DutyLine:
    """A duty with what speaks for it, a piece for each source that has something."""

    duty: PostProvision
    pieces: tuple[Evidence, ...]

    @property
    def count(self) -> int:
        return sum(piece.count for piece in self.pieces)

    @property
    def latest_on(self) -> date | None:
        return max((piece.latest_on for piece in self.pieces), default=None)


Source = Callable[["User", Coordinator, Sequence[PostProvision]], Mapping[int, Evidence]]
SOURCES: list[Source] = []


def register(source: Source) -> Source:
    """Adds a source; use it as a decorator."""
    SOURCES.append(source)
    return source


def lines_of(reader: "User", post: Coordinator, duties: Sequence[PostProvision]) -> list[DutyLine]:
    """The duties by number; a query a source, whatever the number of duties."""
    found = [source(reader, post, duties) for source in SOURCES]
    return [DutyLine(duty, tuple(each[duty.pk] for each in found if duty.pk in each)) for duty in duties]


def without_first(lines: Iterable[DutyLine]) -> list[DutyLine]:
    """Those that nothing speaks for stand first: there is something to do."""
    return sorted(lines, key=lambda line: (line.count > 0, line.duty.number))
