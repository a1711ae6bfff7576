"""Every kind of finding has its sentence, with the name and the numbers of checks.py."""

import pytest

from tests.factories import EngagementFactory, WageFindingFactory
from wages.models import WageFinding
from wages.words import SENTENCES, days_in_words, sentence

pytestmark = pytest.mark.django_db

Kind = WageFinding.Kind
NUMBERS = {
    Kind.NET: ({"right": "6160.00", "said": "6260.00"}, ("6,160.00", "6,260.00")),
    Kind.DAYS: ({"days": "32.00", "most": 31}, ("32", "31")),
    Kind.ATTENDANCE: ({"days": "26.00", "attended": "25.50"}, ("26", "25.5")),
    Kind.MINIMUM: ({"gross": "900.00", "days": "20.00", "minimum": "1930.00"}, ("900.00", "20", "1,930.00")),
    Kind.SHARED_CARD: ({"others": "何冬梅、石大海"}, ("何冬梅、石大海",)),
}


def test_no_kind_is_without_a_sentence() -> None:
    assert set(SENTENCES) == set(Kind)


@pytest.mark.parametrize("kind", sorted(set(Kind) - {Kind.NOT_PAID}))
def test_the_sentence_names_him_and_the_numbers(kind: str) -> None:
    numbers, said = NUMBERS.get(Kind(kind), ({}, ()))
    finding = WageFindingFactory(kind=kind, numbers=numbers, line__name="向春生")
    words = sentence(finding)
    assert "向春生" in words
    assert [each for each in said if each not in words] == []
    assert "%" not in words


@pytest.mark.parametrize(("days", "said"), [("26.00", True), ("", False)])
def test_somebody_who_is_missing_has_no_line(days: str, said: bool) -> None:
    known = WageFindingFactory()
    finding = WageFinding(
        sheet=known.sheet, engagement=EngagementFactory(name="何冬梅"), kind=Kind.NOT_PAID, level="red", numbers={"days": days}
    )
    assert "何冬梅" in sentence(finding)
    assert ("26" in sentence(finding)) is said


def test_days_as_people_write_them() -> None:
    line = WageFindingFactory(line__days="20.50").line
    line.refresh_from_db()
    assert days_in_words(line.days) == "20.5"
