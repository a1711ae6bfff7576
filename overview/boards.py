"""The eight regions as headquarters look at them: who answers for each, how it stands, where its report is."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from coordinators.models import Coordinator
from core.months import Month
from core.scope import Level
from core.workdays import WorkingDays
from figures.registry import Unit, as_of
from overview.measures import COVERAGE, ENTERED, LEFT, ON_SITE, PART_TIME, SERVED, TEAMS, UNCOVERED, Cell, Measures
from regions.models import Project, Region
from reports.deadline import Deadline, deadline_of
from reports.models import MonthlyReport

if TYPE_CHECKING:
    from accounts.models import User

COLUMNS = (ON_SITE, ENTERED, LEFT, COVERAGE, PART_TIME, UNCOVERED)
# Where a region's tile stands on the schematic map: its turn, and the column it begins in ("": right after the one before).
COMPASS = {
    "NW": (1, "c1"), "NE": (2, "c5"), "SN": (3, "c2"), "HS": (4, ""),
    "GZ": (5, "c1"), "HN": (6, ""), "FJ": (7, ""), "GX": (8, "c2"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Board:
    """A region: `teams` and `served` of today, `report` of the month before while the month runs."""

    region: Region
    coordinators: list[Coordinator]
    projects: int
    teams: int
    served: int
    served_values: list[int]
    on_site: Cell
    cells: list[Cell]
    report: MonthlyReport | None
    deadline: Deadline | None

    @property
    def place(self) -> str:
        return COMPASS.get(self.region.code, (0, ""))[1]

    @property
    def remark(self) -> str:
        """What is wrong, in a few words; "" when nothing is."""
        gaps = self.teams - self.served
        words = []
        if self.is_overdue:
            words.append(_("report overdue"))
        elif self.report and self.report.status == MonthlyReport.Status.RETURNED:
            words.append(_("report returned"))
        if gaps:
            words.append(_("%(number)s teams without a liaison") % {"number": gaps})
        if not self.coordinators:
            words.append(_("no coordinator"))
        return pgettext("between items of a list", ", ").join(words)

    @property
    def is_overdue(self) -> bool:
        return bool(self.report and self.report.is_open and self.deadline and self.deadline.state == "late")

    @property
    def tone(self) -> str:
        return "late" if self.is_overdue else "soon" if self.remark else ""


@dataclass(frozen=True, slots=True)
class Tile:
    """A headline figure, for includes/_stat.html."""

    label: str
    value: int | str
    unit: str
    url: str = "#measures"
    tone: str = ""
    values: list[int] = field(default_factory=list)

    @property
    def tone_label(self) -> str:
        return _("red") if self.tone == "late" else _("amber")


@dataclass(frozen=True, slots=True)
class Overview:
    boards: list[Board]
    measures: Measures
    report_month: Month
    tiles: list[Tile]

    @property
    def projects(self) -> int:
        return sum(board.projects for board in self.boards)

    @property
    def teams(self) -> int:
        return sum(board.teams for board in self.boards)

    @property
    def on_the_map(self) -> list[Board]:
        return sorted(self.boards, key=lambda board: COMPASS.get(board.region.code, (len(COMPASS) + 1, ""))[0])


def report_month_of(month: Month) -> Month:
    """The month whose report can be there: the one looked at, or the one before while it still runs."""
    return month if month < Month.current() else month.plus(-1)


def overview_of(user: "User", month: Month, now: datetime) -> Overview:
    regions = list(Region.objects.visible_to(user).for_list())
    measures = Measures(Level.REGION, month, COLUMNS, regions)
    boards = _boards(user, regions, measures, now)
    return Overview(boards, measures, report_month_of(month), _tiles(regions, measures, boards))


def _boards(user: "User", regions: list[Region], measures: Measures, now: datetime) -> list[Board]:
    day = as_of(measures.month)
    projects, heads = _projects(user, day), _coordinators(user, day)
    reports, workdays = _reports(user, report_month_of(measures.month)), WorkingDays.load()
    return [
        Board(
            region=region,
            coordinators=heads.get(region.pk, []),
            projects=projects.get(region.pk, 0),
            teams=measures.number(TEAMS, region),
            served=measures.number(SERVED, region),
            served_values=measures.values(SERVED, [region]),
            on_site=measures.cell(ON_SITE, region),
            cells=[measures.cell(key, region) for key in COLUMNS],
            report=(report := reports.get(region.pk)),
            deadline=deadline_of(report, now, workdays) if report else None,
        )
        for region in regions
    ]


def _projects(user: "User", day: date) -> dict[int, int]:
    """Region → projects under construction."""
    counted = Project.objects.visible_to(user).under_construction(day).order_by().values_list("region").annotate(n=Count("pk"))
    return dict(counted)


def _coordinators(user: "User", day: date) -> dict[int, list[Coordinator]]:
    """Region → its full-time coordinators of that day."""
    found: dict[int, list[Coordinator]] = {}
    for post in Coordinator.objects.visible_to(user).full_time().held_on(day).for_list():
        found.setdefault(post.region_id, []).append(post)
    return found


def _reports(user: "User", month: Month) -> dict[int, MonthlyReport]:
    return {report.region_id: report for report in MonthlyReport.objects.visible_to(user).filter(month=month).for_list()}


def _tiles(regions: list[Region], measures: Measures, boards: list[Board]) -> list[Tile]:
    """The company's headline figures; each leads to the table where its parts are."""
    sums = {key: measures.values(key, regions) for key in (ON_SITE, ENTERED, LEFT, SERVED, TEAMS)}
    served, teams = sums[SERVED][-1], sums[TEAMS][-1]
    sent = sum(board.report is not None and not board.report.is_open for board in boards)
    late = any(board.is_overdue for board in boards)
    reports = f"{reverse('reports')}?month={report_month_of(measures.month)}"
    return [
        Tile(_("Workers on site"), sums[ON_SITE][-1], Unit.PERSONS.label, values=sums[ON_SITE]),
        Tile(_("Entered this month"), sums[ENTERED][-1], Unit.PERSONS.label, values=sums[ENTERED]),
        Tile(_("Left this month"), sums[LEFT][-1], Unit.PERSONS.label, values=sums[LEFT]),
        Tile(
            _("Teams with liaison"),
            f"{served}/{teams}",
            Unit.TEAMS.label,
            values=sums[SERVED],
            tone="soon" if served < teams else "",
        ),
        Tile(_("Reports in"), f"{sent}/{len(regions)}", pgettext("unit", "regions"), url=reports, tone="late" if late else ""),
    ]
