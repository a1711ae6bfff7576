"""The child's side of the talk without a process: for tests of what is read, not of the walls around it (test_confine.py)."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from imports.reading.child import answers


class Here:
    """Speaks like a child."""

    def __init__(self, data: bytes, extension: str) -> None:
        self._chosen: list[int] = []
        self._lines = answers(data, extension, lambda: self._chosen.pop() if self._chosen else None)

    def listen(self) -> bytes:
        return next(self._lines, b"")

    def choose(self, place: int) -> None:
        self._chosen.append(place)


@contextmanager
def started_here(data: bytes, extension: str) -> Iterator[Here]:
    yield Here(data, extension)


def is_hostile(entry: dict[str, Any]) -> bool:
    """Whether a file of tests/data/rosters may take more than is good for the process that reads it."""
    return entry["file"].startswith("c")
