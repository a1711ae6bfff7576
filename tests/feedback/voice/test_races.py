"""Pressed twice, sent again, all at once: one page is one case (R-01, R-07), and a whole site is served (AN-13)."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connections
from django.test import Client

from config.wsgi import application
from coordinators.models import NoticeBoard
from core.flood import Doorkeeper
from core.workers_house import WorkersHouse
from feedback.models import Case, CaseEvent, CaseMessage, CaseSight
from feedback.voice import submission
from feedback.voice.codes import code_of, new_token, sealed
from tests.core.test_workers_house import HERE, call, environ
from tests.covering import EVERYTHING
from tests.factories import CaseFactory
from tests.feedback.voice.conftest import code_in
from tests.roster_import.races import together

pytestmark = pytest.mark.django_db(transaction=True)
AT_ONCE, ROUNDS, TWICE = 6, 3, 5
CROWD = 200  # two hundred and a fifth of them again: fewer than are slowed
THROUGH_THE_SITE = CROWD if EVERYTHING else 30


def post(address: str, **posted: str) -> str:
    return Client().post(address, posted).content.decode()


def sender(address: str, **posted: str) -> Callable[[], str]:
    return lambda: post(address, **posted)


def test_a_page_sent_by_six_at_the_same_moment_is_one_case(board: NoticeBoard) -> None:
    address = f"/w/{board.code}/say/"
    for number in range(1, ROUNDS + 1):
        token = new_token(board.code)
        receipts = together([sender(address, token=token, words=f"第{number}件", picture="living")] * AT_ONCE)
        assert len(set(receipts)) == 1
        assert len(code_in(receipts[0])) == 16
        assert Case.objects.count() == number
    assert CaseEvent.objects.filter(verb="register").count() == ROUNDS
    assert CaseSight.objects.filter(tier="company").count() == ROUNDS


def test_a_word_sent_by_six_at_the_same_moment_is_one_word(board: NoticeBoard) -> None:
    code = code_of("0" * 32)
    CaseFactory(project=board.project, status="waiting", origin=Case.Origin.QR, code_hash=sealed(code))
    token = new_token("reply")
    together([sender("/w/reply/", code=code, token=token, words="在三号楼")] * AT_ONCE)
    assert CaseMessage.objects.count() == 1


def test_a_site_of_two_hundred_behind_one_address_is_served(board: NoticeBoard, monkeypatch: pytest.MonkeyPatch) -> None:
    """Through the wrapper, each fifth of them pressing twice, within what is one minute to the doorkeeper. The site behind it
    does not know how many there were, so that it serves a part of them (with TEST_EVERYTHING=1 all)."""
    monkeypatch.setattr(submission, "sealed", lambda code: code * 4)  # the slow hash is not what is asked about here
    house = WorkersHouse(application.application, doorkeeper=Doorkeeper(lambda: 0.0))
    tokens = [new_token(board.code) for _number in range(THROUGH_THE_SITE)]

    def send(token: str) -> tuple[str, str]:
        try:
            status, _headers, body = call(house, letter(board, token))
            return status, code_in(body.decode())
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as crowd:
        answers = list(crowd.map(send, [*tokens, *tokens[::TWICE]]))
    assert {status for status, _code in answers} == {"200 OK"}
    assert len({code for _status, code in answers}) == THROUGH_THE_SITE
    assert Case.objects.count() == THROUGH_THE_SITE
    assert [code for _status, code in answers[THROUGH_THE_SITE:]] == [code for _status, code in answers[:THROUGH_THE_SITE:TWICE]]
    for _letter in range(CROWD + CROWD // TWICE - len(answers)):  # the others, to the doorkeeper, who alone counts them
        assert house.doorkeeper.turn(letter(board, "")).wait == 0


def letter(board: NoticeBoard, token: str) -> dict[str, Any]:
    from io import BytesIO
    from urllib.parse import urlencode

    body = urlencode({"token": token, "words": "话", "picture": "living"}).encode()
    given = environ(f"/w/{board.code}/say/", REQUEST_METHOD="POST", REMOTE_ADDR=HERE)
    return {
        **given,
        "wsgi.input": BytesIO(body),
        "CONTENT_LENGTH": str(len(body)),
        "CONTENT_TYPE": "application/x-www-form-urlencoded",
    }
