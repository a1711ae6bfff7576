"""A small company to look at from every post: two regions of two projects of two teams of two crews."""

from dataclasses import dataclass

from accounts.models import User
from core.roles import Role
from labour_teams.models import LabourTeam, WorkCrew
from regions.models import Department, Project, Region
from tests.factories import (
    DepartmentFactory,
    EngagementFactory,
    LabourTeamFactory,
    ProjectFactory,
    RegionFactory,
    WorkCrewFactory,
    person_with,
)


def stationed(role: str, crew: WorkCrew, department: Department | None = None) -> User:
    """Somebody who holds `role` at the unit of `crew` that the role belongs to."""
    team, project = crew.team, crew.team.project
    unit = {
        Role.REGIONAL_COORDINATOR: {"region": project.region},
        Role.PROJECT_COORDINATOR: {"project": project},
        Role.PROJECT_COMMITTEE: {"project": project},
        Role.PROJECT_CLERK: {"project": project},
        Role.HEALTH_OFFICER: {"project": project},
        Role.LIAISON: {"team": team, "crew": crew},
        Role.DEPARTMENT_OFFICER: {"department": department} if department else {},
    }
    return person_with(role, **unit.get(Role(role), {}))


@dataclass(frozen=True)
class Company:
    """`crews[0]` is one's own; its sibling project is in the same region, the foreign one in the other region."""

    crews: tuple[WorkCrew, ...]
    department: Department

    @property
    def own_crew(self) -> WorkCrew:
        return self.crews[0]

    @property
    def own_team(self) -> LabourTeam:
        return self.own_crew.team

    @property
    def own_project(self) -> Project:
        return self.own_team.project

    @property
    def own_region(self) -> Region:
        return self.own_project.region

    def crew_at(self, where: str) -> WorkCrew:
        return self.crews[{"own": 0, "sibling": 4, "foreign": 8}[where]]

    def person(self, role: str) -> User:
        return stationed(role, self.own_crew, self.department)


def found_company() -> Company:
    """Sixteen crews, each with one engaged worker."""
    crews = []
    for _region in range(2):
        region = RegionFactory()
        for _project in range(2):
            project = ProjectFactory(region=region)
            for _team in range(2):
                team = LabourTeamFactory(project=project)
                crews += WorkCrewFactory.create_batch(2, team=team)
    for crew in crews:
        EngagementFactory(team=crew.team, crew=crew)
    return Company(tuple(crews), DepartmentFactory(code="SAFETY_QUALITY"))
