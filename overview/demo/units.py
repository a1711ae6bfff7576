"""Writes regions, departments, projects with their dated stages, and the teams with their crews."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from core.months import Month
from labour_teams.models import Engagement, LabourTeam, WorkCrew
from overview.demo import organisation
from overview.demo.folk import dice_for, name_for
from overview.demo.trades import Work, work_of
from regions.models import Department, Project, ProjectStage, Region

PILOT_MONTHS = 14
LATE_COMERS = ("路面", "交安", "防护", "尾工")
COMPANIES = ("青石", "远山", "长河", "同心", "永固", "众成", "金穗", "北辰", "云岭", "沙洲", "大川", "向阳")


@dataclass(slots=True)
class Units:
    """The written units by code, and the day from which everything is counted back."""

    today: date
    regions: dict[str, Region]
    departments: dict[str, Department]
    projects: dict[str, Project]

    def days_ago(self, days: int) -> date:
        return self.today - timedelta(days=days)

    def months_ago(self, months: int) -> date:
        return Month.of(self.today).plus(-months).first


@dataclass(slots=True)
class TeamPlan:
    """A team, its crews and, once the roster is made, who is there today."""

    team: LabourTeam
    work: Work
    crews: list[WorkCrew] = field(default_factory=list)
    members: list[Engagement] = field(default_factory=list)

    @property
    def key(self) -> tuple[str, str]:
        return self.team.project.code, self.team.name

    @property
    def awaits_roster(self) -> bool:
        return self.team.name in organisation.TEAMS_AWAITING_ROSTER


def write_units(today: date) -> Units:
    regions = [Region(order=order, **row._asdict()) for order, row in enumerate(organisation.REGIONS, start=1)]
    departments = [Department(order=order, **row._asdict()) for order, row in enumerate(organisation.DEPARTMENTS, start=1)]
    units = Units(
        today,
        {row.code: row for row in Region.objects.bulk_create(regions)},
        {row.code: row for row in Department.objects.bulk_create(departments)},
        {},
    )
    projects = Project.objects.bulk_create([_project(units, row) for row in organisation.PROJECTS])
    units.projects = {row.code: row for row in projects}
    ProjectStage.objects.bulk_create([stage for row in organisation.PROJECTS for stage in _stages(units, row)])
    return units


def _project(units: Units, row: organisation.ProjectData) -> Project:
    return Project(
        code=row.code,
        name=row.name,
        region=units.regions[row.region],
        sector=row.sector,
        place=row.place,
        pilot_started_on=units.months_ago(min(row.months, PILOT_MONTHS)),
        is_placeholder=row.is_placeholder,
    )


def _stages(units: Units, row: organisation.ProjectData) -> Iterator[ProjectStage]:
    project = units.projects[row.code]
    yield ProjectStage(project=project, stage="new", from_on=units.months_ago(row.months))
    if row.stage != "new":
        yield ProjectStage(project=project, stage="active", from_on=units.months_ago(row.months - 4))
    if row.stage == "wrap_up":
        yield ProjectStage(project=project, stage="wrap_up", from_on=units.months_ago(4))


def write_teams(units: Units) -> list[TeamPlan]:
    """Teams on site and teams gone; crews stay unsaved until their leaders are known (roster.py)."""
    plans = [plan for row in organisation.PROJECTS for plan in _teams_on_site(units, row)]
    plans += [_team_gone(units, *gone) for gone in organisation.TEAMS_GONE]
    LabourTeam.objects.bulk_create([plan.team for plan in plans])
    for plan in plans:
        plan.crews = _crews(plan)
    return plans


def _teams_on_site(units: Units, row: organisation.ProjectData) -> Iterator[TeamPlan]:
    for order, name in enumerate(organisation.TEAMS[row.code].split()):
        yield _plan(units, row.code, name, entered_on=_entry(units, row, order, name))


def _entry(units: Units, row: organisation.ProjectData, order: int, name: str) -> date | None:
    """Earthworks and structures come first, surfacing and fittings in the last year; who awaits his roster has no date yet."""
    dice = dice_for("entry", row.code, name)
    if name in organisation.TEAMS_AWAITING_ROSTER:
        return None
    started = units.months_ago(row.months)
    if row.stage == "new":
        return started + timedelta(days=10 + 12 * order + dice.randrange(6))
    if name.startswith(LATE_COMERS):
        return units.days_ago(dice.randrange(60, 330))
    return started + timedelta(days=60 + 25 * order + dice.randrange(20))


def _team_gone(units: Units, code: str, name: str, days: int) -> TeamPlan:
    entered_on = units.projects[code].pilot_started_on
    return _plan(units, code, name, entered_on=entered_on, left_on=units.days_ago(days))


def _plan(units: Units, code: str, name: str, *, entered_on: date | None, left_on: date | None = None) -> TeamPlan:
    dice = dice_for("team", code, name)
    work = work_of(name)
    team = LabourTeam(
        project=units.projects[code],
        name=name,
        kind=work.kind,
        company_name=f"示例{dice.choice(COMPANIES)}劳务有限公司",
        manager_name=name_for(dice),
        entered_on=entered_on,
        left_on=left_on,
    )
    return TeamPlan(team, work)


def _crews(plan: TeamPlan) -> list[WorkCrew]:
    """Some teams have no crews, whatever their work: a liaison then serves the team."""
    dice = dice_for("crews", *plan.key)
    if dice.random() < 0.1:
        return []
    place = dice.randrange(1, 60)
    return [
        WorkCrew(
            team=plan.team,
            name=name,
            work_point=plan.work.place.format(place + order, place + order + 2),
            is_active=not plan.team.left_on,
        )
        for order, name in enumerate(plan.work.crews)
    ]
