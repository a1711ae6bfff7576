"""Workbooks: text stays text, formats hold for what is typed later, and nothing that somebody wrote damages the file."""

import io
import zipfile
from datetime import date
from typing import Any
from xml.etree import ElementTree

import pytest
from openpyxl import load_workbook
from python_calamine import CalamineWorkbook

from core import workbooks
from core.workbooks import NO_VALUE, Book, DayFrom, Format, Look, OfLength, OneOf, SheetColumn, Styled, sheet_name

HOSTILE = [
    "=1+1",
    "+86",
    "-1",
    "@SUM(A1)",
    "\tx",
    "＝1",
    "=cmd|'/C calc'!A0",
    "#REF!",
    "_x0041_b",
    " a ",
    "line\nline",
    "<b>&amp;",
]


def book_of(*rows: Any, columns: tuple[SheetColumn, ...] = ()) -> bytes:
    book = Book()
    sheet = book.sheet("表", columns)
    for row in rows:
        sheet.append(row)
    return book.content()


def opened(content: bytes) -> Any:
    return load_workbook(io.BytesIO(content))


def read_back(content: bytes) -> list[list[Any]]:
    """As another program reads it."""
    return CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()


@pytest.mark.parametrize("text", HOSTILE)
def test_text_is_text_and_comes_back_as_it_was(text: str) -> None:
    content = book_of([text, Styled(text, Look.WRONG, comment=text)])
    cells = opened(content).active[1]
    assert [(cell.data_type, cell.number_format) for cell in cells] == [("s", "@")] * 2
    assert read_back(content) == [[text, text]]


@pytest.mark.parametrize("character", ["\x00", "\x0b", "\x1f", "\ud800", "\ufffe", "\uffff"])
def test_what_a_file_cannot_hold_is_shown_as_missing(character: str) -> None:
    content = book_of([f"张{character}三", Styled("x", comment=f"a{character}b")])
    assert read_back(content) == [["张\ufffd三", "x"]]
    assert opened(content).active["B1"].comment.text == "a\ufffdb"


def test_numbers_and_days_without_a_look_stay_bare() -> None:
    content = book_of([7, 2.5, True, date(2026, 3, 1), None, ""])
    assert [cell.number_format for cell in opened(content).active[1][:3]] == ["General"] * 3
    assert read_back(content) == [[7, 2.5, True, date(2026, 3, 1)]]


def test_a_value_that_nobody_knows_shows_as_an_error() -> None:
    cell = opened(book_of([Styled(NO_VALUE), "#N/A"])).active[1]
    assert [(one.data_type, one.value) for one in cell] == [("e", "#N/A"), ("s", "#N/A")]


def test_an_open_column_leaves_what_is_typed_to_the_program() -> None:
    """Else a sum under exported numbers would be shown as four letters."""
    columns = (SheetColumn(), SheetColumn(format=Format.TEXT), SheetColumn(format=Format.DAY))
    dimensions = opened(book_of(["a"], columns=columns)).active.column_dimensions
    assert [dimensions[letter].number_format for letter in "ABC"] == ["General", "@", "yyyy-mm-dd"]


def test_empty_cells_have_the_format_of_their_column() -> None:
    columns = (SheetColumn(format=Format.TEXT), SheetColumn(format=Format.DAY))
    sheet = opened(book_of([Styled(None), Styled(None), Styled(None)], columns=columns)).active
    assert [(cell.value, cell.number_format) for cell in sheet[1]] == [(None, "@"), (None, "yyyy-mm-dd"), (None, "@")]


def test_looks_do_not_spread_to_their_neighbours() -> None:
    cells = opened(book_of([Styled("a", Look.WRONG, "why"), "b", Styled("c", Look.DOUBTFUL), Styled("d", Look.WRONG)])).active[1]
    fills = [cell.fill.fgColor.rgb[2:] if cell.fill.fill_type else "" for cell in cells]
    assert fills == ["FFC7CE", "", "FFE699", "FFC7CE"]
    assert [cell.comment.text if cell.comment else "" for cell in cells] == ["why", "", "", ""]


