"""What the fast reader does not tell of an .xls: formulas, error cells, hidden rows, its calendar, and that it is encrypted.

Walks through the records of the stream (MS-XLS): two bytes of kind, two of length, content. Cells begin with row and column.
"""

import struct
from array import array
from collections.abc import Iterator, Sequence

from imports.reading.compound import Compound
from imports.reading.faults import Unreadable
from imports.reading.markup import Markup

BEGIN, END, SHEET, CALENDAR, PASSWORD = 0x0809, 0x000A, 0x0085, 0x0022, 0x002F
ROW, FORMULA, BOOL_OR_ERROR, NUMBERS = 0x0208, {0x0006, 0x0206, 0x0406}, 0x0205, 0x00BD
VALUES = {0x0203, 0x0204, 0x00FD, 0x027E, 0x00D6, BOOL_OR_ERROR, *FORMULA}
HIDDEN = 0x20
COLUMNS = 256
ERROR_RESULT = b"\x02"


class Records:
    """The records of a workbook, sheet by sheet."""

    def __init__(self, data: bytes) -> None:
        try:
            self._stream = Compound(data).stream("Workbook", "Book")
            self._globals = list(self._records(0))
        except (struct.error, IndexError, StopIteration, ValueError) as error:
            raise Unreadable("corrupt") from error
        if any(kind == PASSWORD for kind, _content in self._globals):
            raise Unreadable("encrypted")

    @property
    def is_1904(self) -> bool:
        return any(kind == CALENDAR and content[:1] == b"\x01" for kind, content in self._globals)

    def markups(self, indexes: Sequence[int]) -> list[Markup]:
        """Of the sheets at these places in the workbook; raises Unreadable."""
        starts = [struct.unpack_from("<I", content)[0] for kind, content in self._globals if kind == SHEET]
        try:
            return [self._markup(starts[index]) for index in indexes]
        except (struct.error, IndexError) as error:
            raise Unreadable("corrupt") from error

    def _records(self, start: int) -> Iterator[tuple[int, bytes]]:
        """Those of one part of the stream; charts within it are parts of their own."""
        at, depth = start, 0
        while at + 4 <= len(self._stream):
            kind, length = struct.unpack_from("<HH", self._stream, at)
            depth += (kind == BEGIN) - (kind == END)
            if depth == 1:
                yield kind, self._stream[at + 4 : at + 4 + length]
            if depth == 0:
                return
            at += 4 + length

    def _markup(self, start: int) -> Markup:
        markup, places = Markup(), array("I")
        for kind, content in self._records(start):
            if kind in VALUES:
                row, column = struct.unpack_from("<HH", content)
                places.append(row * COLUMNS + column)
                _note(markup, kind, content, (row + 1, column))
            elif kind == NUMBERS:
                row, first, last = (*struct.unpack_from("<HH", content), *struct.unpack_from("<H", content, len(content) - 2))
                places.extend(row * COLUMNS + column for column in range(first, last + 1))
            elif kind == ROW and struct.unpack_from("<H", content, 12)[0] & HIDDEN:
                markup.hidden_rows.add(struct.unpack_from("<H", content)[0] + 1)
        if len(set(places)) < len(places):
            raise Unreadable("corrupt")  # a cell given twice: the later one would win, and a person would be lost
        return markup


def _note(markup: Markup, kind: int, content: bytes, at: tuple[int, int]) -> None:
    row, column = at
    is_error_result = content[6:7] == ERROR_RESULT and content[12:14] == b"\xff\xff"
    if (kind in FORMULA and is_error_result) or (kind == BOOL_OR_ERROR and content[7:8] == b"\x01"):
        markup.errors.setdefault(row, []).append(column)
    elif kind in FORMULA:
        markup.formulas.setdefault(row, []).append(column)
