"""Random codes that people read off paper and type: no letter or digit that looks like another."""

from secrets import choice

ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"


def new_board_code() -> str:
    """Ten characters (49 bits) that name a board in its public address."""
    return _random(10)


def new_mark() -> str:
    """Eight characters (39 bits) in the QR of one printed version: whoever knows them has it before him."""
    return _random(8)


def new_case_tail() -> str:
    """Five characters (24 bits) at the end of a case number. Drawn, not counted: a count tells who came when."""
    return _random(5)


def new_slip_code() -> str:
    """Six characters (29 bits) on the slip that is torn off a survey sheet; its lines are counted behind it: K7MPX3-2."""
    return _random(6)


def _random(length: int) -> str:
    return "".join(choice(ALPHABET) for _place in range(length))
