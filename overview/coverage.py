"""Coverage (组织健全、覆盖全面): regions × projects × teams × crews against the posts that look after them.

Three levels, so that no page grows with the company: the company shows its regions, a region its projects, a project its teams
and crews. Every level names its own gaps; what lies below is counted and opens one level down.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db.models import Count
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from coordinators.models import Coordinator, Liaison
from figures.registry import Unit
from overview.boards import Tile
from overview.coverage_facts import Facts, Place, Units, facts_of, units_for
from overview.coverage_gaps import ENDING_WITHIN, Ending, Gap, endings_among, gaps_of
from regions.models import Project, ProjectStage, Region

if TYPE_CHECKING:
    from accounts.models import User


@dataclass(frozen=True, slots=True)
class UnitRow:
    """A region or a project in the table: who holds its post, and how far what lies below it is covered."""

    unit: Region | Project
    holders: list[Coordinator]
    sees_holders: bool
    projects: int
    part_time: int
    places: int
    served: int
    gaps: int
    late: int
    stage: str = ""

    @property
    def tone(self) -> str:
        return "late" if self.late else "soon" if self.gaps else ""


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """A crew, or a team without crews, with its liaisons."""

    place: Place
    liaisons: list[Liaison]
    gap: Gap | None


@dataclass(frozen=True, slots=True)
class Coverage:
    """One level of it. `ending_liaisons`: region → liaisons' posts that end soon, where the level does not name them."""

    facts: Facts
    region: Region | None
    project: Project | None
    gaps: list[Gap]
    endings: list[Ending]
    ending_liaisons: dict[int, int] = field(default_factory=dict)
    liaisons: list[Liaison] = field(default_factory=list)

    @property
    def level(self) -> str:
        return "project" if self.project else "region" if self.region else "company"

    @property
    def unit(self) -> Region | Project | None:
        return self.project or self.region

    @property
    def named_gaps(self) -> list[Gap]:
        """The company does not read the names of crews: its regions do."""
        return self.gaps if self.unit else [gap for gap in self.gaps if not gap.is_liaison]

    @property
    def units(self) -> list[UnitRow]:
        if self.level == "company":
            return [self._region_row(region) for region in self.facts.units.regions]
        return [self._project_row(project) for project in self.facts.units.projects]

    @property
    def places(self) -> list[PlaceRow]:
        """Team by team, with the liaisons of each where they were read."""
        serving: dict[tuple[int, int | None], list[Liaison]] = {}
        for post in self.liaisons:
            serving.setdefault((post.team_id, post.crew_id), []).append(post)
        gaps = {gap.place: gap for gap in self.gaps}
        return [PlaceRow(place, _serving(serving, place), gaps.get(place)) for place in sorted(self.facts.places, key=_by_team)]

    @property
    def served(self) -> int:
        return sum(place.is_served for place in self.facts.places)

    @property
    def unserved(self) -> int:
        return len(self.facts.places) - self.served

    @property
    def ending_liaisons_by_region(self) -> list[tuple[Region, int]]:
        numbers = self.ending_liaisons
        return [(region, numbers[region.pk]) for region in self.facts.units.regions if numbers.get(region.pk)]

    @property
    def part_time(self) -> int:
        return len(self.facts.held([post for post in self.facts.posts if post.project_id]))

    def _region_row(self, region: Region) -> UnitRow:
        projects = [each for each in self.facts.units.projects if each.region_id == region.pk]
        part_time = [post for project in projects for post in self.facts.held(self.facts.of_project(project))]
        return UnitRow(
            unit=region,
            holders=self.facts.held(self.facts.of_region(region)),
            sees_holders=region.pk in self.facts.units.own_regions,
            projects=len(projects),
            part_time=len(part_time),
            **self._counted({project.pk for project in projects}, [gap for gap in self.gaps if gap.region_id == region.pk]),
        )

    def _project_row(self, project: Any) -> UnitRow:
        """With the annotation of `under_construction`."""
        holders = self.facts.held(self.facts.of_project(project))
        return UnitRow(
            unit=project,
            holders=holders,
            sees_holders=True,
            projects=1,
            part_time=len(holders),
            stage=str(ProjectStage.Stage(project.stage).label),
            **self._counted({project.pk}, [gap for gap in self.gaps if gap.project_id == project.pk]),
        )

    def _counted(self, projects: set[int], gaps: list[Gap]) -> dict[str, Any]:
        places = [place for place in self.facts.places if place.project_id in projects]
        return {
            "places": len(places),
            "served": sum(place.is_served for place in places),
            "gaps": len(gaps),
            "late": sum(gap.is_late for gap in gaps),
        }


