"""What is kept of a code, as production keeps it. The other tests take a cheaper hash, as they do of passwords."""

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest

from config import settings as production
from feedback.voice import codes
from feedback.voice.codes import SCRYPT
from wages.workers.codes import QUESTION, SLIP
from wages.workers.codes import sealed as sealed_for_wages

CODE = "1234567890123456"
KEPT: dict[str, tuple[Callable[[str], str], str]] = {
    "voice": (codes.sealed, "6c16e61cfdff7cec93d446c0ed04b47e16681d4d95410890bb30bb6843d55396"),
    "slip": (partial(sealed_for_wages, SLIP), "fe8f3307876410443bd64fc06d334d28b32b5970430a66b21719046a8fb526e2"),
    "question": (partial(sealed_for_wages, QUESTION), "195e122ae9d8f8a28647c0d9d87509fd1b073d5995228fc4a6545dee33628af9"),
}


def test_a_guess_costs_16_megabytes() -> None:
    """AN-04: and so some 50 ms, for whoever holds database and keys."""
    assert (production.CODE_COST, production.CODE_COST * SCRYPT["r"] * 128) == (2**14, 16 * 1024 * 1024)


@pytest.mark.parametrize("kind", KEPT)
def test_codes_that_are_kept_still_open(kind: str, settings: Any) -> None:
    """A hash that was made with other parameters would be nobody's."""
    settings.CODE_COST = production.CODE_COST
    sealed, kept = KEPT[kind]
    assert sealed(CODE) == kept
