"""The handbook on the home page: look after somebody again, say whether what was planned was held, teams not visited yet."""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from accounts.models import User
from core.months import Month
from core.roles import Role
from core.scope import Level
from core.workdays import WorkingDays, end_of_office
from handbook.models import EntryKind, HandbookEntry, VisitRecord
from handbook.policies import can_amend, can_see_handbook
from inbox.due import WITHIN, DueItem
from labour_teams.models import LabourTeam

MOST = 50
REMINDED_FROM = 20  # day of the month: from then on teams that were not visited are named


def visits_to_repeat(user: User, now: datetime, workdays: WorkingDays) -> Iterator[DueItem]:
    """Whoever wrote that somebody is to be looked after again goes himself: shown a week ahead, until he says that he did.

    Another visit to the team says nothing of that: it may have been about somebody else.
    """
    if not can_see_handbook(user):
        return
    soon = timezone.localdate(now) + WITHIN
    own = VisitRecord.objects.visible_to(user).filter(entry__author=user.pk, entry__withdrawn_at=None, entry__is_planned=False)
    waiting = own.filter(follow_up_on__lte=soon, followed_up_on=None)
    waiting = waiting.select_related("entry__project", "entry__team", "entry__region")
    for visit in waiting.defer("words", "followed_up_words").order_by("follow_up_on", "pk")[:MOST]:
        entry = visit.entry
        yield DueItem(
            what=_("Look after it again: %(title)s") % {"title": entry.title},
            where="·".join(str(part) for part in (entry.project or entry.region, entry.team) if part),
            url=reverse("visit-follow-up", args=[entry.pk]),
            left=_("Due %(when)s") % {"when": date_format(visit.follow_up_on, "MONTH_DAY_FORMAT")},
            due_at=end_of_office(visit.follow_up_on),
        )


def planned_to_confirm(user: User, now: datetime, workdays: WorkingDays) -> Iterator[DueItem]:
    """The day of what was planned is past: held, or not?"""
    if not can_see_handbook(user):
        return
    today = timezone.localdate(now)
    past = HandbookEntry.objects.visible_to(user).standing().filter(author=user.pk, is_planned=True, on__lt=today)
    for entry in past.for_list().order_by("on", "pk")[:MOST]:
        verb = "entry-amend" if can_amend(user, entry, today) else "entry-withdraw"
        yield DueItem(
            what=_("Held or not? %(title)s") % {"title": entry.title},
            where="·".join(str(part) for part in (entry.project or entry.region, entry.team) if part),
            url=reverse(verb, args=[entry.pk]),
            left=_("Planned for %(when)s") % {"when": date_format(entry.on, "MONTH_DAY_FORMAT")},
        )


def teams_to_visit(user: User, now: datetime, workdays: WorkingDays) -> Iterator[DueItem]:
    """A regional coordinator owes every team a visit a month; those that he has not seen yet, by project."""
    regions = user.scope.units(Level.REGION, Role.REGIONAL_COORDINATOR)
    today = timezone.localdate(now)
    if not regions or today.day < REMINDED_FROM:
        return
    month = Month.of(today)
    seen = HandbookEntry.objects.visible_to(user).held().within(month)
    seen = seen.filter(kind=EntryKind.VISIT, author=user.pk, team=OuterRef("pk"))
    teams = LabourTeam.objects.visible_to(user).filter(project__region__in=regions).on_site(today).exclude(Exists(seen))
    unseen: dict[object, list[LabourTeam]] = {}
    for team in teams.for_list():
        unseen.setdefault(team.project, []).append(team)
    for project, missing in list(unseen.items())[:MOST]:
        yield DueItem(
            what=_("%(project)s: %(number)d teams not visited this month") % {"project": project, "number": len(missing)},
            where=pgettext("between items of a list", ", ").join(team.name for team in missing),
            url=reverse("entry-new", args=[EntryKind.VISIT.value]),
            left=_("Due %(when)s") % {"when": date_format(month.last, "MONTH_DAY_FORMAT")},
            due_at=end_of_office(month.last),
        )


HANDBOOK = (visits_to_repeat, planned_to_confirm, teams_to_visit)
