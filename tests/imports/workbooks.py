"""Workbooks made by hand, down to the markup: what the writers of spreadsheet libraries would never let out."""

import zipfile
from collections.abc import Mapping, Sequence
from datetime import date
from io import BytesIO
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from imports.mapping import column_letter
from tests.factories.numbers import bank_card, id_number, person_name, phone

SPREADSHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
HEADERS = "序号 姓名 性别 民族 身份证号 手机号 工种 所属劳务队伍 作业工班 进场日期 退场日期 政治面貌 籍贯 银行卡号 备注".split()
AS_OF = date(2026, 1, 31)


def wide(text: str) -> str:
    """Digits, letters and signs in full width, as Chinese input methods type them."""
    return "".join(chr(ord(character) + 0xFEE0) if "!" <= character <= "~" else character for character in text)


class Markup(str):
    """A cell given as what stands between <c …> and </c>, with its attributes in front: `t="e"|<v>#REF!</v>`."""


def person(n: int = 1, **changes: Any) -> dict[str, Any]:
    """A valid row by header; keyword arguments replace cells."""
    row = {
        "序号": str(n),
        "姓名": person_name(n),
        "性别": "男" if n % 2 else "女",
        "民族": "汉族",
        "身份证号": id_number(n + 400),
        "手机号": phone(n),
        "工种": "钢筋工",
        "所属劳务队伍": "示例劳务队甲",
        "作业工班": "钢筋一班",
        "进场日期": "2025-03-01",
        "退场日期": "",
        "政治面貌": "群众",
        "籍贯": "湖南长沙",
        "银行卡号": bank_card(n),
        "备注": "",
    }
    return row | changes


def roster(*people: Mapping[str, Any], headers: Sequence[str] = HEADERS) -> list[list[Any]]:
    """Header row and one row a person."""
    return [list(headers), *([row.get(header, "") for header in headers] for row in people)]


def csv_text(rows: Sequence[Sequence[Any]], delimiter: str = ",") -> str:
    return "".join(delimiter.join(map(str, row)) + "\r\n" for row in rows)


def xlsx(
    sheets: Mapping[str, Sequence[Sequence[Any]]],
    *,
    states: Mapping[str, str] | None = None,
    merges: Sequence[str] = (),
    parts: Mapping[str, str | bytes] | None = None,
    prefix: str = "",
) -> bytes:
    """A workbook of `sheets`; `parts` adds members or replaces them, `merges` are of every sheet."""
    members: dict[str, str | bytes] = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"/>',
        "_rels/.rels": _relations([("officeDocument", "xl/workbook.xml")]),
        "xl/workbook.xml": _workbook(list(sheets), states or {}),
        "xl/_rels/workbook.xml.rels": relations(*(f"worksheets/sheet{number}.xml" for number in range(1, len(sheets) + 1))),
    }
    for number, rows in enumerate(sheets.values(), start=1):
        members[f"xl/worksheets/sheet{number}.xml"] = sheet_xml(rows, merges, prefix)
    return zipped(members | dict(parts or {}))


def zipped(members: Mapping[str, str | bytes]) -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def sheet_xml(rows: Sequence[Sequence[Any]], merges: Sequence[str] = (), prefix: str = "") -> str:
    body = "".join(_row(number, row) for number, row in enumerate(rows, start=1) if row)
    merged = "".join(f'<mergeCell ref="{reference}"/>' for reference in merges)
    text = f'<worksheet xmlns="{SPREADSHEET}"><sheetData>{body}</sheetData><mergeCells>{merged}</mergeCells></worksheet>'
    if prefix:
        text = text.replace("</", f"</{prefix}:").replace("<", f"<{prefix}:").replace(f"<{prefix}:/{prefix}:", f"</{prefix}:")
        text = text.replace("xmlns=", f"xmlns:{prefix}=")
    return text


def _row(number: int, cells: Sequence[Any]) -> str:
    return (
        f'<row r="{number}">'
        + "".join(_cell(f"{column_letter(index)}{number}", cell) for index, cell in enumerate(cells))
        + "</row>"
    )


def _cell(reference: str, cell: Any) -> str:
    match cell:
        case Markup():
            attributes, _, inside = cell.partition("|")
            return f'<c r="{reference}" {attributes}>{inside}</c>'
        case "" | None:
            return f'<c r="{reference}"/>'
        case str():
            return f'<c r="{reference}" t="inlineStr"><is><t xml:space="preserve">{escape(cell)}</t></is></c>'
    return f'<c r="{reference}"><v>{cell!r}</v></c>'


def _workbook(names: Sequence[str], states: Mapping[str, str]) -> str:
    sheets = "".join(
        f'<sheet name={quoteattr(name)} sheetId="{number}" state="{states.get(name, "visible")}" r:id="rId{number}"/>'
        for number, name in enumerate(names, start=1)
    )
    return f'<workbook xmlns="{SPREADSHEET}" xmlns:r="{RELATIONS}"><sheets>{sheets}</sheets></workbook>'


def relations(*sheets: str, styles: str = "") -> str:
    """The relations of a workbook: its sheets as rId1 and so on, then its styles."""
    kinds = [("worksheet", sheet) for sheet in sheets] + ([("styles", styles)] if styles else [])
    return _relations(kinds)


def _relations(kinds: Sequence[tuple[str, str]]) -> str:
    body = "".join(
        f'<Relationship Id="rId{number}" Type="{RELATIONS}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(kinds, start=1)
    )
    return f'<Relationships xmlns="{PACKAGE}/relationships">{body}</Relationships>'
