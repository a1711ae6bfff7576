"""Which rows under a header are records, and which are sums, signatures, notes, the template's example, or the header again."""

import re
from typing import NamedTuple

from imports.characters import folded
from imports.finding import Row, Table, text_of
from imports.mapping import Strength, match
from imports.reading.cells import Cell
from imports.sheets import SheetDefinition

EXAMPLE = "示例"
FOOTER = re.compile(
    "合计|小计|总计|累计|共计|本页|制表|填表|填报|审核|复核|审批|批准|编制|经办|(?:单位|项目)?负责人|签字|盖章|(?:日期|注|备注):|说明|示例"
)


class SkippedRow(NamedTuple):
    """A row that is no record, and the text by which it was told."""

    number: int
    text: str


class _Layout(NamedTuple):
    definition: SheetDefinition
    identity: int | None
    labels: tuple[int | None, ...]


def records(definition: SheetDefinition, table: Table) -> tuple[list[Row], list[SkippedRow]]:
    """The records, in order, and what was skipped; blank rows and rows that were only numbered in advance are neither."""
    labels = tuple(table.index_of(name) for name in definition.labels)
    layout = _Layout(definition, table.index_of(definition.identity), labels)
    rows, skipped = [], []
    for number, cells in table.body:
        key = _cell(cells, layout.identity)
        is_plain = isinstance(key, str) and key[:1].isdigit()  # nearly every row: a number where the number belongs
        reason = None if is_plain and not _is_example(cells, labels) else _no_record(layout, cells)
        if reason is None:
            rows.append((number, cells))
        elif reason:
            skipped.append(SkippedRow(number, reason))
    return rows, skipped


def _no_record(layout: _Layout, cells: list[Cell]) -> str | None:
    """The text that shows the row to be no record ("" for a blank one); None for a record."""
    texts = {index: text for index, cell in enumerate(cells) if (text := text_of(cell))}
    counter, *names = layout.labels or (None,)
    if not texts or (texts.keys() == {counter} and next(iter(texts.values())).isdigit()):
        return ""
    if _is_example(cells, layout.labels):
        return EXAMPLE
    if layout.identity in texts:
        written = texts[layout.identity]
        return written if _is_header(layout, written) else None
    first = next(iter(texts))
    for index in (first, *layout.labels):
        if index in texts and FOOTER.match(folded(texts[index])):
            return texts[index]
    return texts[first] if len(texts) == 1 and first not in names else None


def _is_header(layout: _Layout, written: str) -> bool:
    found = match(layout.definition, written)
    return found is not None and found.field == layout.definition.identity and found.strength is Strength.EXACT


def _is_example(cells: list[Cell], labels: tuple[int | None, ...]) -> bool:
    for index in labels:
        cell = _cell(cells, index)
        if isinstance(cell, str) and cell.startswith(EXAMPLE):
            return True
    return False


def _cell(cells: list[Cell], index: int | None) -> Cell:
    return cells[index] if index is not None and index < len(cells) else ""
