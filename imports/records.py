"""Which rows under a header are records, and which are sums, signatures, notes, the template's example, or the header again."""

import re
from collections.abc import Iterable
from typing import NamedTuple

from imports.characters import folded
from imports.finding import Table, text_of
from imports.mapping import Strength, match
from imports.reading.cells import Cell, Row
from imports.sheets import SheetDefinition

EXAMPLE = "示例"
EXAMPLES = (EXAMPLE, "样例", "范例", "例:", "例：")
FOOTER = re.compile(
    "合计|小计|总计|累计|共计|本页|制表|填表|填报|审核|复核|审批|批准|编制|经办|(?:单位|项目)?负责人|签字|盖章|(?:日期|注|备注):|说明|示例|以上"
)
SIGNATURE = re.compile(r".*:$|.*(?:签字|签名|盖章)$")  # 班组长:   项目经理:
SHORTEST_NUMBER = 10  # characters in the column of numbers below which it may be a sum, a note, or the number of the column
COLUMN_NUMBER = re.compile(r"\(?(\d{1,2})\)?")
FEWEST_NUMBERED = 5
NOTE = re.compile(r"\(.*\)|【.*】|\[.*\]|※.*")


class SkippedRow(NamedTuple):
    """A row that is no record, and the text by which it was told."""

    number: int
    text: str


class Records:
    """Picks the records out of the rows of a sheet; blank rows and rows that were only numbered in advance are not mentioned."""

    def __init__(self, definition: SheetDefinition, table: Table) -> None:
        self.skipped: list[SkippedRow] = []
        self._definition = definition
        self._header_row = table.header_row
        self._identity = table.index_of(definition.identity)
        self._labels = tuple(table.index_of(name) for name in definition.labels)

    def among(self, rows: Iterable[Row]) -> list[Row]:
        """The records of the next rows."""
        found = []
        for row in rows:
            number, cells = row
            if number > self._header_row:
                key = _cell(cells, self._identity)
                # Nearly every row: a number where the number belongs.
                is_plain = type(key) is str and len(key) >= SHORTEST_NUMBER and key[:1].isdigit()
                reason = None if is_plain and not self._is_example(cells) else self._no_record(cells)
                if reason is None:
                    found.append(row)
                elif reason:
                    self.skipped.append(SkippedRow(number, reason))
        return found

    def _no_record(self, cells: list[Cell]) -> str | None:
        """The text that shows the row to be no record ("" for a blank one); None for a record."""
        texts = {index: text for index, cell in enumerate(cells) if (text := text_of(cell))}
        counter, *names = self._labels or (None,)
        if not texts or (texts.keys() == {counter} and next(iter(texts.values())).isdigit()):
            return ""
        if self._is_example(cells):
            return EXAMPLE
        if self._identity in texts:
            return self._no_record_by_number(texts, texts[self._identity])
        first = next(iter(texts))
        for index in (first, *self._labels):
            if index in texts and (FOOTER.match(folded(texts[index])) or SIGNATURE.fullmatch(folded(texts[index]))):
                return texts[index]
        return texts[first] if len(texts) == 1 and first not in names else None

    def _no_record_by_number(self, texts: dict[int, str], written: str) -> str | None:
        """A row with something where the number belongs: the header again or what belongs to it, a sum, a note; else a record."""
        if self._is_header(written):
            return written
        if len(written) >= SHORTEST_NUMBER and len(texts) > 1:
            return None
        told = [folded(text) for text in texts.values()]
        labels = [folded(texts[index]) for index in self._labels if index in texts] or [folded(written)]
        is_beside = any(map(FOOTER.match, labels)) or _numbers_columns(told) or all(map(NOTE.fullmatch, told))
        return written if is_beside else None

    def _is_header(self, written: str) -> bool:
        found = match(self._definition, written)
        return found is not None and found.field == self._definition.identity and found.strength is Strength.EXACT

    def _is_example(self, cells: list[Cell]) -> bool:
        for index in self._labels:
            if index is not None and index < len(cells):
                cell = cells[index]
                if type(cell) is str and (cell.startswith(EXAMPLES) or cell == "例"):
                    return True
        return False


def _numbers_columns(texts: list[str]) -> bool:
    """(1) (2) (3) … under the header."""
    numbers = [int(found[1]) for text in texts if (found := COLUMN_NUMBER.fullmatch(text))]
    return len(numbers) == len(texts) >= FEWEST_NUMBERED and numbers == list(range(numbers[0], numbers[0] + len(numbers)))


def _cell(cells: list[Cell], index: int | None) -> Cell:
    return cells[index] if index is not None and index < len(cells) else ""
