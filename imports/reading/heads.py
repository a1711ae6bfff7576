"""What is known of a sheet before anybody wants all of it."""

from dataclasses import dataclass, field
from typing import Any

from imports.reading import limits
from imports.reading.cells import Row

Merge = tuple[int, int, int, int]  # first row (from 1), first column (from 0), last row, last column


@dataclass(slots=True)
class Head:
    """`rows` are the first filled ones, their texts cut; `height` is the number of the last row, as far as it is known."""

    name: str
    rows: list[Row]
    has_more: bool
    height: int
    merges: list[Merge] = field(default_factory=list)

    @property
    def filled(self) -> int:
        return sum(len(cells) - cells.count("") for _number, cells in self.rows)

    def described(self) -> dict[str, Any]:
        """For the wire, without the rows."""
        return {"sheet": self.name, "more": self.has_more, "height": self.height, "merges": self.merges}


def head(name: str, rows: list[Row], height: int, merges: list[Merge]) -> Head:
    """Of one row more than a head has; of its merged ranges those that begin in it."""
    shown = [(number, [_cut(cell) for cell in cells]) for number, cells in rows[: limits.HEAD_ROWS]]
    last = shown[-1][0] if shown else 0
    beginning = [merge for merge in merges if merge[0] <= last][: limits.HEAD_MERGES]
    return Head(name, shown, len(rows) > limits.HEAD_ROWS, height, beginning)


def _cut(cell: Any) -> Any:
    return cell[: limits.HEAD_TEXT] if isinstance(cell, str) else cell
