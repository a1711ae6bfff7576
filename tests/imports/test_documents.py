"""Open documents (.ods) and workbooks of Excel 97-2003 (.xls, .et): what our own look at them adds to the fast reader."""

from datetime import date
from typing import Any

import pytest

from imports.checking import CheckedSheet, check
from imports.reading.faults import Unreadable
from imports.reading.guard import inspect
from labour_teams.roster import ROSTER
from tests.factories.numbers import id_number
from tests.imports.documents import TYPE, document, ods, row, table, typed
from tests.imports.old_workbooks import Computed, Record, hidden_row, number, ole, record, xls
from tests.imports.workbooks import AS_OF, HEADERS, Markup, person, roster

pytestmark = [pytest.mark.usefixtures("in_this_process"), pytest.mark.sqlite_only]

PEOPLE = roster(person(1), person(2))
BLANK = (
    "<table:table-row table:number-rows-repeated='{}'><table:table-cell table:number-columns-repeated='16384'/></table:table-row>"
)


def cells(n: int, **changes: Any) -> list[Any]:
    return list(person(n, **changes).values())


def checked(data: bytes, name: str = "花名册.ods") -> CheckedSheet:
    return check(data, name, ROSTER, AS_OF)


def errors(sheet: CheckedSheet) -> list[tuple[int | None, str | None, str]]:
    return [(issue.row, issue.column, issue.code) for issue in sheet.errors]


def of_one(field: str, **changes: Any) -> Any:
    """What becomes of one person's cell."""
    sheet = checked(ods({"花名册": roster(person(1, **changes))}))
    return sheet.rows[0].values[field] if sheet.ok else sheet.errors[0].code


def text(inside: str, attributes: str = "") -> Markup:
    return Markup(f'<table:table-cell office:value-type="string" {attributes}>{inside}</table:table-cell>')


# Open documents


def test_rows_and_columns_that_are_repeated_are_counted() -> None:
    rows = [HEADERS, cells(1), BLANK.format(50), cells(2), BLANK.format(1_048_000)]
    sheet = checked(document(table("花名册", rows)))
    assert (sheet.ok, [each.number for each in sheet.rows]) == (True, [2, 53])
    thrice = checked(document(table("花名册", [HEADERS, cells(1), row(cells(2), 'table:number-rows-repeated="3"')])))
    assert errors(thrice) == [(4, "身份证号", "duplicate_id"), (5, "身份证号", "duplicate_id")]


@pytest.mark.parametrize("wrapper", ["table:table-header-rows", "table:table-row-group"])
def test_rows_in_groups_are_rows(wrapper: str) -> None:
    rows = [f"<{wrapper}>{row(HEADERS)}</{wrapper}>", f"<{wrapper}>{row(cells(1))}</{wrapper}>", cells(2)]
    assert [each.number for each in checked(document(table("花名册", rows))).rows] == [2, 3]


