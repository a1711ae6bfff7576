"""The covering part of a table is a part of it, and misses no pair."""

from itertools import combinations, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests import covering

AXES = st.lists(st.lists(st.integers(0, 9), min_size=1, max_size=5, unique=True), min_size=2, max_size=4)


def pairs_of(rows: list[tuple[int, ...]]) -> set[object]:
    return {pair for row in rows for pair in combinations(enumerate(row), 2)}


@given(AXES)
def test_every_pair_is_met_and_nothing_is_made_up(axes: list[list[int]]) -> None:
    every = list(product(*axes))
    part = [row for row in covering.covering(every) if row in every]
    assert pairs_of(part) == pairs_of(every)


def test_what_is_always_asked_is_there_and_the_part_is_small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(covering, "EVERYTHING", False)
    every = list(product(range(20), range(12), range(13)))
    part = covering.covering(every, always=lambda row: sum(row) == 40)
    assert {row for row in every if sum(row) == 40} <= set(part)
    assert len(part) < len(every) / 4


def test_with_everything_all_are_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(covering, "EVERYTHING", True)
    every = list(product(range(3), range(3), range(3)))
    assert covering.covering(every) == every
