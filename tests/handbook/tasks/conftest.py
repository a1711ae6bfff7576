"""A small company with its liaison's post, and the coordinators of its project and region."""

import pytest

from accounts.models import User
from coordinators.models import Coordinator, Liaison
from core.roles import Role
from tests.factories import CoordinatorFactory, LiaisonFactory
from tests.shared_world import world_once
from tests.world import Company, found_company

founded, company = world_once(found_company)


@pytest.fixture
def post(company: Company) -> Liaison:
    """Of the own crew."""
    return LiaisonFactory(crew=company.own_crew)


@pytest.fixture
def local(company: Company) -> Coordinator:
    """Of the own project."""
    return CoordinatorFactory(project=company.own_project)


@pytest.fixture
def regional(company: Company) -> User:
    return company.person(Role.REGIONAL_COORDINATOR)
