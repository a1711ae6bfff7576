"""Open documents (.ods) made by hand, down to the markup."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from tests.imports.workbooks import Markup, zipped

TYPE = "application/vnd.oasis.opendocument.spreadsheet"
OASIS = "urn:oasis:names:tc:opendocument:xmlns"
CALC = "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"
HIDDEN = '<style:style style:name="hidden" style:family="table"><style:table-properties table:display="false"/></style:style>'


def ods(sheets: Mapping[str, Sequence[Sequence[Any]]], *, hidden: Iterable[str] = ()) -> bytes:
    """A document of sheets with rows of cells."""
    return document(*(table(name, rows, "hidden" if name in hidden else "") for name, rows in sheets.items()))


def document(*tables: str, parts: Mapping[str, str | bytes] | None = None, kind: str = TYPE) -> bytes:
    """Of tables as markup; `parts` adds members or replaces them."""
    spaces = " ".join(f'xmlns:{name}="{OASIS}:{name}:1.0"' for name in ("office", "table", "text", "style"))
    entry = f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/>'
    members: dict[str, str | bytes] = {
        "mimetype": kind,
        "META-INF/manifest.xml": f'<manifest:manifest xmlns:manifest="{OASIS}:manifest:1.0">{entry}</manifest:manifest>',
        "content.xml": (
            f'<office:document-content {spaces} xmlns:calcext="{CALC}">'
            f"<office:automatic-styles>{HIDDEN}</office:automatic-styles><office:body><office:spreadsheet>{''.join(tables)}"
            "</office:spreadsheet></office:body></office:document-content>"
        ),
    }
    return zipped(members | dict(parts or {}))


def table(name: str, rows: Iterable[Sequence[Any] | str], style: str = "") -> str:
    """`rows` as cells, or as markup."""
    body = "".join(each if isinstance(each, str) else row(each) for each in rows)
    return f'<table:table table:name={quoteattr(name)} table:style-name="{style}">{body}</table:table>'


def row(cells: Iterable[Any], attributes: str = "") -> str:
    return f"<table:table-row {attributes}>{''.join(map(cell, cells))}</table:table-row>"


def cell(value: Any) -> str:
    """Text as text, numbers as numbers; Markup stands as it is."""
    match value:
        case Markup():
            return str(value)
        case "" | None:
            return "<table:table-cell/>"
        case str():
            return f'<table:table-cell office:value-type="string"><text:p>{escape(value)}</text:p></table:table-cell>'
    return typed("float", str(value), str(value))


def typed(kind: str, value: str, shown: str, attributes: str = "") -> Markup:
    """A cell of a kind that has its value in an attribute: float, percentage, currency, date, time, boolean."""
    name = {"date": "date-value", "time": "time-value", "boolean": "boolean-value"}.get(kind, "value")
    value = f'office:value-type="{kind}" office:{name}="{value}" {attributes}'
    return Markup(f"<table:table-cell {value}><text:p>{shown}</text:p></table:table-cell>")
