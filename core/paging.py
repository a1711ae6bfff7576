"""Keyset paging: the cost of a page does not grow with its number, and rows that arrive meanwhile shift nothing.

The queryset is ordered by the fields given ("-on" for the latest first), ending in a unique one such as "pk", none of them null.
"""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as Base64Error
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet

PAGE_SIZE = 50


@dataclass(frozen=True, slots=True)
class Page:
    """`rows` in order; `next` and `previous` are tokens for the neighbouring pages, or ""."""

    rows: list[Any]
    next: str
    previous: str


def keyset_page(
    queryset: QuerySet, *, order: tuple[str, ...], after: str | None = None, before: str | None = None, size: int = PAGE_SIZE
) -> Page:
    """The page after (or before) a token; the first page without one, and for text that is no token."""
    if before and (condition := _beyond(_reversed(order), before)):
        rows = _rows(queryset, condition, _reversed(order), size)[::-1]
        overflow = len(rows) > size
        rows = rows[-size:]
        return Page(rows, _token(rows[-1], order) if rows else "", _token(rows[0], order) if overflow else "")
    condition = (after and _beyond(order, after)) or Q()
    rows = _rows(queryset, condition, order, size)
    overflow = len(rows) > size
    rows = rows[:size]
    previous = _token(rows[0], order) if condition and rows else ""
    return Page(rows, _token(rows[-1], order) if overflow else "", previous)


def _rows(queryset: QuerySet, condition: Q, order: tuple[str, ...], size: int) -> list[Any]:
    """One row more than asked, to know whether there is a next page; nothing for values that do not fit their columns."""
    try:
        return list(queryset.filter(condition).order_by(*order)[: size + 1])
    except (ValueError, TypeError, ValidationError):
        return []


def _reversed(order: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(name[1:] if name.startswith("-") else f"-{name}" for name in order)


def _beyond(order: tuple[str, ...], token: str) -> Q | None:
    """(a > x) or (a = x and b > y) or …, with < where the order descends; None for a token that was not made here."""
    try:
        values = json.loads(urlsafe_b64decode(token.encode()))
    except (ValueError, Base64Error):
        return None
    if not isinstance(values, list) or len(values) != len(order) or not all(isinstance(v, str | int) for v in values):
        return None
    beyond = Q()
    equal = Q()
    for field, value in zip(order, values, strict=True):
        name = field.removeprefix("-")
        beyond |= equal & Q(**{f"{name}__{'lt' if field.startswith('-') else 'gt'}": value})
        equal &= Q(**{name: value})
    return beyond


def _token(row: Any, order: tuple[str, ...]) -> str:
    values = [_value(row, name.removeprefix("-")) for name in order]
    return urlsafe_b64encode(json.dumps(values, default=str).encode()).decode()


def _value(row: Any, name: str) -> Any:
    for step in name.split("__"):
        row = getattr(row, step)
    return row
