"""A company, the people around one case, and the case itself."""

import pytest

from accounts.models import User
from core.roles import Role
from feedback.models import Case
from tests.factories import CaseFactory
from tests.shared_world import world_once
from tests.world import Company, found_company

founded, company = world_once(found_company)


@pytest.fixture
def regional(company: Company) -> User:
    return company.person(Role.REGIONAL_COORDINATOR)


@pytest.fixture
def coordinator(company: Company) -> User:
    """Of the project, which deals with the case."""
    return company.person(Role.PROJECT_COORDINATOR)


@pytest.fixture
def centre(company: Company) -> User:
    return company.person(Role.LABOUR_CENTRE)


@pytest.fixture
def officer(company: Company) -> User:
    """Of the department."""
    return company.person(Role.DEPARTMENT_OFFICER)


@pytest.fixture
def routed(company: Company) -> Case:
    """To the department."""
    return CaseFactory(project=company.own_project, team=company.own_team, status="routed", dealt_with_by=company.department)


@pytest.fixture
def accepted(company: Company, officer: User) -> Case:
    return CaseFactory(
        project=company.own_project, team=company.own_team, status="accepted", dealt_with_by=company.department, handler=officer
    )


@pytest.fixture
def answered(company: Company, officer: User) -> Case:
    shown = {"dealt_with_by": company.department, "handler": officer, "replied_by": officer}
    return CaseFactory(project=company.own_project, team=company.own_team, status="answered", **shown)