def coverage_of(user: "User", day: date, *, region: str = "", project: str = "", with_liaisons: bool = False) -> Coverage | None:
    """Within the person's reach on `day`; of one region or project by its code. None where that is not in reach.

    A project's liaisons are always read; `with_liaisons` reads everybody's, for a table that is no page.
    """
    units = units_for(user, day)
    chosen = _chosen(units, region, project)
    if chosen is None:
        return None
    of_region, of_project = chosen
    narrowed = units.within(region=of_region, project=of_project)
    facts = facts_of(user, narrowed)
    liaisons = list(_held_liaisons(user, narrowed).for_list()) if of_project or with_liaisons else []
    named, counted = _endings(user, facts, names_liaisons=bool(of_region or of_project))
    return Coverage(facts, of_region, of_project, gaps_of(facts), named, counted, liaisons)


def _chosen(units: Units, region: str, project: str) -> tuple[Region | None, Project | None] | None:
    """What the page is about. Without a wish: whoever reaches one region or one project looks at that at once."""
    if project:
        found = next((each for each in units.projects if each.code == project), None)
        return (None, found) if found else None
    if region:
        wanted = next((each for each in units.regions if each.code == region), None)
        return (wanted, None) if wanted else None
    if len(units.regions) != 1:
        return (None, None)
    if not units.own_regions and len(units.projects) == 1:
        return (None, units.projects[0])
    return (units.regions[0], None)


def _held_liaisons(user: "User", units: Units) -> Any:
    return Liaison.objects.visible_to(user).filter(team__project__in=units.projects).held_on(units.day)


def _endings(user: "User", facts: Facts, *, names_liaisons: bool) -> tuple[list[Ending], dict[int, int]]:
    """Posts that end soon: the coordinators' by name, the liaisons' by name or (for the company) as a number for each region."""
    named = endings_among(facts.posts, facts.posts, facts.day)
    last = facts.day + ENDING_WITHIN
    ending = _held_liaisons(user, facts.units).filter(to_on__lte=last)
    if not names_liaisons:
        counted = ending.order_by().values_list("team__project__region").annotate(n=Count("pk"))
        return named, dict(counted)
    posts = list(ending.for_list())
    teams = {post.team_id for post in posts}
    following = Liaison.objects.visible_to(user).filter(team__in=teams, from_on__lte=last + timedelta(days=1)).for_list()
    return [*named, *endings_among(posts, following, facts.day)], {}


def _by_team(place: Place) -> tuple[int, str, str]:
    return (place.project_id, place.team, place.crew)


def _serving(serving: dict[tuple[int, int | None], list[Liaison]], place: Place) -> list[Liaison]:
    """A crew's own liaison; of a team without crews at work whoever serves the team, also by a crew that rests."""
    if place.crew_id:
        return serving.get((place.team_id, place.crew_id), [])
    return [post for (team, _crew), posts in serving.items() if team == place.team_id for post in posts]


def tiles_of(coverage: Coverage) -> list[Tile]:
    """Expected against actual, the share of crews and teams with a liaison, and how many gaps there are."""
    facts, gaps = coverage.facts, coverage.gaps
    late = sum(gap.is_late for gap in gaps)
    places, served = len(facts.places), coverage.served
    share = f"{round(100 * served / places)}%" if places else ""
    number = pgettext("unit", "gaps") if not late else _("gaps, %(late)s too long") % {"late": late}
    return [
        *_posts_against(coverage),
        Tile(
            _("Crews and teams with a liaison"), f"{served}/{places}", share, url="#units", tone="soon" if served < places else ""
        ),
        Tile(_("Gaps"), len(gaps), number, url="#gaps", tone="late" if late else "soon" if gaps else ""),
    ]


def _posts_against(coverage: Coverage) -> Iterable[Tile]:
    """The company is held against what the system expects of it (rows 21 and 23), a unit against what it is made of."""
    units, whole = coverage.facts.units, coverage.level == "company"
    if units.own_regions:
        full_time = len(coverage.facts.held([post for post in coverage.facts.posts if post.region_id]))
        expected = settings.EXPECTED_REGIONAL_COORDINATORS if whole else len(units.regions)
        yield _against(_("Regional coordinators"), full_time, expected)
    expected = settings.EXPECTED_PROJECT_COORDINATORS if whole else len(units.projects)
    yield _against(_("Project coordinators"), coverage.part_time, expected)


def _against(label: str, number: int, expected: int) -> Tile:
    return Tile(label, f"{number}/{expected}", Unit.PERSONS.label, url="#units", tone="soon" if number < expected else "")
