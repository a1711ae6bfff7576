"""The template: made from a definition alone, honoured by spreadsheet programs, and taken back by the importer without a word."""

import io
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.utils.translation import gettext
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from imports import cleaners
from imports.checking import CheckedSheet, check
from imports.mapping import match
from imports.records import EXAMPLE
from imports.sheets import Column, SheetDefinition
from imports.template import template_workbook
from labour_teams.roster import ROSTER
from tests.imports.workbooks import person

AS_OF = date(2026, 6, 30)
TEAMS, CREWS = ["示例劳务队甲", "华西, 二队"], ["钢筋一班"]
CHOICES = {"labour_team": TEAMS, "work_crew": CREWS}


@pytest.fixture(scope="module")
def template() -> bytes:
    return template_workbook(ROSTER, "花名册", CHOICES)


@pytest.fixture(scope="module")
def sheet(template: bytes) -> Worksheet:
    return load_workbook(io.BytesIO(template)).worksheets[0]


def filled_in(template: bytes, fill: Callable[[Worksheet], None]) -> CheckedSheet:
    """As somebody saves it who has filled it in."""
    book = load_workbook(io.BytesIO(template))
    fill(book.worksheets[0])
    stream = io.BytesIO()
    book.save(stream)
    return check(stream.getvalue(), "花名册.xlsx", ROSTER, AS_OF)


def letter_of(field: str) -> str:
    return "ABCDEFGHIJKLMNOP"[[column.field for column in ROSTER.columns].index(field)]


def write(sheet: Worksheet, number: int, row: dict[str, Any]) -> None:
    for index, column in enumerate(ROSTER.columns, start=1):
        value = row.get(column.header, "")
        is_day = column.is_day and value
        sheet.cell(number, index).value = date.fromisoformat(value) if is_day else value or None


def problems(checked: CheckedSheet) -> list[tuple[int | None, str]]:
    return [(issue.row, issue.code) for issue in checked.issues]


# On its way back


def test_template_as_downloaded_holds_no_people(template: bytes) -> None:
    checked = check(template, "模板.xlsx", ROSTER, AS_OF)
    assert (problems(checked), checked.rows) == ([(None, "no_rows")], [])
    assert [(row.number, row.text) for row in checked.skipped] == [(2, EXAMPLE)]


def test_template_filled_in_is_taken_without_a_word(template: bytes) -> None:
    def fill(sheet: Worksheet) -> None:
        for number, n in enumerate((1, 2, 3), start=3):
            write(sheet, number, person(n, 文化程度="初中", 退场日期="2026-05-01" if n == 3 else ""))

    checked = filled_in(template, fill)
    assert (problems(checked), [row.number for row in checked.rows]) == ([], [3, 4, 5])
    last = checked.rows[-1].values
    assert (last["entered_on"], last["left_on"], last["labour_team"]) == (date(2025, 3, 1), date(2026, 5, 1), "示例劳务队甲")
    assert [column.field for column in checked.columns] == [column.field for column in ROSTER.columns]


def test_somebody_written_over_the_example_is_imported(template: bytes) -> None:
    """The mark stands in the name, which nobody leaves as it is; the running number is easily left."""

    def fill(sheet: Worksheet) -> None:
        write(sheet, 2, person(1))
        sheet["A2"] = "1"

    assert [row.number for row in filled_in(template, fill).rows] == [2]


def test_example_without_its_mark_is_a_faultless_row(template: bytes) -> None:
    def fill(sheet: Worksheet) -> None:
        sheet["B2"] = ROSTER.column("name").example

    checked = filled_in(template, fill)
    assert problems(checked) == []
    number = checked.rows[0].values["id_number"]
    assert (number.in_the_clear()[14:17], checked.rows[0].values["labour_team"]) == ("998", TEAMS[0])


# What people see


def test_headers_are_the_preferred_ones_and_the_star_is_not_read(sheet: Worksheet) -> None:
    headers = [cell.value for cell in sheet[1]]
    assert headers == [f"*{column.header}" if column.required else column.header for column in ROSTER.columns]
    assert [match(ROSTER, header).field for header in headers] == [column.field for column in ROSTER.columns]
    assert {cell.font.bold for cell in sheet[1]} == {True}
    assert (sheet.title, sheet.freeze_panes) == ("花名册", "A2")


def test_headers_with_a_hint_say_it_in_a_comment(sheet: Worksheet) -> None:
    comments = {column.field: cell.comment for cell, column in zip(sheet[1], ROSTER.columns, strict=True)}
    assert {field for field, comment in comments.items() if comment} == {column.field for column in ROSTER.columns if column.hint}
    expected = f"{gettext('Must be filled in.')}\n{gettext('18 characters, as on the ID card.')}"
    assert comments["id_number"].text == expected


def test_every_column_is_text_but_for_the_days(sheet: Worksheet) -> None:
    formats = {column.field: sheet.column_dimensions[letter_of(column.field)].number_format for column in ROSTER.columns}
    days = {"entered_on", "left_on"}
    assert formats == {column.field: "yyyy-mm-dd" if column.field in days else "@" for column in ROSTER.columns}


