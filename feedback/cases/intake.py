"""Taking a case down (登记): who may, for which places, and whom a matter can name.

What is offered lies in the person's own reach; the people and departments of headquarters are offered to everybody who writes
cases down, because a case that names one of them must be kept from just that one.
"""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from accounts.models import StaffPost
from coordinators.models import Liaison
from core.roles import COMPANY_WIDE, MANAGING_DEPARTMENTS, Role
from feedback.models import CaseCategory
from labour_teams.models import LabourTeam, WorkCrew
from regions.models import Project, Region

if TYPE_CHECKING:
    from accounts.models import User

REGISTRARS = MANAGING_DEPARTMENTS | {Role.REGIONAL_COORDINATOR, Role.PROJECT_COORDINATOR, Role.LIAISON}
NO_PART_IN_CASES = frozenset({Role.SYSTEM_ADMINISTRATOR, Role.PROJECT_CLERK, Role.HEALTH_OFFICER})
RULE_READERS = COMPANY_WIDE


@dataclass(frozen=True, slots=True)
class Place:
    """Where a matter came up: as near as it is known, down to the crew. Nothing at all: nobody knows."""

    region: Region | None = None
    project: Project | None = None
    team: LabourTeam | None = None
    crew: WorkCrew | None = None

    def __str__(self) -> str:
        return "·".join(str(unit) for unit in (self.team or self.project or self.region, self.crew) if unit)


def can_see_cases(user: "User") -> bool:
    """That there is such a list at all; which rows are on it is a matter of reach."""
    return bool(user.scope.roles - NO_PART_IN_CASES)


def can_register(user: "User") -> bool:
    return user.scope.holds(*REGISTRARS)


def can_try_rules(user: "User") -> bool:
    """The rules are headquarters'; leaders and auditors look at them too."""
    return user.scope.holds(*RULE_READERS)


def is_liaison_only(user: "User") -> bool:
    """Somebody who writes down as a liaison and holds no other post that writes cases down: he gets the short form."""
    return user.scope.roles & REGISTRARS == {Role.LIAISON}


def categories_offered() -> list[CaseCategory]:
    return list(CaseCategory.objects.filter(is_active=True).order_by("order", "pk"))


def places_offered(user: "User", day: date) -> dict[str, list[tuple[str, Place]]]:
    """Heading → (key, place), nearest first: the own crew of a liaison; else regions, then each project with its teams."""
    if is_liaison_only(user):
        return {"": [(f"crew-{crew.pk}", place) for crew, place in _crews(user)] or _teams_of(user, day)}
    groups: dict[str, list[tuple[str, Place]]] = {}
    for project in Project.objects.visible_to(user).for_list():
        groups[str(project)] = [(f"project-{project.pk}", Place(project.region, project))]
    for team in LabourTeam.objects.visible_to(user).on_site(day).for_list():
        groups.setdefault(str(team.project), []).append((f"team-{team.pk}", Place(team.project.region, team.project, team)))
    regions = Region.objects.visible_to(user).for_list()
    return {"": [(f"region-{region.pk}", Place(region)) for region in regions], **groups}


def _crews(user: "User") -> list[tuple[WorkCrew, Place]]:
    crews = WorkCrew.objects.visible_to(user).filter(is_active=True).for_list().select_related("team__project__region")
    return [(crew, Place(crew.team.project.region, crew.team.project, crew.team, crew)) for crew in crews]


def _teams_of(user: "User", day: date) -> list[tuple[str, Place]]:
    teams = LabourTeam.objects.visible_to(user).on_site(day).for_list()
    return [(f"team-{team.pk}", Place(team.project.region, team.project, team)) for team in teams]


def liaisons_to_name(user: "User", day: date) -> dict[int, tuple["User", str]]:
    """Person's key → liaison in reach, with the team that he serves."""
    posts = Liaison.objects.visible_to(user).held_on(day).for_list()
    return {post.person_id: (post.person, str(post.team)) for post in posts}


def headquarters_to_name(day: date) -> dict[int, tuple["User", str]]:
    """Person's key → somebody at headquarters with his post."""
    posts = StaffPost.objects.held_on(day).filter(role__in=COMPANY_WIDE).select_related("person", *StaffPost.title_joins)
    return {post.person_id: (post.person, post.title) for post in posts.order_by("person__name_pinyin", "pk")}
