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
    [(0, "roomy", 1), (1, "roomy", 1), (8, "roomy", 1), (9, "dense", 1), (12, "dense", 1), (13, "lines", 1), (20, "lines", 1)],
)
def test_cells_get_smaller_before_there_is_a_second_sheet(liaisons: int, grid: str, sheets: int) -> None:
    made = sheets_of(said(2, liaisons))
    assert (made[0].grid, len(made)) == (grid, sheets)
    assert [cell.steps for cell in made[0].leads] == [STEPS[0]] * 2


def test_more_sheets_share_the_people_out_evenly() -> None:
    first, second = sheets_of(said(2, 25))
    assert (len(first.leads), len(first.cells), len(second.leads), len(second.cells)) == (2, 13, 0, 12)
    assert (second.number, second.grid) == (2, "roomy")


def test_long_words_of_many_people_get_another_sheet_before_type_gets_small_or_words_are_cut() -> None:
    content = said(2, 16)
    for person in content["people"][2:]:
        person["team"], person["place"] = "猛洞河特大桥桥梁架设及附属工程第九作业队", "进口洞口、1号横洞、2号斜井及弃渣场便道"
        person["duties"] = "队里有事先找我：工资、考勤、食宿、培训、调查表都管"
    made = sheets_of(content)
    assert [len(sheet.cells) for sheet in made] == [8, 8]
    for sheet in made:
        for cell in sheet.cells:
            person = content["people"][cell.index]
            printed = "".join([*cell.texts.values(), cell.duties.text if cell.duties else ""])
            assert all(person[name] in printed for name in ("name", "phone", "team", "place", "duties"))


@given(st.integers(0, 9), st.integers(0, 90))
def test_everybody_stands_somewhere_once(coordinators: int, liaisons: int) -> None:
    made = sheets_of(said(coordinators, liaisons))
    indices = [cell.index for sheet in made for cell in (*sheet.leads, *sheet.cells)]
    assert indices == list(range(coordinators + liaisons))
    grids = {grid.name: grid for grid in (layout.ROOMY, layout.DENSE, layout.LINES)}
    assert all(len(sheet.cells) <= grids[sheet.grid].columns * sheet.rows for sheet in made)
    assert all(1 <= sheet.rows <= layout.MOST_ROWS for sheet in made)


@pytest.mark.parametrize("liaisons", [1, 12, 23])
def test_the_longest_words_that_can_be_stored_stand_on_some_sheet_whole(liaisons: int) -> None:
    content = said(2, liaisons, name="阿" * 100)
    for person in content["people"][2:]:
        person["team"], person["place"], person["duties"] = "队" * 100, "洞" * 100, "责" * 60
    made = sheets_of(content)
    assert sum(len(sheet.cells) for sheet in made) == liaisons
    assert all(cell.texts["name"] == "阿" * 100 for sheet in made for cell in sheet.cells)
    assert all("责" * 60 in (cell.texts.get("duties"), cell.duties and cell.duties.text) for each in made for cell in each.cells)


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
    content = said(2, 9)
    content["people"][5]["name"] = "阿卜杜热合曼·买买提吐尔逊江·斯拉木阿卜杜热合曼"
    content["people"][5]["duties"] = "队里有事先找我：工资、考勤、食宿、培训、调查表"
    [sheet] = sheets_of(content)
    steps = [cell.steps for cell in sheet.cells]
    assert steps[3] < steps[0]
    assert len({step for number, step in enumerate(steps) if number != 3}) == 1


def test_no_type_is_set_below_its_least() -> None:
    small = Line("隧道一队", 11, 1.4, is_small=True, least=layout.LEAST)
    last = len(STEPS) - 1
    assert small.tall(200.0, last) == pytest.approx(layout.LEAST * 25.4 / 72 * 1.4)


def test_letters_are_narrower_than_characters() -> None:
    assert ems("K12") < ems("洞口口")
    assert ems("𠮷") == 1.0


def test_a_card_without_anybody_still_has_its_head() -> None:
    made = layout.card_words({"project": "永吉项目", "unit": "", "people": []})
    assert (made["head"].text, made["person"]) == ("永吉项目", None)


@pytest.mark.parametrize("name", ["阿卜杜热合曼·买买提依明", "阿" * 100])
@pytest.mark.parametrize("coordinators", range(1, 7))
def test_nothing_that_is_said_of_a_coordinator_is_cut(coordinators: int, name: str) -> None:
    """The longest duties that can be stored, under long names."""
    content = said(coordinators, 6)
    for person in content["people"][:coordinators]:
        person["name"], person["duties"] = name, "责" * 60
    first, *_further = sheets_of(content)
    assert [(cell.texts["name"], cell.texts["duties"]) for cell in first.leads] == [(name, "责" * 60)] * coordinators


@pytest.mark.parametrize(("coordinators", "height"), [(2, 48.0), (3, 38.0), (6, 80.0)])
def test_usual_words_of_coordinators_take_no_more_room_than_the_photos(coordinators: int, height: float) -> None:
    grid = layout.PAIR if coordinators <= layout.PAIR.columns else layout.TRIO
    assert layout._leads_tall(list(enumerate(people(coordinators, 0))), grid) == height
