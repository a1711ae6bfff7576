"""Sixteen digits on a slip or a card, by which its holder reads or answers on his own phone.

Drawn at random and printed once; what is kept is a slow keyed hash, as of the look-up code of the workers' channel (ADR 0021).
`purpose` keeps the codes of slips and of questions apart: one never opens the other.
"""

import secrets
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import NamedTuple

from feedback.voice.codes import DIGITS, in_fours, read_code, slow_hash

__all__ = ["DAYS", "QUESTION", "SLIP", "Code", "draw", "in_fours", "read_code", "sealed", "unprinted"]

SLIP, QUESTION = "pay slip", "wage question"
DAYS = 60  # a code serves
AT_ONCE = 2  # hashes made at the same time, 16 MB each


class Code(NamedTuple):
    """`plain` goes onto the paper and nowhere else; `hashed` into the database."""

    plain: str
    hashed: str

    @property
    def fours(self) -> list[str]:
        return in_fours(self.plain)


def draw(purpose: str, number: int) -> list[Code]:
    """So many new codes. Some 50 ms each: outside of transactions."""
    drawn = [f"{secrets.randbelow(10**DIGITS):0{DIGITS}d}" for _each in range(number)]
    with ThreadPoolExecutor(AT_ONCE) as pool:
        return [Code(*pair) for pair in zip(drawn, pool.map(partial(sealed, purpose), drawn), strict=True)]


def sealed(purpose: str, code: str) -> str:
    """What is kept of a code."""
    return slow_hash(code, f"{purpose} code", salt=f"{purpose} salt")


def unprinted() -> str:
    """Stands where a hash would until a card is printed: no code leads there."""
    return secrets.token_hex(32)
