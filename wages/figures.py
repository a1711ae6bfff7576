"""Figures of the wage ledger: which teams have one, what was paid in time, what was not paid, what stands in the way.

What tells of sums and sheets is counted for a reader: not everybody on a project has to do with its wages. Arrears are those that
stood on the last day counted; somebody who waits for several months is one person.
"""

from typing import Any

from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.months import Month
from core.scope import Level
from figures.registry import Column, Direction, Figure, Unit, as_of, figures
from labour_teams.models import Engagement, LabourTeam
from wages.models import WageArrears, WageFinding, WageSheet
from wages.words import sentence

SHEET_COLUMNS = (
    Column(_("Labour team"), lambda row: row.team.name, lambda row: reverse("wage-sheet", args=[row.pk])),
    Column(_("Project"), lambda row: row.project.name),
    Column(_("Month of work"), lambda row: row.month),
    Column(_("State"), lambda row: row.get_status_display()),
    Column(_("Latest pay day"), lambda row: row.due_on),
    Column(_("Paid on"), lambda row: row.paid_on or ""),
)
TEAM_COLUMNS = (
    Column(_("Labour team"), lambda row: row.name, lambda row: reverse("team", args=[row.pk])),
    Column(_("Project"), lambda row: row.project.name),
)
ARREARS_COLUMNS = (
    Column(_("Labour team"), lambda row: row.team.name, lambda row: f"{reverse('wages-arrears')}?project={row.project_id}"),
    Column(_("Project"), lambda row: row.project.name),
    Column(_("Month of work"), lambda row: row.month),
    Column(_("Since"), lambda row: row.since),
    Column(pgettext_lazy("wage sheet", "People"), lambda row: "" if row.people is None else row.people),
    Column(_("Amount (yuan)"), lambda row: "" if row.amount is None else row.amount),
)
SETTLED_COLUMNS = (*ARREARS_COLUMNS, Column(_("Settled on"), lambda row: row.settled_on))
FINDING_COLUMNS = (
    Column(
        pgettext_lazy("wage sheet", "What was found"),
        sentence,
        lambda row: f"{reverse('wage-sheet', args=[row.sheet_id])}#finding-{row.pk}",
    ),
    Column(_("Labour team"), lambda row: row.sheet.team.name),
    Column(_("Project"), lambda row: row.sheet.project.name),
)
OF_ROW = {Level.REGION: "region", Level.PROJECT: "project"}
OF_TEAM = {Level.REGION: "project__region", Level.PROJECT: "project"}
OF_FINDING = {Level.REGION: "sheet__region", Level.PROJECT: "sheet__project"}
MORE, LESS = Direction.MORE_IS_BETTER, Direction.MORE_IS_WORSE


def with_sheet(month: Month) -> Any:
    sheets: Any = WageSheet.objects.filter(month=month)
    return sheets.for_list()


def without_sheet(month: Month) -> Any:
    """Somebody of the team was on site in the month."""
    here = Q(left_on=None) | Q(left_on__gte=month.first)
    worked = Engagement.objects.filter(here, team=OuterRef("pk"), entered_on__lte=as_of(month))
    sheets = WageSheet.objects.filter(team=OuterRef("pk"), month=month)
    return LabourTeam.objects.filter(Exists(worked)).exclude(Exists(sheets)).for_list()


def due(month: Month) -> Any:
    sheets: Any = WageSheet.objects.filter(due_on__range=(month.first, as_of(month)))
    return sheets.for_list()


def paid_in_time(month: Month) -> Any:
    return due(month).filter(paid_on__lte=F("due_on"))


def arrears(month: Month) -> Any:
    return WageArrears.objects.on(as_of(month)).for_list()


def settled(month: Month) -> Any:
    return WageArrears.objects.filter(settled_on__range=(month.first, as_of(month))).for_list()


def arrears_a_team(month: Month) -> Any:
    """Of each team the month for which most people wait."""
    of_team = WageArrears.objects.on(as_of(month)).filter(team=OuterRef("team"))
    largest = of_team.order_by(F("people").desc(nulls_last=True), "pk").values("pk")[:1]
    return arrears(month).filter(pk=Subquery(largest))


def open_findings(month: Month) -> Any:
    red = WageFinding.objects.open().filter(level=WageFinding.Level.RED, sheet__month=month)
    return red.select_related("line", "engagement", "sheet__team", "sheet__project")


def _figure(key: str, unit: Unit, rows: Any, paths: Any, columns: Any, **more: Any) -> None:
    order = more.pop("order", ("project__code", "team__name", "pk"))
    figures.add(Figure(key=key, unit=unit, rows=rows, paths=paths, columns=columns, order=order, **{"for_reader": True, **more}))


_figure(
    "teams_with_ledger", Unit.TEAMS, with_sheet, OF_ROW, SHEET_COLUMNS,
    label=_("Teams with a wage ledger"),
    definition=_("Labour teams of which there is a wage sheet for the month."),
    direction=MORE,
)  # fmt: skip
_figure(
    "teams_without_ledger", Unit.TEAMS, without_sheet, OF_TEAM, TEAM_COLUMNS,
    label=_("Teams without a wage ledger"),
    definition=_("Labour teams that had people on site in the month and of which there is no wage sheet for it."),
    direction=LESS, for_reader=False, order=("project__code", "name", "pk"),
)  # fmt: skip
_figure(
    "wage_sheets_due", Unit.SHEETS, due, OF_ROW, SHEET_COLUMNS,
    label=_("Wage sheets due to be paid"),
    definition=_("Wage sheets whose pay day fell into the month."),
)  # fmt: skip
_figure(
    "wage_sheets_paid_in_time", Unit.SHEETS, paid_in_time, OF_ROW, SHEET_COLUMNS,
    label=_("Wage sheets paid in time"),
    definition=_("Of the wage sheets whose pay day fell into the month: those paid by that day, with the bank's voucher."),
    direction=MORE,
)  # fmt: skip
_figure(
    "arrears_teams", Unit.TEAMS, arrears_a_team, OF_ROW, ARREARS_COLUMNS,
    label=_("Teams in wage arrears"),
    definition=_("Labour teams whose wages were due and not paid on the last day of the month (today, while it runs)."),
    direction=LESS,
)  # fmt: skip
_figure(
    "arrears_people", Unit.PERSONS, arrears_a_team, OF_ROW, ARREARS_COLUMNS,
    label=_("People in wage arrears"),
    definition=_("People whose wages were due and not paid on that day; who waits for several months is counted once."),
    direction=LESS, summed="people",
)  # fmt: skip
_figure(
    "arrears_yuan", Unit.YUAN, arrears, OF_ROW, ARREARS_COLUMNS,
    label=_("Wage arrears in yuan"),
    definition=_("Net wages that were due and not paid on that day, where a sheet says how much."),
    direction=LESS, summed="amount",
)  # fmt: skip
_figure(
    "arrears_settled", Unit.TIMES, settled, OF_ROW, SETTLED_COLUMNS,
    label=_("Wage arrears settled"),
    definition=_("Wages of a team and month that were in arrears and were settled in the month, by whatever proof."),
    direction=MORE,
)  # fmt: skip
_figure(
    "wage_findings_open", Unit.FINDINGS, open_findings, OF_FINDING, FINDING_COLUMNS,
    label=_("Red findings left open"),
    definition=_("Findings that stand in the way of wage sheets of the month and were neither put right nor explained."),
    direction=LESS, order=("sheet__project__code", "sheet__team__name", "pk"),
)  # fmt: skip
