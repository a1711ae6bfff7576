"""What a handover makes due: to hand over, to accept, and posts that ended without one."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from accounts.models import User
from coordinators.models import Coordinator, Liaison
from core.deadlines import day_and_time, left
from core.roles import HEADQUARTERS, Role
from core.scope import Level
from core.workdays import WorkingDays, end_of_office
from inbox.due import DueItem
from inbox.handover import policies
from inbox.models import Handover
from labour_teams.models import LabourTeam

MOST = 50
# A post that ended earlier is history: nobody hands it over any more.
LOOKING_BACK = timedelta(days=90)


def handovers_to_hand_over(user: User, now: datetime, workdays: WorkingDays) -> Iterator[DueItem]:
    """Due on the last day: by whoever leaves, and once he is gone by his nearest superior."""
    for handover in _open(user).filter(status=Handover.Status.OPEN)[:MOST]:
        post = handover.post
        if user.pk == post.person_id or (policies.is_over(post) and policies.is_superior(user, post)):
            yield DueItem(
                what=_("Hand over: %(post)s") % {"post": post},
                where=_last_day(post.to_on),
                url=reverse("handover", args=[handover.pk]),
                left=_left(post.to_on, now, workdays),
                due_at=end_of_office(post.to_on) if post.to_on else None,
            )


def handovers_to_accept(user: User, now: datetime, workdays: WorkingDays) -> Iterator[DueItem]:
    """What waits for whoever holds the post now."""
    for handover in _open(user).filter(status=Handover.Status.HANDED_OVER)[:MOST]:
        if policies.can_accept(user, handover):
            when = day_and_time(handover.handed_over_at) if handover.handed_over_at else ""
            yield DueItem(
                what=_("Accept the handover of %(post)s") % {"post": handover.post},
                where=_("Handed over %(when)s") % {"when": when},
                url=reverse("handover", args=[handover.pk]),
            )


def posts_without_handover(user: User, now: datetime, workdays: WorkingDays) -> Iterator[DueItem]:
    """Posts that ended lately with nothing handed over, for the nearest superior."""
    if not user.scope.holds(*HEADQUARTERS, Role.REGIONAL_COORDINATOR):
        return
    for post in [*_coordinators(user), *_liaisons(user)][:MOST]:
        yield DueItem(
            what=_("%(post)s ended without a handover") % {"post": post},
            where=_last_day(post.to_on),
            url=reverse("liaison" if isinstance(post, Liaison) else "coordinator", args=[post.pk]),
        )


def _open(user: User) -> Any:
    return Handover.objects.visible_to(user).unfinished().for_list()


def _coordinators(user: User) -> list[Coordinator]:
    """Headquarters look after the regions' posts, a regional coordinator after his projects'."""
    today = timezone.localdate()
    same = {"region": OuterRef("region")} if user.scope.holds(*HEADQUARTERS) else {"project": OuterRef("project")}
    mine = Q(project=None) if user.scope.holds(*HEADQUARTERS) else Q(project__region__in=_regions(user))
    goes_on = Coordinator.objects.visible_to(user).filter(person=OuterRef("person"), **same).held_on(today)
    ended = Coordinator.objects.visible_to(user).filter(mine, **_lately(today)).filter(~Exists(goes_on))
    return list(ended.for_list()[:MOST])


def _liaisons(user: User) -> list[Liaison]:
    """Of teams that are still on site: with the team its post goes too."""
    today = timezone.localdate()
    goes_on = Liaison.objects.visible_to(user).filter(
        Q(crew=OuterRef("crew")) | Q(crew=None), person=OuterRef("person"), team=OuterRef("team")
    )
    ended = Liaison.objects.visible_to(user).filter(
        team__project__region__in=_regions(user), team__in=LabourTeam.objects.visible_to(user).on_site(today), **_lately(today)
    )
    still_there = Q(crew=None) | Q(crew__is_active=True)
    return list(ended.filter(still_there, ~Exists(goes_on.held_on(today))).for_list()[:MOST])


def _regions(user: User) -> list[int]:
    return [
        grant.unit_id
        for grant in user.scope.grants
        if grant.level == Level.REGION and grant.role == Role.REGIONAL_COORDINATOR and grant.unit_id
    ]


def _lately(today: date) -> dict[str, Any]:
    return {"to_on__lt": today, "to_on__gte": today - LOOKING_BACK, "handover": None}


def _left(day: date | None, now: datetime, workdays: WorkingDays) -> str:
    """How long until the end of office on the last day, in the words of every deadline."""
    if day is None:
        return ""
    return left(end_of_office(day), now, workdays).words


def _last_day(day: date | None) -> str:
    return _("last day %(day)s") % {"day": formats.date_format(day, "MONTH_DAY_FORMAT")} if day else ""


HANDOVERS = (handovers_to_hand_over, handovers_to_accept, posts_without_handover)
