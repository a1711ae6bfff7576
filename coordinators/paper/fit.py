"""How large type may be so that a text fits its box on paper: widths in mm, type in points.

A browser could measure this, but only by a script that runs before printing. The estimate is a little on the wide side
instead, and tests measure the printed pages in a browser. Names are made smaller, never cut; a description that is too long at
the smallest size is cut.
"""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import ceil

MM = 25.4 / 72  # of one point
# Tenths of the full size, of names and phones, and of what is said below them: that shrinks first, for a name and a number are
# what one reads from afar. The stylesheet has a class for each (.k10 to .k4, .m10 to .m4).
STEPS = (
    (10, 10), (10, 9), (10, 8), (9, 8), (9, 7), (8, 7), (8, 6), (7, 6), (7, 5), (6, 5), (5, 5), (5, 4), (4, 4),
)  # fmt: skip
WIDE = {"W", "F", "A"}
CUT = "…"


@dataclass(frozen=True, slots=True)
class Line:
    """A text as it is set at full size: points, line height in ems, and whether it may be cut."""

    text: str
    size: float
    height: float
    may_be_cut: bool = False
    spacing: float = 0.0  # between letters, in ems
    is_small: bool = False  # takes the second number of a step
    is_one: bool = False  # never broken, so that it may fill its row
    least: float = 0.0  # points below which it is not set, whatever the step

    def rows(self, width: float, step: int) -> int:
        """How many rows it takes; of several, none is filled to the last character."""
        letter = self._letter(step)
        room = width if self.is_one else max(width - 0.6 * letter, letter)
        return sum(max(ceil(ems(part, self.spacing) * letter / room), 1) for part in self.text.splitlines())

    def wide(self, step: int) -> float:
        """In one row."""
        return ems(self.text, self.spacing) * self._letter(step)

    def tall(self, width: float, step: int) -> float:
        return self.rows(width, step) * self._letter(step) * self.height

    def _letter(self, step: int) -> float:
        """Height of a letter in mm."""
        return max(self.size * STEPS[step][self.is_small] / 10, self.least) * MM


def ems(text: str, spacing: float = 0.0) -> float:
    """The width of a text in ems."""
    return sum(_em(sign) + spacing for sign in text)


def _em(sign: str) -> float:
    if unicodedata.east_asian_width(sign) in WIDE:
        return 1.0
    if sign.isdigit():
        return 0.56
    return 0.72 if sign.isupper() else 0.26 if sign == " " else 0.58


def step_of(lines: Sequence[Line], width: float, height: float) -> int:
    """The index of the first of STEPS at which the lines fit under each other, or of the last."""
    return next((step for step in range(len(STEPS)) if stacked(lines, width, step) <= height), len(STEPS) - 1)


def cut(lines: Mapping[str, Line], width: float, height: float, step: int) -> dict[str, str]:
    """The texts, the longest of them cut where even the smallest type leaves too little room."""
    kept = dict(lines)
    while stacked(list(kept.values()), width, step) > height:
        longest = max(kept, key=lambda name: kept[name].rows(width, step) if kept[name].may_be_cut else 0)
        line = kept[longest]
        if not line.may_be_cut or len(line.text) < 4:
            break
        kept[longest] = replace(line, text=line.text.rstrip(CUT)[:-2] + CUT)
    return {name: line.text for name, line in kept.items()}


def stacked(lines: Sequence[Line], width: float, step: int) -> float:
    """The height of lines under each other."""
    return sum(line.tall(width, step) for line in lines)
