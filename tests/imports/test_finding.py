"""From a workbook to judged rows: sheets, headers, records, rules between cells and rows."""

from typing import Any

import pytest

from imports.checking import Answers, CheckedSheet, check, opened
from imports.sheets import Level
from labour_teams.roster import ROSTER
from tests.imports.workbooks import AS_OF, HEADERS, Markup, csv_text, person, roster, xlsx

pytestmark = pytest.mark.usefixtures("in_this_process")

TITLE = ["示例项目部劳务工花名册"]
UNIT = ["填报单位:示例项目部  填报日期:2026年1月  负责人:某某"]


def checked(sheets: Any, answers: Answers = Answers(), **options: Any) -> CheckedSheet:  # noqa: B008
    named = sheets if isinstance(sheets, dict) else {"花名册": sheets}
    return check(xlsx(named, **options), "花名册.xlsx", ROSTER, AS_OF, answers)


def errors(sheet: CheckedSheet) -> list[tuple[int | None, str | None, str]]:
    return [(issue.row, issue.column, issue.code) for issue in sheet.errors]


def warnings(sheet: CheckedSheet) -> list[tuple[int | None, str | None, str]]:
    return [(issue.row, issue.column, issue.code) for issue in sheet.warnings]


def numbers(sheet: CheckedSheet) -> list[int]:
    return [row.number for row in sheet.rows]


# Sheets


def test_the_sheet_that_holds_a_roster_is_taken() -> None:
    notes = [["填表说明"], ["姓名、身份证号必须填写"]]
    wages = [["序号", "姓名", "身份证", "工种", "电话", "实发工资"], ["1", "张三", "", "", "", "1"]]
    sheet = checked({"说明": notes, "工资表": wages, "花名册": roster(person()), "空": []})
    assert (sheet.sheet, sheet.ok, numbers(sheet)) == ("花名册", True, [2])


def test_of_two_rosters_the_person_chooses() -> None:
    sheets = {"甲队": roster(person(1)), "乙队": roster(person(2), person(3)), "空表": roster()}
    asked = checked(sheets)
    assert (asked.choices, asked.ok, asked.rows, [issue.code for issue in asked.errors]) == (
        ("甲队", "乙队"),
        False,
        [],
        ["multiple_sheets"],
    )
    assert numbers(checked(sheets, Answers(sheet="乙队"))) == [2, 3]


def test_a_hidden_roster_is_never_read() -> None:
    sheet = checked({"旧": roster(person(1)), "新": roster(person(2))}, states={"旧": "hidden"})
    assert (sheet.sheet, len(sheet.rows)) == ("新", 1)
    assert [issue.code for issue in checked({"旧": roster(person())}, states={"旧": "hidden"}).errors] == ["no_rows"]


# Headers


def test_titles_above_the_header_are_passed_over() -> None:
    sheet = checked([TITLE, UNIT, [], *roster(person())], merges=["A1:O1", "A2:O2"])
    assert (sheet.ok, sheet.header_row, numbers(sheet)) == (True, 4, [5])


def test_two_header_rows_are_read_together() -> None:
    upper = ["序号", "姓名", "身份证号", "进退场", "", "紧急联系人", "", "所属劳务队伍"]
    lower = ["", "", "", "进场日期", "退场日期", "姓名", "电话", ""]
    one = person()
    row = ["1", one["姓名"], one["身份证号"], "2025-03-01", "", "王五", "15400000009", "甲队"]
    sheet = checked([upper, lower, row], merges=["D1:E1", "F1:G1", "A1:A2", "B1:B2", "C1:C2", "H1:H2"])
    assert (sheet.ok, sheet.header_row, numbers(sheet)) == (True, 2, [3])
    assert (sheet.rows[0].values["name"], sheet.rows[0].values["phone"]) == (one["姓名"], None)


def test_the_first_person_is_never_taken_for_a_second_header_row() -> None:
    sheet = checked(roster(person(1, 所属劳务队伍="架子队", 备注="电话"), person(2)))
    assert numbers(sheet) == [2, 3]


