"""The ledger at a glance: teams × six months. Every cell says how far the sheet of that month has come, or that there is none.

    board_of(user, teams, months)  →  a Row a team, a Cell a month

A month of which there is no sheet is a gap once it is over, if people of the team worked in it and the project already keeps its
ledger here (the same rule as in wages/arrears.py). The number of queries does not depend on the number of teams.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Count, Exists, Min, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import pgettext, pgettext_lazy

from core.months import Month
from labour_teams.models import Engagement, LabourTeam
from wages.models import AttendanceSheet, WageArrears, WageFinding, WageSheet
from wages.pay_day import USUAL, due_in

MONTHS = 6
S = WageSheet.Status
GAP, ARREARS, NONE = "gap", "arrears", "none"
STATES = (
    *S.choices,
    (GAP, pgettext_lazy("wage sheet", "Missing")),
    (ARREARS, pgettext_lazy("wage sheet", "In arrears")),
    (NONE, pgettext_lazy("wage sheet", "No sheet in these months")),
)
TONES = {S.RECEIVED: "soon", S.CHECKED: "go", S.SIGNED: "go", S.POSTED: "go", S.PAID: "ok"}


@dataclass(frozen=True, slots=True)
class Cell:
    """A team's month. `red` counts the findings that stand in the way, for whoever reads them."""

    month: Month
    due_on: date
    today: date
    sheet: WageSheet | None = None
    is_gap: bool = False
    is_in_arrears: bool = False
    red: int = 0
    attendance: int | None = None

    @property
    def is_late(self) -> bool:
        """Its pay day has passed and nobody was paid."""
        is_open = self.sheet.status != S.PAID if self.sheet else self.is_gap
        return is_open and self.due_on < self.today

    @property
    def word(self) -> str:
        if self.sheet:
            return str(self.sheet.get_status_display())
        return pgettext("wage sheet", "Missing") if self.is_gap else ""

    @property
    def tone(self) -> str:
        if self.is_late:
            return "late"
        return TONES[S(self.sheet.status)] if self.sheet else "soon"


@dataclass(frozen=True, slots=True)
class Row:
    team: LabourTeam
    cells: list[Cell]


@dataclass(slots=True)
class Facts:
    """What is known of some teams in some months, each by (team, month)."""

    sheets: dict[tuple[int, str], WageSheet] = field(default_factory=dict)
    red: Mapping[int, int] = field(default_factory=dict)
    arrears: set[tuple[int, str]] = field(default_factory=set)
    attendance: dict[tuple[int, str], int] = field(default_factory=dict)
    worked: set[tuple[int, str]] = field(default_factory=set)
    ledger_since: Mapping[int, Month] = field(default_factory=dict)


def months_until(last: Month) -> list[Month]:
    """The six months of the board, oldest first."""
    return [last.plus(-back) for back in range(MONTHS - 1, -1, -1)]


def last_month_of(user: Any) -> Month:
    """Last month, or this one as soon as a sheet of it is there."""
    current = Month.current()
    return current if WageSheet.objects.visible_to(user).filter(month=current).exists() else current.plus(-1)


def teams_in(teams: QuerySet[LabourTeam], months: Sequence[Month]) -> QuerySet[LabourTeam]:
    """Those that were on site in these months, or have a sheet of them."""
    on_site = Q(entered_on=None) | Q(entered_on__lte=months[-1].last)
    still = Q(left_on=None) | Q(left_on__gte=months[0].first)
    return teams.filter((on_site & still) | Exists(_sheets_of_team(months)))


def teams_in_state(teams: QuerySet[LabourTeam], state: str, months: Sequence[Month]) -> QuerySet[LabourTeam]:
    """Those of which one of these months is in `state` (STATES)."""
    if state == NONE:
        return teams.exclude(Exists(_sheets_of_team(months)))
    if state == ARREARS:
        standing = WageArrears.objects.standing().filter(team=OuterRef("pk"), month__in=_texts(months))
        return teams.filter(Exists(standing))
    if state == GAP:
        gaps = Q(pk__in=())
        for month in months:
            gaps |= _gap_in(month)
        return teams.filter(gaps)
    return teams.filter(Exists(_sheets_of_team(months).filter(status=state)))


