"""Where the time of an import goes: every moment belongs to the innermost step under way, so the steps add up to the whole.

The steps are watched from outside, a call or a few for each chunk of rows; the pipeline knows nothing of it.
"""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import wraps
from time import perf_counter
from typing import Any
from unittest.mock import patch

from django.db.backends.base.base import BaseDatabaseWrapper

from core.temporary import TemporaryTable
from imports import blocks, checking, workflow
from imports.reading import reader
from imports.workflow import intake, writing
from labour_teams.roster_import.compare import RosterComparer
from labour_teams.roster_import.write import RosterWriter

STEPS = (
    ("receive", workflow, "receive"),
    ("wait", reader.Process, "listen"),
    ("unpack", reader, "decoded"),
    ("unpack", reader, "unpacked"),
    ("clean", checking.Opened, "look"),
    ("clean", checking, "ahead"),
    ("compare", RosterComparer, "judge"),
    ("stage", intake._Reading, "_compared"),
    ("stage", blocks, "add"),
    ("open", blocks, "sealed"),
    ("prepare", writing, "ahead"),
    ("copy", TemporaryTable, "fill"),
    ("statements", RosterWriter, "_move"),
    ("commit", BaseDatabaseWrapper, "commit"),
)
REST = "rest"
NAMES = (*dict.fromkeys(name for name, _owner, _function in STEPS), REST)


class Stopwatch:
    def __init__(self) -> None:
        self.seconds = dict.fromkeys(NAMES, 0.0)
        self._under_way = [REST]
        self._since = perf_counter()

    @contextmanager
    def during(self, name: str) -> Iterator[None]:
        self._turn()
        self._under_way.append(name)
        try:
            yield
        finally:
            self._turn()
            self._under_way.pop()

    def _turn(self) -> None:
        now = perf_counter()
        self.seconds[self._under_way[-1]] += now - self._since
        self._since = now

    @contextmanager
    def watching(self) -> Iterator[None]:
        """The steps of an import, as long as the block lasts."""
        with ExitStack() as stack:
            for name, owner, function in STEPS:
                stack.enter_context(patch.object(owner, function, self._timed(name, getattr(owner, function))))
            self._since = perf_counter()
            yield
            self._turn()

    def _timed(self, name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(function)
        def called(*args: Any, **kwargs: Any) -> Any:
            with self.during(name):
                made = function(*args, **kwargs)
            return self._each(name, made) if isinstance(made, Iterator) else made

        return called

    def _each(self, name: str, items: Iterator[Any]) -> Iterator[Any]:
        """What comes one by one is made one by one."""
        while True:
            with self.during(name):
                item = next(items, self)  # the watch itself is nobody's item
            if item is self:
                return
            yield item
