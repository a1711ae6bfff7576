"""What the fast reader does not tell of sheets in .ods: formulas, error cells, hidden rows, merged cells.

Most documents have none of them, and the guard has seen that on its way; only then are the sheets walked through here.
"""

import re
import zipfile
from collections.abc import Sequence
from io import BytesIO
from typing import Any
from xml.parsers import expat

from imports.reading import limits
from imports.reading.faults import Unreadable
from imports.reading.markup import CHUNK, Markup

CONTENT = "content.xml"
MARKS = re.compile(rb":formula=|-spanned=|:visibility=|value-type=[\"']error|:null-date")
LONGEST_MARK = 32
TABLE = "urn:oasis:names:tc:opendocument:xmlns:table:1.0 "
EXTENSION = "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0 "
CELLS = (TABLE + "table-cell", TABLE + "covered-table-cell")
EXCELS_ZERO = "1899-12-30"
MOST_NOTED = 1_000_000  # cells of one document; a repeated row counts as often as it is repeated


class DocumentScan:
    """Takes the document in chunks and remembers whether anything in it must be looked at."""

    def __init__(self) -> None:
        self.is_marked = False
        self._tail = b""

    def feed(self, chunk: bytes) -> None:
        self.is_marked = self.is_marked or MARKS.search(self._tail + chunk) is not None
        self._tail = chunk[-LONGEST_MARK:]


class Tables:
    """Walks through the sheets of a document, counting rows and columns as they are repeated."""

    def __init__(self, data: bytes, names: Sequence[str]) -> None:
        """`names` are those of the sheets to be looked at."""
        self.markups = {name: Markup() for name in names}
        self.is_1904 = False
        self._current: Markup | None = None
        self._depth = self._noted = 0
        self._rows = self._columns = range(0)
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.StartElementHandler, parser.EndElementHandler = self._start, self._end
        try:
            with zipfile.ZipFile(BytesIO(data)) as archive, archive.open(CONTENT) as content:
                while chunk := content.read(CHUNK):
                    parser.Parse(chunk)
                parser.Parse(b"", True)
        except (expat.ExpatError, ValueError) as error:
            raise Unreadable("corrupt") from error

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == TABLE + "table":
            self._depth += 1
            if self._depth == 1:
                self._current = self.markups.get(attributes.get(TABLE + "name", ""))
                self._rows = range(0)
        elif tag == TABLE + "null-date":
            self.is_1904 = attributes.get(TABLE + "date-value", EXCELS_ZERO) != EXCELS_ZERO
        elif self._current is not None and self._depth == 1:
            if tag == TABLE + "table-row":
                self._start_row(self._current, attributes)
            elif tag in CELLS:
                self._start_cell(self._current, attributes)

    def _end(self, tag: str) -> None:
        if tag == TABLE + "table":
            self._depth -= 1
            if self._depth == 0:
                self._current = None

    def _start_row(self, sheet: Markup, attributes: dict[str, str]) -> None:
        first = self._rows.stop or 1
        self._rows, self._columns = range(first, first + int(attributes.get(TABLE + "number-rows-repeated", 1))), range(0)
        if attributes.get(TABLE + "visibility", "visible") != "visible":
            sheet.hidden_rows.update(self._rows[: limits.MAX_ROWS])

    def _start_cell(self, sheet: Markup, attributes: dict[str, str]) -> None:
        first = self._columns.stop
        self._columns = range(first, first + int(attributes.get(TABLE + "number-columns-repeated", 1)))
        down, across = (int(attributes.get(TABLE + f"number-{way}-spanned", 1)) for way in ("rows", "columns"))
        if down > 1 or across > 1:
            sheet.merges.append((self._rows.start, first, self._rows.start + down - 1, first + across - 1))
        if attributes.get(EXTENSION + "value-type") == "error":
            self._note(sheet.errors)
        elif TABLE + "formula" in attributes:
            self._note(sheet.formulas)

    def _note(self, found: dict[int, list[Any]]) -> None:
        columns = self._columns[: limits.MAX_COLUMNS]
        rows = self._rows[: limits.MAX_ROWS]
        self._noted += len(rows) * len(columns)
        if self._noted > MOST_NOTED:
            raise Unreadable("bomb")
        for number in rows:
            found.setdefault(number, []).extend(columns)
