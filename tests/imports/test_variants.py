"""Workbooks as other programs, and other attackers, write them: the right rows, or a clear refusal. Nothing in between."""

import re
from datetime import date
from typing import Any

import pytest

from imports.checking import CheckedSheet, check
from labour_teams.roster import ROSTER
from tests.imports.workbooks import (
    AS_OF,
    PACKAGE,
    RELATIONS,
    SPREADSHEET,
    Markup,
    person,
    relations,
    roster,
    sheet_xml,
    xlsx,
)  # fmt: skip

pytestmark = [pytest.mark.usefixtures("in_this_process"), pytest.mark.sqlite_only]

PEOPLE = roster(person(1), person(2), person(3))
SHEET = sheet_xml(PEOPLE)
ROWS = re.findall(r"<row .*?</row>", SHEET)
HEADER, *REST = ROWS
CELLS = re.findall(r"<c [^>]*(?:/>|>.*?</c>)", ROWS[1])


def with_sheet(markup: str, **parts: str | bytes) -> bytes:
    return xlsx({"花名册": []}, parts={"xl/worksheets/sheet1.xml": markup, **parts})


def checked(data: bytes) -> CheckedSheet:
    return check(data, "花名册.xlsx", ROSTER, AS_OF)


def values(sheet: CheckedSheet) -> list[dict[str, Any]]:
    assert [issue.message for issue in sheet.errors] == []
    return [row.values for row in sheet.rows]


def codes(sheet: CheckedSheet) -> list[str]:
    return [issue.code for issue in sheet.errors]


def rearranged(*rows: str) -> str:
    return SHEET.replace("".join(ROWS), "".join(rows))


def without_references(markup: str, *tags: str) -> str:
    for tag in tags:
        markup = re.sub(rf'<{tag} r="[^"]*"', f"<{tag}", markup)
    return markup


@pytest.mark.parametrize(
    "markup",
    [
        SHEET.replace(SPREADSHEET, "http://purl.oclc.org/ooxml/spreadsheetml/main"),
        SHEET.replace("<sheetData>", '<dimension ref="A1"/><sheetData>'),
        SHEET.replace("<sheetData>", '<dimension ref="A1:XFD1048576"/><sheetData>'),
        without_references(SHEET, "c"),
        without_references(SHEET, "row"),
        without_references(SHEET, "c", "row"),
        rearranged(HEADER, *reversed(REST)),
        rearranged(*reversed(ROWS)),
        SHEET.replace(ROWS[1], f'<row r="2">{"".join(reversed(CELLS))}</row>'),
        SHEET.replace('<row r="3"', '<row r="7"'),  # the cells know better
        SHEET.replace('<row r="3"', '<row r="2"/><row/><row r="3"'),
        re.sub(r'<c r="([A-Z]+)', lambda found: f'<c r="{found[1].lower()}', SHEET),
        re.sub(r'<c r="(\w+)" t="inlineStr"', r'<c t="inlineStr" s="0" r="\1"', SHEET),
        SHEET.replace('"', "'"),
        SHEET.replace("><", ">\n  <"),
        SHEET.replace("<row ", "<!-- a row --><row "),
        SHEET.replace(">钢筋工<", "><![CDATA[钢筋工]]><"),
        SHEET.replace("钢筋工", "&#38050;&#x7b4b;工"),
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?><?mso-application progid="Excel.Sheet"?>\r\n' + SHEET,
        SHEET.replace("<sheetData>", f'<sheetData x="{"a" * 1_000_000}">'),
        SHEET.replace("</sheetData>", "</sheetData>" + "<a>" * 100_000 + "</a>" * 100_000),
        SHEET.replace("<worksheet ", "<worksheet " + " ".join(f'xmlns:n{n}="urn:{n}"' for n in range(20_000)) + " "),
        SHEET.replace("</sheetData>", '<row r="1048576" s="1" hidden="1"><c r="XFD1048576" s="1"/></row></sheetData>'),
        SHEET.replace("<sheetData>", '<cols><col min="1" max="16384" style="1"/></cols><sheetData>'),
    ],
)
def test_the_same_rows_come_out_of_every_way_to_write_them(markup: str) -> None:
    sheet = checked(with_sheet(markup))
    assert (values(sheet), [row.number for row in sheet.rows]) == (values(checked(with_sheet(SHEET))), [2, 3, 4])


