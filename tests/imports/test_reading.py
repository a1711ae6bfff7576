"""What the reader says of workbooks and text files that it does open."""

from datetime import date, datetime
from pathlib import Path

import pytest

from imports.reading.cells import CellError, Formula
from imports.reading.reader import UnreadableFile, read
from tests.imports.documents import ods
from tests.imports.workbooks import Markup, csv_text, person, relations, roster, xlsx

ROSTERS = Path(__file__).parents[1] / "data" / "rosters"
STYLES = (
    '<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><cellXfs count="2"><xf numFmtId="0"/>'
    '<xf numFmtId="14" applyNumberFormat="1"/></cellXfs></styleSheet>'
)


def rows_of(data: bytes, name: str = "a.xlsx") -> list[tuple[int, list]]:
    return read(data, name).sheets[0].rows


def test_cells_keep_their_kind() -> None:
    cells = [
        "文字",
        5,
        2.5,
        Markup('t="b"|<v>1</v>'),
        Markup('s="1"|<v>45352</v>'),
        Markup('s="1"|<v>45352.5</v>'),
        Markup("|<f>1+1</f>"),
        Markup("|<f>1+1</f><v>2</v>"),
        Markup('t="str"|<f>A1</f><v>文字</v>'),
        Markup('t="e"|<v>#REF!</v>'),
        "",
    ]
    [(number, read_cells)] = rows_of(xlsx({"表": [cells]}, parts=styled()))
    assert number == 1
    assert read_cells[:6] == ["文字", 5.0, 2.5, True, date(2024, 3, 1), datetime(2024, 3, 1, 12)]
    assert read_cells[6:] == [Formula(""), Formula(2.0), Formula("文字"), CellError("")]


def styled() -> dict[str, str]:
    return {"xl/styles.xml": STYLES, "xl/_rels/workbook.xml.rels": relations("worksheets/sheet1.xml", styles="styles.xml")}


def test_rows_and_columns_keep_their_places() -> None:
    data = xlsx({"表": [[], [], ["", "乙", "丙"], [], ["", "", "", "丁"]]})
    assert rows_of(data) == [(3, ["", "乙", "丙", ""]), (5, ["", "", "", "丁"])]


def test_markup_with_a_namespace_prefix_is_read_alike() -> None:
    rows = [["姓名"], [Markup("|<f>1</f>")], ["张三"]]
    assert rows_of(xlsx({"表": rows}, prefix="x")) == rows_of(xlsx({"表": rows}))


def test_a_value_merged_over_rows_is_given_to_each() -> None:
    rows = [["队", "名"], ["甲队", "一"], ["", "二"], ["", "三"], ["乙队", "四"], ["", "五"]]
    read_rows = rows_of(xlsx({"表": rows}, merges=["A2:A4"]))
    assert [cells[0] for _number, cells in read_rows] == ["队", "甲队", "甲队", "甲队", "乙队", ""]


def test_hidden_sheets_are_named_and_not_read() -> None:
    book = read(xlsx({"旧": [["x"]], "底": [["x"]], "新": [["x"]]}, states={"旧": "hidden", "底": "veryHidden"}), "a.xlsx")
    assert ([sheet.name for sheet in book.sheets], book.hidden_sheets) == (["新"], ["旧", "底"])


def test_hidden_rows_are_known() -> None:
    sheet = read((ROSTERS / "a21_hidden_sheets_rows_cols.xlsx").read_bytes(), "a.xlsx").sheets[0]
    assert sheet.hidden_rows == {5, 6}


def test_an_old_workbook_under_its_own_name_is_read() -> None:
    assert len(rows_of((ROSTERS / "a33_true_biff8.xls").read_bytes(), "名单.XLS")) == 5


def test_an_open_document_is_read_and_its_hidden_sheets_are_not() -> None:
    book = read(ods({"新": [["甲"]], "旧": [["乙"]]}, hidden=["旧"]), "a.ods")
    assert ([(sheet.name, sheet.rows) for sheet in book.sheets], book.hidden_sheets) == ([("新", [(1, ["甲"])])], ["旧"])


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_text_is_read_in_the_encodings_and_forms_that_offices_save(encoding: str, delimiter: str) -> None:
    text = csv_text(roster(person(姓名="王䶮")), delimiter)
    [(_first, header), (second, cells)] = rows_of(text.encode(encoding), "a.csv")
    assert (header[0], second, cells[1]) == ("序号", 2, "王䶮")


def test_a_csv_row_is_numbered_by_the_line_where_it_starts() -> None:
    text = '姓名,备注\r\n张三,"两\r\n行"\r\n\r\n李四,一行\r\n'
    assert rows_of(text.encode(), "a.csv") == [(1, ["姓名", "备注"]), (2, ["张三", "两\r\n行"]), (5, ["李四", "一行"])]


def test_a_number_kept_as_text_the_excel_way_is_unwrapped() -> None:
    assert rows_of('姓名,卡号\n张三,="6299990001"\n'.encode(), "a.csv")[1] == (2, ["张三", "6299990001"])


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"\xff\xfe\x00\xd8", "encoding"),
        (b"\x81\x20\xff\xff,a\n", "encoding"),
        ('姓名\n"张三\n'.encode(), "csv_structure"),
        ('姓名\n"张三"四\n'.encode(), "csv_structure"),
        (f"姓名\n{'长' * 100_001}\n".encode(), "csv_structure"),
        (("a" + "," * 600_000).encode(), "csv_structure"),
        (b"a,b\n" * 120_001, "too_many_rows"),
    ],
)
def test_text_that_cannot_be_read_for_certain_is_refused(data: bytes, code: str) -> None:
    with pytest.raises(UnreadableFile) as refused:
        read(data, "a.csv")
    assert refused.value.code == code
