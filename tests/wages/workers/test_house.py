"""Both pages stand in the workers' house: whoever guesses has to wait, and nobody who asks is known."""

import io
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_started
from django.db import close_old_connections

from core.flood import GUESSES
from core.workers_house import WorkersHouse
from tests.core.test_workers_house import environ

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _one_connection() -> Iterator[None]:
    """A request begins by closing connections that have grown old, and with them the test's transaction."""
    request_started.disconnect(close_old_connections)
    yield
    request_started.connect(close_old_connections)


def posted(house: WorkersHouse, address: str, body: bytes) -> tuple[str, dict[str, str], dict[str, Any]]:
    form = {"CONTENT_TYPE": "application/x-www-form-urlencoded", "CONTENT_LENGTH": str(len(body)), "wsgi.input": io.BytesIO(body)}
    asked = environ(address, REQUEST_METHOD="POST", HTTP_COOKIE="session=canary", HTTP_HOST="testserver", **form)
    told: list[Any] = []
    answer = house(asked, lambda status, headers, *more: told.extend([status, dict(headers)]))  # type: ignore[arg-type,return-value]
    b"".join(answer)
    return told[0], told[1], asked


@pytest.mark.parametrize("address", ["/w/pay/", "/w/wages/"])
def test_whoever_guesses_has_to_wait(address: str) -> None:
    house = WorkersHouse(WSGIHandler())
    answers = [posted(house, address, b"code=9999999999999999") for _guess in range(GUESSES + 1)]
    assert {status[:3] for status, _headers, _asked in answers[:GUESSES]} == {"404"}
    status, headers, asked = answers[-1]
    assert status[:3] == "429"
    assert "Set-Cookie" not in headers
    assert "HTTP_COOKIE" not in asked
    assert "REMOTE_ADDR" not in asked
