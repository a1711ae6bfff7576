"""Answers that wait to be hung or read aloud: due items of the project's coordinator and the team's liaison."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from core.deadlines import day_and_time
from core.roles import Role
from core.scope import Level
from core.workdays import WorkingDays
from feedback.models import FeedbackSheet
from feedback.wall.lines import sayable, unsaid
from feedback.wall.policies import can_post
from feedback.wall.reach import teams_served
from inbox.due import DueItem
from labour_teams.models import LabourTeam

MOST = 50


def answers_to_hang(user: User, now: datetime, workdays: WorkingDays) -> Iterator[DueItem]:
    """Answers that stand on no sheet yet, a row a team: the project coordinator prints one."""
    projects = user.scope.units(Level.PROJECT, Role.PROJECT_COORDINATOR)
    if not projects:
        return
    teams = LabourTeam.objects.filter(project__in=projects)
    counted = unsaid(teams).order_by().values_list("team").annotate(n=Count("pk"))
    waiting = dict(counted)
    for team in teams.filter(pk__in=waiting).for_list()[:MOST]:
        yield DueItem(
            what=_("%(team)s: %(number)d answers to print for the wall") % {"team": team, "number": waiting[team.pk]},
            where=str(team.project),
            url=reverse("team-wall", args=[team.pk]),
        )


def sheets_to_post(user: User, now: datetime, workdays: WorkingDays) -> Iterator[DueItem]:
    """Printed sheets that nobody has photographed on the wall."""
    if not user.scope.holds(Role.LIAISON, Role.PROJECT_COORDINATOR):
        return
    sheets = FeedbackSheet.objects.visible_to(user).filter(posted_at=None).select_related("team__project")
    for sheet in sheets.order_by("printed_at")[:MOST]:
        month: Any = sheet.month
        if can_post(user, sheet.team):
            yield DueItem(
                what=_("Hang the reply sheet of %(month)s and photograph it") % {"month": month.label},
                where=_("%(team)s·printed %(when)s") % {"team": sheet.team, "when": day_and_time(sheet.printed_at)},
                url=reverse("wall-sheet", args=[sheet.pk]),
            )


def answers_to_read(user: User, now: datetime, workdays: WorkingDays) -> Iterator[DueItem]:
    """Answers that have reached nobody in the liaison's team yet."""
    if not user.scope.holds(Role.LIAISON):
        return
    teams = list(teams_served(user))
    unread = sayable(teams).filter(delivered_at=None).order_by()
    waiting = dict(unread.values_list("team").annotate(n=Count("pk")))
    for team in teams:
        if number := waiting.get(team.pk):
            yield DueItem(
                what=_("%(number)d answers to read to your crew") % {"number": number},
                where=f"{team.project}·{team}",
                url=reverse("read-aloud", args=[team.pk]),
            )


WALLS = (answers_to_hang, sheets_to_post, answers_to_read)
