"""The package of a handover: its sections as they are now, or as they were frozen when it was accepted."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from inbox.handover.policies import HandedPost
from inbox.handover.sections import SECTIONS, Line, Section

if TYPE_CHECKING:
    from accounts.models import User
    from inbox.models import Handover


@dataclass(frozen=True, slots=True)
class Filled:
    """A section with what it holds; an empty one says so, because nothing owed is a fact as well."""

    title: str
    lines: tuple[Line, ...]


def content_of(handover: "Handover", reader: "User") -> list[Filled]:
    """Frozen since acceptance; until then what the reader may see of it now."""
    if handover.content is not None:
        return [Filled(each["title"], tuple(Line(**line) for line in each["lines"])) for each in handover.content["sections"]]
    return live_content(handover.post, reader)


def live_content(post: HandedPost, reader: "User") -> list[Filled]:
    """Those sections that concern this kind of post."""
    return [Filled(str(section.title), tuple(lines)) for section, lines in _found(post, reader) if lines is not None]


def _found(post: HandedPost, reader: "User") -> Iterable[tuple[Section, Iterable[Line] | None]]:
    return ((section, section.lines(post, reader)) for section in SECTIONS)


def frozen(handover: "Handover", reader: "User") -> dict[str, Any]:
    """What is kept: words and addresses, no row numbers that could come to mean something else."""
    return {"sections": [asdict(filled) for filled in live_content(handover.post, reader)]}
