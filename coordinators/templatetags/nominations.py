"""Whether the way to the nominations is shown, where a template is included without the page's context."""

from typing import Any

from django import template
from django.template import Context

from coordinators.nominations.policies import can_see_nominations

register = template.Library()


@register.simple_tag(takes_context=True)
def may_see_nominations(context: Context) -> bool:
    request: Any = getattr(context, "request", None)
    return request is not None and request.user.is_authenticated and can_see_nominations(request.user)