@pytest.mark.parametrize(
    ("field", "header", "cell", "value"),
    [
        ("entered_on", "进场日期", typed("date", "2025-03-01", "2025年3月1日"), date(2025, 3, 1)),
        ("entered_on", "进场日期", typed("date", "2025-03-01T08:00:00", "1.3.25"), date(2025, 3, 1)),
        ("entered_on", "进场日期", typed("date", "2025-13-41", "?"), "date_impossible"),
        ("entered_on", "进场日期", typed("time", "PT08H30M00S", "8:30"), "date"),
        ("remark", "备注", typed("currency", "100.5", "￥100.50"), "100.5"),
        ("remark", "备注", typed("percentage", "0.5", "50%"), "0.5"),
        ("remark", "备注", typed("boolean", "true", "TRUE"), "是"),
        ("remark", "备注", typed("float", "NaN", "NaN"), "cell_error"),
        ("remark", "备注", text("<text:p>一</text:p><text:p>二<text:s text:c='2'/>三</text:p>"), "一 二  三"),
        ("remark", "备注", text("<text:p>一<text:span>二</text:span></text:p>"), "一二"),
        ("remark", "备注", text("<text:p>一<text:s text:c='4000000000'/></text:p>"), "corrupt"),
        ("name", "姓名", text("<office:annotation><text:p>批注</text:p></office:annotation><text:p>王五六</text:p>"), "王五六"),
        ("id_number", "身份证号", typed("float", "430000198001019972", "430000198001019972"), "precision_lost"),
        ("bank_card", "银行卡号", typed("float", "6299998000000000014", "6299998000000000014"), "precision_lost"),
        ("id_number", "身份证号", text(f"<text:p>{id_number(401)}</text:p>", 'table:formula="of:=A1"'), "formula"),
        ("sex_code", "性别", text("<text:p>男</text:p>", 'table:formula="of:=IF(1;1)"'), "1"),
        ("phone", "手机号", text("<text:p>#N/A</text:p>", 'table:formula="of:=A1" calcext:value-type="error"'), "cell_kind"),
    ],
)
def test_a_cell_of_an_open_document_is_what_its_value_says(field: str, header: str, cell: Markup, value: Any) -> None:
    assert of_one(field, **{header: cell}) == value


def test_merged_cells_and_hidden_rows_of_an_open_document_are_known() -> None:
    team = text("<text:p>甲队</text:p>", 'table:number-rows-spanned="2"')
    rows = [HEADERS, cells(1, 所属劳务队伍=team), row(cells(2, 所属劳务队伍=""), 'table:visibility="filter"')]
    sheet = checked(document(table("花名册", rows)))
    assert [each.values["labour_team"] for each in sheet.rows] == ["甲队", "甲队"]
    assert [(issue.row, issue.code) for issue in sheet.warnings] == [(3, "hidden_row")]


def test_bare_numbers_of_an_open_document_with_another_calendar_are_no_days() -> None:
    calendar = '<table:calculation-settings><table:null-date table:date-value="1904-01-01"/></table:calculation-settings>'
    sheet = checked(document(calendar, table("花名册", roster(person(1, 进场日期=44255)))))
    assert [issue.code for issue in sheet.errors] == ["date_ambiguous"]
    assert sheet.rows[0].cells[9] == "44255(1904)"


@pytest.mark.parametrize(
    ("tables", "code"),
    [
        ([table("甲", [HEADERS, [*cells(1), *["x"] * 300]])], "too_many_columns"),
        (
            [table("甲", [HEADERS, [text("<text:p>x</text:p>", 'table:number-columns-repeated="2000000000"')]])],
            "too_many_columns",
        ),
        ([table("甲", [HEADERS, [text("<text:p>x</text:p>", 'table:number-columns-repeated="-3"')]])], "corrupt"),
        ([table("甲", PEOPLE), table("甲", [["x"]])], "corrupt"),
        ([table("甲", PEOPLE), table("乙", PEOPLE)], "multiple_sheets"),
        ([table("甲", [HEADERS, [text("", 'table:formula="of:=1" table:number-columns-repeated="x"')]])], "corrupt"),
    ],
)
def test_an_open_document_that_is_not_one_table_is_refused(tables: list[str], code: str) -> None:
    assert [issue.code for issue in checked(document(*tables)).errors] == [code]


def verdict(data: bytes, extension: str) -> str:
    with pytest.raises(Unreadable) as refused:
        inspect(data, extension)
    return refused.value.code


def test_an_encrypted_open_document_is_told_so() -> None:
    entry = '<file-entry full-path="content.xml"><encryption-data checksum="x"/></file-entry>'
    encrypted = {"META-INF/manifest.xml": f"<manifest>{entry}</manifest>", "content.xml": b"\x8f\x00\xff" * 900}
    assert verdict(document(parts=encrypted), "ods") == "encrypted"
    assert verdict(document(kind="application/vnd.oasis.opendocument.text"), "ods") == "format"
    assert verdict(document(table("甲", PEOPLE), parts={"Basic/Standard/Module1.xml": "<x/>"}), "ods") == "macro"
    assert inspect(document(table("甲", PEOPLE), kind=f"{TYPE}-template"), "ots").kind == "ods"


