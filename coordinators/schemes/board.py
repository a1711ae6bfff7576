"""What was ticked in a month: the sheet of one project, and the projects side by side."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from coordinators.models import Scheme, SchemeCheck, SchemeItem
from coordinators.schemes.workflow import Sheet
from core.months import Month
from labour_teams.models import LabourTeam
from regions.models import Project

if TYPE_CHECKING:
    from accounts.models import User


@dataclass(frozen=True, slots=True)
class BoardRow:
    """`cells`: how often each item is ticked, of `possible` (1 for a project, or its teams on site in the month)."""

    project: Project
    cells: list[tuple[int, SchemeItem]]
    possible: int

    @property
    def done(self) -> int:
        return sum(count for count, _item in self.cells)

    @property
    def all(self) -> int:
        return self.possible * len(self.cells)


@dataclass(frozen=True, slots=True)
class Board:
    """A row for each project, a column for each item."""

    items: list[SchemeItem]
    rows: list[BoardRow]

    @property
    def columns(self) -> list[tuple[int, int, SchemeItem]]:
        """For each item, how often it is ticked, of how many."""
        possible = sum(row.possible for row in self.rows)
        return [(sum(row.cells[place][0] for row in self.rows), possible, item) for place, item in enumerate(self.items)]

    @property
    def done(self) -> int:
        return sum(row.done for row in self.rows)

    @property
    def all(self) -> int:
        return sum(row.all for row in self.rows)


def items_of(scheme: Scheme) -> list[SchemeItem]:
    return list(scheme.items.filter(is_active=True).order_by("number"))


def teams_in(month: Month) -> Q:
    """Teams that were on site on a day of the month."""
    return Q(Q(entered_on=None) | Q(entered_on__lte=month.last), Q(left_on=None) | Q(left_on__gte=month.first))


def projects_in(user: "User", month: Month) -> QuerySet[Project]:
    """The projects of one's reach that were under construction when the month ended, or are while it runs."""
    day = min(timezone.localdate(), month.last)
    return Project.objects.with_records_for(user).under_construction(day).for_list()


def sheet_of(user: "User", scheme: Scheme, project: Project, month: Month) -> tuple[Sheet, list[LabourTeam]]:
    """The form's cells, and the teams they speak of (none where the project is ticked as a whole)."""
    teams: list[LabourTeam] = []
    if scheme.use == Scheme.Use.TEAM:
        teams = list(LabourTeam.objects.visible_to(user).filter(teams_in(month), project=project).for_list())
    places = [team.pk for team in teams] if scheme.use == Scheme.Use.TEAM else [None]
    cells = frozenset((item.pk, place) for item in items_of(scheme) for place in places)
    return Sheet(scheme, project, month, cells), teams


def board_of(user: "User", scheme: Scheme, month: Month) -> Board:
    """Four queries, whatever the number of projects."""
    items, projects = items_of(scheme), list(projects_in(user, month))
    possible = _possible(user, scheme, projects, month)
    ticks = SchemeCheck.objects.visible_to(user).of_month(month).filter(item__in=items, project__in=projects)
    if scheme.use == Scheme.Use.TEAM:
        ticks = ticks.filter(team__in=LabourTeam.objects.filter(teams_in(month)))
    counted = {
        (row["project"], row["item"]): row["n"] for row in ticks.order_by().values("project", "item").annotate(n=Count("pk"))
    }
    rows = [
        BoardRow(project, [(counted.get((project.pk, item.pk), 0), item) for item in items], possible.get(project.pk, 0))
        for project in projects
    ]
    return Board(items, rows)


def _possible(user: "User", scheme: Scheme, projects: list[Project], month: Month) -> dict[int, int]:
    if scheme.use == Scheme.Use.PROJECT:
        return {project.pk: 1 for project in projects}
    teams = LabourTeam.objects.visible_to(user).filter(teams_in(month), project__in=projects)
    return dict(teams.order_by().values_list("project").annotate(Count("pk")))
