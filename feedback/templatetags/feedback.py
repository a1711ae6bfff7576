"""The rooms of cases as tabs, on every page that stands first in one of them."""

from typing import Any

from django import template
from django.template import Context

from feedback.rooms import rooms_for

register = template.Library()


@register.inclusion_tag("includes/_rooms.html", takes_context=True)
def feedback_rooms(context: Context, here: str) -> dict[str, Any]:
    """`here` is the name of the room that the page belongs to."""
    return {"rooms": rooms_for(context["request"].user), "here": here}
