"""Comma- or tab-separated text as offices save it: UTF-8 with or without a mark, UTF-16 ("Unicode text"), GB18030 from Excel."""

import codecs
import csv
import io
import re
from collections.abc import Iterator
from itertools import islice

from imports.reading import limits
from imports.reading.cells import Row
from imports.reading.faults import Unreadable
from imports.reading.heads import Head, head

MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
UTF32 = (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)
UNMARKED = {0: "utf-16-be", 1: "utf-16-le"}  # by where the zero bytes of its digits and commas stand
DELIMITERS = ",\t;|"
SAMPLE = 4_000
KEPT_AS_TEXT = re.compile(r'="([^"]*)"')  # what people type so that Excel leaves a long number alone


class Text:
    """A text as a book of one sheet without a name. A row is numbered by the line of the file where it starts."""

    hidden_sheets: tuple[str, ...] = ()
    is_1904 = False

    def __init__(self, data: bytes) -> None:
        self._text = _decoded(data)

    def heads(self) -> Iterator[Head]:
        rows = list(islice(self.rows(0), limits.HEAD_ROWS + 1))
        yield head("", rows, height=self._text.count("\n"), merges=[])

    def hidden_rows(self, place: int) -> tuple[int, ...]:
        return ()

    def rows(self, place: int) -> Iterator[Row]:
        csv.field_size_limit(limits.MAX_FIELD)
        reader = csv.reader(_lines(self._text), delimiter=_delimiter(self._text), strict=True)
        filled, line = 0, 1
        try:
            for cells in reader:
                if any(cells):
                    filled += 1
                    if filled > limits.MAX_ROWS:
                        raise Unreadable("too_many_rows", row=line, limit=limits.MAX_ROWS)
                    yield line, [KEPT_AS_TEXT.sub(r"\1", cell) if cell.startswith('="') else cell for cell in cells]
                line = reader.line_num + 1
        except csv.Error as error:
            raise Unreadable("csv_structure", row=line) from error


def _decoded(data: bytes) -> str:
    if data.startswith(UTF32):
        raise Unreadable("encoding")
    encodings = [name for mark, name in MARKS if data.startswith(mark)] or _unmarked(data[:SAMPLE]) or ["utf-8", "gb18030"]
    for encoding in encodings:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Unreadable("encoding")


def _unmarked(sample: bytes) -> list[str]:
    """UTF-16 without a mark: a tenth of its bytes are zero, and nearly all of them on one side."""
    zeros = [sample[side::2].count(0) for side in (0, 1)]
    return [name for side, name in UNMARKED.items() if zeros[side] * 10 > len(sample) and zeros[side] > 10 * zeros[1 - side]]


def _lines(text: str) -> Iterator[str]:
    """With their ends, as the csv module wants them; a line of millions of commas would be as many cells."""
    for line in io.StringIO(text, newline=""):
        if len(line) > limits.MAX_LINE:
            raise csv.Error
        yield line


def _delimiter(text: str) -> str:
    """The one that stands most often in the first lines; a title line above the header has none."""
    head = "\n".join(text[:20_000].splitlines()[:20])
    return max(DELIMITERS, key=head.count)
