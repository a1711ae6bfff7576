"""The hotline and the mailboxes on the home page: calls to return, weeks to roster, boxes to open, letters to write down."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta

from django.db.models import Count, F
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from core.deadlines import day_and_time
from core.roles import Role
from core.scope import Level
from core.workdays import WorkingDays, end_of_office
from feedback.hotline.duties import unrostered
from feedback.hotline.mailboxes import days_closed, neglected
from feedback.hotline.policies import can_call_back
from feedback.hotline.reach import calls_seen_by
from feedback.hotline.shifts import Week, at
from feedback.models import MailboxOpening
from inbox.due import DueItem
from regions.models import Project, Region

MOST = 50
ROSTERED_BY = timedelta(days=4)  # Friday of the week before


def calls_to_return(user: User, now: datetime, workdays: WorkingDays) -> Iterator[DueItem]:
    """Missed calls are returned on the same day."""
    if not user.scope.holds(Role.REGIONAL_COORDINATOR, Role.PROJECT_COORDINATOR):
        return
    calls = calls_seen_by(user).filter(is_missed=True, called_back_at=None).select_related("region", "project", "by")
    for call in calls.order_by("at")[:MOST]:
        if can_call_back(user, call):
            yield DueItem(
                what=_("Missed call of %(when)s: call back") % {"when": day_and_time(call.at)},
                where=str(call.project or call.region),
                url=reverse("call", args=[call.pk]),
                left=_("Due on the same day"),
                due_at=at(timezone.localdate(call.at) + timedelta(days=1), time.min),
            )


def weeks_to_roster(user: User, now: datetime, workdays: WorkingDays) -> Iterator[DueItem]:
    """This week's roster and the next one's, where there is none."""
    regions = Region.objects.for_list().filter(pk__in=_regions(user))
    week = Week.of(timezone.localdate(now))
    for wanted in (week, week.plus(1)):
        due_at = end_of_office(wanted.plus(-1).monday + ROSTERED_BY)
        for region in unrostered(regions, wanted):
            day = day_and_time(due_at)
            yield DueItem(
                what=_("Hotline: nobody is on duty this week") if wanted == week else _("Hotline: nobody is on duty next week"),
                where=str(region),
                url=reverse("duty-week", args=[region.code, str(wanted)]),
                left=_("Due %(when)s") % {"when": day},
                due_at=due_at,
            )


def mailboxes_to_open(user: User, now: datetime, workdays: WorkingDays) -> Iterator[DueItem]:
    """Boxes that nobody has opened for too long: for the project's coordinator and the region's."""
    if not (projects := _looked_after(user)):
        return
    today = timezone.localdate(now)
    for box in neglected(Project.objects.filter(pk__in=projects), today).for_list()[:MOST]:
        days = days_closed(box, today)
        yield DueItem(
            what=_("Open the mailbox: closed for %(days)d days") % {"days": days}
            if days
            else _("Open the mailbox: never opened yet"),
            where=f"{box}·{box.place_of_box}",
            url=reverse("mailbox", args=[box.code]),
        )


def letters_to_key(user: User, now: datetime, workdays: WorkingDays) -> Iterator[DueItem]:
    """Letters that are no cases yet: for the project's coordinator."""
    projects = user.scope.units(Level.PROJECT, Role.PROJECT_COORDINATOR)
    if not projects:
        return
    openings = MailboxOpening.objects.filter(project__in=projects).annotate(keyed=Count("cases")).filter(keyed__lt=F("letters"))
    for opening in openings.select_related("project").order_by("on", "pk")[:MOST]:
        left = opening.letters - opening.keyed
        yield DueItem(
            what=_("%(number)d letters from the mailbox to write down") % {"number": left},
            where=f"{opening.project}·{opening.on:%Y-%m-%d}",
            url=reverse("mailbox-letter", args=[opening.pk]),
        )


def _regions(user: User) -> list[int]:
    return [key for key in user.scope.units(Level.REGION, Role.REGIONAL_COORDINATOR) if key is not None]


def _looked_after(user: User) -> list[int]:
    regions = _regions(user)
    projects = user.scope.units(Level.PROJECT, Role.PROJECT_COORDINATOR)
    of_regions = Project.objects.filter(region__in=regions).values_list("pk", flat=True) if regions else ()
    return [key for key in (*projects, *of_regions) if key is not None]


HOTLINE = (calls_to_return, weeks_to_roster, mailboxes_to_open, letters_to_key)