def test_a_header_further_down_than_row_20_is_not_looked_for() -> None:
    sheet = checked([["说明文字"]] * 20 + roster(person()))
    assert errors(sheet) == [(None, None, "no_header")]


def test_the_header_row_can_be_chosen() -> None:
    rows = [*roster(person(1)), *roster(person(2))]
    assert numbers(checked(rows, Answers(header_row=3))) == [4]


def test_every_missing_column_is_named() -> None:
    sheet = checked([["序号", "姓名", "性别", "民族"], ["1", "张三", "男", "汉族"]])
    assert [issue.code for issue in sheet.errors] == ["missing_column"] * 3
    assert all(name in "".join(issue.message for issue in sheet.errors) for name in ("身份证号", "所属劳务队伍", "进场日期"))


def test_columns_that_are_not_taken_are_named_once_with_their_places() -> None:
    headers = [*HEADERS, "血型", "", "血型"]
    rows = roster(person(), headers=headers)
    rows[1][15:] = ["A", "手记", "B"]
    sheet = checked(rows)
    assert warnings(sheet) == [(None, "血型", "unknown_column"), (None, None, "unknown_column")]
    assert ("P、R" in sheet.warnings[0].message, "Q" in sheet.warnings[1].message) == (True, True)


def test_a_choice_of_columns_settles_a_dispute() -> None:
    headers = [*HEADERS, "联系电话"]
    people = roster(person() | {"联系电话": "15400000009"}, headers=headers)
    assert errors(checked(people)) == [(None, None, "duplicate_header")]
    settled = checked(people, Answers(mapping={"F": ""}))
    assert (settled.ok, settled.rows[0].values["phone"].masked) == (True, "154****0009")


# Records


def test_sums_notes_and_signatures_are_no_people() -> None:
    footer = [
        ["合  计", "2人"],
        ["", "小计"],
        ["制表人:某某", "", "审核:某某"],
        ["以上人员均已签订合同"],
        ["注：本表一式两份"],
        ["15"],
        [" "],
    ]
    sheet = checked([*roster(person(1), person(2)), *footer])
    assert (sheet.ok, numbers(sheet)) == (True, [2, 3])
    assert [row.number for row in sheet.skipped] == [4, 5, 6, 7, 8]


def test_the_example_of_the_template_and_a_header_printed_again_are_skipped() -> None:
    rows = roster(person(1, 序号="示例(导入时忽略)"), person(2, 姓名="示例张三"), person(3))
    sheet = checked([*rows, list(HEADERS), *roster(person(4))[1:]])
    assert (sheet.ok, numbers(sheet), [row.number for row in sheet.skipped]) == (True, [4, 6], [2, 3, 5])


@pytest.mark.parametrize("changes", [{"身份证号": ""}, {"身份证号": "", "序号": ""}, {"姓名": ""}, {"姓名": "", "身份证号": ""}])
def test_somebody_of_whom_something_is_missing_is_not_skipped(changes: dict[str, str]) -> None:
    sheet = checked(roster(person(1), person(2, **changes)))
    assert [(row, code) for row, _column, code in errors(sheet)] == [(3, "required")] * sum(name != "序号" for name in changes)


def test_a_name_alone_is_a_person_without_a_number() -> None:
    sheet = checked([*roster(person(1)), ["", "张三"]])
    assert {(row, code) for row, _column, code in errors(sheet)} == {(3, "required")}


def test_people_after_a_gap_are_not_lost() -> None:
    assert numbers(checked([*roster(person(1)), *[[]] * 80, *roster(person(2))[1:]])) == [2, 83]


def test_one_team_merged_over_ten_people_is_the_team_of_all() -> None:
    rows = roster(*(person(n, 所属劳务队伍="甲队" if n == 1 else "") for n in range(1, 11)))
    sheet = checked(rows, merges=["H2:H11"])
    assert (sheet.ok, {row.values["labour_team"] for row in sheet.rows}) == (True, {"甲队"})


def test_more_fields_than_headers_in_text_are_an_error_of_that_row() -> None:
    text = csv_text(roster(person(1), person(2, 备注="有,逗号")))
    sheet = check(text.encode(), "a.csv", ROSTER, AS_OF)
    assert errors(sheet) == [(3, None, "extra_cells")]


