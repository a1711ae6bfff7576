"""What the code opens, what it lets a worker say, and that looking leaves nothing behind (AN-10)."""

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from feedback.models import Case, CaseEvent, CaseMessage, Promise
from feedback.voice.codes import code_of, sealed
from tests.factories import CaseEventFactory, CaseFactory, UserFactory
from tests.feedback.voice.conftest import Say, code_in, token_in

CODE = code_of("0" * 32)


@pytest.fixture
def look(worker: Client) -> Any:
    """`look(code)` opens a matter; further fields are sent from the page that it shows."""

    def looked(code: str = CODE, **posted: Any) -> Any:
        opened = worker.post("/w/reply/", {"code": code}, headers={"Accept-Language": "zh-CN"})
        if not posted:
            return opened
        posted.setdefault("token", token_in(opened.content.decode()))
        return worker.post("/w/reply/", {"code": code, **posted}, headers={"Accept-Language": "zh-CN"})

    return looked


def case_in(status: str, **more: Any) -> Case:
    return CaseFactory(status=status, origin=Case.Origin.QR, code_hash=sealed(CODE), **more)


def test_the_receipt_s_code_opens_the_matter(say: Say, look: Any) -> None:
    code = code_in(say(words="宿舍没有热水").content.decode())
    response = look(f"{code[:4]} {code[4:8]} {code[8:12]} {code[12:]}")
    text = response.content.decode()
    assert response.status_code == 200
    assert Case.objects.get().number in text
    assert text.count('<li class="ok">') == 2
    assert "宿舍没有热水" not in text


@pytest.mark.parametrize("other", ["0000000000000000", "12", "", "1" * 16, "abcd", "9" * 39])
def test_whatever_opens_nothing_looks_alike(look: Any, board: Any, other: str) -> None:
    """Wrong, unknown, purged: the same answer, and the same work before it."""
    case = case_in("answered")
    Case.objects.filter(pk=case.pk).update(code_hash=None)
    purged, wrong = look(CODE), look(other)
    assert (purged.status_code, wrong.status_code) == (404, 404)
    assert purged.content == wrong.content


def test_the_same_work_is_done_for_any_code(look: Any, db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    from feedback.voice import matter

    worked: list[str] = []
    monkeypatch.setattr(matter, "sealed", lambda code: worked.append(code) or sealed(code))
    for code in ("12", "0" * 16, "x" * 30):
        look(code)
    assert len(worked) == 3


def test_looking_writes_nothing(look: Any, db: None) -> None:
    case = case_in("answered")
    before = Case.objects.values().get(pk=case.pk)
    for code in (CODE, "0" * 16):
        with CaptureQueriesContext(connection) as queries:
            look(code)
        assert {query["sql"].split()[0] for query in queries} == {"SELECT"}
    assert Case.objects.values().get(pk=case.pk) == before


def test_only_what_is_public_is_shown(look: Any, db: None) -> None:
    case = case_in("accepted")
    CaseEventFactory(case=case, verb="register", is_public=True, note="canary-note")
    CaseEventFactory(case=case, verb="accept", from_status="routed", is_public=True, note="canary-note")
    CaseEventFactory(case=case, verb="remark", from_status="accepted", is_public=True, note="热水器已经订了")
    CaseEventFactory(case=case, verb="remark", from_status="accepted", is_public=False, note="canary-inside")
    text = look().content.decode()
    assert "热水器已经订了" in text
    assert "canary" not in text
    assert text.count('<li class="ok">') == 3


def test_the_answer_and_its_promises_are_shown(look: Any, db: None) -> None:
    case = case_in("answered")
    person = UserFactory(name="马文祥")
    CaseMessage.objects.create(case=case, is_from_worker=False, words="热水器修好了", at=timezone.now(), by=person)
    Promise.objects.create(
        case=case, text="换新的", who="后勤", due_on=timezone.localdate(), given_by=person, given_at=case.replied_at
    )
    Promise.objects.create(case=case, text="canary-draft", who="后勤", due_on=timezone.localdate(), given_by=person)
    text = look().content.decode()
    assert "热水器修好了" in text
    assert "换新的" in text
    assert "canary-draft" not in text
    assert "马文祥" not in text


@pytest.mark.parametrize(
    ("status", "yes", "no"),
    [("accepted", 0, 0), ("answered", 1, 1), ("revisiting", 1, 1), ("closed", 0, 1), ("final_reply", 0, 0)],
)
def test_whether_it_is_done_is_asked_where_it_means_something(look: Any, db: None, status: str, yes: int, no: int) -> None:
    case_in(status)
    text = look().content.decode()
    assert (text.count('name="settled" value="yes"'), text.count('name="settled" value="no"')) == (yes, no)


def test_not_done_has_it_done_again(look: Any, db: None) -> None:
    case = case_in("answered")
    assert look(settled="no").status_code == 200
    case.refresh_from_db()
    assert (case.status, case.redos) == (Case.Status.ACCEPTED, 1)


def test_done_closes_what_is_being_revisited(look: Any, db: None) -> None:
    case = case_in("revisiting")
    look(settled="yes")
    case.refresh_from_db()
    assert case.status == Case.Status.CLOSED


def test_a_word_is_heard_once_however_often_it_is_sent(look: Any, worker: Client, db: None) -> None:
    case = case_in("waiting")
    token = token_in(look().content.decode())
    for _time in range(3):
        text = look(words="在三号楼", token=token).content.decode()
    message = CaseMessage.objects.get(case=case)
    case.refresh_from_db()
    assert (message.words, message.is_from_worker, message.by) == ("在三号楼", True, None)
    assert case.status == Case.Status.ACCEPTED
    assert "在三号楼" in text


def test_a_worker_s_word_carries_no_minute(look: Any, db: None) -> None:
    case_in("waiting")
    look(words="在三号楼")
    moments = [CaseMessage.objects.get().at, *CaseEvent.objects.values_list("at", flat=True)]
    assert {(timezone.localtime(moment).minute, timezone.localtime(moment).second) for moment in moments} == {(0, 0)}


@pytest.mark.parametrize("posted", [{"words": "长" * 2001}, {"words": "还在的话", "token": "x"}])
def test_words_that_are_not_taken_come_back(look: Any, db: None, posted: dict[str, str]) -> None:
    case_in("waiting")
    text = look(**posted).content.decode()
    assert f"required>{posted['words']}</textarea>" in text
    assert not CaseMessage.objects.exists()


def test_a_board_s_token_says_nothing_here(look: Any, board: Any, worker: Client) -> None:
    case_in("waiting")
    token = token_in(worker.get(f"/w/{board.code}/say/").content.decode())
    look(words="在三号楼", token=token)
    assert not CaseMessage.objects.exists()


def test_the_code_stands_in_no_address_and_no_title(look: Any, db: None) -> None:
    case_in("answered")
    response = look()
    text = response.content.decode()
    assert not [way for way in re.findall(r'(?:href|action|src)="([^"]*)"', text) if CODE in way or CODE[:4] in way]
    assert CODE[:4] not in re.findall("<title>(.*?)</title>", text)[0]
    assert response["Cache-Control"] == "no-store"
    assert response["Referrer-Policy"] == "no-referrer"


def test_a_code_in_the_address_opens_nothing(worker: Client, db: None) -> None:
    case_in("answered")
    assert Case.objects.get().number not in worker.get(f"/w/reply/?code={CODE}").content.decode()
