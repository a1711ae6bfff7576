"""Work on the next things while the last one is being used."""

import threading
from collections.abc import Iterator

import pytest
from django.utils import translation

from core.ahead import AHEAD, ahead


def test_results_come_in_order_and_are_made_by_one_other_thread() -> None:
    hands = set()

    def double(number: int) -> int:
        hands.add(threading.get_ident())
        return 2 * number

    assert list(ahead(double, range(50))) == [2 * number for number in range(50)]
    assert (len(hands), threading.get_ident() in hands) == (1, False)


def test_things_are_drawn_in_the_callers_thread_and_not_all_at_once() -> None:
    drawn: list[int] = []

    def things() -> Iterator[int]:
        for number in range(100):
            drawn.append(threading.get_ident())
            yield number

    results = ahead(str, things())
    assert next(results) == "0"
    assert (len(drawn), {*drawn}) == (AHEAD + 1, {threading.get_ident()})
    results.close()


def test_what_the_work_raises_is_raised_in_its_place() -> None:
    results = ahead(lambda number: 1 // number, [1, 2, 0, 3])
    assert [next(results), next(results)] == [1, 0]
    with pytest.raises(ZeroDivisionError):
        next(results)


def test_what_the_things_raise_comes_after_nothing_is_left_running() -> None:
    def things() -> Iterator[int]:
        yield 1
        raise LookupError

    before = threading.active_count()
    with pytest.raises(LookupError):
        list(ahead(str, things()))
    assert threading.active_count() == before


def test_the_second_thread_speaks_the_callers_language() -> None:
    with translation.override("en"):
        assert list(ahead(lambda _number: translation.get_language(), [1])) == ["en"]
