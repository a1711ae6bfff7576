"""Wages that were not paid in time, found day by day: `manage.py watch_wages`.

    a sheet that is not paid on the day after its pay day           arrears of its net sum
    no sheet for a month in which people worked, after the pay day  arrears whose sum nobody knows

Each becomes a row once, remembers since when, and opens an urgent case, so that somebody owns it and answers by a deadline.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.db import transaction
from django.db.models import Count, Min, Q
from django.utils.translation import gettext as _

from core.months import Month
from feedback.cases.registering import Matter, register
from feedback.models import Case, CaseCategory, Kind, Severity
from labour_teams.models import Engagement, LabourTeam
from wages.models import WageAccount, WageArrears, WageSheet
from wages.pay_day import USUAL, due_in

CATEGORY = "wage_late"
BACK = 12  # months that are looked at: what is older was found long ago


@dataclass(frozen=True, slots=True)
class Late:
    """A team's month that was due and not paid. `amount` is None where there is no sheet to say it."""

    team: LabourTeam
    month: Month
    source: str
    due_on: date
    people: int
    amount: Decimal | None = None


def found(today: date) -> list[Late]:
    """What is late today and not written down yet."""
    known = {(row.team_id, str(row.month), row.source) for row in WageArrears.objects.all()}
    late = [*_unpaid(today), *_missing(today)]
    return [each for each in late if (each.team.pk, str(each.month), each.source) not in known]


def write_down(late: Late) -> WageArrears:
    """The arrears and their case. Called twice for one month, the database keeps the second out."""
    project = late.team.project
    with transaction.atomic():
        arrears = WageArrears.objects.create(
            project=project,
            region=project.region,
            team=late.team,
            month=late.month,
            source=late.source,
            since=late.due_on + timedelta(days=1),
            amount=late.amount,
            people=late.people,
        )
        arrears.case = register(_matter(late), by=None)
        arrears.save(update_fields=["case"])
    return arrears


def _unpaid(today: date) -> Iterator[Late]:
    sheets = WageSheet.objects.unpaid().filter(due_on__lt=today).select_related("team__project__region")
    for sheet in sheets.order_by("due_on", "pk"):
        yield Late(sheet.team, sheet.month, WageArrears.Source.UNPAID, sheet.due_on, sheet.people, sheet.net)


def _missing(today: date) -> Iterator[Late]:
    """Months in which somebody of the team was on site, whose pay day has passed, and of which there is no sheet.

    A project's gaps count from its first sheet on: before, it kept its ledger elsewhere. The same questions, however many teams.
    """
    days = dict(WageAccount.objects.values_list("project", "pay_day"))
    ledgers = {project: str(first) for project, first in WageSheet.objects.values_list("project").annotate(first=Min("month"))}
    month = Month.of(today).plus(-1)
    for _step in range(BACK):
        sheets = set(WageSheet.objects.filter(month=month).values_list("team", flat=True))
        here = Q(left_on=None) | Q(left_on__gte=month.first)
        working = Engagement.objects.filter(here, entered_on__lte=month.last)
        heads = dict(working.order_by().values_list("team").annotate(n=Count("pk")))
        teams = LabourTeam.objects.filter(pk__in=heads.keys() - sheets).select_related("project__region")
        for team in teams.order_by("pk"):
            due, began = due_in(month, days.get(team.project_id, USUAL)), ledgers.get(team.project_id)
            if due < today and began is not None and began <= str(month):
                yield Late(team, month, WageArrears.Source.MISSING, due, heads[team.pk])
        month = month.plus(-1)


def _matter(late: Late) -> Matter:
    words = {"team": late.team.name, "month": str(late.month)}
    if late.source == WageArrears.Source.MISSING:
        title = _("No wage sheet of %(team)s for %(month)s") % words
    else:
        title = _("Wages of %(team)s for %(month)s not paid by the pay day") % words
    return Matter(
        category=CaseCategory.objects.get(key=CATEGORY),
        title=title[:80],
        origin=Case.Origin.LEDGER,
        kind=Kind.DISPUTE,
        severity=Severity.URGENT,
        project=late.team.project,
        team=late.team,
        people_count=late.people,
        amount=late.amount,
        is_found_early=True,
    )
