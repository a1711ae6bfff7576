"""A region, a project of it, and those who speak for it."""

import pytest

from accounts.models import User
from core.roles import Role
from regions.models import Project, Region
from tests.factories import ProjectFactory, RegionFactory, person_with


@pytest.fixture
def region(db: None) -> Region:
    return RegionFactory(code="NW", name="西北片区")


@pytest.fixture
def project(region: Region) -> Project:
    return ProjectFactory(code="DUNGE", name="敦格项目", region=region)


@pytest.fixture
def personnel(db: None) -> User:
    return person_with(Role.PARTY_PERSONNEL)


@pytest.fixture
def regional(region: Region) -> User:
    return person_with(Role.REGIONAL_COORDINATOR, region=region)


@pytest.fixture
def committee(project: Project) -> User:
    return person_with(Role.PROJECT_COMMITTEE, project=project)
