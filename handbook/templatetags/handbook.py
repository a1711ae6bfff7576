"""The rooms of the handbook as tabs, and the picture of a kind of entry."""

from typing import Any

from django import template
from django.template import Context

from handbook.lists.icons import ICONS
from handbook.rooms import rooms_for

register = template.Library()


@register.inclusion_tag("includes/_rooms.html", takes_context=True)
def handbook_rooms(context: Context, here: str) -> dict[str, Any]:
    """`here` is the name of the room that the page belongs to."""
    return {"rooms": rooms_for(context["request"].user), "here": here}


@register.filter
def kind_icon(kind: str) -> str:
    return ICONS[kind]