# Excel 97-2003 and WPS


def old(*rows: Any, **options: Any) -> CheckedSheet:
    return checked(xls({"花名册": rows}, **options), "花名册.xls")


@pytest.mark.parametrize("name", ["花名册.xls", "花名册.et"])
def test_an_old_workbook_is_read(name: str) -> None:
    people = roster(person(1, 进场日期=date(2025, 3, 1)), person(2, 手机号=15400000002.0))
    sheet = checked(xls({"旧": people, "花名册": people}, hidden=["旧"]), name)
    assert (sheet.ok, sheet.sheet, [each.number for each in sheet.rows]) == (True, "花名册", [2, 3])
    assert (sheet.rows[0].values["entered_on"], sheet.rows[1].values["phone"].tail) == (date(2025, 3, 1), "0002")


@pytest.mark.parametrize(
    ("header", "cell", "code"),
    [
        ("身份证号", 430000198001019972.0, "precision_lost"),
        ("银行卡号", 6299998000000000014.0, "precision_lost"),
        ("身份证号", Computed(id_number(401)), "formula"),
        ("手机号", "#N/A", "cell_kind"),
        ("备注", "#N/A", "cell_error"),
        ("备注", float("nan"), "cell_error"),
        ("进场日期", 2026.1, "date_ambiguous"),
    ],
)
def test_what_a_cell_of_an_old_workbook_is_not_sure_to_say_is_refused(header: str, cell: Any, code: str) -> None:
    assert errors(old(*roster(person(1, **{header: cell})))) == [(2, header, code)]


def test_what_only_the_records_of_an_old_workbook_tell() -> None:
    assert old(*roster(person(1, 性别=Computed("男")))).ok
    hidden = old(*PEOPLE, [hidden_row(2)])
    assert [(issue.row, issue.code) for issue in hidden.warnings] == [(3, "hidden_row")]
    assert [issue.code for issue in old(*roster(person(1, 进场日期=44255)), is_1904=True).errors] == ["date_ambiguous"]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (xls({"花名册": PEOPLE}, more=record(0x002F, b"\0" * 6)), "encrypted"),
        (xls({"花名册": [PEOPLE[0], [*PEOPLE[1], number(1, 1, 7)]]}), "corrupt"),
        (xls({"花名册": [*PEOPLE, [number(5, 9_999, 1)]]}), "too_many_columns"),
        (xls({"花名册": [*PEOPLE, [Record(record(0x0203, b"\x05"))]]}), "corrupt"),
        (xls({"花名册": PEOPLE})[:3_000], "corrupt"),
        (ole("Workbook", b"PK\3\4" + b"x" * 100), "corrupt"),
        (ole("WordDocument", b"x"), "format"),
    ],
)
def test_an_old_workbook_that_is_not_sound_is_refused(data: bytes, code: str) -> None:
    assert [issue.code for issue in checked(data, "花名册.xls").errors] == [code]


@pytest.mark.parametrize("at", [0x1E, 0x2C, 0x30, 0x3C, 0x44, 0x4C, 512, 520])
@pytest.mark.parametrize("value", [b"\0\0\0\0", b"\1\0\0\0", b"\xff\xff\xff\x7f"])
def test_a_chain_that_leads_nowhere_or_round_in_circles_ends(at: int, value: bytes) -> None:
    data = xls({"花名册": PEOPLE})
    sheet = checked(data[:at] + value + data[at + 4 :], "花名册.xls")
    assert sheet.ok or [issue.code for issue in sheet.errors] in (["corrupt"], ["no_rows"])
