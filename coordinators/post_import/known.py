"""What a project knows about its people in post. Asked of the project, never of the reader's reach: all see the same preview."""

from datetime import date

from django.db.models import Q

from accounts.models import StaffPost, User
from coordinators.models import Coordinator, Liaison
from coordinators.post_import.kinds import InPost, Kind
from core.personal import Phone
from labour_teams.roster_import.known import folded
from regions.models import Project


def posts_by_phone(kind: Kind, project: Project, day: date) -> dict[str, InPost]:
    """Keyed hash of the mobile → the post, of those that have not ended before `day`; the latest where somebody has several."""
    posts = kind.posts(project).filter(Q(to_on=None) | Q(to_on__gte=day)).order_by("from_on", "pk")
    return {post.person.phone.hashed: post for post in posts if post.person.phone}


def account_in(project: Project, name: str, phone: Phone) -> User | None:
    """Whoever holds or held a post of this project under that name and mobile keeps his account: the clerk who becomes a
    coordinator beside his main job, the liaison who comes back. Nobody is looked for elsewhere.
    """
    held = (
        StaffPost.objects.filter(project=project),
        Coordinator.objects.filter(project=project),
        Liaison.objects.filter(team__project=project),
    )
    numbers = {number for posts in held for number in posts.values_list("person", flat=True)}
    people = User.objects.filter(pk__in=numbers, phone_tail=phone.tail, is_active=True).order_by("pk")
    return next((each for each in people if each.phone == phone and folded(each.name) == folded(name)), None)