def test_fewer_fields_than_headers_are_empty_cells() -> None:
    text = csv_text([HEADERS, list(person().values())[:12]])
    sheet = check(text.encode(), "a.csv", ROSTER, AS_OF)
    assert (sheet.ok, sheet.rows[0].values["bank_card"]) == (True, None)


# Rules


def test_all_mistakes_of_all_rows_come_at_once() -> None:
    rows = [person(n, 姓名="1", 手机号="2", 银行卡号="3", 进场日期="4") for n in range(1, 6)]
    sheet = checked(roster(*rows))
    assert len(sheet.errors) == 20
    assert not sheet.ok
    assert all(f"第{issue.row}行" in issue.message and f"「{issue.column}」" in issue.message for issue in sheet.errors)


def test_an_empty_sex_follows_the_id_number_and_another_one_is_refused() -> None:
    sheet = checked(roster(person(1, 性别=""), person(2, 性别="男"), person(3, 性别="?")))
    assert sheet.rows[0].values["sex_code"] == "1"
    assert warnings(sheet) == [(2, "性别", "gender_from_id")]
    assert errors(sheet) == [(3, "性别", "id_gender"), (4, "性别", "unknown_value")]


def test_nobody_leaves_before_coming() -> None:
    sheet = checked(roster(person(1, 退场日期="2025-02-28"), person(2, 退场日期="2025-03-01")))
    assert errors(sheet) == [(2, "退场日期", "exit_before_entry")]


def test_the_same_person_twice_is_refused_and_the_same_card_is_said() -> None:
    first = person(1)
    twice = person(2, 身份证号=" " + first["身份证号"], 性别=first["性别"], 银行卡号=first["银行卡号"])
    sheet = checked(roster(first, twice))
    assert errors(sheet) == [(3, "身份证号", "duplicate_id")]
    assert warnings(sheet) == [(3, "银行卡号", "shared_card")]
    assert "第2行" in sheet.errors[0].message


def test_a_number_in_the_wrong_column_is_not_repeated_in_full() -> None:
    number = person(1)["身份证号"]
    sheet = checked(roster(person(2, 民族=number, 姓名=number, 性别=number), headers=[*HEADERS, number]))
    assert number not in "".join(issue.message for issue in sheet.issues)


def test_formulas_are_taken_where_they_only_help_and_refused_where_they_identify() -> None:
    helping = person(1, 序号=Markup("|<f>ROW()-1</f><v>1</v>"), 性别=Markup('t="str"|<f>IF(1,1)</f><v>男</v>'))
    identifying = person(
        2, 手机号=Markup("|<f>A1</f><v>15400000001</v>"), 籍贯=Markup("|<f>A1</f>"), 备注=Markup('t="e"|<v>#N/A</v>')
    )
    sheet = checked(roster(helping, identifying))
    assert errors(sheet) == [(3, "手机号", "formula"), (3, "籍贯", "formula"), (3, "备注", "cell_error")]


def test_what_the_file_said_is_shown_masked_by_place_and_header() -> None:
    data = xlsx({"花名册": roster(person(1, 手机号="15400000001", 备注="电话 154 0000 0002"))})
    with opened(data, "花名册.xlsx", ROSTER, AS_OF) as checking:
        said = {column.header: checking.samples(column) for column in checking.columns}
        assert (said["手机号"], said["备注"], said["姓名"]) == (["154******01"], ["电话 154********02"], [person(1)["姓名"]])
        assert [number for number, _texts in checking.head_rows] == [1, 2]
        assert checking.head_rows[1][1][5] == "154******01"


def test_issues_keep_the_order_of_the_file() -> None:
    sheet = checked(roster(person(1, 手机号="1"), person(2, 姓名="2"), headers=[*HEADERS, "血型"]))
    assert [(issue.level, issue.row) for issue in sheet.issues] == [(Level.WARNING, None), (Level.ERROR, 2), (Level.ERROR, 3)]


