"""The public page of a board: who is on it, who is not, and what it gives away (rows 48, 52; AN-07, AN-09, AN-14)."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from coordinators.models import NoticeBoard, RightsBoard, SiteContact
from core.models import AuditEvent
from core.roles import Role
from regions.models import Project
from tests.coordinators.public.conftest import MARK, Placed, liaison_of
from tests.factories import LabourTeamFactory, ProjectFactory, RegionFactory, WorkCrewFactory, person_with
from tests.house.crawling import full_numbers
from tests.house.test_url_matrix import client_for

BUDGET = 60_000


def text_of(visitor: Client, board: NoticeBoard, **headers: str) -> str:
    response = visitor.get(f"/w/{board.code}/", headers=headers)
    assert response.status_code == 200
    return response.content.decode()


def numbers_to_tap(text: str) -> list[str]:
    return re.findall(r'href="tel:([^"]+)"', text)


def test_the_people_in_post_who_agreed_are_there_to_be_called(visitor: Client, board: NoticeBoard, coordinator: Placed) -> None:
    ours = coordinator(duties="工资、食宿找我")
    regional = coordinator(region=board.project.region)
    crew = WorkCrewFactory(team=LabourTeamFactory(project=board.project, name="隧道一队"), work_point="K12+300")
    liaison = liaison_of(crew.team, crew)
    text = text_of(visitor, board)
    for post in (ours, regional, liaison):
        post.person.refresh_from_db()
        assert post.person.name in text
        assert post.person.phone.in_the_clear() in numbers_to_tap(text)
    assert {"工资、食宿找我", "隧道一队", "K12+300", board.project.name} <= set(re.findall(r"[^<>·\n]+", text))
    assert text.index(ours.person.name) < text.index(regional.person.name) < text.index(liaison.person.name)


def test_whoever_has_not_agreed_or_is_not_in_post_is_nowhere(visitor: Client, board: NoticeBoard, coordinator: Placed) -> None:
    team = LabourTeamFactory(project=board.project)
    posts = [
        coordinator(agreed=False, photo=True),
        liaison_of(team, agreed=False),
        coordinator(region=RegionFactory()),
        liaison_of(LabourTeamFactory()),
    ]
    ended = coordinator()
    ended.to_on = timezone.localdate() - timedelta(days=1)
    ended.save()
    text = text_of(visitor, board)
    for post in (*posts, ended):
        post.person.refresh_from_db()
        assert post.person.name not in text
        assert post.person.phone.in_the_clear() not in text
    assert "<img" not in text
    assert visitor.get(f"/w/{board.code}/photo/1/").status_code == 404


def test_taking_consent_back_works_at_once(visitor: Client, board: NoticeBoard, coordinator: Placed) -> None:
    post = coordinator(photo=True)
    assert post.person.name in text_of(visitor, board)
    post.person.disclosure_agreed_on = None
    post.person.save()
    assert post.person.name not in text_of(visitor, board)
    assert visitor.get(f"/w/{board.code}/photo/1/").status_code == 404


def test_an_old_code_shows_whoever_is_in_post_now(visitor: Client, board: NoticeBoard, coordinator: Placed) -> None:
    board.taken_down_on = timezone.localdate()
    board.save()
    assert coordinator().person.name in text_of(visitor, board)


@pytest.mark.parametrize("address", ["/w/{code}/", "/w/{code}/ABCD2345/", "/w/{lower}/"])
def test_every_way_of_writing_the_code_leads_to_the_same_people(
    visitor: Client, board: NoticeBoard, coordinator: Placed, address: str
) -> None:
    person = coordinator().person
    response = visitor.get(address.format(code=board.code, lower=board.code.lower()))
    assert person.name in response.content.decode()


def test_an_unknown_code_says_what_to_do(visitor: Client, db: None) -> None:
    response = visitor.get("/w/NOSUCHCODE/")
    text = response.content.decode()
    assert response.status_code == 404
    assert "12348" in numbers_to_tap(text)
    assert "/sign-in/" not in text
    assert response["Referrer-Policy"] == "no-referrer"


def test_hotline_and_lawful_channels_where_they_are_filled(visitor: Client, board: NoticeBoard) -> None:
    SiteContact.objects.create(
        project=board.project, hotline="400-000 0001", mailbox_place="食堂门口", mailbox_note="李某某每周开"
    )
    RightsBoard.objects.create(
        project=board.project, inspection="某县劳动监察大队", inspection_phone="0000-1111111", legal_aid="某县法律援助中心"
    )
    text = text_of(visitor, board)
    assert numbers_to_tap(text) == ["4000000001", "00001111111", "12348", "120"]
    assert "某县劳动监察大队" in text
    assert "食堂门口" in text
    assert "某县法律援助中心" not in text
    assert "李某某" not in text


def test_without_a_hotline_of_its_own_the_company_s_stands_there(visitor: Client, board: NoticeBoard, settings: object) -> None:
    settings.COMPANY_HOTLINE = "4000000009"  # type: ignore[attr-defined]
    assert numbers_to_tap(text_of(visitor, board)) == ["4000000009", "12348", "120"]


def test_no_other_number_is_on_the_page(visitor: Client, board: NoticeBoard, coordinator: Placed) -> None:
    post = coordinator()
    post.person.refresh_from_db()
    assert set(full_numbers(text_of(visitor, board))) == {post.person.phone.in_the_clear()}


def test_staff_find_the_way_to_check_the_board_only_with_its_mark(visitor: Client, board: NoticeBoard) -> None:
    way = reverse("board-scan", args=[board.code, MARK])
    assert way not in text_of(visitor, board)
    assert way in visitor.get(f"/w/{board.code}/{MARK}/").content.decode()
    assert "/boards/" not in visitor.get(f"/w/{board.code}/bent/").content.decode()


def test_the_page_names_its_own_address(visitor: Client, board: NoticeBoard, settings: object) -> None:
    assert f"http://testserver/w/{board.code}/" in text_of(visitor, board)
    settings.PUBLIC_ADDRESS = "https://people.example.org/"  # type: ignore[attr-defined]
    marked = visitor.get(f"/w/{board.code}/{MARK.lower()}/").content.decode()
    assert f"https://people.example.org/w/{board.code}/{MARK}/" in marked


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_nothing_can_be_sent(board: NoticeBoard, method: str) -> None:
    for address in (f"/w/{board.code}/", f"/w/{board.code}/{MARK}/", f"/w/{board.code}/photo/1/"):
        assert getattr(Client(), method)(address).status_code == 405


def test_no_visit_leaves_a_cookie_or_a_row(visitor: Client, board: NoticeBoard, coordinator: Placed) -> None:
    coordinator(photo=True)
    before = AuditEvent.objects.count()
    for address in (f"/w/{board.code}/", f"/w/{board.code}/photo/1/", "/w/NOSUCHCODE/"):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            response = visitor.get(address)
        assert not response.cookies
        assert response["Referrer-Policy"] == "no-referrer"
        assert "no-store" in response["Cache-Control"]
        assert {query["sql"].split()[0] for query in queries} == {"SELECT"}
        assert "django_session" not in str(queries.captured_queries)
    assert AuditEvent.objects.count() == before


def test_the_page_loads_nothing_from_elsewhere_and_runs_nothing(visitor: Client, board: NoticeBoard, coordinator: Placed) -> None:
    coordinator(photo=True)
    response = visitor.get(f"/w/{board.code}/")
    text = response.content.decode()
    loaded = re.findall(r'(?:src|href)="([^"#]+)"', text)
    assert "<script" not in text
    assert "<form" not in text
    assert {address.partition(":")[0] for address in loaded if not address.startswith("/")} == {"data", "tel"}
    assert "default-src 'self'" in response["Content-Security-Policy"]


def test_somebody_signed_in_sees_the_same(board: NoticeBoard, visitor: Client, coordinator: Placed) -> None:
    coordinator()
    person = client_for(person_with(Role.PARTY_PERSONNEL))
    assert text_of(person, board) == text_of(visitor, board)


@pytest.mark.parametrize(
    ("asked", "spoken"),
    [("", "zh-hans"), ("zh-CN,zh;q=0.9", "zh-hans"), ("en-GB,en;q=0.8", "en"), ("fr,en;q=0.5", "en"), ("ug,bo", "zh-hans")],
)
def test_it_speaks_chinese_or_english_as_the_phone_does(visitor: Client, board: NoticeBoard, asked: str, spoken: str) -> None:
    response = visitor.get(f"/w/{board.code}/", headers={"Accept-Language": asked} if asked else {})
    assert f'<html lang="{spoken}">' in response.content.decode()
    assert response["Content-Language"] == spoken
    assert "Accept-Language" in response["Vary"]


def test_what_it_cannot_protect_is_said(visitor: Client, board: NoticeBoard) -> None:
    text = text_of(visitor, board, **{"Accept-Language": "en"})
    for words in (
        "We do not record who opens this page: no name, no number, no network address. But:",
        "On the company's phone or wireless network, the company can see that you were online.",
        "If you scan with WeChat, WeChat knows that you scanned.",
        "If there is a camera near the board, it sees you.",
        "Whoever you call sees your number.",
        "somebody has pasted over it",
    ):
        assert words in text


def test_an_empty_project_says_so_and_still_gives_numbers(visitor: Client, board: NoticeBoard) -> None:
    text = text_of(visitor, board)
    assert 'class="people"' not in text
    assert numbers_to_tap(text) == ["12348", "120"]


def test_somebody_without_a_number_has_nothing_to_tap(visitor: Client, board: NoticeBoard, coordinator: Placed) -> None:
    coordinator(phone=None)
    assert numbers_to_tap(text_of(visitor, board)) == ["12348", "120"]


def crowd(project: Project, teams: int, crews: int) -> None:
    for _team in range(teams):
        team = LabourTeamFactory(project=project)
        for crew in WorkCrewFactory.create_batch(crews, team=team, work_point="K12+300 至 K14+800"):
            liaison_of(team, crew)


def test_it_costs_the_same_however_many_people(visitor: Client, board: NoticeBoard) -> None:
    for teams in (1, 2):
        crowd(board.project, teams, 1)
        with CaptureQueriesContext(connection) as queries:
            text_of(visitor, board)
        assert len(queries) == 4


def test_it_is_light_even_for_a_big_project(visitor: Client, board: NoticeBoard, coordinator: Placed) -> None:
    coordinator(photo=True, duties="字" * 60)
    crowd(board.project, 15, 4)
    text = text_of(visitor, board)
    style = (Path(settings.BASE_DIR) / "static" / "css" / "public.css").read_bytes()
    assert text.count('class="name"') == 61
    assert text.count("<details>") == 15
    assert len(text.encode()) + len(style) < BUDGET


def test_few_liaisons_are_all_in_sight(visitor: Client, board: NoticeBoard) -> None:
    crowd(board.project, 3, 2)
    assert "<details>" not in text_of(visitor, board)


def test_it_shows_the_people_of_the_day(visitor: Client, board: NoticeBoard, coordinator: Placed) -> None:
    post = coordinator()
    post.to_on = timezone.localdate() + timedelta(days=1)
    post.save()
    assert post.person.name in text_of(visitor, board)
    with time_machine.travel(timezone.now() + timedelta(days=2), tick=False):
        assert post.person.name not in text_of(visitor, board)


def test_names_are_text(visitor: Client, board: NoticeBoard, coordinator: Placed) -> None:
    coordinator(name='"><svg onload=alert(1)>', duties="{{ 7*7 }}<b>")
    text = text_of(visitor, board)
    assert "<svg onload" not in text
    assert "<b>" not in text
    assert "{{ 7*7 }}" in text


def test_another_project_s_board_is_another_page(visitor: Client, board: NoticeBoard, coordinator: Placed) -> None:
    name = coordinator().person.name
    other = NoticeBoard.objects.create(project=ProjectFactory(), place="大门口", created_by=board.created_by)
    assert name not in text_of(visitor, other)