def board_of(user: Any, teams: Sequence[LabourTeam], months: Sequence[Month]) -> list[Row]:
    """The teams in the order given, each with a cell for each month. Their projects and accounts are joined (`with_account`)."""
    facts, today = _facts(user, teams, months), timezone.localdate()
    return [Row(team, [_cell(team, month, facts, today) for month in months]) for team in teams]


def with_account(teams: QuerySet[LabourTeam]) -> QuerySet[LabourTeam]:
    return teams.select_related("project__region", "project__wage_account")


def _cell(team: LabourTeam, month: Month, facts: Facts, today: date) -> Cell:
    key = team.pk, str(month)
    sheet = facts.sheets.get(key)
    since = facts.ledger_since.get(team.project_id)
    is_over = month < Month.of(today)
    account = getattr(team.project, "wage_account", None)
    return Cell(
        month,
        sheet.due_on if sheet else due_in(month, account.pay_day if account else USUAL),
        today,
        sheet,
        is_gap=sheet is None and is_over and key in facts.worked and since is not None and since <= month,
        is_in_arrears=key in facts.arrears,
        red=facts.red.get(sheet.pk, 0) if sheet else 0,
        attendance=facts.attendance.get(key),
    )


def _facts(user: Any, teams: Sequence[LabourTeam], months: Sequence[Month]) -> Facts:
    wanted = {"team__in": [team.pk for team in teams], "month__in": _texts(months)}
    sheets = list(WageSheet.objects.visible_to(user).filter(**wanted))
    standing = WageArrears.objects.visible_to(user).standing().filter(**wanted)
    attended = AttendanceSheet.objects.visible_to(user).filter(**wanted)
    return Facts(
        {(sheet.team_id, str(sheet.month)): sheet for sheet in sheets},
        red_findings(user, sheets),
        {(team, str(month)) for team, month in standing.values_list("team", "month")},
        {(team, str(month)): pk for team, month, pk in attended.values_list("team", "month", "pk")},
        _worked(teams, months),
        first_months({team.project_id for team in teams}),
    )


def red_findings(user: Any, sheets: Iterable[WageSheet]) -> dict[int, int]:
    """Sheet → how many findings stand in its way, for whoever reads them."""
    seen = WageFinding.objects.visible_to(user).open().filter(level=WageFinding.Level.RED, sheet__in=[each.pk for each in sheets])
    return dict(seen.order_by().values_list("sheet").annotate(n=Count("pk")))


def first_months(projects: Iterable[int]) -> dict[int, Month]:
    """Project → the month of its first sheet: before that it kept its ledger elsewhere, and has no gaps."""
    return dict(
        WageSheet.objects.filter(project__in=list(projects)).order_by().values_list("project").annotate(first=Min("month"))
    )


def _worked(teams: Sequence[LabourTeam], months: Sequence[Month]) -> set[tuple[int, str]]:
    """(team, month) in which somebody of the team was on site."""
    heads = {f"in_{n}": Count("pk", filter=_present(month)) for n, month in enumerate(months)}
    rows: Any = Engagement.objects.filter(team__in=[team.pk for team in teams]).order_by().values("team").annotate(**heads)
    return {(row["team"], str(month)) for row in rows for n, month in enumerate(months) if row[f"in_{n}"]}


def _present(month: Month) -> Q:
    return (Q(left_on=None) | Q(left_on__gte=month.first)) & Q(entered_on__lte=month.last)


def _gap_in(month: Month) -> Q:
    if month >= Month.current():
        return Q(pk__in=())
    worked = Exists(Engagement.objects.filter(_present(month), team=OuterRef("pk")))
    kept = Exists(WageSheet.objects.filter(project=OuterRef("project"), month__lte=str(month)))
    return Q(worked) & Q(kept) & ~Q(Exists(_sheets_of_team([month])))


def _sheets_of_team(months: Sequence[Month]) -> QuerySet[WageSheet]:
    return WageSheet.objects.filter(team=OuterRef("pk"), month__in=_texts(months))


def _texts(months: Sequence[Month]) -> list[str]:
    return [str(month) for month in months]
