"""What a cell can be, on both sides of the wall between the reader's child process and the rest.

A cell is `str` (empty: ""), `int | float`, `bool`, `date`, `datetime`, a Formula or a CellError. On the wire the first three are
themselves in JSON; the others are one-key objects, so that decoding costs nothing for plain cells, which are nearly all.
"""

import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class Formula:
    """A cell that computes; `cached` is what it showed when the file was saved ("" when the program saved nothing)."""

    cached: "str | float | bool | date | datetime"


@dataclass(frozen=True, slots=True)
class CellError:
    """A cell that shows #N/A, #REF! and the like."""

    text: str


Cell = str | float | bool | date | datetime | Formula | CellError


def _to_wire(value: Any) -> dict[str, Any]:
    match value:
        case datetime():
            return {"time": value.isoformat()}
        case date():
            return {"date": value.isoformat()}
        case Formula():
            return {"formula": value.cached}
        case CellError():
            return {"error": value.text}
    return {"text": str(value)}  # times of day and durations: no roster column means one


def _from_wire(frame: dict[str, Any]) -> Any:
    if len(frame) == 1:
        match frame:
            case {"time": text}:
                return datetime.fromisoformat(text)
            case {"date": text}:
                return date.fromisoformat(text)
            case {"formula": cached}:
                return Formula(cached)
            case {"error": text}:
                return CellError(text)
            case {"text": text}:
                return text
    return frame


def encode(frame: dict[str, Any]) -> bytes:
    """One line of the wire."""
    return json.dumps(frame, default=_to_wire, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def decode(line: bytes) -> dict[str, Any]:
    """Raises ValueError for anything that is no frame."""
    frame = json.loads(line, object_hook=_from_wire)
    if not isinstance(frame, dict):
        raise ValueError("a frame is an object")
    return frame
