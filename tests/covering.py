"""Which combinations of a long table are tried: all of them with TEST_EVERYTHING=1, otherwise a covering part (docs/adr/0025).

Mistakes in rules sit in one value or in two that meet (a verb in a state, a state for a role), hardly ever in three at once. So
of verb × state × role it is enough that each two values have met, and that whatever the table allows was done.
"""

import os
from collections.abc import Callable, Iterable, Sequence
from itertools import combinations
from typing import Any, TypeVar

EVERYTHING = bool(os.environ.get("TEST_EVERYTHING"))
Row = TypeVar("Row", bound=Sequence[Any])


def covering(rows: Iterable[Row], always: Callable[[Row], bool] = lambda row: False) -> list[Row]:
    """The rows that `always` names, and so many others, in their order, that every pair of values stands in one of them."""
    every = list(rows)
    if EVERYTHING:
        return every
    met = {pair for row in every if always(row) for pair in _pairs(row)}
    kept = []
    for row in every:
        new = _pairs(row) - met
        if new or always(row):
            kept.append(row)
            met |= new
    return kept


def _pairs(row: Sequence[Any]) -> set[Any]:
    return set(combinations(enumerate(row), 2))