def test_a_header_row_that_only_contains_known_names_loses_nobody() -> None:
    headers = ["序号", "工人姓名全称", "工人身份证号码", "所在劳务队伍名称", "进场日期如实填"]
    rows = [[str(n), *(person(n)[name] for name in ("姓名", "身份证号", "所属劳务队伍", "进场日期"))] for n in (1, 2)]
    assert numbers(checked([headers, *rows])) == [2, 3]


def test_two_header_rows_without_merged_cells_are_read_together() -> None:
    upper = ["序号", "姓名", "证件及联系方式", "", "所属劳务队伍", "进退场", ""]
    lower = ["", "", "身份证号", "手机号", "", "进场日期", "退场日期"]
    one = person()
    row = [one[name] for name in ("序号", "姓名", "身份证号", "手机号", "所属劳务队伍", "进场日期", "退场日期")]
    sheet = check(csv_text([upper, lower, row]).encode(), "a.csv", ROSTER, AS_OF)
    assert (sheet.ok, numbers(sheet), sheet.rows[0].values["phone"].tail) == (True, [3], one["手机号"][-4:])


def test_a_complete_header_may_be_split_further_below() -> None:
    upper = ["姓名", "身份证号", "所属劳务队伍", "进场日期", "联系方式", ""]
    lower = ["", "", "", "", "本人电话", "家属电话"]
    one = person()
    row = [one["姓名"], one["身份证号"], "甲队", "2025-03-01", "15400000001", "15400000002"]
    sheet = check(csv_text([upper, lower, row]).encode(), "a.csv", ROSTER, AS_OF)
    assert (sheet.ok, sheet.header_row, numbers(sheet), sheet.rows[0].values["phone"].tail) == (True, 2, [3], "0001")


# Layouts


def titles(count: int) -> list[list[str]]:
    return [[f"填写说明第{number}条，姓名与身份证一致"] for number in range(count)]


@pytest.mark.parametrize("count", [1, 5, 19])
def test_a_header_under_many_lines_of_titles_is_found(count: int) -> None:
    sheet = checked([*titles(count), *roster(person())])
    assert (sheet.ok, sheet.header_row, numbers(sheet)) == (True, count + 1, [count + 2])


def test_a_header_in_three_rows_is_read_by_its_lower_two() -> None:
    top = ["基本信息", "", "", "", "用工信息"]
    upper = ["序号", "姓名", "证件", "", "所属劳务队伍", "进退场", "", "工资卡"]
    lower = ["", "", "身份证号", "手机号", "", "进场日期", "退场日期", "银行卡号"]
    one = person()
    row = [one[name] for name in ("序号", "姓名", "身份证号", "手机号", "所属劳务队伍", "进场日期", "退场日期", "银行卡号")]
    merges = ["A2:D2", "E2:H2", "C3:D3", "F3:G3", "A3:A4", "B3:B4", "E3:E4"]
    sheet = checked([["花名册"], top, upper, lower, row], merges=merges)
    assert (sheet.ok, sheet.header_row, numbers(sheet)) == (True, 4, [5])
    assert {"phone", "bank_card", "left_on"} <= {column.field for column in sheet.columns}


@pytest.mark.parametrize(
    "below",
    [
        [str(number) for number in range(1, 16)],
        [f"({number})" for number in range(1, 16)],
        ["", "", "", "", "(18位)", "(11位)", *[""] * 9],
        ["", "【必填】", "", "", "【必填】"],
        ["例", *list(person(9).values())[1:]],
        ["样例", *list(person(9).values())[1:]],
    ],
)
def test_what_stands_between_header_and_people_is_neither(below: list[str]) -> None:
    header, *people = roster(person(1), person(2))
    sheet = checked([header, below, *people])
    assert (sheet.ok, numbers(sheet), [row.number for row in sheet.skipped]) == (True, [3, 4], [2])


