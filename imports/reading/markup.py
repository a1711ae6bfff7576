"""What the fast reader does not tell of a sheet in .xlsx: hidden rows, formulas, error cells, and how far its contents reach.

Streams the sheet row by row without building a tree. It need not understand the document (the reader does that); what it misses
in odd markup is caught by the limits of the process.
"""

import re
import zipfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from imports.reading import limits
from imports.reading.faults import Unreadable
from imports.reading.heads import Merge

CHUNK = 1 << 20
EXCEL_ROWS = 1_048_576
CLOSING_ROW = re.compile(rb"</((?:\w+:)?)row\s*>")
ROW_NUMBER = re.compile(rb"\br=[\"'](\d+)[\"']")
HIDDEN = re.compile(rb"\bhidden=[\"'](?:1|true)[\"']")
REFERENCE = re.compile(rb"\br=[\"']([A-Za-z]{1,3})(\d{1,10})[\"']")


def column_index(letters: str) -> int:
    """ "A" → 0, "AA" → 26."""
    index = 0
    for letter in letters.upper():
        index = index * 26 + ord(letter) - 64
    return index - 1


@dataclass(slots=True)
class Markup:
    """Rows are Excel's numbers, columns count from 0."""

    hidden_rows: set[int] = field(default_factory=set)
    formulas: dict[int, list[int]] = field(default_factory=dict)
    errors: dict[int, list[int]] = field(default_factory=dict)
    months: dict[int, list[int]] = field(default_factory=dict)  # days that are shown without their day
    merges: list[Merge] = field(default_factory=list)  # where the fast reader does not tell them either
    filled: int = 0  # cells with a value, if it was counted


def chunks_of(archive: zipfile.ZipFile, name: str) -> Iterator[bytes]:
    """A part, inflated a mebibyte at a time."""
    with archive.open(name) as stream:
        while chunk := stream.read(CHUNK):
            yield chunk


class SheetScan:
    """Takes a sheet in chunks and looks at stretches of whole rows. What it finds wrong waits until somebody wants the sheet."""

    def __init__(self, looking: "Callable[[bytes], Rows] | None" = None) -> None:
        self._looking = looking or Rows
        self._carry = b""
        self._rows: Rows | None = None
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
            self._rows = self._looking(found[0])
        if self._rows:
            window, _, content = content.rpartition(self._rows.closing)
            if window:
                self._rows.feed(window)
            self._is_over = b"sheetData>" in content
        if len(content) > limits.MAX_PART_IN_MEMORY:
            raise Unreadable("bomb")
        self._carry = b"" if self._is_over else content


class Rows:
    """One pass over a sheet. SpreadsheetML may carry a namespace prefix on every tag, which its closing row tag gives away."""

    def __init__(self, closing: bytes) -> None:
        prefix = closing[2:].rpartition(b"row")[0]
        name = re.escape(prefix)
        self.closing = closing
        self.markup = Markup()
        self._number = 0
        self._row_tag, self._formula_tag = b"<" + prefix + b"row", b"<" + prefix + b"f"
        self._row = re.compile(rb"<" + name + rb"row\b([^>]*)>")
        self._cell = re.compile(rb"<" + name + rb"c\b([^>]*)>")
        self._values = tuple(b"<" + prefix + tag for tag in (b"v>", b"v ", b"is>", b"is "))
        self._value = re.compile(rb"<" + name + rb"(?:v|is|f)[\s>/]")
        self._formula = re.compile(rb"<" + name + rb"c\b([^>]*)>\s*<" + name + rb"f[\s>/]")
        self._error = re.compile(rb"<" + name + rb"c\b([^>]*\bt=[\"']e[\"'][^>]*)>\s*<" + name + rb"(?:v|is)[\s>/]")

    def feed(self, window: bytes) -> None:
        """Nothing to note in a thousand rows is the usual case; a column of formulas is the next."""
        above = self._pass(window)
        self.markup.filled += sum(map(window.count, self._values))
        if self._number > limits.MAX_ROWS:
            self._refuse_content_below(window, above)
        if b"hidden" in window:
            numbered = self._numbered(self._row.findall(window), above)
            self.markup.hidden_rows.update(number for number, attributes in numbered if HIDDEN.search(attributes))
        if self._formula_tag in window:
            self._note(self._formula, window, above, self.markup.formulas)
        if b't="e"' in window or b"t='e'" in window:
            self._note(self._error, window, above, self.markup.errors)

    def _pass(self, window: bytes) -> int:
        """Gives the number of the row above the window."""
        above, self._number = self._number, self._last_number(window)
        return above

    def _last_number(self, window: bytes) -> int:
        tag = self._row.match(window, max(window.rfind(self._row_tag), 0))
        given = ROW_NUMBER.search(tag[1]) if tag else None
        return int(given[1]) if given else self._number + window.count(self._row_tag)

    @staticmethod
    def _numbered(tags: Iterable[bytes], above: int) -> Iterator[tuple[int, bytes]]:
        """Row tags with their rows' numbers; one that says none follows the one before."""
        for attributes in tags:
            given = ROW_NUMBER.search(attributes)
            above = int(given[1]) if given else above + 1
            yield above, attributes

    def _blocks(self, window: bytes, above: int) -> Iterator[tuple[int, bytes]]:
        """Each row's number and content; empty rows (<row r="5"/>) before it belong to its block."""
        for block in window.split(self.closing):
            numbers = [number for number, _attributes in self._numbered(self._row.findall(block), above)]
            above = numbers[-1] if numbers else above
            yield above, block

    def _refuse_content_below(self, window: bytes, above: int) -> None:
        for number, block in self._blocks(window, above):
            if number > EXCEL_ROWS or (number > limits.MAX_ROWS and self._value.search(block)):
                raise Unreadable("too_many_rows", row=number, limit=limits.MAX_ROWS)

    def _note(self, odd: re.Pattern[bytes], window: bytes, above: int, found: dict[int, list[int]]) -> None:
        references = [REFERENCE.search(attributes) for attributes in odd.findall(window)]
        places = ((int(each[2]), column_index(each[1].decode())) for each in references if each)
        for number, index in places if all(references) else self._counted(odd, window, above):
            found.setdefault(number, []).append(index)

    def _counted(self, odd: re.Pattern[bytes], window: bytes, above: int) -> Iterator[tuple[int, int]]:
        """Where cells do not say where they stand, they stand one beside the other."""
        for number, block in self._blocks(window, above):
            index = -1
            for cell in self._cell.finditer(block):
                reference = REFERENCE.search(cell[1])
                index = column_index(reference[1].decode()) if reference else index + 1
                if odd.match(block, cell.start()):
                    yield int(reference[2]) if reference else number, index


class Order(Rows):
    """Refuses a sheet in which a cell comes twice: the fast reader would let the later one win, and a person would be lost."""

    def __init__(self, closing: bytes) -> None:
        super().__init__(closing)
        self._last = (0, 0)

    def feed(self, window: bytes) -> None:
        for place in self._counted(self._cell, window, self._pass(window)):
            if place <= self._last:
                raise Unreadable("corrupt")
            self._last = place


class Months(Rows):
    """Notes the cells of some styles: those that show a day as a month."""

    def __init__(self, styles: Iterable[int], closing: bytes) -> None:
        super().__init__(closing)
        numbers = b"|".join(b"%d" % style for style in styles)
        self._styled = re.compile(self._cell.pattern.replace(rb"([^>]*)", rb"([^>]*\bs=[\"'](?:" + numbers + rb")[\"'][^>]*)"))

    def feed(self, window: bytes) -> None:
        self._note(self._styled, window, self._pass(window), self.markup.months)
