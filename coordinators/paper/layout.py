"""From what a board says to pages: who stands on which sheet, in cells of which size, in type that fits.

All measures are those of the A3 sheet (420 × 297 mm); A4 is the same sheet drawn smaller. The stylesheet (paper.css) has the same
numbers: the people's part is 286 mm wide and 224 mm high.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.utils.translation import gettext as _

from coordinators.paper.content import Said
from coordinators.paper.fit import STEPS, Line, cut, step_of

WIDTH, HEIGHT = 286.0, 224.0
HEADING = 12.0
GAP_BELOW_LEADS = 7.0
MOST_LEADS = 6
USUAL = 4  # of fit.STEPS: the smallest type that a whole sheet takes for the sake of one


@dataclass(frozen=True, slots=True)
class Grid:
    """Equal cells: so many columns, rows no lower than `lowest`; the text has `beside` mm less width and `above` less height."""

    name: str
    columns: int
    lowest: float
    gap: tuple[float, float]
    beside: float
    above: float
    points: tuple[float, float, float]  # name, phone, the rest
    lines: tuple[float, float, float] = (1.45, 1.35, 1.4)  # their line heights, in ems
    duties_beside: tuple[float, float] = (0.0, 0.0)  # room for the duties beside the photo, where it stands above the words

    def rows(self, height: float) -> int:
        return int((height + self.gap[1]) // (self.lowest + self.gap[1]))

    def cell(self, height: float, rows: int) -> tuple[float, float]:
        """Width and height that the text of one cell has."""
        wide = (WIDTH - self.gap[0] * (self.columns - 1)) / self.columns
        tall = (height - self.gap[1] * (rows - 1)) / rows
        return wide - self.beside, tall - self.above


# As the stylesheet draws them: photo above the words, then photo beside the words in two sizes.
ROOMY = Grid("roomy", 4, 62.0, (5.0, 6.0), 0.0, 35.4, (20.0, 17.0, 14.0), (1.35, 1.4, 1.5), (37.0, 33.0))
DENSE = Grid("dense", 3, 31.0, (5.0, 4.0), 26.0, 0.4, (18.0, 16.0, 13.0))
TIGHT = Grid("tight", 4, 25.5, (4.0, 2.5), 20.0, 0.4, (15.0, 13.0, 11.0))
GRIDS = (ROOMY, DENSE, TIGHT)
PAIR = Grid("pair", 2, 48.0, (8.0, 0.0), 44.0, 0.4, (26.0, 22.0, 15.0), (1.35, 1.4, 1.5))
TRIO = Grid("trio", 3, 34.0, (8.0, 4.0), 29.0, 0.4, (20.0, 17.0, 12.0))


@dataclass(frozen=True, slots=True)
class Cell:
    """A person as he is printed: the words fitted; `steps` name the sizes of type (name and phone, the rest)."""

    texts: Mapping[str, str]
    steps: tuple[int, int]
    index: int  # in the stored content, for the address of the photo
    duties: "Words | None" = None  # beside the photo


@dataclass(frozen=True, slots=True)
class Sheet:
    """One side of paper. `leads` only on the first; `rows` of the grid are all drawn, filled or not."""

    number: int
    leads: list[Cell]
    leads_grid: str
    cells: list[Cell]
    grid: str
    rows: int


def sheets_of(said: Said) -> list[Sheet]:
    """Coordinators on top of the first sheet, liaisons below them in the largest cells that take all; the rest on more sheets."""
    people = list(enumerate(said.get("people", [])))
    leads = [(index, each) for index, each in people if not each["is_liaison"]][:MOST_LEADS]
    others = [pair for pair in people if pair not in leads]
    leads_grid = PAIR if len(leads) <= PAIR.columns else TRIO
    lead_rows = -(-len(leads) // leads_grid.columns)
    tall = _tall(leads_grid, lead_rows)
    rest = iter(others)
    first = _sheet(1, rest, len(others), HEIGHT - 2 * HEADING - tall - GAP_BELOW_LEADS)
    drawn = _cells(leads, leads_grid, tall, max(lead_rows, 1))
    sheets = [Sheet(1, drawn, leads_grid.name, first.cells, first.grid, first.rows)]
    while left := len(others) - sum(len(sheet.cells) for sheet in sheets):
        sheets.append(_sheet(len(sheets) + 1, rest, left, HEIGHT - HEADING))
    return sheets


def _tall(grid: Grid, rows: int) -> float:
    """What the coordinators' rows take; a line of words where there is none."""
    return rows * grid.lowest + max(rows - 1, 0) * grid.gap[1] if rows else HEADING


