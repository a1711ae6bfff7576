"""The marked workbook: the sheet that was sent with its problems in colour and words, and nothing in it righter than it was."""

import io
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from imports.checking import Answers, CheckedSheet, check
from imports.mapping import MappedColumn
from imports.marked import MarkedRow, marked_workbook
from imports.plain import plain_cells
from imports.sheets import ADDED_HEADERS, Issue, Level
from labour_teams.roster import ROSTER
from tests.imports.workbooks import AS_OF, HEADERS, Markup, csv_text, person, roster, xlsx

RED, AMBER = "FFC7CE", "FFE699"


def sent(rows: Sequence[Sequence[Any]], answers: Answers = Answers(), **options: Any) -> CheckedSheet:  # noqa: B008
    return check(xlsx({"花名册": rows}, **options), "花名册.xlsx", ROSTER, AS_OF, answers)


def handed_back(checked: CheckedSheet, title: str = "花名册") -> bytes:
    rows = [MarkedRow(row.number, plain_cells(row), row.issues) for row in checked.rows]
    return marked_workbook(ROSTER, checked.columns, rows, title)


def again(content: bytes) -> CheckedSheet:
    return check(content, "花名册.xlsx", ROSTER, AS_OF)


def sheet_of(content: bytes) -> Worksheet:
    return load_workbook(io.BytesIO(content)).active


def texts(sheet: Worksheet) -> list[list[Any]]:
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def codes(checked: CheckedSheet) -> list[tuple[int | None, str | None, str]]:
    return [(issue.row, issue.column, issue.code) for issue in checked.issues]


def fields(checked: CheckedSheet) -> list[str | None]:
    return [column.field for column in checked.columns]


def faulty() -> list[list[Any]]:
    """Under a title: a phone with a digit too few, an ID number that is cut off, a person without a fault, an empty sex."""
    title = ["示例项目部劳务工花名册"]
    people = (person(1, 手机号="1549000001"), person(2, 身份证号=430000198503129000), person(3), person(4, 性别=""))
    return [title, *roster(*people)]


# What it shows


def test_the_same_columns_and_two_more_under_one_header() -> None:
    sheet = sheet_of(handed_back(sent(faulty())))
    rows = texts(sheet)
    assert rows[0] == [*HEADERS, *ADDED_HEADERS]
    assert [row[-2] for row in rows[1:]] == [3, 4, 5, 6]
    assert [row[1] for row in rows[1:]] == [person(n)["姓名"] for n in (1, 2, 3, 4)]
    assert (sheet.freeze_panes, sheet.auto_filter.ref, sheet.title) == ("A2", "A1:Q5", "花名册")


def test_cells_are_marked_where_something_is_wrong_or_doubtful() -> None:
    checked = sent(faulty())
    sheet = sheet_of(handed_back(checked))
    coloured = {
        cell.coordinate: (cell.fill.fgColor.rgb[2:], cell.comment.text)
        for row in sheet.iter_rows(min_row=2)
        for cell in row
        if cell.fill.fill_type
    }
    said = {issue.column: issue.text for issue in checked.issues}
    assert coloured == {"F2": (RED, said["手机号"]), "E3": (RED, said["身份证号"]), "C5": (AMBER, said["性别"])}


def test_all_problems_of_a_row_stand_in_words_beside_it() -> None:
    issues = [
        Issue(Level.ERROR, "a", "第一件", 7, "姓名"),
        Issue(Level.WARNING, "b", "第二件", 7, "姓名"),
        Issue(Level.ERROR, "c", "第三件", 7, None),
        Issue(Level.ERROR, "d", "没有这一列", 7, "所属劳务队伍"),
    ]
    columns = [MappedColumn(0, "姓名", "name"), MappedColumn(1, "身份证号码", "id_number")]
    sheet = sheet_of(marked_workbook(ROSTER, columns, [MarkedRow(7, ["张三"], issues)], "表"))
    number, words = sheet["C2"].value, sheet["D2"].value.splitlines()
    assert (number, len(words), words[2]) == (7, 4, "第三件")
    assert all(text in line and column in line for text, column, line in zip("一二", ("姓名", "姓名"), words, strict=False))
    assert "所属劳务队伍" in words[3]
    assert (sheet["A2"].fill.fgColor.rgb[2:], sheet["A2"].comment.text) == (RED, "第一件\n第二件")
    assert sheet["B2"].comment is None


