"""AC-14: no group of fewer than five answers is shown, nor can one be worked out of what is shown."""

from collections.abc import Iterator
from fractions import Fraction
from itertools import product
from typing import NamedTuple

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from feedback.survey.suppression import LEAST, Groups, Row, Shown, finenesses, of_parts, of_project

WIDTH = 3
LEVELS = finenesses(WIDTH, is_scale=True)
Tree = list[list[list[Row]]]  # regions of projects of teams


class Published(NamedTuple):
    """A number on some page: whose answers (team, choice) it counts."""

    cells: frozenset[tuple[int, int]]
    count: int


def published(tree: Tree) -> tuple[list[Published], dict[int, Row], list[Shown]]:
    """Everything that any page shows of one question and month, and the answers behind it."""
    rows: dict[int, Row] = {}
    shown: list[Shown] = []
    regions = []
    for region in tree:
        projects = []
        for project in region:
            teams = {len(rows) + place: row for place, row in enumerate(project)}
            rows |= teams
            part, of_teams = of_project(teams, LEVELS, WIDTH)
            projects.append(part)
            shown += [*of_teams.values(), *([part.shown] if part.shown else [])]
        regions.append(of_parts(projects, LEVELS, WIDTH))
        shown += [regions[-1].shown] if regions[-1].shown else []
    company = of_parts(regions, LEVELS, WIDTH)
    shown += [company.shown] if company.shown else []
    return [number for each in shown for number in numbers_of(each)], rows, shown


def numbers_of(shown: Shown) -> Iterator[Published]:
    for group, count in zip(shown.groups, shown.counts, strict=True):
        yield Published(frozenset(product(shown.units, group)), count)
    everybody = tuple(place for group in shown.groups for place in group)
    yield Published(frozenset(product(shown.units, everybody)), shown.answered)


def counted(cells: frozenset[tuple[int, int]], rows: dict[int, Row]) -> int:
    return sum(rows[team][choice] for team, choice in cells)


small = st.integers(min_value=0, max_value=9)
row = st.one_of(st.tuples(small, small, small), st.tuples(st.integers(0, 40), small, st.integers(0, 6)), st.just((0, 0, 0)))
trees = st.lists(st.lists(st.lists(row, min_size=1, max_size=4), min_size=1, max_size=3), min_size=1, max_size=3)


@settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(trees)
def test_every_number_shown_is_right_and_not_small(tree: Tree) -> None:
    numbers, rows, _shown = published(tree)
    for cells, count in numbers:
        assert count == counted(cells, rows)
        assert count >= LEAST


@settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(trees)
def test_no_pair_of_totals_leaves_a_small_group(tree: Tree) -> None:
    numbers, rows, _shown = published(tree)
    for one, other in product(numbers, numbers):
        if one.cells < other.cells:
            rest = other.cells - one.cells
            silent = all(sum(rows[team]) == 0 for team, _choice in rest)
            assert other.count - one.count >= LEAST or silent


@settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(trees)
def test_no_two_numbers_that_overlap_differ_by_a_small_group(tree: Tree) -> None:
    """Also for whoever knows which teams gave no form back, as the page of the round says: those cells he counts as none."""
    numbers, rows, _shown = published(tree)
    silent = {team for team, row in rows.items() if not sum(row)}
    heard = [Published(frozenset(cell for cell in number.cells if cell[0] not in silent), number.count) for number in numbers]
    for one, other in product(heard, heard):
        if one.cells & other.cells and one.cells < other.cells:
            assert other.count - one.count >= LEAST


