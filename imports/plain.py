"""Cells as JSON can keep them until somebody has decided about a row: as the file had them, but for days, which become text.

A formula is {"formula": what it showed}, an error cell {"error": its text}.
"""

from datetime import date
from typing import Any

from imports.cleaners import written_out
from imports.reading.cells import AS_THEY_ARE, Cell, CellError, Formula
from imports.sheets import CheckedRow

AS_JSON_HAS_THEM = AS_THEY_ARE | {float}


def plain_cells(row: CheckedRow) -> list[Any]:
    """What the file said in `row`, by index."""
    return [cell if type(cell) in AS_JSON_HAS_THEM else _plain(cell) for cell in row.cells]


def _plain(cell: Cell) -> Any:
    match cell:
        case date():
            return written_out(cell)
        case Formula():
            return {"formula": _plain(cell.cached)}
        case CellError():
            return {"error": cell.text}
    return cell


def written(plain: Any) -> str:
    """A kept cell as text: what the person saw, nearly."""
    match plain:
        case {"formula": shown}:
            return written(shown)
        case {"error": text}:
            return text
    return written_out(plain)


def restored(plain: Any) -> Cell:
    """A kept cell as the cleaners want it; days stay texts, which they read as well."""
    match plain:
        case {"formula": shown}:
            return Formula(written(shown))
        case {"error": text}:
            return CellError(text)
        case None:
            return ""
    return plain
