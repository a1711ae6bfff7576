"""A region's coordinator with a project of two teams."""

from dataclasses import dataclass

import pytest

from accounts.models import User
from core.roles import Role
from labour_teams.models import LabourTeam
from regions.models import Project
from tests.factories import EngagementFactory, LabourTeamFactory, ProjectFactory, person_with


@dataclass(frozen=True)
class Site:
    project: Project
    teams: tuple[LabourTeam, LabourTeam]
    coordinator: User

    @property
    def at(self) -> str:
        return f"project-{self.project.pk}"

    @property
    def at_team(self) -> str:
        return f"team-{self.teams[0].pk}"


@pytest.fixture
def site() -> Site:
    """Three people in the first team, one in the second."""
    project = ProjectFactory()
    teams = (LabourTeamFactory(project=project, name="一队"), LabourTeamFactory(project=project, name="二队"))
    EngagementFactory.create_batch(3, team=teams[0])
    EngagementFactory(team=teams[1])
    return Site(project, teams, person_with(Role.REGIONAL_COORDINATOR, region=project.region))
