"""The rooms of wages as tabs, and days as people write them."""

from decimal import Decimal
from typing import Any

from django import template
from django.template import Context

from wages.rooms import rooms_for
from wages.words import days_in_words

register = template.Library()
MARKS = {Decimal(0): "", Decimal("0.5"): "½", Decimal(1): "√"}


@register.inclusion_tag("includes/_rooms.html", takes_context=True)
def wages_rooms(context: Context, here: str) -> dict[str, Any]:
    """`here` is the name of the room that the page belongs to."""
    return {"rooms": rooms_for(context["request"].user), "here": here}


@register.filter
def in_days(value: Decimal | None) -> str:
    """26.5; "" for nothing."""
    return "" if value is None else days_in_words(value)


@register.filter
def mark(value: str | None) -> str:
    """A day of the attendance sheet as on paper: √, ½, another number of days, or an empty square."""
    if value is None:
        return ""
    days = Decimal(value)
    return MARKS.get(days, days_in_words(days))


@register.filter
def tail(number: str) -> str:
    """The last four digits of an account, as cards are shown."""
    return f"•••• {number[-4:]}"
