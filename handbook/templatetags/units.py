"""The way from a team to what is thought of it, for those who read that."""

from typing import Any

from django import template
from django.template import Context

from handbook.units.policies import can_read_evaluations
from handbook.units.quarters import Quarter

register = template.Library()


@register.inclusion_tag("handbook/units/_way.html", takes_context=True)
def evaluation_of(context: Context, team: Any) -> dict[str, Any]:
    may_read = can_read_evaluations(context["request"].user, team.project)
    return {"team": team if may_read else None, "quarter": Quarter.current()}
