"""Pages of a board: everybody is there once, in cells that hold him, in type that fits."""

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coordinators.paper import layout
from coordinators.paper.fit import STEPS, Line, cut, ems, step_of
from coordinators.paper.layout import sheets_of


def people(coordinators: int, liaisons: int, name: str = "向春生") -> Iterator[dict[str, Any]]:
    for number in range(coordinators + liaisons):
        is_liaison = number >= coordinators
        place = {"team": "隧道一队", "place": "进口洞口"} if is_liaison else {"team": "", "place": ""}
        yield {
            "is_liaison": is_liaison,
            "name": name,
            "phone": "154 9500 0000",
            "title": "联络员" if is_liaison else "项目协理员（兼职）",
            "duties": "工资、食宿",
            **place,
        }


def said(coordinators: int, liaisons: int, **more: Any) -> dict[str, Any]:
    return {"people": list(people(coordinators, liaisons, **more))}


@pytest.mark.parametrize(
    ("liaisons", "grid", "sheets"),
    [(0, "roomy", 1), (1, "roomy", 1), (8, "roomy", 1), (9, "dense", 1), (12, "dense", 1), (13, "tight", 1), (20, "tight", 1)],
)
def test_cells_get_smaller_before_there_is_a_second_sheet(liaisons: int, grid: str, sheets: int) -> None:
    made = sheets_of(said(2, liaisons))
    assert (made[0].grid, len(made)) == (grid, sheets)
    assert [cell.steps for cell in made[0].leads] == [STEPS[0]] * 2


def test_a_second_sheet_takes_the_rest() -> None:
    first, second = sheets_of(said(2, 25))
    assert (len(first.leads), len(first.cells), len(second.leads), len(second.cells)) == (2, 20, 0, 5)
    assert (second.number, second.grid) == (2, "roomy")


@given(st.integers(0, 9), st.integers(0, 90))
def test_everybody_stands_somewhere_once(coordinators: int, liaisons: int) -> None:
    made = sheets_of(said(coordinators, liaisons))
    indices = [cell.index for sheet in made for cell in (*sheet.leads, *sheet.cells)]
    assert indices == list(range(coordinators + liaisons))
    grids = {grid.name: grid for grid in layout.GRIDS}
    assert all(len(sheet.cells) <= grids[sheet.grid].columns * sheet.rows for sheet in made)
    assert all(1 <= sheet.rows <= 8 for sheet in made)


@given(st.text(min_size=1, max_size=100), st.text(max_size=100), st.text(max_size=60))
def test_a_name_is_never_cut_and_the_words_fit(name: str, team: str, duties: str) -> None:
    lines = {
        "name": Line(name, 15, 1.3, spacing=0.06),
        "team": Line(team, 11, 1.4, may_be_cut=True, is_small=True),
        "duties": Line(duties, 11, 1.4, may_be_cut=True, is_small=True),
    }
    step = step_of(list(lines.values()), 47.0, 26.0)
    texts = cut(lines, 47.0, 26.0, step)
    assert texts["name"] == name
    assert all(
        text.rstrip("…") == lines[key].text[: len(text.rstrip("…"))] or text == lines[key].text for key, text in texts.items()
    )


def test_a_long_name_is_set_smaller_than_its_neighbours() -> None:
    content = said(2, 13)
    content["people"][5]["name"] = "阿卜杜热合曼·买买提吐尔逊江·斯拉木阿卜杜热合曼"
    [sheet] = sheets_of(content)
    steps = [cell.steps for cell in sheet.cells]
    assert steps[3] < steps[0]
    assert len({step for number, step in enumerate(steps) if number != 3}) == 1


def test_letters_are_narrower_than_characters() -> None:
    assert ems("K12") < ems("洞口口")
    assert ems("𠮷") == 1.0


def test_a_card_without_anybody_still_has_its_head() -> None:
    made = layout.card_words({"project": "永吉项目", "unit": "", "people": []})
    assert (made["head"].text, made["person"]) == ("永吉项目", None)