def _sheet(number: int, people: Iterator[tuple[int, Any]], left: int, height: float) -> Sheet:
    grid = next((grid for grid in GRIDS if grid.columns * grid.rows(height) >= left), TIGHT)
    rows = grid.rows(height)
    cells = _cells(islice(people, grid.columns * rows), grid, height, rows)
    return Sheet(number, [], "", cells, grid.name, rows)


def _cells(people: Iterable[tuple[int, Mapping[str, Any]]], grid: Grid, height: float, rows: int) -> list[Cell]:
    """In one size of type as far as the texts allow; only a name of unusual length is set smaller than its neighbours."""
    width, tall = grid.cell(height, rows)
    lines = [(index, person, _lines(person, grid)) for index, person in people]
    own = [step_of(list(each.values()), width, tall) for _index, _person, each in lines]
    common = max((step for step in own if step <= USUAL), default=0)
    return [
        _cell(index, person, grid, cut(each, width, tall, max(step, common)), max(step, common))
        for (index, person, each), step in zip(lines, own, strict=True)
    ]


def _lines(person: Mapping[str, Any], grid: Grid) -> dict[str, Line]:
    """What stands under each other, in this order."""
    duties = () if grid.duties_beside[0] else ("duties",)
    shown = ("team", "place", *duties) if person["is_liaison"] else ("title", "duties")
    (name, phone, post), (high, higher, rest) = grid.points, grid.lines
    return {
        "name": Line(person["name"], name, high, spacing=0.06),
        "phone": Line(person["phone"], phone, higher, is_one=True),
        **{key: Line(person[key], post, rest, may_be_cut=key != "title", is_small=True) for key in shown},
    }


def _cell(index: int, person: Mapping[str, Any], grid: Grid, texts: Mapping[str, str], step: int) -> Cell:
    wide, tall = grid.duties_beside
    duties = words(person["duties"], width=wide, height=tall, points=13) if wide and person["is_liaison"] else None
    return Cell(texts, STEPS[step], index, duties)


@dataclass(frozen=True, slots=True)
class Words:
    """One text of its own, with the size of type that fits."""

    text: str
    step: int


def words(text: str, *, width: float, height: float, points: float, line: float = 1.4) -> Words:
    lines = {"text": Line(text, points, line, may_be_cut=True)}
    step = step_of(list(lines.values()), width, height)
    return Words(cut(lines, width, height, step)["text"], STEPS[step][0])


def frame_of(said: Said) -> dict[str, Words]:
    """What stands round the people: the project's name, hotline and mailbox."""
    return {
        "project": words(said["project"], width=104, height=20, points=26),
        "hotline": words(said["hotline"], width=82, height=15, points=30, line=1.45),
        "mailbox": words(said["mailbox_place"], width=82, height=20, points=18, line=1.6),
        "mailbox_note": words(said["mailbox_note"], width=82, height=18, points=15, line=1.6),
    }


def rights_step(pairs: Sequence[tuple[str, str]], *, blocks: int) -> int:
    """The size of type at which every line of the rights board fits: label 74 mm, value 206 mm, a heading for each block."""
    lines = [Line(value or label, 17.0, 1.55) for label, value in pairs]
    return STEPS[step_of(lines, 200.0, HEIGHT - blocks * 19.0 - len(pairs) * 1.2)][0]


def card_words(said: Said) -> dict[str, Any]:
    """A card of 90 × 54 mm: whose it is, and the first person in type that fits beside photo and code."""
    main = said["people"][0] if said["people"] else None
    second = said["people"][1] if len(said["people"]) > 1 else None
    head = words(f"{said['project']} {said['unit']}".strip(), width=50, height=8, points=8.5, line=1.35)
    return {"head": head, "main": main, "second": second, "person": _card_person(main, second) if main else None}


def _card_person(main: Mapping[str, Any], second: Mapping[str, Any] | None) -> dict[str, Any]:
    lines = [
        Line(main["name"], 15.0, 1.3, spacing=0.06),
        Line(main["phone"], 12.5, 1.4, is_one=True),
        Line(main["title"], 9.0, 1.45),
    ]
    if second:
        lines += [Line(f"{_('Coordinator')} {second['name']}", 9.0, 1.45), Line(second["phone"], 9.0, 1.45)]
    return {"step": STEPS[step_of(lines, 31.5, 27.0)][0]}