def test_comments_end_where_a_spreadsheet_program_would_be_drowned(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbooks, "MAX_COMMENTS", 2)
    sheet = opened(book_of(*[[Styled("x", Look.WRONG, "why")] for _row in range(3)])).active
    assert [(cell.fill.fill_type, cell.comment is not None) for (cell,) in sheet] == [
        ("solid", True),
        ("solid", True),
        ("solid", False),
    ]


@pytest.mark.parametrize(
    ("title", "name"),
    [("一工区/二工区:[甲]*?", "一工区 二工区 甲"), ("'=1+1'", "=1+1"), ("长" * 40, "长" * 31), ("a\x00b\ud800", "a b")],
)
def test_any_title_becomes_the_name_of_a_sheet(title: str, name: str) -> None:
    assert sheet_name(title) == name
    assert opened(book_of(["x"])).active.title == "表"
    book = Book()
    book.sheet(title, ()).append(["x"])
    assert opened(book.content()).sheetnames == [name]


def test_a_title_of_signs_alone_still_names_a_sheet() -> None:
    assert sheet_name("/?*") != ""


def test_lists_stand_on_a_hidden_sheet_and_are_kept_once() -> None:
    names = ("甲队, 乙队", "=1+1", "长" * 300)
    choice, other = OneOf("队伍", "从列表中选择", False, options=names), OneOf("民族", "x", options=("汉族",))
    book = opened(book_of([], columns=(SheetColumn(check=choice), SheetColumn(check=other), SheetColumn(check=choice))))
    lists = book.worksheets[1]
    assert lists.sheet_state == "hidden"
    assert [[cell.value for cell in column] for column in lists.columns] == [list(names), ["汉族", None, None]]
    assert {cell.data_type for cell in lists["A"]} == {"s"}
    rules = {str(rule.sqref): rule for rule in book.worksheets[0].data_validations.dataValidation}
    place = f"'{lists.title}'!"
    assert {cells: rule.formula1 for cells, rule in rules.items()} == {
        "A2:A1048576": f"{place}$A$1:$A$3",
        "B2:B1048576": f"{place}$B$1:$B$1",
        "C2:C1048576": f"{place}$A$1:$A$3",
    }
    assert [rules[cells].errorStyle for cells in ("A2:A1048576", "B2:B1048576")] == ["warning", "stop"]
    assert (rules["A2:A1048576"].errorTitle, rules["A2:A1048576"].error) == ("队伍", "从列表中选择")


def test_lengths_and_days_are_checked_as_they_are_typed() -> None:
    length = OfLength("身份证号", "m" * 400, shortest=18, longest=18)
    day = DayFrom("t" * 40, "m", earliest=date(1980, 1, 1))
    sheet = opened(book_of([], columns=(SheetColumn(check=length), SheetColumn(check=day)))).active
    first, second = sheet.data_validations.dataValidation
    assert (first.type, first.operator, first.formula1, first.formula2) == ("textLength", "between", "18", "18")
    assert (second.type, second.operator, second.formula1) == ("date", "greaterThanOrEqual", "29221")
    # Longer ones make Excel call the file damaged.
    assert (len(first.error), len(second.errorTitle)) == (255, 32)


def test_every_part_is_well_formed_and_no_formula_stands_in_a_cell() -> None:
    choice = OneOf("<&>", "]]>", options=("=1+1", "<"))
    content = book_of(*[[Styled(text, Look.WRONG, text)] for text in HOSTILE], columns=(SheetColumn(check=choice),))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    for name, part in parts.items():
        root = ElementTree.fromstring(part)
        assert not [element for element in root.iter() if element.tag.endswith("}f")], name
    assert any(name.endswith(".vml") for name in parts)
