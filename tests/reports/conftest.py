"""A region with its coordinator, the two managing departments, and clients that are signed in."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from core.roles import Role
from regions.models import Region
from tests.factories import RegionFactory, person_with


@pytest.fixture
def region(db: None) -> Region:
    return RegionFactory(code="NW", name="西北片区")


@pytest.fixture
def writer(region: Region) -> User:
    return person_with(Role.REGIONAL_COORDINATOR, region=region)


@pytest.fixture
def organisation(db: None) -> User:
    return person_with(Role.PARTY_ORGANISATION)


@pytest.fixture
def labour(db: None) -> User:
    return person_with(Role.LABOUR_CENTRE)


@pytest.fixture
def signed_in() -> Callable[[User], Client]:
    """A client with a session as signing in leaves it."""

    def client_of(user: User) -> Client:
        client = Client()
        client.force_login(user)
        session = client.session
        session["started_at"] = session["seen_at"] = timezone.now().isoformat()
        session.save()
        return client

    return client_of
