"""What was done last at a unit, and the printed books of those in post there."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from core.months import Month
from handbook.lists.book import POSTS, can_open
from handbook.lists.views import with_photos
from handbook.models import HandbookEntry
from handbook.policies import can_see_handbook

if TYPE_CHECKING:
    from accounts.models import User

LAST = 5


def recent(user: "User", posts: Iterable[Any], **where: Any) -> dict[str, Any]:
    """For templates/overview/_recent.html; nothing for whoever has no handbook. `where`: the region, project or team."""
    if not can_see_handbook(user):
        return {}
    entries = HandbookEntry.objects.visible_to(user).filter(**where).held().for_list()
    kinds = {model: kind for kind, model in POSTS.items()}
    return {
        "recent": list(with_photos(entries, user)[:LAST]),
        "recent_query": urlencode({name: unit.pk for name, unit in where.items()}),
        "books": [(kinds[type(post)], post) for post in posts if can_open(user, post)],
        "book_month": Month.current(),
        "sees_handbook": True,
    }
