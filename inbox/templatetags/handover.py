"""The handover of a post, on the post's own page, which stands on a floor below."""

from typing import Any

from django import template

from inbox.handover import policies
from inbox.models import Handover

register = template.Library()


@register.inclusion_tag("inbox/_handover_of_post.html", takes_context=True)
def handover_of(context: dict[str, Any], post: policies.HandedPost, kind: str) -> dict[str, Any]:
    """The way to the package, or the button that begins it (whoever may begin one sees it); nothing for everybody else."""
    user = context["request"].user
    found = Handover.objects.visible_to(user).filter(**{kind: post}).first()
    return {
        "handover": found,
        "may_begin": found is None and policies.can_begin(user, post),
        "post": post,
        "kind": kind,
        "csrf_token": context.get("csrf_token"),
    }
