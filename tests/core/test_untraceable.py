"""Keys that are in no order, moments that are no closer than a quarter of a day."""

from datetime import datetime

import pytest
from django.utils import timezone

from core import untraceable
from core.untraceable import random_key, rounded


def test_keys_are_positive_and_survive_javascript() -> None:
    keys = [random_key() for _each in range(200)]
    assert all(0 < key < 2**53 for key in keys)
    assert len(set(keys)) == 200
    assert keys != sorted(keys)


def test_a_key_that_a_bank_card_could_have_is_drawn_again(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = iter([4_111_111_111_111_110, 4_111_111_111_111_111])  # one less than the key: the first is a card's number
    monkeypatch.setattr(untraceable, "randbelow", lambda _below: next(drawn))
    assert random_key() == 4_111_111_111_111_112


@pytest.mark.parametrize(
    ("moment", "quarter"), [("00:00", "00:00"), ("05:59", "00:00"), ("06:00", "06:00"), ("13:37", "12:00"), ("23:59", "18:00")]
)
def test_a_moment_is_the_beginning_of_its_quarter_of_the_day_in_beijing(moment: str, quarter: str) -> None:
    def on_the_day(clock: str) -> datetime:
        return timezone.make_aware(datetime.fromisoformat(f"2026-05-26T{clock}"))

    assert rounded(on_the_day(moment)) == on_the_day(quarter)
