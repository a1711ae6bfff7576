"""Which numbers of a survey may be shown, so that no group of fewer than five answers is shown or can be worked out (AC-14).

Answers are counted by choice, for teams in projects in regions in the company. A number may be shown at several finenesses of the
choices: each by itself; the first against the rest; only how many answered. At one fineness, everything that can be worked out of
nested totals by adding and subtracting is made of *atoms*: what is left of a shown unit when the shown units below it are taken
away. So there is one rule: every atom has at least five answers in each group of choices, or no answers at all.

    team      as finely as its own groups allow; the smallest ones step back where the rest of the project would be too small
    project   as finely as its own groups allow: its coordinator's page depends on his project alone
    region,   over the units that are shown, and the rest together where that is large enough; a rest that is too small is
    company   left out of the total, which then says so

A choice of another unit therefore never changes what stands on the pages of this one.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

LEAST = 5
Row = tuple[int, ...]  # answers by choice
Groups = tuple[tuple[int, ...], ...]  # places of choices that are added up


@dataclass(frozen=True, slots=True)
class Shown:
    """What may be shown of a unit: how many gave each group of choices. `is_partial`: a small rest is not in it."""

    groups: Groups
    counts: Row
    units: frozenset[int] = field(default=frozenset(), compare=False)  # the teams that are counted here
    is_partial: bool = False

    @property
    def answered(self) -> int:
        return sum(self.counts)

    @property
    def first(self) -> int | None:
        """How many gave the first choice, where that may be said."""
        return self.counts[0] if len(self.groups) > 1 else None


@dataclass(frozen=True, slots=True)
class Part:
    """A unit as its superior sees it. At each fineness: the answers that nothing shown covers, and the teams they are from."""

    total: Row
    units: frozenset[int]
    rests: tuple[Row, ...]
    rest_units: tuple[frozenset[int], ...]
    shown: Shown | None


def finenesses(choices: int, *, is_scale: bool) -> tuple[Groups, ...]:
    """From each choice by itself to all together; on a scale of three or more, the best against the rest lies between."""
    alone = tuple((place,) for place in range(choices))
    together = (tuple(range(choices)),)
    if is_scale and choices > 2:
        return alone, ((0,), tuple(range(1, choices))), together
    return alone, together


def grouped(row: Row, groups: Groups) -> Row:
    return tuple([sum([row[place] for place in group]) for group in groups])


def is_enough(row: Row, groups: Groups) -> bool:
    return min(grouped(row, groups)) >= LEAST


def added(rows: Sequence[Row], width: int) -> Row:
    return tuple(map(sum, zip(*rows, strict=True))) if rows else (0,) * width


def of_project(teams: Mapping[int, Row], levels: Sequence[Groups], width: int) -> tuple[Part, dict[int, Shown]]:
    """The project for its region, and what may be shown of its teams."""
    total = added(list(teams.values()), width)
    own = _finest(total, levels)
    places = _team_levels(teams, levels, own, width)
    shown = {
        team: Shown(levels[level], grouped(teams[team], levels[level]), frozenset({team}))
        for team, level in places.items()
        if level < len(levels)
    }
    everybody = frozenset(teams)
    rests = tuple(total if level < own else (0,) * width for level in range(len(levels)))
    rest_units = tuple(everybody if level < own else frozenset[int]() for level in range(len(levels)))
    mine = Shown(levels[own], grouped(total, levels[own]), everybody) if own < len(levels) else None
    return Part(total, everybody, rests, rest_units, mine), shown


def of_parts(parts: Sequence[Part], levels: Sequence[Groups], width: int) -> Part:
    """A region of its projects, or the company of its regions."""
    total = added([part.total for part in parts], width)
    units = frozenset[int]().union(*(part.units for part in parts))
    rests = [added([part.rests[level] for part in parts], width) for level in range(len(levels))]
    rest_units = [frozenset[int]().union(*(part.rest_units[level] for part in parts)) for level in range(len(levels))]
    fits = [not sum(rest) or is_enough(rest, levels[level]) for level, rest in enumerate(rests)]
    whole = next((level for level in range(len(levels)) if all(fits[level:]) and is_enough(total, levels[level])), len(levels))
    if whole < len(levels) - 1:
        return _whole(total, units, levels, whole, rests, rest_units)
    level = _best_partial(total, rests, levels, coarsest_too=whole == len(levels))
    if level is None and whole < len(levels):
        return _whole(total, units, levels, whole, rests, rest_units)
    shown = None
    if level is not None:
        covered = tuple(all_ - left for all_, left in zip(total, rests[level], strict=True))
        shown = Shown(levels[level], grouped(covered, levels[level]), units - rest_units[level], is_partial=True)
    return Part(total, units, tuple(rests), tuple(rest_units), shown)


def _whole(
    total: Row, units: frozenset[int], levels: Sequence[Groups], own: int, rests: list[Row], rest_units: list[frozenset[int]]
) -> Part:
    """Everything is in it, so nothing is left for the superior at this fineness or a coarser one."""
    nothing = (0,) * len(total)
    left = tuple(rest if level < own else nothing for level, rest in enumerate(rests))
    left_units = tuple(rest if level < own else frozenset[int]() for level, rest in enumerate(rest_units))
    return Part(total, units, left, left_units, Shown(levels[own], grouped(total, levels[own]), units))


def _best_partial(total: Row, rests: Sequence[Row], levels: Sequence[Groups], *, coarsest_too: bool) -> int | None:
    """The fineness that leaves out fewest answers, the finest of those; None where nothing below is shown."""
    places = range(len(levels) if coarsest_too else len(levels) - 1)
    possible = [level for level in places if sum(rests[level]) < sum(total)]
    return min(possible, key=lambda level: (sum(rests[level]), level), default=None)


def _finest(row: Row, levels: Sequence[Groups]) -> int:
    """The finest level at which every group is large enough; one past the last where none is."""
    if sum(row) < LEAST:
        return len(levels)
    return next((level for level, groups in enumerate(levels) if is_enough(row, groups)), len(levels))


def _team_levels(teams: Mapping[int, Row], levels: Sequence[Groups], own: int, width: int) -> dict[int, int]:
    """From the coarsest level down: while the teams not shown make too small a rest, the smallest shown one steps back."""
    places = {team: max(_finest(row, levels), own) for team, row in teams.items()}
    for level in range(len(levels) - 1, own - 1, -1):
        shown = sorted((team for team, place in places.items() if place <= level), key=lambda team: (sum(teams[team]), team))
        for team in [*shown, None]:
            rest = added([teams[other] for other, place in places.items() if place > level], width)
            if not sum(rest) or is_enough(rest, levels[level]) or team is None:
                break
            places[team] = level + 1
    return places
