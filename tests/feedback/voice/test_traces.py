"""Somebody whom each header would give away says something, on a real server; afterwards every byte is searched (AN-01, AN-02).

Database with its write-ahead log, PostgreSQL's data, log and dump, SQLite's backup, the server's log, temporary files: nothing of
who it was, where the photo was taken, what was said, nor the code. Also after whatever can go wrong, and as a power cut finds it.
"""

import http.client
import sqlite3
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path

import psutil
import pytest
from django.db import connection

from tests.core.test_workers_house import AGENT, HERE, traces
from tests.covering import EVERYTHING
from tests.feedback.voice.conftest import code_in
from tests.feedback.voice.recordings import CANARY, GPS, PLACE, jpeg, m4a
from tests.feedback.voice.site import BOARD, Place, everything_in, gunicorn, place, send, token_of, visit

SAID, PHONE = "canary-words-宿舍没有热水", "13900000077"
WORKERS = 2 if EVERYTHING else 1
# What tests.feedback.voice.stuck says and what makes tests.feedback.voice.broken break: importing them would break this process.
IN_THE_MIDDLE, BREAKS = "in the middle", "now break"
SAY, REPLY = f"/w/{BOARD}/say/", "/w/reply/"


def found_in(held: dict[str, bytes], *more: str) -> list[tuple[str, bytes]]:
    words = [SAID, PHONE, GPS, PLACE, CANARY, "canary-file", *more]
    sought = [*traces(), *(word.encode() for word in words)]
    return [(name, trace) for name, content in held.items() for trace in sought if trace in content]


def speak(port: int) -> str:
    """Photo, recording, number to call; and a word by the code. Gives the code."""
    files = {"photo": jpeg(), "voice": m4a(3)}
    assert send(port, SAY, files, token=token_of(port), words=SAID, answer="phone", phone=PHONE).status == 200
    receipt = send(port, SAY, files, token=token_of(port), words=SAID, picture="living", about="project")
    code = code_in(receipt.text)
    opened = send(port, REPLY, code=code)
    token = opened.text.split('name="token" value="')[1].split('"')[0]
    assert SAID in send(port, REPLY, code=code, words=SAID, token=token).text
    return code


def go_wrong(port: int) -> list[int]:
    """Not in order, an old page, too much, cut off, no form at all; guesses until one has to wait."""
    token = token_of(port)
    answers = [
        send(port, SAY, {"photo": b"no photo"}, token=token, words=SAID),
        send(port, SAY, token="canary-words", words=SAID),
        visit(port, SAY, b"x", "multipart/form-data; boundary=b", **{"Content-Length": str(40 * 1024 * 1024)}),
        visit(port, SAY, b"--b\r\ncanary-words", "multipart/form-data; boundary="),
        visit(port, "/w/NOSUCH2222/say/", b"words=canary-words", "application/x-www-form-urlencoded"),
    ]
    guesses = [send(port, REPLY, code="0" * 16, words=SAID) for _guess in range(31)]
    assert {answer.headers.get("Set-Cookie") for answer in [*answers, *guesses]} == {None}
    return [answer.status for answer in [*answers, guesses[0], guesses[-1]]]


def back_up(at: Place) -> None:
    """While the site runs, as deploy/README.md has it. Of PostgreSQL a dump lies in the folder when it has stopped."""
    if connection.vendor == "sqlite":
        with closing(sqlite3.connect(at.file)) as ours, closing(sqlite3.connect(at.folder / "backup.sqlite3")) as copy:
            ours.backup(copy)


@contextmanager
def read(at: Place) -> Iterator[None]:
    """Somebody reads meanwhile, so that SQLite's write-ahead log is not put in its place with the last request."""
    with closing(sqlite3.connect(at.file if connection.vendor == "sqlite" else ":memory:")) as reader:
        reader.execute("SELECT * FROM sqlite_master").fetchall()
        yield


