"""What the parts of an .xlsx say of it as a whole: which part is which sheet, where days are counted from, what styles hide."""

import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from io import BytesIO
from xml.etree import ElementTree

from imports.reading import limits
from imports.reading.faults import Unreadable
from imports.reading.markup import Markup, Months, Order, SheetScan, chunks_of

BOOK, RELATIONS, STYLES = "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml"
MONTH_FORMATS = {"17", "27", "36", "50", "52", "57"}  # mmm-yy; and in Chinese 2026年5月
WORDS = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')
TRUE = ("1", "true")


@dataclass(slots=True)
class Facts:
    """Of the visible sheets, in their order."""

    markups: list[Markup]
    is_1904: bool = False  # bare numbers count days from 1904, as on old Macs


class Parts:
    """An archive that the guard has passed."""

    def __init__(self, data: bytes) -> None:
        self._archive = zipfile.ZipFile(BytesIO(data))
        self._names = {name.lower(): name for name in self._archive.namelist()}
        self._book = self._tree(BOOK)
        self._sheets = self._sheet_parts()

    def facts(self, scans: Mapping[str, SheetScan], names: Sequence[str]) -> Facts:
        """Raises Unreadable where a sheet reaches too far down, or is none that could be looked through.

        A sheet may lie anywhere in the archive; one that the guard has not looked through on its way is looked through now.
        """
        is_1904 = any(element.get("date1904", "").lower() in TRUE for element in _called("workbookPr", self._book))
        markups = [(scans.get(self._part(name)) or self._scanned(name, SheetScan())).markup() for name in names]
        if styles := list(self._month_styles()):
            for name, markup in zip(names, markups, strict=True):
                markup.months = self._scanned(name, SheetScan(partial(Months, styles))).markup().months
        return Facts(markups, is_1904)

    def refuse_cells_given_twice(self, name: str) -> None:
        self._scanned(name, SheetScan(Order)).markup()

    def _part(self, name: str) -> str:
        part = self._sheets.get(name)
        if not part:
            raise Unreadable("corrupt")
        return part

    def _scanned(self, name: str, scan: SheetScan) -> SheetScan:
        for chunk in chunks_of(self._archive, self._part(name)):
            scan.feed(chunk)
        return scan

    def _sheet_parts(self) -> dict[str, str]:
        """Sheet name → its part. Two of one name, or relations of one id, could be read as one thing and be another."""
        targets: dict[str, str] = {}
        for relation in self._tree(RELATIONS):
            if targets.setdefault(relation.get("Id", ""), relation.get("Target", "")) != relation.get("Target", ""):
                raise Unreadable("corrupt")
        parts = {}
        for element in _called("sheet", self._book):
            relation_id = next((value for key, value in element.attrib.items() if key.endswith("}id")), "")
            name, target = element.get("name", ""), targets.get(relation_id, "")
            part = target[1:] if target.startswith("/") else f"xl/{target.removeprefix('xl/')}"
            if name in parts:
                raise Unreadable("corrupt")
            parts[name] = self._names.get(part.lower(), "")
        return parts

    def _month_styles(self) -> Iterator[int]:
        """The indexes of the cell formats that show year and month only; of styles without measure, none."""
        if STYLES not in self._names or self._archive.getinfo(self._names[STYLES]).file_size > limits.MAX_PART_IN_MEMORY:
            return
        tree = self._tree(STYLES)
        formats = {element.get("numFmtId", ""): element.get("formatCode", "") for element in _called("numFmt", tree)}
        vague = MONTH_FORMATS - formats.keys() | {number for number, code in formats.items() if _shows_month_only(code)}
        for index, element in enumerate(next(_called("cellXfs", tree), ())):
            if element.get("numFmtId") in vague:
                yield index

    def _tree(self, part: str) -> ElementTree.Element:
        name = self._names.get(part, "")
        if not name or self._archive.getinfo(name).file_size > limits.MAX_PART_IN_MEMORY:
            raise Unreadable("corrupt")
        try:
            return ElementTree.fromstring(self._archive.read(name))  # noqa: S314  the guard has refused document types
        except ElementTree.ParseError as error:
            raise Unreadable("corrupt") from error


def _called(name: str, tree: ElementTree.Element) -> Iterator[ElementTree.Element]:
    """By the name without the namespace, of which there are several."""
    return (element for element in tree.iter() if element.tag.rpartition("}")[2] == name)


def _shows_month_only(code: str) -> bool:
    bare = WORDS.sub("", code.partition(";")[0]).lower()
    return "m" in bare and ("y" in bare or "e" in bare) and "d" not in bare and "h" not in bare
