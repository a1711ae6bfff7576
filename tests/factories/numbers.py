"""Invented names and numbers; each running number gives another value, so nothing ever collides."""

from datetime import date, timedelta
from typing import Any

import factory
from django.utils import timezone

from core.personal import BankCard, IdNumber

SURNAMES = "李王张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗"
GIVEN = (
    "建国",
    "志强",
    "文军",
    "永生",
    "国勇",
    "春梅",
    "海涛",
    "秀兰",
    "德明",
    "少华",
    "金山",
    "丽萍",
    "长河",
    "云飞",
    "玉林",
    "小满",
)


def person_name(n: int) -> str:
    return SURNAMES[n % len(SURNAMES)] + GIVEN[n // len(SURNAMES) % len(GIVEN)]


def id_number(n: int) -> str:
    """The n-th invented ID number; even numbers are women's, odd ones men's."""
    born = date(1965, 1, 1) + timedelta(days=n // 2 % 13_000)
    digits = f"430000{born:%Y%m%d}{996 + n % 2}"
    return digits + IdNumber.check_character(digits)


def phone(n: int) -> str:
    return f"1549{n:07d}"


def bank_card(n: int) -> str:
    stem = f"6299998{n:011d}"
    return next(card for digit in "0123456789" if BankCard.fits_luhn(card := stem + digit))


def day(offset: int) -> Any:
    """A day counted from today, taken when the row is made (tests travel in time)."""
    return factory.LazyFunction(lambda: timezone.localdate() + timedelta(days=offset))
