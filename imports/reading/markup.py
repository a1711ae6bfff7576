"""What the fast reader does not tell of a sheet in .xlsx: hidden rows, formulas, error cells, and how far its contents reach.

Streams the sheet row by row without building a tree. It need not understand the document (the reader does that); what it misses
in odd markup is caught by the limits of the process.
"""

import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from xml.etree import ElementTree

from imports.reading import limits
from imports.reading.faults import Unreadable

CHUNK = 1 << 20
EXCEL_ROWS = 1_048_576
CLOSING_ROW = re.compile(rb"</((?:\w+:)?)row\s*>")
ROW_NUMBER = re.compile(rb"\br=[\"'](\d+)[\"']")
HIDDEN = re.compile(rb"\bhidden=[\"'](?:1|true)[\"']")
REFERENCE = re.compile(rb"\br=[\"']([A-Z]+)\d+[\"']")
ERROR_TYPE = re.compile(rb"\bt=[\"']e[\"']")


def column_index(letters: str) -> int:
    """ "A" → 0, "AA" → 26."""
    index = 0
    for letter in letters:
        index = index * 26 + ord(letter) - 64
    return index - 1


@dataclass(slots=True)
class Markup:
    """Rows are Excel's numbers, columns count from 0."""

    hidden_rows: set[int] = field(default_factory=set)
    formulas: dict[int, list[int]] = field(default_factory=dict)
    errors: dict[int, list[int]] = field(default_factory=dict)


def chunks_of(archive: zipfile.ZipFile, name: str) -> Iterator[bytes]:
    """A part, inflated a mebibyte at a time."""
    with archive.open(name) as stream:
        while chunk := stream.read(CHUNK):
            yield chunk


def markups(data: bytes, scans: "Mapping[str, SheetScan]", names: Sequence[str]) -> list[Markup]:
    """What is to be known of the sheets called `names`; raises Unreadable where one reaches too far down.

    A sheet may lie anywhere in the archive; one that was not passed on the way is looked through now.
    """
    with zipfile.ZipFile(BytesIO(data)) as archive:
        parts = _sheet_parts(archive)
        return [
            (scans.get(parts[name]) or _scanned(archive, parts[name])).markup() if parts.get(name) else Markup() for name in names
        ]


def _scanned(archive: zipfile.ZipFile, part: str) -> "SheetScan":
    scan = SheetScan()
    for chunk in chunks_of(archive, part):
        scan.feed(chunk)
    return scan


def _sheet_parts(archive: zipfile.ZipFile) -> dict[str, str]:
    """Sheet name → its part in the archive."""
    names = {name.lower(): name for name in archive.namelist()}
    targets = {}
    for relation in _tree(archive, names.get("xl/_rels/workbook.xml.rels", "")):
        target = relation.get("Target", "").lstrip("/").removeprefix("xl/")
        targets[relation.get("Id", "")] = names.get(f"xl/{target}".lower(), "")
    parts = {}
    for element in _tree(archive, names["xl/workbook.xml"]).iter():
        if element.tag.endswith("}sheet"):
            relation_id = next((value for key, value in element.attrib.items() if key.endswith("}id")), "")
            parts[element.get("name", "")] = targets.get(relation_id, "")
    return parts


def _tree(archive: zipfile.ZipFile, name: str) -> ElementTree.Element:
    if not name or archive.getinfo(name).file_size > limits.MAX_PART_IN_MEMORY:
        raise Unreadable("corrupt")
    try:
        return ElementTree.fromstring(archive.read(name))  # noqa: S314  the guard has refused document types: nothing expands
    except ElementTree.ParseError as error:
        raise Unreadable("corrupt") from error


class SheetScan:
    """Takes a sheet in chunks and cuts it into stretches of whole rows. What it finds wrong waits until the sheet is asked for."""

    def __init__(self) -> None:
        self._carry = b""
        self._rows: _Rows | None = None
        self._is_over = False
        self._fault: Unreadable | None = None

    def markup(self) -> Markup:
        """Raises Unreadable where there is content further down than a sheet may reach."""
        if self._fault:
            raise self._fault
        return self._rows.markup if self._rows else Markup()

    def feed(self, chunk: bytes) -> None:
        if self._is_over:
            return
        try:
            self._take(self._carry + chunk)
        except Unreadable as fault:
            self._fault, self._is_over = fault, True

    def _take(self, content: bytes) -> None:
        if self._rows is None and (found := CLOSING_ROW.search(content)):
            self._rows = _Rows(found[0])
        if self._rows:
            window, _, content = content.rpartition(self._rows.closing)
            if window:
                self._rows.feed(window)
            self._is_over = b"sheetData>" in content
        if len(content) > limits.MAX_PART_IN_MEMORY:
            raise Unreadable("bomb")
        self._carry = b"" if self._is_over else content


class _Rows:
    """One pass over a sheet. SpreadsheetML may carry a namespace prefix on every tag, which its closing row tag gives away."""

    def __init__(self, closing: bytes) -> None:
        prefix = closing[2:].rpartition(b"row")[0]
        name = re.escape(prefix)
        self.closing = closing
        self.row_tag, self.formula_tag = b"<" + prefix + b"row", b"<" + prefix + b"f"
        self.row = re.compile(rb"<" + name + rb"row\b([^>]*)>")
        self.value = re.compile(rb"<" + name + rb"(?:v|is|f)[\s>/]")
        self.cell = re.compile(rb"<" + name + rb"c\b([^>]*)>(\s*<" + name + rb"(?:v|is|f)[\s>/])?")
        self.odd = (self.formula_tag, b"hidden", b't="e"', b"t='e'")
        self.markup, self.number = Markup(), 0

    def feed(self, window: bytes) -> None:
        last = self._last_number(window)
        if last > limits.MAX_ROWS or any(mark in window for mark in self.odd):
            for block in window.split(self.closing):
                self._read_row(block)
        else:  # nothing to note in a thousand rows: the usual case, ten times as fast
            self.number = last

    def _last_number(self, window: bytes) -> int:
        tag = self.row.match(window, max(window.rfind(self.row_tag), 0))
        given = ROW_NUMBER.search(tag[1]) if tag else None
        return int(given[1]) if given else self.number + window.count(self.row_tag)

    def _read_row(self, block: bytes) -> None:
        attributes = b""
        for attributes in self.row.findall(block):  # several where empty rows stand before this one: <row r="5"/>
            given = ROW_NUMBER.search(attributes)
            self.number = int(given[1]) if given else self.number + 1
        is_filled = self.value.search(block) is not None
        if self.number > EXCEL_ROWS or (is_filled and self.number > limits.MAX_ROWS):
            raise Unreadable("too_many_rows", row=self.number, limit=limits.MAX_ROWS)
        if is_filled and HIDDEN.search(attributes):
            self.markup.hidden_rows.add(self.number)
        if is_filled and any(mark in block for mark in self.odd):
            self._note_cells(block)

    def _note_cells(self, block: bytes) -> None:
        index = -1
        for cell in self.cell.finditer(block):
            reference = REFERENCE.search(cell[1])
            index = column_index(reference[1].decode()) if reference else index + 1
            if cell[2] and cell[2].lstrip().startswith(self.formula_tag):
                self.markup.formulas.setdefault(self.number, []).append(index)
            elif cell[2] and ERROR_TYPE.search(cell[1]):
                self.markup.errors.setdefault(self.number, []).append(index)