def test_empty_cells_of_numbers_and_days_are_ready_where_a_program_looks_at_cells_only(sheet: Worksheet) -> None:
    fields = ("id_number", "phone", "bank_card", "entered_on", "left_on")
    for row in (3, 250, 501):
        formats = [sheet[f"{letter_of(field)}{row}"].number_format for field in fields]
        assert formats == ["@", "@", "@", "yyyy-mm-dd", "yyyy-mm-dd"]


def test_columns_are_wide_enough_for_what_is_written_there(sheet: Worksheet) -> None:
    widths = {
        field: sheet.column_dimensions[letter_of(field)].width for field in ("seq", "id_number", "bank_card", "labour_team")
    }
    assert widths["id_number"] > 18
    assert widths["bank_card"] > 19
    assert widths["labour_team"] > len("*所属劳务队伍") * 2 - 1
    assert widths["seq"] < 12


def rules(sheet: Worksheet) -> dict[str, Any]:
    """Field → its validation."""
    by_letter = {str(rule.sqref).split("2:")[0]: rule for rule in sheet.data_validations.dataValidation}
    return {column.field: by_letter.get(letter_of(column.field)) for column in ROSTER.columns}


def test_lengths_days_and_lists_are_checked_while_typing(sheet: Worksheet) -> None:
    found = rules(sheet)
    assert {field: rule.type for field, rule in found.items() if rule} == {
        "sex_code": "list",
        "ethnicity_code": "list",
        "id_number": "textLength",
        "phone": "textLength",
        "labour_team": "list",
        "work_crew": "list",
        "entered_on": "date",
        "left_on": "date",
        "political_status_code": "list",
        "education_code": "list",
        "bank_card": "textLength",
    }
    number = found["id_number"]
    assert (number.formula1, number.formula2, number.errorStyle, number.errorTitle) == ("18", "18", "stop", "身份证号")
    assert number.error == gettext("This number has %d characters. Count them again.") % 18


def listed(sheet: Worksheet, field: str) -> list[str]:
    """What drops down in a column."""
    name, cells = rules(sheet)[field].formula1.replace("$", "").rsplit("!", 1)
    return [cell.value for (cell,) in sheet.parent[name.strip("'")][cells]]


def test_lists_hold_the_words_of_the_column_or_the_names_at_hand(sheet: Worksheet) -> None:
    assert listed(sheet, "labour_team") == TEAMS
    assert listed(sheet, "work_crew") == CREWS
    assert (len(listed(sheet, "ethnicity_code")), listed(sheet, "sex_code")) == (58, ["男", "女"])
    # A crew may be new; an ethnicity may not.
    assert [rules(sheet)[field].errorStyle for field in ("work_crew", "ethnicity_code")] == ["warning", "stop"]


def test_without_names_at_hand_anything_may_be_typed() -> None:
    sheet = load_workbook(io.BytesIO(template_workbook(ROSTER, "花名册"))).worksheets[0]
    assert (rules(sheet)["labour_team"], rules(sheet)["work_crew"]) == (None, None)
    assert sheet[f"{letter_of('labour_team')}2"].value == ROSTER.column("labour_team").example


@pytest.mark.parametrize("column", [column for column in ROSTER.columns if column.options], ids=lambda column: column.field)
def test_every_word_to_choose_is_one_that_the_importer_reads(column: Column) -> None:
    for option in column.options:
        cleaned = column.clean(option, AS_OF)
        assert (cleaned.notes, column.show(cleaned.value) if column.field != "sex_code" else option) == ((), option)


def test_the_second_visible_sheet_explains(sheet: Worksheet) -> None:
    visible = [one for one in sheet.parent.worksheets if one.sheet_state == "visible"]
    assert [one.title for one in visible] == ["花名册", gettext("How to fill in")]
    texts = [[cell.value for cell in row] for row in visible[1].iter_rows()]
    first = [row[0] for row in texts]
    assert gettext("The row marked %s shows how to write. It is not imported and may be deleted.") % EXAMPLE in first
    explained = {row[0]: row[1] for row in texts if row[0] in {column.header for column in ROSTER.columns}}
    assert explained == {column.header: gettext("yes") if column.required else None for column in ROSTER.columns}


# Other targets


def test_any_definition_has_a_template() -> None:
    """Without labels there is no cell in which an example could be marked, so there is none."""
    columns = (
        Column("subject", "课题", cleaners.text(50), required=True, example="入场教育"),
        Column("held_on", "日期", cleaners.day(), is_day=True),
        Column("hours", "课时", cleaners.text(5)),
    )
    content = template_workbook(SheetDefinition("training", columns, "subject"), "培训/签到")
    book = load_workbook(io.BytesIO(content))
    assert [[cell.value for cell in row] for row in book.worksheets[0].iter_rows(max_row=2)] == [
        ["*课题", "日期", "课时"],
        [None, None, None],
    ]
    assert book.sheetnames[0] == "培训 签到"
    assert [one.sheet_state for one in book.worksheets] == ["visible", "visible"]
