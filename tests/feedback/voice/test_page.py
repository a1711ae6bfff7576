"""The page itself: light, alone, honest, and the same for everybody (AN-09, AN-14)."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from coordinators.models import Coordinator, NoticeBoard
from core.roles import Role
from tests.factories import CoordinatorFactory, LabourTeamFactory, LiaisonFactory, PhotoFactory, UserFactory, person_with
from tests.house.test_url_matrix import client_for

BUDGET = 60_000
AGREED = "2026-05-01"
ENGLISH = {"Accept-Language": "en"}


@pytest.fixture
def coordinator(board: NoticeBoard) -> Coordinator:
    return CoordinatorFactory(project=board.project, person=UserFactory(disclosure_agreed_on=AGREED, photo=PhotoFactory()))


def text_of(client: Client, board: NoticeBoard, **headers: str) -> str:
    return client.get(f"/w/{board.code}/say/", headers=headers).content.decode()


def test_it_says_what_it_cannot_protect(worker: Client, board: NoticeBoard) -> None:
    text = text_of(worker, board, **ENGLISH)
    for words in (
        "What this page cannot protect",
        "We do not record your name, your phone number or your network address.",
        "A number that you leave yourself is kept encrypted; few may look at it, and every look is written down.",
        "On the company's phone or wireless network, the company can see that you were online.",
        "If you scan with WeChat, WeChat knows that you scanned.",
        "If there is a camera near the board, it sees you.",
        "What only you can know tells others that it was you.",
        "Whoever listens to a recording may know your voice.",
    ):
        assert words in text.replace("&#x27;", "'")
    assert 'href="tel:120"' in text


def test_it_shows_who_looks_after_the_place(worker: Client, board: NoticeBoard, coordinator: Coordinator) -> None:
    text = text_of(worker, board)
    coordinator.person.refresh_from_db()
    assert coordinator.person.name in text
    assert coordinator.person.phone
    assert f'href="tel:{coordinator.person.phone.in_the_clear()}"' in text


def test_it_is_light_even_for_a_big_project(worker: Client, board: NoticeBoard, coordinator: Coordinator) -> None:
    """Faces of liaisons stand on the board's own page: here they would weigh more than everything else."""
    for _number in range(15):
        team = LabourTeamFactory(project=board.project)
        for crew in range(4):
            photo = None if crew else PhotoFactory()
            LiaisonFactory(team=team, person=UserFactory(disclosure_agreed_on=AGREED, photo=photo))
    text = text_of(worker, board)
    weight = len(text.encode()) + (Path(settings.BASE_DIR) / "static" / "css" / "voice.css").stat().st_size
    photos = re.findall(r'<img class="face" src="([^"]+)"', text)
    weight += sum(len(worker.get(photo.replace("&amp;", "&")).content) for photo in photos)
    assert len(photos) == 1
    assert text.count("<li>") >= 61
    assert weight < BUDGET


def test_it_loads_nothing_from_elsewhere_and_runs_nothing(worker: Client, board: NoticeBoard, coordinator: Coordinator) -> None:
    response = worker.get(f"/w/{board.code}/say/")
    text = response.content.decode()
    loaded = re.findall(r'(?:src|href|action)="([^"#]+)"', text)
    assert "<script" not in text
    assert {address.partition(":")[0] for address in loaded if not address.startswith("/")} == {"data", "tel"}
    assert (response["Cache-Control"], response["Referrer-Policy"]) == ("no-store", "no-referrer")
    assert not response.cookies


def test_two_visitors_get_the_same_but_for_the_token(worker: Client, board: NoticeBoard, coordinator: Coordinator) -> None:
    def masked(client: Client) -> str:
        return re.sub(r'name="token" value="[^"]+"', "", text_of(client, board))

    assert masked(worker) == masked(client_for(person_with(Role.PARTY_PERSONNEL)))


def test_opening_it_writes_nothing(worker: Client, board: NoticeBoard, coordinator: Coordinator) -> None:
    with CaptureQueriesContext(connection) as queries:
        text_of(worker, board)
    assert {query["sql"].split()[0] for query in queries} == {"SELECT"}
    assert len(queries) == 5


def test_nothing_is_chosen_but_the_code(worker: Client, board: NoticeBoard) -> None:
    assert re.findall(r'value="(\w+)" checked', text_of(worker, board)) == ["code"]


def test_nobody_is_asked_for_a_name(worker: Client, board: NoticeBoard) -> None:
    names = set(re.findall(r'<(?:input|select|textarea)[^>]* name="(\w+)"', text_of(worker, board)))
    assert names == {"token", "picture", "words", "voice", "photo", "team", "answer", "phone", "direct", "about"}


@pytest.mark.parametrize(
    ("asked", "spoken"), [("", "zh-hans"), ("zh-CN", "zh-hans"), ("en-GB,en;q=0.8", "en"), ("ug,bo", "zh-hans")]
)
def test_it_speaks_as_the_phone_does(worker: Client, board: NoticeBoard, asked: str, spoken: str) -> None:
    for address in (f"/w/{board.code}/say/", "/w/reply/"):
        response = worker.get(address, headers={"Accept-Language": asked} if asked else {})
        assert f'<html lang="{spoken}">' in response.content.decode()
        assert "Accept-Language" in response["Vary"]


def test_the_board_s_page_leads_here(worker: Client, board: NoticeBoard) -> None:
    assert f'href="/w/{board.code}/say/"' in worker.get(f"/w/{board.code}/").content.decode()


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_other_methods_are_refused(worker: Client, board: NoticeBoard, method: str) -> None:
    for address in (f"/w/{board.code}/say/", "/w/reply/"):
        assert getattr(worker, method)(address).status_code == 405