def test_problems_find_the_column_under_whatever_header_it_stands() -> None:
    headers = ["身份证号码" if header == "身份证号" else header for header in HEADERS]
    row = person(1) | {"身份证号码": "43000019850312998"}
    sheet = sheet_of(handed_back(sent(roster(row, headers=headers))))
    assert (sheet["E1"].value, sheet["E2"].fill.fgColor.rgb[2:]) == ("身份证号码", RED)


# Nothing looks righter than it was


def test_no_formula_and_no_number_comes_of_a_text() -> None:
    written = csv_text(roster(person(1, 工种="=1+1", 籍贯="+86", 备注="_x0041_", 银行卡号="")))
    content = handed_back(check(written.encode(), "花名册.csv", ROSTER, AS_OF))
    sheet = sheet_of(content)
    cells = {cell.value: (cell.data_type, cell.number_format) for cell in sheet[2]}
    assert cells["=1+1"] == cells["+86"] == cells[person(1)["身份证号"]] == ("s", "@")
    assert {cell.data_type for cell in sheet[2] if cell.value is not None} == {"s", "n"}
    values = again(content).rows[0].values
    assert (values["trade"], values["native_place"], values["remark"]) == ("=1+1", "+86", "_x0041_")


CUT_OFF = 430000198503129000  # as a text it would have a check digit, right for one in eleven
ODD_CELLS = [
    ("身份证号", CUT_OFF, "precision_lost"),
    ("银行卡号", 6299990000000000000, "precision_lost"),
    ("进场日期", 2026.1, "date_ambiguous"),
    ("姓名", Markup('t="b"|<v>1</v>'), "cell_kind"),
    ("工种", Markup('t="e"|<v>#N/A</v>'), "cell_error"),
    ("工种", Markup("|<f>A1</f>"), "formula"),
    ("手机号", Markup("|<f>A1</f>"), "formula"),
]


@pytest.mark.parametrize(("header", "cell", "code"), ODD_CELLS, ids=[f"{header} {code}" for header, _cell, code in ODD_CELLS])
def test_an_error_left_as_it_was_is_an_error_again(header: str, cell: Any, code: str) -> None:
    first = sent(roster(person(1, **{header: cell})))
    assert (code in {issue.code for issue in first.errors}, again(handed_back(first)).ok) == (True, False)


@pytest.mark.parametrize(
    ("plain", "kept"),
    [
        (CUT_OFF, ("n", float(CUT_OFF))),
        (2026.1, ("n", 2026.1)),
        (True, ("b", True)),
        ("2026-03-01", ("s", "2026-03-01")),
        ({"formula": "张三"}, ("s", "张三")),
        ({"formula": 15400000998}, ("s", "15400000998")),
        ({"formula": ""}, ("e", "#N/A")),
        ({"formula": {"error": "#REF!"}}, ("e", "#N/A")),
        ({"error": ""}, ("e", "#N/A")),
        ("#N/A", ("s", "#N/A")),
        ("", ("n", None)),
        (None, ("n", None)),
    ],
)
def test_each_kind_of_cell_is_kept(plain: Any, kept: tuple[str, Any]) -> None:
    columns = [MappedColumn(0, "姓名", "name"), MappedColumn(1, "工种", "trade")]
    cell = sheet_of(marked_workbook(ROSTER, columns, [MarkedRow(2, ["甲", plain])], "表"))["B2"]
    assert ((cell.data_type, cell.value), cell.number_format) == (kept, "@")


