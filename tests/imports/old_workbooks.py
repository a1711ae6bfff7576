"""Workbooks of Excel 97-2003 (.xls, and .et of WPS), record by record."""

import struct
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

SECTOR = 512
END, FREE, TABLE = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
VISIBLE, HIDDEN = 0, 1


class Computed(str):
    """A formula that shows this text."""


class Record(bytes):
    """A cell as its record stands in the file."""


Sheets = Mapping[str, Sequence[Sequence[Any]]]


def xls(sheets: Sheets, *, hidden: Iterable[str] = (), is_1904: bool = False, more: bytes = b"") -> bytes:
    """A workbook of `sheets`; `more` records come before the list of sheets."""
    bodies = [_sheet(rows) for rows in sheets.values()]
    states = [HIDDEN if name in hidden else VISIBLE for name in sheets]
    size = len(_globals(sheets, states, [0] * len(bodies), is_1904, more))
    starts = [size + sum(map(len, bodies[:index])) for index in range(len(bodies))]
    return ole("Workbook", _globals(sheets, states, starts, is_1904, more) + b"".join(bodies))


def record(kind: int, content: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(content)) + content


def number(row: int, column: int, value: float, style: int = 0) -> Record:
    return Record(record(0x0203, struct.pack("<HHHd", row, column, style, value)))


def hidden_row(row: int) -> Record:
    return Record(record(0x0208, struct.pack("<HHHHHHHH", row, 0, 16, 255, 0, 0, 0x20, 0)))


def _begin(kind: int) -> bytes:
    return record(0x0809, struct.pack("<HHHHII", 0x0600, kind, 0, 1997, 0, 6))


def _text(text: str, size: str = "<H") -> bytes:
    encoded = text.encode("utf-16-le")
    return struct.pack(size, len(encoded) // 2) + b"\x01" + encoded


def _globals(names: Iterable[str], states: Sequence[int], starts: Sequence[int], is_1904: bool, more: bytes) -> bytes:
    styles = b"".join(record(0x00E0, struct.pack("<HHHBBBBIIH", 0, form, 0, 0, 0, 0, 0, 0, 0, 0)) for form in (0, 14))
    sheets = (
        record(0x0085, struct.pack("<IBB", start, state, 0) + _text(name, "<B"))
        for name, state, start in zip(names, states, starts, strict=True)
    )
    calendar = record(0x0022, struct.pack("<H", is_1904))
    return _begin(0x05) + record(0x0042, b"\xb0\x04") + calendar + more + styles + b"".join(sheets) + record(0x000A)


def _sheet(rows: Sequence[Sequence[Any]]) -> bytes:
    size = struct.pack("<IIHHH", 0, len(rows), 0, max(map(len, rows), default=0), 0)
    cells = (_cell(index, column, value) for index, row in enumerate(rows) for column, value in enumerate(row))
    return _begin(0x10) + record(0x0200, size) + b"".join(cells) + record(0x000A)


def _cell(row: int, column: int, value: Any) -> bytes:
    at = struct.pack("<HHH", row, column, 0)
    match value:
        case Record():
            return value
        case Computed():
            return record(0x0006, at + b"\0\0\0\0\0\0\xff\xff" + b"\0" * 8) + record(0x0207, _text(value))
        case "":
            return record(0x0201, at)
        case "#N/A":
            return record(0x0205, at + b"\x2a\x01")
        case str():
            return record(0x0204, at + _text(value))
        case date():
            return number(row, column, (value - date(1899, 12, 30)).days, style=1)
    return number(row, column, value)


def ole(name: str, stream: bytes) -> bytes:
    """A compound file with one stream, at most 6 MB long."""
    stream = stream.ljust(max(4096, -(-len(stream) // SECTOR) * SECTOR), b"\0")
    count = len(stream) // SECTOR
    tables = next(number for number in range(1, 110) if number * 128 >= count + 1 + number)
    chain = [*range(tables + 2, tables + 1 + count), END]
    table = [TABLE] * tables + [END] + chain
    table += [FREE] * (tables * 128 - len(table))
    places = [*range(tables), *[FREE] * (109 - tables)]
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16 + struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    header += struct.pack("<9I", 0, tables, tables, 0, 4096, END, 0, END, 0) + struct.pack("<109I", *places)
    directory = (
        _entry("Root Entry", 5, 1, END, 0) + _entry(name, 2, FREE, tables + 1, len(stream)) + _entry("", 0, FREE, 0, 0) * 2
    )
    return header + struct.pack(f"<{len(table)}I", *table) + directory + stream


def _entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
    written = name.encode("utf-16-le") + b"\0\0" if name else b""
    return written.ljust(64, b"\0") + struct.pack("<HBBIII16xI16xIQ", len(written), kind, 1, FREE, FREE, child, 0, start, size)
