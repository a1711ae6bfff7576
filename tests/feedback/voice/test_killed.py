"""A site speaks, presses twice, sends again, and workers of the web server are killed meanwhile: a page is one case (R-07, R-08).

Fewer people, workers and kills than drills/submissions.py, which runs this same test at full size (SPEAKERS, WORKER_KILLS): one
kill among pages that are sent twice is enough to tell whether a page is ever two cases.
"""

import http.client
import os
import random
import signal
import sqlite3
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress
from pathlib import Path

import psutil
from django.db import connection

from tests.covering import EVERYTHING
from tests.feedback.voice.conftest import code_in
from tests.feedback.voice.site import BOARD, Place, gunicorn, place, send, token_of

SPEAKERS = int(os.environ.get("SPEAKERS", "24" if EVERYTHING else "12"))
KILLS = int(os.environ.get("WORKER_KILLS", "2" if EVERYTHING else "1"))
CLIENTS, WORKERS, LONGEST = 40, 3 if EVERYTHING else 2, 240  # seconds
TWICE, AGAIN = 0.6, 0.5  # shares of pages that are pressed twice at once, and sent again later
SAY = f"/w/{BOARD}/say/"
TABLES = ("feedback_case", "feedback_caseevent WHERE verb = 'register'")
COUNT = """
import django; django.setup()
from feedback.models import Case, CaseEvent
print(Case.objects.count(), CaseEvent.objects.filter(verb="register").count())
"""


def cases_and_events(at: Place) -> list[int]:
    if connection.vendor == "sqlite":
        with closing(sqlite3.connect(at.file)) as database:
            return [database.execute(f"SELECT COUNT(*) FROM {table}").fetchone()[0] for table in TABLES]
    return [int(number) for number in at.run("-c", COUNT).split()]


def persist(port: int, token: str) -> str:
    """Sends a page until there is a receipt, as somebody does who sees that it was not delivered."""
    until = time.monotonic() + LONGEST
    while time.monotonic() < until:
        with suppress(OSError, http.client.HTTPException):
            answer = send(port, SAY, token=token, words="宿舍没有热水", picture="living")
            if answer.status == 200 and (code := code_in(answer.text)):
                return code
        time.sleep(0.2)
    raise AssertionError("no receipt")


def killer(master: int, kills: int, done: threading.Event) -> list[int]:
    killed: list[int] = []
    while len(killed) < kills and not done.wait(1.5):
        with suppress(psutil.Error, IndexError):
            child = random.choice(psutil.Process(master).children())
            os.kill(child.pid, signal.SIGKILL)
            killed.append(child.pid)
    return killed


def test_each_page_is_one_case(db: None, tmp_path: Path) -> None:
    chance = random.Random(int(os.environ.get("SPEAKERS_SEED", "7")))
    done = threading.Event()
    with place(tmp_path, connection.vendor) as at:
        at.fill()
        with gunicorn(at, workers=WORKERS) as port:
            [server] = [each.pid for each in psutil.Process().children() if f"127.0.0.1:{port}" in " ".join(each.cmdline())]
            tokens = [token_of(port) for _number in range(SPEAKERS)]
            sent = [*tokens, *(token for token in tokens if chance.random() < TWICE)]
            chance.shuffle(sent)
            sent += [token for token in tokens if chance.random() < AGAIN]
            started = time.monotonic()
            with ThreadPoolExecutor(CLIENTS + 1) as crowd:
                killing = crowd.submit(killer, server, KILLS, done)
                codes = list(crowd.map(lambda token: persist(port, token), sent))
                done.set()
            seconds, killed = time.monotonic() - started, len(killing.result())
        counted = cases_and_events(at)
    facts = f"{SPEAKERS} pages, sent {len(sent)} times, {killed} kills, {seconds:.1f} s, {counted[0]} cases"
    print(f"{connection.vendor}: {facts}")  # noqa: T201 - a measurement
    assert killed
    assert len(set(zip(sent, codes, strict=True))) == len(set(codes)) == SPEAKERS
    assert counted == [SPEAKERS] * 2
