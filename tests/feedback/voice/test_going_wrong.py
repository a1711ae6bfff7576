"""Whatever goes wrong: a plain page, the words still in the box, nothing of them in any log (AN-02, R-13)."""

from typing import Any

import pytest
from django.db import InterfaceError, OperationalError
from django.test import Client

from coordinators.models import NoticeBoard
from core.workers_house import WAIT
from feedback.models import Case
from feedback.voice import views
from feedback.voice.codes import new_token
from tests.feedback.voice.conftest import Say, file, token_in
from tests.feedback.voice.recordings import jpeg

WORDS = "canary-words 宿舍没有热水"


def raising(error: Exception) -> Any:
    def broken(*args: Any, **kwargs: Any) -> Any:
        raise error

    return broken


@pytest.mark.parametrize("error", [OperationalError("canary-words"), InterfaceError("canary-words")])
@pytest.mark.parametrize("where", ["find_board", "known", "submit"])
def test_a_database_that_is_away_keeps_the_words(
    say: Say, board: NoticeBoard, monkeypatch: pytest.MonkeyPatch, error: Exception, where: str, caplog: pytest.LogCaptureFixture
) -> None:
    token = new_token(board.code)
    monkeypatch.setattr(views, where, raising(error))
    response = say(token=token, words=WORDS, picture="living", direct="on")
    text = response.content.decode()
    assert response.status_code == 503
    assert response["Retry-After"]
    assert f"{WORDS}</textarea>" in text
    assert f'name="token" value="{token}"' in text
    assert "canary-words" not in caplog.text


def test_what_breaks_here_gives_the_words_back(
    say: Say, board: NoticeBoard, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(views, "submit", raising(RuntimeError(WORDS)))
    response = say(words=WORDS, picture="living", direct="on")
    text = response.content.decode()
    assert response.status_code == 500
    assert f"{WORDS}</textarea>" in text
    assert 'name="picture" value="living"' in text
    assert 'name="direct" value="on"' in text
    assert "RuntimeError" in caplog.text
    assert "canary-words" not in caplog.text


def test_sent_once_more_it_arrives(say: Say, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as broken:
        broken.setattr(views, "submit", raising(OperationalError()))
        text = say(words=WORDS).content.decode()
    say(token=token_in(text), words=WORDS)
    assert Case.objects.get().words == WORDS


def test_a_database_that_is_away_for_a_moment_is_not_noticed(say: Say, monkeypatch: pytest.MonkeyPatch) -> None:
    original, failures = views.submit, [OperationalError(), InterfaceError()]

    def shaky(*args: Any) -> Case:
        if failures:
            raise failures.pop()
        return original(*args)

    monkeypatch.setattr(views, "submit", shaky)
    response = say(words=WORDS, photo=file(jpeg()))
    assert response.status_code == 200
    assert Case.objects.get().files.count() == 1


def test_nothing_is_mailed(say: Say, monkeypatch: pytest.MonkeyPatch, settings: Any, mailoutbox: list[Any]) -> None:
    settings.ADMINS = [("a", "a@example.org")]
    monkeypatch.setattr(views, "submit", raising(RuntimeError(WORDS)))
    say(words=WORDS)
    assert mailoutbox == []


def test_too_much_at_once_keeps_the_words(say: Say) -> None:
    response = say(words=WORDS, photo=file(bytes(20 * 1024 * 1024)))
    assert f"{WORDS}</textarea>" in response.content.decode()
    assert not Case.objects.exists()


def test_far_too_much_is_not_read(worker: Client, board: NoticeBoard) -> None:
    response = worker.post(
        f"/w/{board.code}/say/", b"x", content_type="multipart/form-data; boundary=b", CONTENT_LENGTH=str(33 * 1024 * 1024)
    )
    assert response.status_code == 413


def test_words_without_end_are_too_much(say: Say) -> None:
    response = say(words="x" * 3_000_000)
    assert response.status_code == 413
    assert len(response.content) < 100_000


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"broken", "multipart/form-data; boundary=canary"),
        (b"broken", "multipart/form-data"),
        (b'--b\r\nContent-Disposition: form-data; name="words"\r\n\r\ncut off', "multipart/form-data; boundary=b"),
        (b"\xff\xfe", "application/x-www-form-urlencoded"),
        (b"{}", "application/json"),
    ],
)
def test_a_body_that_is_none_is_answered_plainly(worker: Client, board: NoticeBoard, body: bytes, kind: str) -> None:
    for address in (f"/w/{board.code}/say/", "/w/reply/"):
        response = worker.post(address, body, content_type=kind)
        assert response.status_code in (200, 400, 404)
        assert "<h1>" in response.content.decode()
    assert not Case.objects.exists()


def test_whoever_has_to_wait_keeps_his_words(worker: Client, board: NoticeBoard) -> None:
    token = new_token(board.code)
    response = worker.post(f"/w/{board.code}/say/", {"token": token, "words": WORDS}, **{WAIT: 42})
    assert response.status_code == 429
    assert response["Retry-After"] == "42"
    assert f"{WORDS}</textarea>" in response.content.decode()
    assert not Case.objects.exists()


def test_a_page_that_does_not_open_says_so(worker: Client, board: NoticeBoard, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(views, "find_board", raising(OperationalError()))
    response = worker.get(f"/w/{board.code}/say/")
    assert response.status_code == 503
    assert "<textarea" not in response.content.decode()
    assert "tel:120" in response.content.decode()


def test_what_is_sent_never_touches_the_disk(say: Say, monkeypatch: pytest.MonkeyPatch) -> None:
    from django.core.files import uploadedfile

    monkeypatch.setattr(uploadedfile.TemporaryUploadedFile, "__init__", raising(AssertionError("a file on disk")))
    assert say(words=WORDS, photo=file(bytes(5 * 1024 * 1024))).status_code == 200
