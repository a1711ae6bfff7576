"""Text files: encodings, delimiters and the odd things that other programs write into them."""

import codecs

import pytest

from imports.checking import CheckedSheet, check
from labour_teams.roster import ROSTER
from tests.imports.workbooks import AS_OF, csv_text, person, roster

pytestmark = [pytest.mark.usefixtures("in_this_process"), pytest.mark.sqlite_only]

TEXT = csv_text(roster(person(1), person(2, 姓名="王䶮"), person(3)))
NUMBER = person(1)["身份证号"]


def checked(content: str | bytes, name: str = "花名册.csv") -> CheckedSheet:
    return check(content.encode() if isinstance(content, str) else content, name, ROSTER, AS_OF)


def codes(sheet: CheckedSheet) -> set[str]:
    return {issue.code for issue in sheet.errors}


@pytest.mark.parametrize(
    "content",
    [
        *(TEXT.encode(name) for name in ("utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be")),
        codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"),
        codecs.BOM_UTF8 + TEXT.encode("utf-8-sig"),
        TEXT.replace(",", "\t").encode("utf-16"),
        *(TEXT.replace(",", delimiter).encode() for delimiter in "\t;|"),
        *(TEXT.replace("\r\n", end).encode() for end in ("\n", "\r", "\r\n,,,,\r\n", "\r\n\r\n", ",,,,\r\n")),
        TEXT.strip().encode(),
        TEXT.encode() + b"\x1a",
        ("sep=,\r\n" + TEXT).encode(),
        ("示例项目部花名册\r\n填报单位：某，日期：某\r\n" + TEXT).encode(),
        (TEXT + ",,,,,,,,,,,,,,\r\n" * 50).encode(),
        TEXT.replace("身份证号", '"身份证号\r\n(18位)"').encode(),
        TEXT.replace(NUMBER, f"\t'{NUMBER}").encode(),
        TEXT.replace(NUMBER, f'="{NUMBER}"').encode(),
        TEXT.replace(NUMBER, f'"=""{NUMBER}"""').encode(),
        "\r\n".join(",".join(f'"{cell}"' for cell in line.split(",")) for line in TEXT.strip().split("\r\n")).encode(),
    ],
)
def test_the_same_people_come_out_of_every_way_to_save_them(content: bytes) -> None:
    sheet, plain = checked(content), checked(TEXT)
    assert [issue.message for issue in sheet.errors] == []
    assert [row.values for row in sheet.rows] == [row.values for row in plain.rows]
    assert [row.values["name"] for row in sheet.rows] == [person(1)["姓名"], "王䶮", person(3)["姓名"]]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (TEXT.encode("utf-32"), "encoding"),
        (TEXT.encode("utf-16") + b"x", "encoding"),
        (TEXT.encode("gb18030")[:-3] + b"\x81", "encoding"),
        (TEXT.encode().replace("钢筋工".encode(), b"\xe9\x92", 1), "encoding"),
        (TEXT.replace("䶮", "龙").encode("big5", "replace"), "no_header"),
        (TEXT.replace(",", "，").encode(), "no_header"),
        (TEXT.replace(NUMBER, "4.30E+17").encode(), "scientific"),
        (TEXT.replace(NUMBER, NUMBER[:15] + "000").encode(), "id_check"),
        (TEXT.replace("钢筋工", "钢\x00筋").encode(), "control_char"),
        (TEXT.replace("钢筋工", "钢\x0c筋").encode(), "control_char"),
        (TEXT.replace("钢筋工", "钢\x85筋").encode(), "control_char"),
        (b"a," * 300_000, "csv_structure"),
        (b"\0" * 10_000, "empty_file"),
        (b'[{"name": "x"}]', "no_header"),
        (b"ID;PWXL;N;E\r\nC;Y1;X1;K1\r\n", "no_header"),
    ],
)
def test_what_cannot_be_known_for_certain_is_refused(content: bytes, code: str) -> None:
    assert codes(checked(content)) == {code}


@pytest.mark.parametrize(
    ("content", "name", "code"),
    [
        (TEXT.encode(), "花名册.xlsx", "format"),
        (TEXT.encode(), "花名册.xls", "format"),
        (b"ID;PWXL;N;E\r\n", "花名册.slk", "format"),
        (b"TABLE\r\n0,1\r\n", "花名册.dif", "format"),
        (b"MIME-Version: 1.0\r\nContent-Type: multipart/related\r\n", "花名册.xls", "format"),
        (b"{\\rtf1}", "花名册.xls", "format"),
        (b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook/>', "花名册.xls", "web_page"),
    ],
)
def test_what_only_looks_like_a_table_is_refused_by_what_it_is(content: bytes, name: str, code: str) -> None:
    assert codes(checked(content, name)) == {code}


def test_a_line_break_of_another_script_is_a_blank() -> None:
    assert {row.values["trade"] for row in checked(TEXT.replace("钢筋工", "钢\u2028筋工")).rows} == {"钢 筋工"}
