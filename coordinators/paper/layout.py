"""From what a board says to pages: who stands on which sheet, in cells of which size, in type that fits.

All measures are those of the A3 sheet (420 × 297 mm); A4 is the same sheet drawn smaller. The stylesheet (paper.css) has the same
numbers: the people's part is 286 mm wide and 224 mm high.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil
from typing import Any

from django.utils.translation import gettext as _

from coordinators.paper.content import Said
from coordinators.paper.fit import STEPS, Line, cut, stacked, step_of

WIDTH, HEIGHT = 286.0, 224.0
HEADING = 12.0
GAP_BELOW_LEADS = 7.0
MOST_LEADS = 6
USUAL = 4  # of fit.STEPS: the smallest type that a whole sheet takes for the sake of one
FEW = 4  # of so many one at most may be set smaller than the others
ROUGHEST = 8  # of fit.STEPS: before type gets smaller than this, people get larger cells or another sheet
LEAST = 10.0  # points: what is said on a board can be read standing before it
MOST_ROWS = 8  # that the stylesheet knows
BETWEEN = 3.0  # a name and the mobile beside it

Numbered = tuple[int, Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Grid:
    """Cells in columns, rows no lower than `lowest`; the text has `beside` mm less width and `above` less height."""

    name: str
    columns: int
    lowest: float
    gap: tuple[float, float]
    beside: float
    above: float
    points: tuple[float, float, float]  # name, phone, the rest
    lines: tuple[float, float, float] = (1.45, 1.35, 1.4)  # their line heights, in ems
    duties_beside: tuple[float, float] = (0.0, 0.0)  # room for the duties beside the photo, where it stands above the words
    fewest: int = 1  # rows that are drawn even when they are empty: few people do not stretch over the sheet

    @property
    def wide(self) -> float:
        """The width that the text of one cell has."""
        return (WIDTH - self.gap[0] * (self.columns - 1)) / self.columns - self.beside

    def rows(self, people: int) -> int:
        return max(ceil(people / self.columns), self.fewest)

    def tall(self, height: float, rows: int) -> float:
        """The height that the text of one cell has, all rows being equal."""
        return (height - self.gap[1] * (rows - 1)) / rows - self.above


# As the stylesheet draws them: photo above the words, photo beside the words, and a small photo with the mobile beside the name,
# in rows each as tall as its fullest cell.
ROOMY = Grid("roomy", 4, 62.0, (5.0, 6.0), 0.0, 35.4, (20.0, 17.0, 14.0), (1.35, 1.4, 1.5), (37.0, 33.0), fewest=2)
DENSE = Grid("dense", 3, 31.0, (5.0, 4.0), 26.0, 0.4, (18.0, 16.0, 13.0), fewest=3)
LINES = Grid("lines", 3, 18.5, (5.0, 2.5), 17.6, 0.4, (15.0, 13.0, 11.0), (1.4, 1.4, 1.35))
PAIR = Grid("pair", 2, 48.0, (8.0, 0.0), 44.0, 0.4, (26.0, 22.0, 15.0), (1.35, 1.4, 1.5))
TRIO = Grid("trio", 3, 38.0, (8.0, 4.0), 29.0, 0.4, (20.0, 17.0, 12.0))


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
    """Coordinators on top of the first sheet, liaisons below them in the largest cells that take all.

    Type never gets smaller than LEAST, and nothing that is said of anybody is cut: before that the board goes on, on as few
    sheets as hold everybody, shared out as evenly as they allow.
    """
    people: list[Numbered] = list(enumerate(said.get("people", [])))
    leads = [(index, each) for index, each in people if not each["is_liaison"]][:MOST_LEADS]
    others = [pair for pair in people if pair not in leads]
    leads_grid = PAIR if len(leads) <= PAIR.columns else TRIO
    tall = _leads_tall(leads, leads_grid) if leads else HEADING
    shares = _shares(others, HEIGHT - 2 * HEADING - tall - GAP_BELOW_LEADS)
    sheets = [_sheet(number, share, height) for number, (share, height) in enumerate(shares, start=1)]
    sheets[0] = Sheet(1, _leads(leads, leads_grid, tall), leads_grid.name, sheets[0].cells, sheets[0].grid, sheets[0].rows)
    return sheets


def _leads_tall(leads: Sequence[Numbered], grid: Grid) -> float:
    """Rows as tall as the words of the fullest cell need at LEAST: what a coordinator is there for is never cut."""
    needed = max(stacked(list(_lines(person, grid).values()), grid.wide, len(STEPS) - 1) for _index, person in leads)
    rows = grid.rows(len(leads))
    return rows * max(grid.lowest, needed + grid.above) + (rows - 1) * grid.gap[1]


def _height_of(grid: Grid, rows: int) -> float:
    return rows * grid.lowest + (rows - 1) * grid.gap[1]


def _shares(people: list[Numbered], height: float) -> list[tuple[list[Numbered], float]]:
    """Who stands on which sheet; the first has `height` for them, the others all there is."""
    if _fitting(people, height):
        return [(people, height)]
    most, full = _most(people, height), HEIGHT - HEADING
    further = _sheets_for(people[most:], full)
    even = ceil(len(people) / (further + 1))
    share = next((number for number in range(even, most) if _sheets_for(people[number:], full) == further), most)
    return [(people[:share], height), *_shares(people[share:], full)] if people[share:] else [(people, height)]


def _sheets_for(people: list[Numbered], height: float) -> int:
    count = 0
    while people:
        people, count = people[_most(people, height) :], count + 1
    return count


def _most(people: list[Numbered], height: float) -> int:
    """How many of them the smallest cells of one sheet take, from the first on; one at least."""
    most, left = 0, height + LINES.gap[1]
    for row in _rows_of(people)[:MOST_ROWS]:
        left -= _row_tall(row, ROUGHEST) + LINES.gap[1]
        if left < 0:
            break
        most += len(row)
    return max(most, 1)


def _fitting(people: Sequence[Numbered], height: float) -> tuple[Grid, list[int]] | None:
    """The roomiest grid that takes these people, and the size of type of each; None where there is none."""
    for grid in (ROOMY, DENSE):
        if (steps := _even_steps(people, grid, height)) is not None:
            return grid, steps
    rows = _rows_of(people)
    step = next((step for step in range(ROUGHEST + 1) if _lines_fit(rows, height, step)), None)
    return None if step is None else (LINES, [step] * len(people))


def _even_steps(people: Sequence[Numbered], grid: Grid, height: float) -> list[int] | None:
    """One size of type as far as the texts allow; only a name of unusual length is smaller. None where it does not do."""
    rows = grid.rows(len(people))
    if _height_of(grid, rows) > height or any(_is_cut(person, grid) for _index, person in people):
        return None
    width, tall = grid.wide, grid.tall(height, rows)
    own = [step_of(list(_lines(person, grid).values()), width, tall) for _index, person in people]
    unusual = sum(step > USUAL for step in own)
    if max(own, default=0) > ROUGHEST or unusual * FEW > len(own):
        return None
    common = max((step for step in own if step <= USUAL), default=0)
    return [max(step, common) for step in own]


def _is_cut(person: Mapping[str, Any], grid: Grid) -> bool:
    """Whether the duties are too long for their place beside the photo."""
    beside = _beside(person, grid)
    return beside is not None and beside.text != person["duties"]


def _rows_of(people: Sequence[Numbered]) -> list[list[dict[str, Line]]]:
    texts = [_lines(person, LINES) for _index, person in people]
    return [texts[start : start + LINES.columns] for start in range(0, len(texts), LINES.columns)]


def _row_tall(row: Sequence[Mapping[str, Line]], step: int) -> float:
    return max(LINES.lowest, *(_in_lines(each, step) + LINES.above for each in row))


def _lines_fit(rows: Sequence[Sequence[Mapping[str, Line]]], height: float, step: int) -> bool:
    if len(rows) > MOST_ROWS:
        return False
    return sum(_row_tall(row, step) for row in rows) + LINES.gap[1] * (len(rows) - 1) <= height


def _in_lines(lines: Mapping[str, Line], step: int) -> float:
    """The mobile stands beside the name if there is room, else below it."""
    name, phone, *rest = lines.values()
    width = LINES.wide
    heights = name.tall(width, step), phone.tall(width, step)
    is_beside = name.wide(step) + BETWEEN + phone.wide(step) <= width
    return (max(heights) if is_beside else sum(heights)) + stacked(rest, width, step)


def _sheet(number: int, people: Sequence[Numbered], height: float) -> Sheet:
    """One that no cell holds stands alone, as large as it goes."""
    grid, steps = _fitting(people, height) or (LINES, [ROUGHEST] * len(people))
    cells = [
        _cell(index, person, grid, {key: line.text for key, line in _lines(person, grid).items()}, step)
        for (index, person), step in zip(people, steps, strict=False)
    ]
    return Sheet(number, [], "", cells, grid.name, grid.rows(len(people)))


def _leads(people: Sequence[Numbered], grid: Grid, height: float) -> list[Cell]:
    """Coordinators always stand on the first sheet, with all that is said of them."""
    width, tall = grid.wide, grid.tall(height, grid.rows(len(people)))
    lines = [_lines(person, grid) for _index, person in people]
    own = [step_of(list(each.values()), width, tall) for each in lines]
    common = max((step for step in own if step <= USUAL), default=0)
    return [
        _cell(index, person, grid, cut(each, width, tall, max(step, common)), max(step, common))
        for (index, person), each, step in zip(people, lines, own, strict=True)
    ]


def _lines(person: Mapping[str, Any], grid: Grid) -> dict[str, Line]:
    """What stands under each other, in this order; in rows of their own height, team and place share a line."""
    said = dict(person)
    duties = () if grid.duties_beside[0] else ("duties",)
    shown = ("team", "place", *duties) if person["is_liaison"] else ("title", "duties")
    if grid is LINES and person["is_liaison"]:
        said["team"], shown = "　".join(text for text in (person["team"], person["place"]) if text), ("team", *duties)
    (name, phone, post), (high, higher, rest) = grid.points, grid.lines
    return {
        "name": Line(person["name"], name, high, spacing=0.06, least=LEAST),
        "phone": Line(person["phone"], phone, higher, is_one=True, least=LEAST),
        **{key: Line(said[key], post, rest, may_be_cut=key != "title", is_small=True, least=LEAST) for key in shown},
    }


def _cell(index: int, person: Mapping[str, Any], grid: Grid, texts: Mapping[str, str], step: int) -> Cell:
    return Cell(texts, STEPS[step], index, _beside(person, grid))


def _beside(person: Mapping[str, Any], grid: Grid) -> "Words | None":
    """A liaison's duties, where they stand beside the photo."""
    wide, tall = grid.duties_beside
    return words(person["duties"], width=wide, height=tall, points=13, least=LEAST) if wide and person["is_liaison"] else None


@dataclass(frozen=True, slots=True)
class Words:
    """One text of its own, with the size of type that fits."""

    text: str
    step: int


def words(text: str, *, width: float, height: float, points: float, line: float = 1.4, least: float = 0.0) -> Words:
    lines = {"text": Line(text, points, line, may_be_cut=True, least=least)}
    step = step_of(list(lines.values()), width, height)
    return Words(cut(lines, width, height, step)["text"], STEPS[step][0])


def frame_of(said: Said) -> dict[str, Words]:
    """What stands round the people: the project's name, hotline and mailbox."""
    return {
        "project": words(said["project"], width=104, height=20, points=26, least=LEAST),
        "hotline": words(said["hotline"], width=82, height=15, points=30, line=1.45, least=LEAST),
        "mailbox": words(said["mailbox_place"], width=82, height=20, points=18, line=1.6, least=LEAST),
        "mailbox_note": words(said["mailbox_note"], width=82, height=18, points=15, line=1.6, least=LEAST),
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
