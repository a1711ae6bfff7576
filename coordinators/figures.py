"""Figures of coverage: who looks after whom."""

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from coordinators.models import Coordinator, Liaison
from core.months import Month
from core.scope import Level, ScopedQuerySet
from figures.registry import Column, Direction, Figure, Unit, as_of, figures
from labour_teams.models import LabourTeam
from regions.models import Project

BY_PROJECT = {Level.REGION: "project__region", Level.PROJECT: "project"}
TEAM_COLUMNS = (
    Column(_("Labour team"), lambda row: row.name, lambda row: reverse("team", args=[row.pk])),
    Column(_("Project"), lambda row: row.project.name),
    Column(_("Kind"), lambda row: row.get_kind_display()),
)
BY_TEAM = ("project__code", "name", "pk")


def _served(month: Month, served: bool) -> ScopedQuerySet:
    day = as_of(month)
    liaisons = Liaison.objects.held_on(day).filter(team=OuterRef("pk"))
    condition = Exists(liaisons) if served else ~Exists(liaisons)
    return LabourTeam.objects.on_site(day).filter(condition).for_list()


def _uncovered_projects(month: Month) -> ScopedQuerySet:
    day = as_of(month)
    holders = Coordinator.objects.held_on(day).filter(project=OuterRef("pk"))
    return Project.objects.under_construction(day).filter(~Exists(holders)).for_list()


figures.add(
    Figure(
        key="part_time_coordinators",
        label=_("Part-time coordinators"),
        unit=Unit.PERSONS,
        definition=_("Project coordinators' posts held on the last day of the month (today, while the month runs)."),
        rows=lambda month: Coordinator.objects.part_time().held_on(as_of(month)).for_list(),
        paths=BY_PROJECT,
        columns=(
            Column(_("Name"), lambda row: row.person.name, lambda row: reverse("coordinator", args=[row.pk])),
            Column(_("Project"), lambda row: row.project.name),
            Column(_("Main job"), lambda row: row.main_job),
            Column(_("From"), lambda row: row.from_on),
        ),
        order=("project__code", "pk"),
        direction=Direction.MORE_IS_BETTER,
    )
)
figures.add(
    Figure(
        key="projects_without_coordinator",
        label=_("Projects without a coordinator"),
        unit=Unit.PROJECTS,
        definition=_("Projects under construction on which nobody holds the coordinator's post on that day."),
        rows=_uncovered_projects,
        paths={Level.REGION: "region", Level.PROJECT: "pk"},
        columns=(
            Column(_("Project"), lambda row: row.name, lambda row: reverse("project", args=[row.code])),
            Column(_("Region"), lambda row: row.region.name),
            Column(_("Place"), lambda row: row.place),
        ),
        order=("code", "pk"),
        direction=Direction.MORE_IS_WORSE,
    )
)
figures.add(
    Figure(
        key="teams_with_liaison",
        label=_("Teams with a liaison"),
        unit=Unit.TEAMS,
        definition=_("Labour teams on site in which at least one liaison holds his post on that day."),
        rows=lambda month: _served(month, served=True),
        paths=BY_PROJECT,
        columns=TEAM_COLUMNS,
        order=BY_TEAM,
        direction=Direction.MORE_IS_BETTER,
    )
)
figures.add(
    Figure(
        key="teams_without_liaison",
        label=_("Teams without a liaison"),
        unit=Unit.TEAMS,
        definition=_("Labour teams on site in which nobody holds a liaison's post on that day."),
        rows=lambda month: _served(month, served=False),
        paths=BY_PROJECT,
        columns=TEAM_COLUMNS,
        order=BY_TEAM,
        direction=Direction.MORE_IS_WORSE,
    )
)
