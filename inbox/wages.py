"""The wage ledger in the list of what is owed: sheets that are missing, sheets to move on, arrears, sheets not checked."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from accounts.models import User
from core.months import Month
from core.roles import Role
from core.scope import Level
from core.workdays import WorkingDays, end_of_office
from inbox.due import DueItem
from labour_teams.models import LabourTeam
from wages.ledger.board import GAP, red_findings, teams_in_state, with_account
from wages.models import WageArrears, WageSheet
from wages.pay_day import USUAL, due_in

MOST = 50
MONTHS_LOOKED_AT = 3  # a gap older than that is arrears, and stands there
UNCHECKED_AFTER = timedelta(days=5)
AT_PROJECT = (Role.PROJECT_COORDINATOR, Role.PROJECT_CLERK)
S = WageSheet.Status


def sheets_missing(user: User, now: datetime, workdays: WorkingDays) -> Iterator[DueItem]:
    """Months in which people worked and of which the project has brought no sheet."""
    projects = user.scope.units(Level.PROJECT, *AT_PROJECT)
    if not projects:
        return
    teams = LabourTeam.objects.filter(project__in=projects).for_list()
    for back in range(1, MONTHS_LOOKED_AT + 1):
        month = Month.of(timezone.localdate(now)).plus(-back)
        for team in with_account(teams_in_state(teams, GAP, [month]))[:MOST]:
            account = getattr(team.project, "wage_account", None)
            due_on = due_in(month, account.pay_day if account else USUAL)
            yield DueItem(
                what=_("%(team)s: no wage sheet for %(month)s") % {"team": team, "month": month.label},
                where=str(team.project),
                url=reverse("wage-import", args=[team.project.code]),
                left=_paid_by(due_on),
                due_at=end_of_office(due_on),
            )


def sheets_to_move(user: User, now: datetime, workdays: WorkingDays) -> Iterator[DueItem]:
    """To explain, check, sign, post and pay, each by the pay day."""
    projects = user.scope.units(Level.PROJECT, *AT_PROJECT)
    if not projects:
        return
    seen: Any = WageSheet.objects.visible_to(user).filter(project__in=projects)
    sheets: list[WageSheet] = list(seen.unpaid().for_list().order_by("due_on", "pk")[:MOST])
    red = red_findings(user, sheets)
    for sheet in sheets:
        yield DueItem(
            what=_what(sheet, red.get(sheet.pk, 0)),
            where=f"{sheet.team}·{sheet.project}",
            url=reverse("wage-sheet", args=[sheet.pk]),
            left=_paid_by(sheet.due_on),
            due_at=end_of_office(sheet.due_on),
        )


def arrears_to_settle(user: User, now: datetime, workdays: WorkingDays) -> Iterator[DueItem]:
    """The region's, worst first: each is late by definition."""
    regions = user.scope.units(Level.REGION, Role.REGIONAL_COORDINATOR)
    if not regions:
        return
    for row in WageArrears.objects.visible_to(user).standing().filter(project__region__in=regions).for_list()[:MOST]:
        days = (timezone.localdate(now) - row.since).days + 1
        yield DueItem(
            what=_("%(team)s: wages of %(month)s not paid") % {"team": row.team, "month": row.month.label},
            where=_("%(project)s·%(people)s people") % {"project": row.project, "people": row.people or "—"},
            url=f"{reverse('wages-arrears')}?project={row.project_id}",
            left=_("%(days)d days in arrears") % {"days": days},
            due_at=end_of_office(row.since - timedelta(days=1)),
        )


def sheets_unchecked(user: User, now: datetime, workdays: WorkingDays) -> Iterator[DueItem]:
    """A line for each project of the region whose sheets have lain for days without being checked."""
    regions = user.scope.units(Level.REGION, Role.REGIONAL_COORDINATOR)
    if not regions:
        return
    lying = WageSheet.objects.visible_to(user).filter(project__region__in=regions, status=S.RECEIVED)
    old = lying.filter(imported_at__lt=now - UNCHECKED_AFTER).order_by("project__code")
    counted = old.values_list("project__code", "project__name").annotate(n=Count("pk"))
    for code, name, number in counted[:MOST]:
        yield DueItem(
            what=_("%(number)d wage sheets that nobody has checked") % {"number": number},
            where=name,
            url=reverse("wages-project", args=[code]),
        )


def _what(sheet: WageSheet, red: int) -> str:
    month = {"month": sheet.month.label, "number": red}
    words = {
        S.RECEIVED: _("Wage sheet of %(month)s: check it"),
        S.CHECKED: _("Wage sheet of %(month)s: have the leading group sign it"),
        S.SIGNED: _("Wage sheet of %(month)s: post it on site"),
        S.POSTED: _("Wage sheet of %(month)s: pay it out and keep the voucher"),
    }
    if red and sheet.status == S.RECEIVED:
        return _("Wage sheet of %(month)s: %(number)d findings to put right or explain") % month
    return words[S(sheet.status)] % month


def _paid_by(due_on: date) -> str:
    return _("To be paid by %(day)s") % {"day": formats.date_format(due_on, "MONTH_DAY_FORMAT")}


WAGES = (sheets_missing, sheets_to_move, arrears_to_settle, sheets_unchecked)
