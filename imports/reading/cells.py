"""What a cell can be, and how rows travel from the reader's child process to the rest.

A cell is `str` (empty: ""), `int | float`, `bool`, `date`, `datetime`, a Formula or a CellError. On the wire the first three are
themselves in JSON, which nearly all cells are; the others stand there as texts, and a list beside the rows says which they are.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from math import isfinite
from operator import attrgetter
from typing import Any

import orjson


@dataclass(frozen=True, slots=True)
class Formula:
    """A cell that computes; `cached` is what it showed when the file was saved ("" when the program saved nothing)."""

    cached: "str | float | bool | date | datetime"


@dataclass(frozen=True, slots=True)
class CellError:
    """A cell that shows #N/A, #REF! and the like."""

    text: str


Cell = str | float | bool | date | datetime | Formula | CellError
Row = tuple[int, list[Cell]]  # the row's number in Excel (in csv: the line where the record starts), and its cells

AS_THEY_ARE = frozenset((str, int, bool))
TYPES = AS_THEY_ARE | {float, date, datetime, Formula, CellError}
NO_NUMBER = "#NUM!"  # infinity and the like, which neither JSON nor a person knows
TO_TEXT: dict[type, tuple[str, Callable[[Any], str]]] = {
    date: ("date", date.isoformat),
    datetime: ("time", datetime.isoformat),
    CellError: ("error", attrgetter("text")),
    float: ("error", lambda number: NO_NUMBER),
}
FROM_TEXT: dict[str, Callable[[Any], Cell]] = {
    "date": date.fromisoformat,
    "time": datetime.fromisoformat,
    "error": lambda text: CellError(str(text)),
    "formula": Formula,
}

Odd = tuple[int, int, str]  # (place of the row among the rows, index of the cell, kind)


def encoded(frame: dict[str, Any]) -> bytes:
    """One line of the wire."""
    return orjson.dumps(frame) + b"\n"


def decoded(line: bytes) -> dict[str, Any]:
    """Raises ValueError for anything that is no frame."""
    frame = orjson.loads(line)
    if not isinstance(frame, dict):
        raise ValueError("a frame is an object")
    return frame


def packed(rows: list[Row]) -> dict[str, Any]:
    """What a frame says of `rows`, whose cells are changed."""
    odd: list[Odd] = []
    for place, (_number, cells) in enumerate(rows):
        if not AS_THEY_ARE.issuperset(map(type, cells)):
            for index, cell in enumerate(cells):
                if not _is_plain(cell):
                    cells[index] = _text_of(cell, (place, index), odd)
    return {"rows": rows, "odd": odd}


def _is_plain(cell: Any) -> bool:
    kind = type(cell)
    return kind in AS_THEY_ARE or (kind is float and isfinite(cell))


def _text_of(cell: Any, at: tuple[int, int], odd: list[Odd]) -> Any:
    """An odd cell as it stands on the wire, noted; a formula is noted after what it showed."""
    if isinstance(cell, Formula):
        shown = cell.cached if _is_plain(cell.cached) else _text_of(cell.cached, at, odd)
        odd.append((*at, "formula"))
        return shown
    kind, to_text = TO_TEXT.get(type(cell), ("", str))  # times of day and durations: no roster column means one
    if kind:
        odd.append((*at, kind))
    return to_text(cell)


def unpacked(frame: dict[str, Any]) -> list[Row]:
    """The rows of a frame; raises ValueError, TypeError or LookupError where it holds none."""
    rows = frame["rows"]
    for place, index, kind in frame["odd"]:
        cells = rows[place][1]
        cells[index] = FROM_TEXT[kind](cells[index])
    if not all(type(number) is int and TYPES.issuperset(map(type, cells)) for number, cells in rows):
        raise ValueError("a cell of no kind")
    return [(number, cells) for number, cells in rows]
