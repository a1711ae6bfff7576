"""What a project knows about its people in post. Asked of the project, never of the reader's reach: all see the same preview."""

from datetime import date

from django.db.models import Q

from coordinators.post_import.kinds import InPost, Kind
from regions.models import Project


def posts_by_phone(kind: Kind, project: Project, day: date) -> dict[str, InPost]:
    """Keyed hash of the mobile → the post, of those that have not ended before `day`; the latest where somebody has several."""
    posts = kind.posts(project).filter(Q(to_on=None) | Q(to_on__gte=day)).order_by("from_on", "pk")
    return {post.person.phone.hashed: post for post in posts if post.person.phone}
