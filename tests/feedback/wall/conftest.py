"""A team with its liaison and its project's coordinator."""

import pytest

from accounts.models import User
from core.roles import Role
from labour_teams.models import LabourTeam
from tests.factories import LabourTeamFactory, person_with


@pytest.fixture
def team() -> LabourTeam:
    return LabourTeamFactory()


@pytest.fixture
def coordinator(team: LabourTeam) -> User:
    return person_with(Role.PROJECT_COORDINATOR, project=team.project)


@pytest.fixture
def liaison(team: LabourTeam) -> User:
    return person_with(Role.LIAISON, team=team)
