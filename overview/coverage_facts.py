"""Who is in post on a day, and which units need somebody: read once, in a fixed number of queries, however large the company.

A region needs one full-time coordinator, a project under construction at least one part-time one, a crew at work its liaison, and
a team on site that has no crew at work a liaison of its own (SYSTEM rows 21, 23, 24, 26).
"""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef, QuerySet, Subquery

from coordinators.models import Coordinator, Liaison
from labour_teams.models import LabourTeam, WorkCrew
from regions.models import Project, ProjectStage, Region

if TYPE_CHECKING:
    from accounts.models import User

LIAISONS = ("served", "last_on")  # annotations of _with_liaisons


@dataclass(frozen=True, slots=True)
class Place:
    """What one liaison serves: a crew, or a team without crews (`crew` is then "").

    `last_on` is the last day of the last one who served it and no longer does.
    """

    project_id: int
    team_id: int
    team: str
    crew_id: int | None
    crew: str
    entered_on: date | None
    is_served: bool
    last_on: date | None

    def __str__(self) -> str:
        return f"{self.team}·{self.crew}" if self.crew else self.team


@dataclass(frozen=True, slots=True)
class Units:
    """The units within somebody's reach on `day`. `own_regions`: those whose own post he sees, not only a project of theirs."""

    day: date
    regions: list[Region]
    own_regions: frozenset[int]
    projects: list[Project]

    def within(self, *, region: Region | None = None, project: Project | None = None) -> "Units":
        """One region with its projects, or one project alone."""
        if project is not None:
            return Units(self.day, [project.region], frozenset(), [project])
        if region is not None:
            projects = [each for each in self.projects if each.region_id == region.pk]
            return Units(self.day, [region], self.own_regions & {region.pk}, projects)
        return self


@dataclass(frozen=True, slots=True)
class Facts:
    """`posts` are the coordinators' posts of these units, also past and coming ones: they say since when a post is vacant."""

    units: Units
    posts: list[Coordinator]
    places: list[Place]

    @property
    def day(self) -> date:
        return self.units.day

    def of_region(self, region: Region) -> list[Coordinator]:
        return [post for post in self.posts if post.region_id == region.pk]

    def of_project(self, project: Project) -> list[Coordinator]:
        return [post for post in self.posts if post.project_id == project.pk]

    def held(self, posts: list[Coordinator]) -> list[Coordinator]:
        return [post for post in posts if post.is_held_on(self.day)]


def units_for(user: "User", day: date) -> Units:
    own = list(Region.objects.visible_to(user).for_list())
    projects = list(_projects(user, day))
    regions = {region.pk: region for region in [*own, *(project.region for project in projects)]}
    return Units(
        day,
        sorted(regions.values(), key=lambda region: (region.order, region.pk)),
        frozenset(region.pk for region in own),
        projects,
    )


def _projects(user: "User", day: date) -> QuerySet[Project]:
    """With `first_on`, the day on which construction began."""
    begun = ProjectStage.objects.filter(project=OuterRef("pk"), stage__in=ProjectStage.UNDER_CONSTRUCTION).order_by("from_on")
    projects = Project.objects.visible_to(user).under_construction(day).for_list()
    return projects.annotate(first_on=Subquery(begun.values("from_on")[:1]))


def facts_of(user: "User", units: Units) -> Facts:
    """What is known of these units' posts."""
    posts = Coordinator.objects.visible_to(user).for_list()
    regional = posts.filter(region__in=units.own_regions) if units.own_regions else posts.none()
    of_projects = posts.filter(project__in=units.projects)
    return Facts(units, [*regional, *of_projects], [*_crews(user, units), *_teams(user, units)])


def _crews(user: "User", units: Units) -> list[Place]:
    crews = WorkCrew.objects.visible_to(user).filter(
        is_active=True, team__project__in=units.projects, team__in=LabourTeam.objects.on_site(units.day)
    )
    columns = ("team__project", "team", "team__name", "pk", "name", "team__entered_on")
    found = _with_liaisons(crews, "crew", units.day).for_list()
    return [Place(*row) for row in found.values_list(*columns, *LIAISONS)]


def _teams(user: "User", units: Units) -> list[Place]:
    """Teams on site without a crew at work."""
    at_work = WorkCrew.objects.filter(team=OuterRef("pk"), is_active=True)
    teams = LabourTeam.objects.visible_to(user).on_site(units.day).filter(~Exists(at_work), project__in=units.projects)
    found = _with_liaisons(teams, "team", units.day).for_list().values_list("project", "pk", "name", "entered_on", *LIAISONS)
    return [Place(project, pk, name, None, "", entered, served, last) for project, pk, name, entered, served, last in found]


def _with_liaisons(units: Any, link: str, day: date) -> Any:
    liaisons = Liaison.objects.filter(**{link: OuterRef("pk")})
    ended = liaisons.filter(to_on__lt=day).order_by("-to_on")
    return units.annotate(served=Exists(liaisons.held_on(day)), last_on=Subquery(ended.values("to_on")[:1]))