@pytest.mark.parametrize(
    "row",
    [
        ["合计", "", "", "", "2"],
        ["", "总计", "", "", "2人"],
        ["", "", "", "", "注：以上人员均已核对"],
        ["", "以上共计2人"],
        ["", "项目经理签字："],
        ["班组长：", "", "", "", "", "项目经理：", "", "", "劳务队长："],
        ["2026年1月31日"],
        ["", "", "填表日期：2026-01-31"],
        ["编制:", "", "", "", "", "审核:", "", "", "批准:"],
    ],
)
def test_what_stands_under_the_people_is_none_of_them(row: list[str]) -> None:
    sheet = checked([*roster(person(1), person(2)), row])
    assert (sheet.ok, numbers(sheet), [skipped.number for skipped in sheet.skipped]) == (True, [2, 3], [4])


@pytest.mark.parametrize("number", ["", "4", "430000", "无", "4300001965072099790", "丢失"])
def test_somebody_whose_number_is_hardly_one_is_somebody(number: str) -> None:
    sheet = checked(roster(person(1), person(2, 身份证号=number)))
    assert [(row, column) for row, column, _code in errors(sheet)] == [(3, "身份证号")]


def test_a_table_may_stand_anywhere_in_the_sheet() -> None:
    sheet = checked([[], [], *([""] * 5 + row for row in roster(person(1), person(2)))])
    assert (sheet.ok, numbers(sheet), sheet.columns[5].field) == (True, [4, 5], "seq")


def test_another_table_beside_is_not_imported() -> None:
    header, one, two = roster(person(1), person(2))
    sheet = checked([[*header, "", "物品", "数量"], [*one, "", "水", "3"], two])
    assert (sheet.ok, [(issue.column, issue.code) for issue in sheet.warnings]) == (
        True,
        [("物品", "unknown_column"), ("数量", "unknown_column")],
    )


def test_two_rosters_side_by_side_are_for_the_person_to_part() -> None:
    header, one, two = roster(person(1), person(2))
    assert {code for _row, _column, code in errors(checked([[*header, "", *header], [*one, "", *two]]))} == {"duplicate_header"}


def test_a_table_that_stands_on_its_side_has_no_header() -> None:
    people = [person(1), person(2)]
    assert errors(checked([[name, *(each[name] for each in people)] for name in HEADERS])) == [(None, None, "no_header")]


def test_a_second_table_with_its_columns_in_another_order_is_never_read_into_the_first() -> None:
    second = [["身份证号", "姓名", "所属劳务队伍", "进场日期"], [person(2)["身份证号"], "王五", "乙队", "2025-03-01"]]
    sheet = checked([*roster(person(1)), [], *second])
    assert not sheet.ok
    assert {row for row, _column, _code in errors(sheet)} == {4, 5}


@pytest.mark.parametrize("remark", ["退场", "已离场", "2025.12.1退场", "人已离职"])
def test_somebody_who_has_left_by_the_remark_only_is_pointed_out(remark: str) -> None:
    assert warnings(checked(roster(person(1, 备注=remark)))) == [(2, "备注", "exit_in_remark")]
    assert warnings(checked(roster(person(1, 备注=remark, 退场日期="2025-12-01")))) == []


@pytest.mark.parametrize("remark", ["未退场", "班长", "没离场", ""])
def test_a_remark_about_anything_else_is_a_remark(remark: str) -> None:
    assert warnings(checked(roster(person(1, 备注=remark)))) == []


def test_two_numbers_for_one_name_and_phone_are_pointed_out() -> None:
    one = person(1, 姓名="Ali Khan")
    again = person(3, 姓名="ALI  khan", 手机号=one["手机号"])
    sheet = checked(roster(one, person(2, 手机号=one["手机号"]), again, person(4, 姓名="Ali Khan", 手机号="")))
    assert (sheet.ok, warnings(sheet)) == (True, [(4, "姓名", "same_person")])
    assert "第 2 行" in sheet.warnings[0].text


def test_many_wide_sheets_are_not_searched_without_end() -> None:
    words = ("姓名", "证件", "电话号", "备用", "日期", "进场")
    wide = [["".join(words[(row * column + place) % 6] for place in range(3)) for column in range(1, 251)] for row in range(30)]
    sheet = checked({f"表{number}": wide for number in range(14)})
    assert errors(sheet) == [(None, None, "too_much")]
