"""The process that reads a hostile file. Started by reader.py with the file on standard input; a talk in JSON lines (cells.py):

    {"hidden_sheets": [name, ...], "is_1904": …}
    {"sheet": name, "height": …, "merges": …, "more": …, "rows": …, "odd": …}     the first rows of each visible sheet
    {"choose": true}                                      the parent answers with the place of a sheet, or goes away
    {"rows": …, "odd": …, "hidden": [number, ...]}        all rows of that sheet, as often as needed; then it may choose again
    {"refused": code, "facts": {...}}                     at any point instead, and the last word

No Django, no settings, no secrets in its environment. Whatever else happens to it (killed, out of memory, aborted by the reader)
is an answer that does not come.
"""

import codecs
import sys
from collections.abc import Callable, Collection, Iterator
from itertools import islice

from imports.reading import limits, tables, text
from imports.reading.cells import Row, encoded, packed
from imports.reading.confine import confine
from imports.reading.faults import Unreadable
from imports.reading.guard import Kind, inspect

CODECS = ("gb18030", "utf-8-sig", "utf-16", "cp437")  # loaded before the door closes; the last names the parts of an archive


def answers(data: bytes, extension: str, choose: Callable[[], int | None]) -> Iterator[bytes]:
    """The child's lines. `choose` waits for what the parent wants: a visible sheet by its place, None for nothing more."""
    try:
        container = inspect(data, extension)
        book = text.Text(data) if container.kind is Kind.TEXT else tables.Book(data, container)
        yield encoded({"hidden_sheets": book.hidden_sheets, "is_1904": book.is_1904})
        filled = 0
        for head in book.heads():
            filled += head.filled
            if filled > limits.HEAD_CELLS:
                raise Unreadable("too_much")
            yield encoded(head.described() | packed(head.rows))
        yield encoded({"choose": True})
        while (place := choose()) is not None:
            yield from _rows(book.rows(place), book.hidden_rows(place))
            yield encoded({"choose": True})
    except Unreadable as refusal:
        yield encoded({"refused": refusal.code, "facts": refusal.facts})


def _rows(rows: Iterator[Row], hidden: Collection[int]) -> Iterator[bytes]:
    """A few hundred rows a line; fewer where they are long, so that nobody has to hold much."""
    size = limits.HEAD_ROWS
    while chunk := list(islice(rows, size)):
        numbers = [number for number, _cells in chunk if number in hidden] if hidden else []
        line = encoded(packed(chunk) | {"hidden": numbers})
        yield line
        size = max(1, min(limits.FRAME_ROWS, limits.FRAME_BYTES * len(chunk) // len(line)))


def main() -> None:
    for name in CODECS:
        codecs.lookup(name)
    confine()
    extension, size = sys.argv[-2:]
    data = sys.stdin.buffer.read(int(size))
    for line in answers(data, extension, _heard):
        sys.stdout.buffer.write(line)
        sys.stdout.buffer.flush()


def _heard() -> int | None:
    line = sys.stdin.buffer.readline(limits.FRAME_ROWS)
    return int(line) if line else None
