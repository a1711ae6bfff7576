"""What others wait while a roster of 8,000 is imported on SQLite: a real server with one worker; another process imports.

Requests leave on time, five a second, however long earlier ones take, and each is timed from when it should have left: a stall
of a second counts for everybody who came in it. Two in three read; the third writes a row of the audit trail.
"""

import re
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from http.cookiejar import CookieJar
from itertools import cycle
from statistics import median, quantiles
from typing import Any
from urllib.error import URLError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, ProxyHandler, build_opener

from tests.bench.process import CLERK, PASSWORD, ROOT, Process, environment

ROWS = 8_000
EVERY = 0.2
Met = tuple[float, bool]  # seconds that a request waited, and whether it was answered
PERSON = re.compile(r"/workers/[0-9a-f-]{36}/")


class Visitor:
    """Somebody with a browser."""

    def __init__(self, address: str) -> None:
        self._address, self._cookies = address, CookieJar()
        self._opener = build_opener(ProxyHandler({}), HTTPCookieProcessor(self._cookies))

    def get(self, path: str) -> str:
        with self._opener.open(self._address + path, timeout=60) as answer:
            return str(answer.read().decode())

    def post(self, path: str, **fields: str) -> str:
        token = next(cookie.value for cookie in self._cookies if cookie.name == "csrf") or ""
        body = urlencode({"csrfmiddlewaretoken": token, **fields}).encode()
        with self._opener.open(self._address + path, body, timeout=60) as answer:
            return str(answer.read().decode())

    def sign_in(self, username: str, password: str) -> None:
        self.get("/sign-in/")
        if 'name="password"' in self.post("/sign-in/", username=username, password=password):
            raise RuntimeError("the sign-in was refused")

    def errands(self) -> Iterator[Callable[[], str]]:
        """Home, the roster, somebody's full ID number; again and again."""
        person = PERSON.search(self.get("/workers/"))
        if person is None:
            raise RuntimeError("the roster shows nobody")
        reveal = f"{person[0]}reveal/"
        yield from cycle(
            (
                lambda: self.get("/"),
                lambda: self.get("/workers/"),
                lambda: self.post(reveal, number="id_number", reason="核对花名册"),
            )
        )


Roster = Callable[[int, int], str]  # makes a workbook of so many people from the n-th on, and says where


def measure(importer: Process, database: str, roster: Roster, *, requests: int) -> dict[str, Any]:
    """Times are in milliseconds."""
    importer.ask("first", path=roster(1_000, 0))
    with served(database) as address:
        visitor = Visitor(address)
        visitor.sign_in(CLERK, PASSWORD)
        errands = visitor.errands()
        quiet = [_timed(next(errands), time.perf_counter()) for _request in range(30)]
        met, seconds = during(importer, roster, errands, requests)
    waits = [seconds for seconds, _is_answered in met]
    return {
        "requests": len(met), "failed": sum(not is_answered for _seconds, is_answered in met), "p50_ms": _ms(median(waits)),
        "p95_ms": _ms(quantiles(waits, n=20)[-1]), "worst_ms": _ms(max(waits)),
        "quiet_p50_ms": _ms(median(seconds for seconds, _is_answered in quiet)), "import_s": round(median(seconds), 2),
    }  # fmt: skip


def during(
    importer: Process, roster: Roster, errands: Iterator[Callable[[], str]], requests: int
) -> tuple[list[Met], list[float]]:
    """Imports of other people one after the other, until enough requests have met one."""
    waiting: list[Future[Met]] = []
    seconds: list[float] = []
    with ThreadPoolExecutor(32) as crowd:
        while len(waiting) < requests:
            path = roster(ROWS, (len(seconds) + 1) * ROWS)
            answer = crowd.submit(importer.ask, "first", path=path)
            due = time.perf_counter()
            while not answer.done():
                waiting.append(crowd.submit(_timed, next(errands), due))
                due += EVERY
                time.sleep(max(0.0, due - time.perf_counter()))
            seconds.append(answer.result()["seconds"])
    return [each.result() for each in waiting], seconds


def _timed(errand: Callable[[], str], due: float) -> Met:
    is_answered = True
    try:
        errand()
    except URLError:  # the server's own error too
        is_answered = False
    return time.perf_counter() - due, is_answered


@contextmanager
def served(database: str) -> Iterator[str]:
    """The site as gunicorn serves it, with one worker that does one thing at a time."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "gunicorn", "config.wsgi", "--workers", "1", "--bind", f"127.0.0.1:{port}"]
    quietly = ["--no-control-socket", "--log-level", "warning"]
    server = subprocess.Popen([*command, *quietly], cwd=ROOT, env=environment(database))
    try:
        _wait_for(Visitor(f"http://127.0.0.1:{port}"))
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait()


def _wait_for(visitor: Visitor) -> None:
    for _attempt in range(300):
        with suppress(URLError, ConnectionError):
            visitor.get("/healthz")
            return
        time.sleep(0.1)
    raise RuntimeError("the server did not start")


def _ms(seconds: float) -> float:
    return round(seconds * 1000, 1)
