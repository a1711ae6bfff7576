"""A project with its region's coordinator and its own."""

import pytest

from accounts.models import User
from core.roles import Role
from regions.models import Project
from tests.factories import ProjectFactory, person_with


@pytest.fixture
def project() -> Project:
    return ProjectFactory(stage="active")


@pytest.fixture
def regional(project: Project) -> User:
    return person_with(Role.REGIONAL_COORDINATOR, region=project.region)


@pytest.fixture
def coordinator(project: Project) -> User:
    return person_with(Role.PROJECT_COORDINATOR, project=project)
