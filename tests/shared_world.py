"""A world that the tests of a module look at from many sides, built once for all of them.

    founded, company = world_once(found_company)

`founded` (of the module) builds it under a transaction that is rolled back when the module ends; the transaction of each test is
a savepoint above it, so what a test changes is undone before the next. `company` (of the test) is what `build` returned. The rows
are the same for all, the objects are not: each test gets copies as they were right after building, without anything that was
looked up through them (`User.posts_today`); so `build` returns model instances, or dataclasses, tuples, dictionaries of them.
A module whose clock stands still says `at` which moment its world is built.

A test with transactions of its own (threads, a live server) could show this world to nobody, and on SQLite its lock would stop
everybody: before such a test it is pulled down, and the test gets one of its own. pytest-django lets such tests come last.

A module has one world: one that builds more than its folder's conftest.py does so under the same name `founded`, and makes
fixtures of what is in it.
"""

import pickle
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, nullcontext
from io import BytesIO
from typing import Any, ClassVar

import pytest
import time_machine
from django.db import models, transaction
from django.utils.functional import cached_property


class _Now:
    """What stands, and whether the test of this moment has transactions of its own."""

    standing: ClassVar[list[ExitStack]] = []
    has_transactions = False


def world_once(build: Callable[[], Any], *, at: str | None = None) -> tuple[Any, Any]:
    """The fixture of the module, to be called `founded`, and that of each test. `at` is an ISO 8601 moment with its zone."""

    @pytest.fixture(scope="module")
    def founded(django_db_setup: None, django_db_blocker: Any) -> Iterator[bytes]:
        if _Now.has_transactions:
            yield b""
            return
        with django_db_blocker.unblock(), ExitStack() as standing:
            standing.enter_context(_rolled_back())
            with time_machine.travel(at, tick=False) if at else nullcontext():
                image = _image(build())
            _Now.standing.append(standing)
            standing.callback(_Now.standing.remove, standing)
            yield image

    @pytest.fixture
    def world(founded: bytes, db: None) -> Any:
        if _Now.has_transactions:
            return build()
        if not _Now.standing:
            pytest.fail("the world was pulled down for a test with transactions of its own, which is to come last in its module")
        return pickle.loads(founded)

    return founded, world


@contextmanager
def _rolled_back() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


class _Image(pickle.Pickler):
    """Leaves out what instances keep of things they looked up."""

    def reducer_override(self, thing: Any) -> Any:
        if not isinstance(thing, models.Model):
            return NotImplemented
        reduced: Any = thing.__reduce__()
        make, how, state = reduced
        return make, how, {name: value for name, value in state.items() if not _is_looked_up(type(thing), name)}


def _is_looked_up(model: type[models.Model], name: str) -> bool:
    return isinstance(getattr(model, name, None), cached_property)


def _image(world: Any) -> bytes:
    """To read it takes a seventh of the time that copying the objects takes."""
    written = BytesIO()
    _Image(written, pickle.HIGHEST_PROTOCOL).dump(world)
    return written.getvalue()


def has_transactions_of_its_own(test: Any) -> bool:
    marker = test.get_closest_marker("django_db")
    asked = marker is not None and bool(marker.kwargs.get("transaction", marker.args and marker.args[0]))
    return asked or not {"transactional_db", "live_server"}.isdisjoint(test.fixturenames)


def undo_before(test: Any) -> None:
    """Pull down what stands, before a test with transactions of its own: it would meet the lock of the one under the world."""
    _Now.has_transactions = has_transactions_of_its_own(test)
    if _Now.has_transactions:
        for standing in reversed(_Now.standing):
            standing.close()