@pytest.mark.parametrize(
    ("markup", "code"),
    [
        (SHEET.replace(ROWS[2], re.sub(r'([A-Z])3"', r'\g<1>2"', ROWS[2]).replace('row r="3"', 'row r="2"')), "corrupt"),
        (SHEET.replace("</c></row>", '</c><c r="B3" t="inlineStr"><is><t>某</t></is></c></row>', 2), "corrupt"),
        (SHEET.replace("<sheetData>", '<dimension ref="ZZZZ9:-4"/><sheetData>'), "corrupt"),
        (SHEET.replace('<row r="3"', '<row r="-3"'), "corrupt"),
        (SHEET.replace('<row r="3"', '<row r="0"'), "corrupt"),
        (SHEET.replace('<c r="A2"', '<c r="A0"'), "corrupt"),
        (SHEET.replace('<c r="A2"', '<c r="A-2"'), "corrupt"),
        (SHEET.replace('<c r="A2"', '<c r="$A$2"'), "corrupt"),
        (SHEET.replace('<c r="A2"', '<c r=""'), "corrupt"),
        (SHEET.replace('<c r="A2"', '<c r="ZZZZ9"'), "too_many_columns"),
        (SHEET.replace("<row ", '<!-- <row r="99"><c r="A99"><v>1</v></c></row> --><row '), "corrupt"),
        (SHEET.replace('<c r="A2" ', '<c r="Z2" t="unheard-of"><v>1</v></c><c r="A2" '), "corrupt"),
        (SHEET.replace('<c r="A2" ', '<c r="Z2" t="n"><v>one</v></c><c r="A2" '), "corrupt"),
        (SHEET.replace("钢筋工", "&undefined;"), "corrupt"),
        (SHEET.replace("钢筋工", "&#0;"), "corrupt"),
        (SHEET.replace("钢筋工", "&#xD800;"), "corrupt"),
        (SHEET.replace("钢筋工", "长" * 1_400_000), "bomb"),
        (SHEET[: len(SHEET) // 2], "corrupt"),
        (SHEET.replace("</c>", "", 1), "corrupt"),
        (f'<?xml version="1.0" encoding="UTF-7"?>{SHEET}', "declarations"),
        (f'<?xml version="1.0" encoding="GBK"?>{SHEET}', "declarations"),
    ],
)
def test_what_could_be_read_in_two_ways_or_none_is_refused(markup: str, code: str) -> None:
    sheet = checked(with_sheet(markup))
    assert (codes(sheet), sheet.rows) == ([code], [])


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-32", "utf-32-le", "utf-32-be"])
def test_markup_in_which_declarations_could_hide_is_refused(encoding: str) -> None:
    assert codes(checked(xlsx({"花名册": []}, parts={"xl/worksheets/sheet1.xml": SHEET.encode(encoding)}))) == ["declarations"]


def test_bytes_that_are_no_text_are_refused() -> None:
    broken = SHEET.encode().replace("钢筋工".encode(), b"\xff\xfe\xfa")
    assert codes(checked(xlsx({"花名册": []}, parts={"xl/worksheets/sheet1.xml": broken}))) == ["corrupt"]


# The book and its parts


def book(**attributes: str) -> str:
    given = " ".join(f'{name}="{value}"' for name, value in attributes.items())
    sheets = '<sheets><sheet name="花名册" sheetId="1" r:id="rId1"/></sheets>'
    return f'<workbook xmlns="{SPREADSHEET}" xmlns:r="{RELATIONS}"><workbookPr {given}/>{sheets}</workbook>'


def target(reference: str) -> str:
    return relations("worksheets/sheet1.xml").replace("worksheets/sheet1.xml", reference)


FORMULA = [PEOPLE[0], [*PEOPLE[1][:4], Markup(f't="str"|<f>A1</f><v>{PEOPLE[1][4]}</v>'), *PEOPLE[1][5:]]]


@pytest.mark.parametrize(
    ("part", "reference"),
    [
        ("xl/worksheets/sheet1.xml", "worksheets/sheet1.xml"),
        ("xl/worksheets/sheet1.xml", "/xl/worksheets/sheet1.xml"),
        ("xl/somewhere.xml", "somewhere.xml"),
        ("xl/deep/er/sheet.xml", "deep/er/sheet.xml"),
        ("else/where.xml", "/else/where.xml"),
    ],
)
def test_a_sheet_is_looked_through_wherever_it_lies(part: str, reference: str) -> None:
    parts = {"xl/_rels/workbook.xml.rels": target(reference), part: sheet_xml(FORMULA)}
    assert codes(checked(xlsx({}, parts={"xl/workbook.xml": book(), **parts}))) == ["formula"]


@pytest.mark.parametrize(
    "parts",
    [
        {"xl/_rels/workbook.xml.rels": target("http://127.0.0.1:9/sheet.xml")},
        {"xl/_rels/workbook.xml.rels": target("worksheets/none.xml")},
        {"xl/_rels/workbook.xml.rels": target("x").replace("</", f'<Relationship Id="rId1" Type="{RELATIONS}/w" Target="y"/></')},
        {"xl/workbook.xml": book().replace("</sheets>", '<sheet name="花名册" sheetId="2" r:id="rId2"/></sheets>')},
        {"_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships"/>', "xl/workbook.xml": "<workbook/>"},
        {"xl/sharedStrings.xml": "<sst", "xl/worksheets/sheet1.xml": SHEET.replace('t="inlineStr"', 't="s"')},
    ],
)
def test_a_book_whose_parts_do_not_fit_together_is_refused(parts: dict[str, str]) -> None:
    assert codes(checked(xlsx({"花名册": PEOPLE}, parts=parts))) in (["corrupt"], ["no_rows"])


# Shared strings


def shared(strings: str, index: str = "0") -> bytes:
    """People whose trade is a shared string."""
    cells = roster(*(person(n, 工种=Markup(f't="s"|<v>{index}</v>')) for n in (1, 2, 3)))
    table = f'<Relationship Id="rId9" Type="{RELATIONS}/sharedStrings" Target="sharedStrings.xml"/></Relationships>'
    related = relations("worksheets/sheet1.xml").replace("</Relationships>", table)
    return xlsx({"花名册": cells}, parts={"xl/sharedStrings.xml": strings, "xl/_rels/workbook.xml.rels": related})


def strings(*items: str, count: int = 1) -> str:
    return f'<sst xmlns="{SPREADSHEET}" count="{count}" uniqueCount="{count}">{"".join(items)}</sst>'


RUNS = "<r><rPr><b/><sz val='11'/></rPr><t>钢</t></r><r><t>筋工</t></r>"
RICH = f"<si>{RUNS}<rPh sb='0' eb='2'><t>gāng</t></rPh><phoneticPr fontId='1'/></si>"


@pytest.mark.parametrize(
    ("content", "trade"),
    [
        (strings("<si><t>钢筋工</t></si>"), "钢筋工"),
        (strings("<si><t>钢筋工</t></si>", count=-5), "钢筋工"),
        (strings("<si><t>钢筋工</t></si>", count=10**30), "钢筋工"),
        (strings(RICH), "钢筋工"),
        (strings("<si><t>钢_x000D_\n筋工</t></si>"), "钢 筋工"),
        (strings('<si><t xml:space="preserve">  钢筋工 </t></si>'), "钢筋工"),
        (strings("<si/>"), None),
    ],
)
def test_a_shared_string_is_what_it_shows(content: str, trade: str | None) -> None:
    assert {row["trade"] for row in values(checked(shared(content)))} == {trade}


@pytest.mark.parametrize(
    ("content", "index", "code"),
    [
        (strings("<si><t>x</t></si>"), "7", "corrupt"),
        (strings("<si><t>&lol;</t></si>"), "0", "corrupt"),
        ('<!DOCTYPE sst [<!ENTITY lol "lol">]>' + strings("<si><t>&lol;</t></si>"), "0", "declarations"),
        (strings("<si><t>钢\x00筋</t></si>"), "0", "control_char"),
    ],
)
def test_a_shared_string_that_is_none_is_refused(content: str, index: str, code: str) -> None:
    assert set(codes(checked(shared(content, index)))) == {code}


# Numbers that are days


def dated(style: int, value: str, formats: str = "", **attributes: str) -> CheckedSheet:
    """One person whose day of entry is a number in a style."""
    rows = roster(person(1, 进场日期=Markup(f's="1"|<v>{value}</v>')))
    own = f"<numFmts><numFmt numFmtId='164' formatCode='{formats}'/></numFmts>"
    cells = f"<cellXfs><xf numFmtId='0'/><xf numFmtId='{style}' applyNumberFormat='1'/></cellXfs>"
    styles = f'<styleSheet xmlns="{SPREADSHEET}">{own}{cells}</styleSheet>'
    related = relations("worksheets/sheet1.xml", styles="styles.xml")
    parts = {"xl/styles.xml": styles, "xl/_rels/workbook.xml.rels": related, "xl/workbook.xml": book(**attributes)}
    return checked(xlsx({"花名册": rows}, parts=parts))


@pytest.mark.parametrize(
    ("style", "formats"),
    [
        *((style, "") for style in (0, 1, 9, 14, 15, 22, 31, 49, 58)),
        *(
            (164, each)
            for each in (
                r"yyyy\-mm\-dd", "yyyy/m/d;@", "[$-804]yyyy年m月d日", 'yyyy"年"m"月"d"日";@', "yyyymmdd", "e/m/d", "0.00%", "@",
                "[DBNum1][$-804]yyyy年m月d日", r"[$-F800]dddd\, mmmm dd\, yyyy", 'General"天"', "[Red]0", '"day"0',
            )
        ),
    ],
)  # fmt: skip
def test_a_day_is_the_same_however_it_is_shown(style: int, formats: str) -> None:
    assert values(dated(style, "45717", formats))[0]["entered_on"] == date(2025, 3, 1)


@pytest.mark.parametrize(
    ("style", "formats"),
    [(17, ""), (57, ""), (164, 'yyyy"年"m"月"'), (164, "yyyy.m"), (164, "[$-804]yyyy年m月;@"), (164, "mmm-yy")],
)
def test_a_month_that_was_typed_is_no_day_though_the_file_has_the_first(style: int, formats: str) -> None:
    assert codes(dated(style, "45717", formats)) == ["date_month"]
    assert values(dated(style, "45718", formats))[0]["entered_on"] == date(2025, 3, 2)


@pytest.mark.parametrize(
    ("style", "value", "code"),
    [
        (0, "2026.1", "date_ambiguous"),
        (46, "45717", "date"),
        (14, "-5", "date"),
        (14, "0", "date"),
        (14, "60", "date_range"),
        (14, "3000000", "date"),
        (14, "1e300", "date"),
        (0, "NaN", "cell_error"),
        (0, "1e999", "cell_error"),
        (10, "20.25", "date"),
    ],
)
def test_a_number_that_is_no_day_for_certain_is_refused(style: int, value: str, code: str) -> None:
    assert codes(dated(style, value)) == [code]


@pytest.mark.parametrize("is_1904", ["1", "true", "0"])
def test_days_are_counted_from_where_the_workbook_counts_them(is_1904: str) -> None:
    serial = 45717 - 1462 * (is_1904 != "0")
    assert values(dated(14, str(serial), date1904=is_1904))[0]["entered_on"] == date(2025, 3, 1)
    bare = dated(0, str(serial), date1904=is_1904)
    assert codes(bare) == ([] if is_1904 == "0" else ["date_ambiguous"])


@pytest.mark.parametrize(
    ("header", "cell", "code"),
    [
        ("身份证号", "|<v>430000198001019972</v>", "precision_lost"),
        ("身份证号", "|<v>4.30000198001019E17</v>", "precision_lost"),
        ("身份证号", "|<v>1e999</v>", "cell_kind"),
        ("身份证号", 't="b"|<v>1</v>', "cell_kind"),
        ("银行卡号", "|<v>6299998000000000014</v>", "precision_lost"),
        ("手机号", "|<v>15400000001.5</v>", "phone"),
        ("手机号", "|<v>-15400000001</v>", "cell_kind"),
        ("手机号", 't="e"|<v>#N/A</v>', "cell_kind"),
        ("姓名", "|<v>123</v>", "name_chars"),
        ("姓名", 't="b"|<v>1</v>', "cell_kind"),
        ("性别", 't="e"|<v>#N/A</v>', "cell_error"),
    ],
)
def test_a_cell_of_the_wrong_kind_is_an_error_of_its_row(header: str, cell: str, code: str) -> None:
    sheet = checked(xlsx({"花名册": roster(person(1, **{header: Markup(cell)}))}))
    assert [(issue.row, issue.column, issue.code) for issue in sheet.errors] == [(2, header, code)]
