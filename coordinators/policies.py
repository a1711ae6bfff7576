"""What a post must say about its unit, who else holds it, and who may end it.

The database holds some of it by constraints; here it is said in words, field by field, for forms, sheets and decisions alike.
"""

from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from coordinators.models import Coordinator, Liaison
from core.roles import Role
from core.scope import Level
from regions.models import Region

if TYPE_CHECKING:
    from accounts.models import User


def unit_problems(*, kind: str | None, region: Any, project: Any, is_labour_manager: bool) -> dict[str, str]:
    """A full-time coordinator has a region and no project, a part-time one a project and no region."""
    problems = {}
    if kind == Coordinator.Kind.FULL_TIME:
        if not region:
            problems["region"] = _("This kind of post belongs to a region.")
        if project:
            problems["project"] = _("Leave this empty for this kind of post.")
    if kind == Coordinator.Kind.PART_TIME:
        if not project:
            problems["project"] = _("This kind of post belongs to a project.")
        if region:
            problems["region"] = _("Leave this empty for this kind of post.")
        if is_labour_manager:
            problems["is_labour_manager"] = _("Only a regional coordinator is the region's labour manager.")
    return problems


def crew_problems(*, team: Any, crew: Any) -> dict[str, str]:
    """A liaison's crew is one of his team's."""
    return {"crew": _("This crew belongs to another team.")} if crew and team and crew.team_id != team.pk else {}


def during(from_on: date, to_on: date | None) -> Q:
    """The condition for posts that share a day with these; `to_on` None is without end."""
    not_over = Q(to_on=None) | Q(to_on__gte=from_on)
    return not_over & Q(from_on__lte=to_on) if to_on else not_over


def second_holder_problem(region: Region, from_on: date, to_on: date | None, *, is_acting: bool, but: int | None = None) -> str:
    """Why a region cannot have this full-time coordinator too ("" if it can): it has one at a time, acting ones not counted.

    `but` is the post itself, where it exists already. Whoever writes afterwards locks the region first (lock_unit).
    """
    if is_acting or (to_on and to_on < from_on):
        return ""
    others = Coordinator.objects.full_time().filter(during(from_on, to_on), region=region, is_acting=False).exclude(pk=but or 0)
    other = others.select_related("person").order_by("from_on", "pk").first()
    return _held_by(other, from_on) if other else ""


def _held_by(other: Coordinator, from_on: date) -> str:
    """Who holds the post until when, and what can be done about it."""
    words = {"name": other.person, "from": _day(other.from_on), "to": _day(other.to_on)}
    if other.from_on > from_on:
        return _("%(name)s takes up this post on %(from)s. Choose a last day before that, or take that post back first.") % words
    if other.to_on is None:
        return _("%(name)s has held this post since %(from)s, without a last day. End that post first.") % words
    return _("%(name)s holds this post until %(to)s. End that post first, or choose a later first day.") % words


def _day(day: date | None) -> str:
    return date_format(day, "DATE_FORMAT") if day else ""


def can_change_dates(user: "User", post: Coordinator | Liaison) -> bool:
    """From when to when a full-time coordinator is in post, only the department that appoints him says (SYSTEM row 27)."""
    is_appointed = isinstance(post, Coordinator) and post.kind == Coordinator.Kind.FULL_TIME
    return user.scope.holds(Role.PARTY_PERSONNEL) or not is_appointed


def begins_problem(user: "User", kind: str) -> str:
    """Why this person may not begin a post of that kind without a nomination ("" if he may)."""
    if kind != Coordinator.Kind.FULL_TIME or user.scope.holds(Role.PARTY_PERSONNEL):
        return ""
    return _("Only the Party personnel department appoints a regional coordinator.")


def dates_problem(user: "User", post: Coordinator) -> str:
    """Why this person may not save the post as it is now ("" if he may): the days of one that is there are not his to change."""
    stored = Coordinator.objects.filter(pk=post.pk).first() if post.pk else None
    if stored is None or can_change_dates(user, stored):
        return ""
    is_same = (stored.from_on, stored.to_on, stored.kind) == (post.from_on, post.to_on, post.kind)
    return "" if is_same else _("Only the Party personnel department changes the dates of a regional coordinator's post.")


def can_end_post(user: "User", post: Coordinator | Liaison) -> bool:
    """Whoever decides on such posts: the Party personnel department; part-time ones and liaisons also either of the two sides."""
    if post.person_id == user.pk:
        return False
    if user.scope.holds(Role.PARTY_PERSONNEL):
        return True
    project = post.project if isinstance(post, Coordinator) else post.team.project
    return project is not None and (
        user.scope.holds_at(Level.REGION, project.region_id, Role.REGIONAL_COORDINATOR)
        or user.scope.holds_at(Level.PROJECT, project.pk, Role.PROJECT_COMMITTEE)
    )


def ending_problems(post: Coordinator | Liaison, *, last_day: date | None, reason: str, today: date) -> dict[str, str]:
    """A post ends once, on a day that it has seen, for a reason; an end that is set may only be drawn nearer."""
    problems = {}
    if last_day is None:
        problems["last_day"] = _("Say which day was the last.")
    elif last_day < post.from_on:
        problems["last_day"] = _("The post began on %(day)s: its last day cannot be before that.") % {"day": _day(post.from_on)}
    elif post.to_on and post.to_on < today:
        problems["last_day"] = _("This post ended on %(day)s already.") % {"day": _day(post.to_on)}
    elif post.to_on and last_day > post.to_on:
        problems["last_day"] = _("This post ends on %(day)s anyway: here it can only end earlier.") % {"day": _day(post.to_on)}
    if not reason.strip():
        problems["reason"] = _("Say why the post ends.")
    return problems
