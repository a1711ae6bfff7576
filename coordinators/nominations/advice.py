"""What to look at before deciding: who else holds the post in these days, and who would hold it. Nothing here refuses."""

from typing import TYPE_CHECKING

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from coordinators.mobiles import HAS_ACCOUNT, accounts_by_phone, owner_of, people_of
from coordinators.models import Coordinator, Liaison, Nomination
from coordinators.policies import during, second_holder_problem

if TYPE_CHECKING:
    from accounts.models import User
    from accounts.querysets import PostQuerySet


def advice_on(nomination: Nomination) -> list[str]:
    """Sentences; nothing for a nomination that is no longer open."""
    if nomination.status not in Nomination.OPEN:
        return []
    said = [_overlap(post) for post in _others(nomination)]
    if owner := _owner_here(nomination):
        said.append(HAS_ACCOUNT % owner.name)
    if nomination.is_acting:
        said.append(_("This is an acting post: set a last day, so that it does not go on for good."))
    if nomination.is_crew_leader:
        said.append(_("The liaison would be the crew leader himself. Workers need another way to speak about him."))
    return said


def _owner_here(nomination: Nomination) -> "User | None":
    """Whose mobile was typed, if he is the project's own anyway: of others nobody is told whether they are known."""
    project = nomination.project or (nomination.team.project if nomination.team else None)
    if nomination.person_id or nomination.phone is None or project is None:
        return None
    owner = owner_of(nomination.name, accounts_by_phone([nomination.phone]).get(nomination.phone.hashed, []))
    return owner if owner and owner.pk in people_of(project) else None


def obstacle_to(nomination: Nomination) -> str:
    """Why it cannot be decided with these days ("" if it can)."""
    if nomination.region is None or nomination.status not in Nomination.OPEN:
        return ""
    return second_holder_problem(nomination.region, nomination.from_on, nomination.to_on, is_acting=nomination.is_acting)


def _others(nomination: Nomination) -> "list[Coordinator | Liaison]":
    """Those who hold the same post on some of its days; for a region those who do not stand in the way."""
    posts: PostQuerySet
    if nomination.team_id:
        posts = Liaison.objects.filter(team=nomination.team, crew=nomination.crew)
    else:
        posts = Coordinator.objects.filter(region=nomination.region, project=nomination.project)
    posts = posts.filter(during(nomination.from_on, nomination.to_on)).select_related("person").order_by("from_on", "pk")
    if nomination.is_appointed and not nomination.is_acting:
        posts = posts.filter(is_acting=True)
    return list(posts)


def _overlap(post: Coordinator | Liaison) -> str:
    words = {"name": post.person, "from": date_format(post.from_on, "DATE_FORMAT")}
    if post.to_on is None:
        acting, in_post = (
            _("%(name)s is acting in this post since %(from)s, without a last day."),
            _("%(name)s holds this post since %(from)s, without a last day: both would hold it."),
        )
        return (acting if post.is_acting else in_post) % words
    words["to"] = date_format(post.to_on, "DATE_FORMAT")
    acting, in_post = (
        _("%(name)s is acting in this post from %(from)s to %(to)s."),
        _("%(name)s holds this post from %(from)s to %(to)s: both would hold it on some days."),
    )
    return (acting if post.is_acting else in_post) % words