def test_cells_beyond_the_headers_stay_beyond_them() -> None:
    """A comma in a text without quotation marks moves what follows: taken off, the rest would look like a row."""
    lines = csv_text(roster(person(1, 备注="冬歇,后回"), person(2)))
    first = check(lines.encode(), "花名册.csv", ROSTER, AS_OF)
    content = handed_back(first)
    row = texts(sheet_of(content))[1]
    assert (row[len(HEADERS) - 1], row[len(HEADERS)], row[len(HEADERS) + 2]) == ("冬歇", 2, "后回")
    assert [(issue.row, issue.code) for issue in again(content).errors] == [(2, "extra_cells")]


# On its way back


def test_corrected_it_imports() -> None:
    book = load_workbook(io.BytesIO(handed_back(sent(faulty()))))
    sheet = book.active
    sheet["F2"], sheet["E3"], sheet["C5"] = person(1)["手机号"], person(2)["身份证号"], "女"
    stream = io.BytesIO()
    book.save(stream)
    checked = again(stream.getvalue())
    assert (codes(checked), [row.number for row in checked.rows]) == ([], [2, 3, 4, 5])
    assert checked.rows[0].values == sent(roster(person(1))).rows[0].values
    assert fields(checked) == [*fields(sent(faulty())), None, None]


def test_uncorrected_it_says_the_same_again() -> None:
    first = sent(faulty())
    second = again(handed_back(first))
    assert [(row - 1, column, code) for row, column, code in codes(first) if row] == codes(second)


def test_marked_twice_it_has_the_added_columns_once() -> None:
    content = handed_back(again(handed_back(sent(faulty()))))
    assert texts(sheet_of(content))[0] == [*HEADERS, *ADDED_HEADERS]
    assert again(content).file_issues == []


def test_days_come_back_as_the_same_days() -> None:
    columns = [MappedColumn(index, header, fields_of[header]) for index, header in enumerate(HEADERS)]
    first = sent(roster(person(1, 进场日期="2025-03-01")))
    row = MarkedRow(2, [*plain_cells(first.rows[0])[:9], str(datetime(2025, 3, 1, 8, 30)), *plain_cells(first.rows[0])[10:]])
    assert again(marked_workbook(ROSTER, columns, [row], "表")).rows[0].values["entered_on"] == date(2025, 3, 1)


fields_of = {column.header: column.field for column in ROSTER.columns}


def test_a_header_under_a_group_is_not_taken_for_another() -> None:
    """Without its group 紧急联系人 the second 电话 would be one too many."""
    headers = [*[header for header in HEADERS if header not in ("手机号", "备注")], "电话", "姓名", "电话"]
    group = ["", "本人"] + [""] * (len(headers) - 4) + ["紧急联系人", "紧急联系人"]
    row = [person(1).get(header, "") for header in headers[:-3]] + [person(1)["手机号"], "李四", "15490000099"]
    first = sent([group, headers, row])
    assert first.ok
    second = again(handed_back(first))
    assert (second.ok, fields(second)[: len(headers)]) == (True, fields(first))
    assert second.rows[0].values == first.rows[0].values
    assert texts(sheet_of(handed_back(first)))[0][len(headers) - 3 :][:3] == ["电话", "不导入：姓名", "不导入：电话"]


def test_what_a_person_said_a_column_is_holds_in_the_workbook_as_well() -> None:
    headers = ["人员" if header == "姓名" else "联系电话" if header == "籍贯" else header for header in HEADERS]
    answers = Answers(mapping={"B": "name", "F": "", "M": "phone"})
    rows = roster(person(1) | {"人员": "张三", "联系电话": "15490000088"}, headers=headers)
    first = sent(rows, answers)
    second = again(handed_back(first))
    assert (first.ok, second.ok, second.rows[0].values) == (True, True, first.rows[0].values)
    header = texts(sheet_of(handed_back(first)))[0]
    assert (header[1], header[5], header[12]) == ("姓名", "不导入：手机号", "联系电话")


def test_any_number_of_rows_streams_through() -> None:
    first = sent(roster(person(1)))
    cells = plain_cells(first.rows[0])
    content = marked_workbook(ROSTER, first.columns, (MarkedRow(number, cells) for number in range(2, 1_002)), "表")
    assert sheet_of(content).auto_filter.ref == "A1:Q1001"
