"""What the house tests share."""

from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.db import transaction
from django.test import client
from django.utils import timezone

import config.urls
from tests.covering import EVERYTHING
from tests.house.crawl import Site, built_site, not_there


@pytest.fixture
def stopped_clock() -> Iterator[None]:
    """Every page carries the minute in which it is printed."""
    with time_machine.travel(timezone.now(), tick=False):
        yield


@pytest.fixture(scope="module")
def built(django_db_setup: None, django_db_blocker: Any) -> Iterator[Site]:
    """Built once for the module; each test's own transaction is rolled back above it."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield built_site()
        transaction.set_rollback(True)


@pytest.fixture
def site(built: Site, db: None, stopped_clock: None, monkeypatch: pytest.MonkeyPatch) -> Site:
    """… for somebody to walk through. Django's client keeps no copies of contexts, which nobody here asks for."""
    monkeypatch.setattr(client, "store_rendered_templates", lambda *args, **kwargs: None)
    if not EVERYTHING:
        monkeypatch.setattr(config.urls, "handler404", not_there, raising=False)
    return built