def speak_and_pull_the_plug(at: Place, port: int) -> tuple[str, str]:
    """Nothing is found in what lies there while the site runs. Gives the code, whole and in fours."""
    with read(at):
        code = speak(port)
        back_up(at)
        held = everything_in(at.folder)
    codes = code, " ".join(code[start : start + 4] for start in range(0, 16, 4))
    assert connection.vendor != "sqlite" or len(held[f"{at.file.name}-wal"]) > len(SAID)
    assert found_in(held, *codes) == []
    return codes


@contextmanager
def broken_database(at: Place) -> Iterator[None]:
    with closing(sqlite3.connect(at.file)) as database:
        database.execute("ALTER TABLE feedback_case RENAME TO gone")
        yield
        database.execute("ALTER TABLE gone RENAME TO feedback_case")


def test_no_byte_of_whoever_spoke_is_left(db: None, tmp_path: Path) -> None:
    """Of the site as it is deployed, but for a fault that one can ask for. One worker of the server keeps what two would keep."""
    with place(tmp_path, connection.vendor) as at:
        at.fill()
        with gunicorn(at, "tests.feedback.voice.broken:application", WORKERS) as port:
            codes = speak_and_pull_the_plug(at, port)
            token = token_of(port)
            assert send(port, SAY, token=token, words=f"{BREAKS} {SAID}").status == 500
            if connection.vendor == "sqlite":
                with broken_database(at):
                    away = send(port, SAY, token=token, words=SAID)
                assert (away.status, SAID in away.text) == (503, True)
            assert go_wrong(port) == [200, 200, 413, 400, 404, 404, 429]
    log = at.log.read_text()
    assert "RuntimeError" in log
    assert "POST /w/BOARD22222/say/ HTTP/1.1" in log
    held = everything_in(tmp_path)
    assert {"backup.sqlite3", "dump.sql"} & set(held)
    assert found_in(held, *codes) == []
    assert list(at.scratch.rglob("*canary*")) == []


def kill_in_the_middle(at: Place, port: int) -> None:
    """As a power cut, the system short of memory, or gunicorn with a worker that does not answer in time."""
    for _attempt in range(100):
        if IN_THE_MIDDLE in at.log.read_text():
            break
        time.sleep(0.1)
    [server] = [each for each in psutil.Process().children() if f"127.0.0.1:{port}" in " ".join(each.cmdline())]
    for worker in server.children():
        worker.kill()


@pytest.mark.sqlite_only
def test_a_worker_of_the_server_that_is_killed_leaves_nothing(db: None, tmp_path: Path) -> None:
    with place(tmp_path, connection.vendor) as at:
        at.fill()
        with gunicorn(at, "tests.feedback.voice.stuck:application") as port, ThreadPoolExecutor() as crowd:
            files = {"photo": jpeg(), "voice": m4a(3)}
            sent = crowd.submit(send, port, SAY, files, token=token_of(port), words=SAID, answer="phone", phone=PHONE)
            kill_in_the_middle(at, port)
            with pytest.raises((OSError, http.client.HTTPException)):
                sent.result()
    assert "SIGKILL" in at.log.read_text()
    assert found_in(everything_in(tmp_path)) == []


@pytest.mark.postgresql_only
def test_a_postgresql_that_goes_away_leaves_nothing(db: None, tmp_path: Path) -> None:
    at = Place(tmp_path, "postgres://nobody@127.0.0.1:1/nothing")
    with gunicorn(at) as port:
        answer = send(port, SAY, {"photo": jpeg()}, token="any", words=SAID)
    assert answer.status == 503
    assert f"{SAID}</textarea>" in answer.text
    assert found_in(everything_in(tmp_path)) == []


def test_the_search_would_find_a_visitor(db: None, tmp_path: Path) -> None:
    with place(tmp_path, connection.vendor) as at:
        at.fill()
        with gunicorn(at, "tests.feedback.voice.without_house:application") as port:
            send(port, SAY, token=token_of(port), words="x")
    found = {trace for _name, trace in found_in(everything_in(tmp_path))}
    assert {HERE.encode(), AGENT.encode()} <= found
