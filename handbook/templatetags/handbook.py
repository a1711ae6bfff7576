"""The rooms of the handbook, some under headings, and the picture of a kind of entry."""

from typing import Any

from django import template
from django.template import Context

from handbook.lists.icons import ICONS
from handbook.rooms import rooms_for

register = template.Library()


@register.inclusion_tag("handbook/_rooms.html", takes_context=True)
def handbook_rooms(context: Context, here: str) -> dict[str, Any]:
    """`here` is the name of the room that the page belongs to."""
    single, headings = rooms_for(context["request"].user)
    under = [(heading, next((room for room in heading.rooms if room.name == here), None)) for heading in headings]
    return {"rooms": single, "headings": under, "here": here}


@register.filter
def kind_icon(kind: str) -> str:
    return ICONS[kind]
