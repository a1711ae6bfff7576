"""A crew of a project, the people of every role there, and the department that deals with things."""

import pytest

from accounts.models import User
from core.roles import Role
from labour_teams.models import WorkCrew
from regions.models import Department, Project
from tests.factories import DepartmentFactory, WorkCrewFactory, person_with
from tests.world import stationed


@pytest.fixture
def crew(db: None) -> WorkCrew:
    return WorkCrewFactory()


@pytest.fixture
def project(crew: WorkCrew) -> Project:
    return crew.team.project


@pytest.fixture
def department(db: None) -> Department:
    return DepartmentFactory(code="SAFETY_QUALITY")


@pytest.fixture
def people(crew: WorkCrew, department: Department) -> dict[str, User]:
    return {role: stationed(role, crew, department) for role in Role}


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
