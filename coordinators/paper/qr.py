"""A QR code as the path of an SVG, drawn by the template: the policy allows no picture from elsewhere and no inline style."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

import segno


@dataclass(frozen=True, slots=True)
class Qr:
    """`path` draws `size` × `size` modules from 0,0; `box` is the view box with a quiet zone of `quiet` modules round it."""

    size: int
    path: str
    quiet: int = 0

    @property
    def box(self) -> str:
        whole = self.size + 2 * self.quiet
        return f"{-self.quiet} {-self.quiet} {whole} {whole}"


def qr_of(text: str, *, quiet: int = 0) -> Qr:
    """Level M (15 % of it may be dirty), the smallest size that takes the text. ISO/IEC 18004 wants 4 modules of quiet."""
    rows = segno.make_qr(text, error="m", boost_error=False).matrix
    return Qr(len(rows), "".join(_runs(rows)), quiet)


def _runs(rows: Sequence[Sequence[int]]) -> Iterator[str]:
    """Each row's dark modules as rectangles, one for each run."""
    for y, row in enumerate(rows):
        x = 0
        for is_dark, run in groupby(row):
            length = len(list(run))
            if is_dark:
                yield f"M{x} {y}h{length}v1h-{length}z"
            x += length
