"""What a project knows about its liaisons. Asked of the project, never of the reader's reach: all see the same preview."""

from datetime import date
from typing import Any

from django.db.models import Q

from coordinators.models import Liaison
from regions.models import Project

# A post as it was when it was compared, or written: what tells whether somebody changed it since.
STATE = ("team_id", "crew_id", "is_crew_leader", "document_no", "from_on", "to_on", "end_reason")


def posts_by_phone(project: Project, day: date) -> dict[str, Liaison]:
    """Keyed hash of the mobile → the post, of those that have not ended before `day`; the latest where somebody has several."""
    posts = Liaison.objects.filter(Q(to_on=None) | Q(to_on__gte=day), team__project=project)
    rows = posts.select_related("person", "team", "crew").order_by("from_on", "pk")
    return {post.person.phone.hashed: post for post in rows if post.person.phone}


def seen(post: Liaison) -> list[Any]:
    """The state as JSON keeps it."""
    return [value.isoformat() if isinstance(value, date) else value for value in (getattr(post, name) for name in STATE)]


def put_back(post: Liaison, state: list[Any]) -> None:
    """Give the post a state that `seen` made."""
    for name, value in zip(STATE, state, strict=True):
        is_day = name.endswith("_on") and value is not None
        setattr(post, name, date.fromisoformat(value) if is_day else value)
    post.save(update_fields=STATE)
