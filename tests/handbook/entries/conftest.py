"""A small company, its liaison, and what he writes."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from core.roles import Role
from tests.house.test_url_matrix import client_for
from tests.shared_world import world_once
from tests.world import Company, found_company

Said = Callable[..., dict[str, Any]]


founded, company = world_once(found_company)


@pytest.fixture
def liaison(company: Company) -> User:
    return company.person(Role.LIAISON)


@pytest.fixture
def local(liaison: User) -> Client:
    return client_for(liaison)


@pytest.fixture
def said(company: Company) -> Said:
    """A visit to one's own crew, as its form sends it."""

    def made(**more: Any) -> dict[str, Any]:
        always = {"key": f"{uuid4()}", "place": f"crew-{company.own_crew.pk}", "on": f"{timezone.localdate()}"}
        return {**always, "title": "宿舍谈心", "way": "talk", **more}

    return made