little = st.lists(st.lists(st.lists(row, min_size=1, max_size=2), min_size=1, max_size=2), min_size=1, max_size=2).filter(
    lambda tree: sum(len(project) for region in tree for project in region) <= 4
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
@given(little)
def test_nothing_small_follows_from_all_numbers_together(tree: Tree) -> None:
    """Linear algebra instead of pairs: each group of choices of each set of teams, against everything that is shown.

    Which teams gave no form back is no secret either.
    """
    numbers, rows, _shown = published(tree)
    cells = sorted(product(rows, range(WIDTH)))
    known = [number.cells for number in numbers] + [frozenset({cell}) for cell in cells if not sum(rows[cell[0]])]
    basis = reduced([[Fraction(cell in group) for cell in cells] for group in known])
    for teams in subsets(list(rows)):
        for choices in subsets(list(range(WIDTH))):
            group = frozenset(product(teams, choices))
            if follows([Fraction(cell in group) for cell in cells], basis):
                assert counted(group, rows) >= LEAST or all(sum(rows[team]) == 0 for team in teams)


def subsets(things: list[int]) -> Iterator[tuple[int, ...]]:
    for mask in range(1, 1 << len(things)):
        yield tuple(thing for place, thing in enumerate(things) if mask >> place & 1)


def reduced(matrix: list[list[Fraction]]) -> list[list[Fraction]]:
    basis: list[list[Fraction]] = []
    for vector in matrix:
        rest = remainder(vector, basis)
        if any(rest):
            basis.append(rest)
    return basis


def remainder(vector: list[Fraction], basis: list[list[Fraction]]) -> list[Fraction]:
    for each in basis:
        pivot = next(place for place, value in enumerate(each) if value)
        if vector[pivot]:
            factor = vector[pivot] / each[pivot]
            vector = [mine - factor * theirs for mine, theirs in zip(vector, each, strict=True)]
    return vector


def follows(vector: list[Fraction], basis: list[list[Fraction]]) -> bool:
    return not any(remainder(vector, basis))


@given(trees, trees)
@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_what_is_shown_of_a_region_does_not_depend_on_others(tree: Tree, others: Tree) -> None:
    def of_first(regions: Tree) -> list[Shown | None]:
        parts = [of_project(dict(enumerate(project)), LEVELS, WIDTH) for project in regions[0]]
        return [of_parts([part for part, _teams in parts], LEVELS, WIDTH).shown, *(part.shown for part, _teams in parts)]

    assert of_first(tree) == of_first([tree[0], *others])


def teams_of(*rows: Row) -> tuple[Shown | None, dict[int, Shown]]:
    part, teams = of_project(dict(enumerate(rows)), LEVELS, WIDTH)
    return part.shown, teams


ALONE, FIRST, TOGETHER = LEVELS


@pytest.mark.parametrize(
    ("row", "groups"),
    [
        ((9, 6, 5), ALONE),
        ((9, 6, 4), FIRST),
        ((9, 2, 2), TOGETHER),
        ((4, 1, 0), TOGETHER),
        ((4, 0, 0), None),
    ],
)
def test_a_unit_is_shown_as_finely_as_its_groups_allow(row: Row, groups: Groups | None) -> None:
    shown, _teams = teams_of(row)
    assert (shown.groups if shown else None) == groups


def test_a_small_team_takes_another_with_it() -> None:
    """40 − 23 would give away the three."""
    project, teams = teams_of((9, 8, 6), (6, 5, 5), (1, 1, 1))
    assert project is not None
    assert project.answered == 42
    assert set(teams) == {0}


def test_a_team_without_answers_hides_nobody() -> None:
    _project, teams = teams_of((9, 8, 6), (0, 0, 0))
    assert teams[0].counts == (9, 8, 6)


def test_a_small_rest_stays_out_of_the_regions_total() -> None:
    parts = [of_project({1: (20, 10, 6)}, LEVELS, WIDTH)[0], of_project({2: (1, 1, 1)}, LEVELS, WIDTH)[0]]
    shown = of_parts(parts, LEVELS, WIDTH).shown
    assert shown == Shown(ALONE, (20, 10, 6), is_partial=True)
    assert shown.units == {1}


def test_yes_or_no_knows_no_level_between() -> None:
    assert finenesses(2, is_scale=False) == (((0,), (1,)), ((0, 1),))
