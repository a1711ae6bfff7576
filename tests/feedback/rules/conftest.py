"""A crew of a project, the people of every role there, and the department that deals with things."""

from typing import NamedTuple

import pytest

from accounts.models import User
from core.roles import Role
from labour_teams.models import WorkCrew
from regions.models import Department, Project
from tests.factories import DepartmentFactory, WorkCrewFactory, person_with
from tests.shared_world import world_once
from tests.world import stationed


class World(NamedTuple):
    crew: WorkCrew
    department: Department


founded, world = world_once(lambda: World(WorkCrewFactory(), DepartmentFactory(code="SAFETY_QUALITY")))


@pytest.fixture
def crew(world: World) -> WorkCrew:
    return world.crew


@pytest.fixture
def project(crew: WorkCrew) -> Project:
    return crew.team.project


@pytest.fixture
def department(world: World) -> Department:
    return world.department


@pytest.fixture
def people(world: World) -> dict[str, User]:
    return {role: stationed(role, *world) for role in Role}


@pytest.fixture
def coordinator(crew: WorkCrew) -> User:
    return stationed(Role.PROJECT_COORDINATOR, crew)


@pytest.fixture
def regional(crew: WorkCrew) -> User:
    return stationed(Role.REGIONAL_COORDINATOR, crew)


@pytest.fixture
def organisation(db: None) -> User:
    return person_with(Role.PARTY_ORGANISATION)


@pytest.fixture
def centre(db: None) -> User:
    return person_with(Role.LABOUR_CENTRE)


@pytest.fixture
def officer(department: Department) -> User:
    return person_with(Role.DEPARTMENT_OFFICER, department=department)
