"""Nobody who opens an address of the workers' house can be named afterwards: AN-01, AN-02, AN-03."""

import hashlib
import hmac
import http.client
import ipaddress
import os
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.servers.basehttp import get_internal_wsgi_application
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.http import HttpRequest
from django.utils import translation

from config.wsgi import application
from core.workers_house import STAYS, WorkersHouse
from tests.bench.process import environment

HERE, FAR, AGENT = "127.0.0.77", "203.0.113.77", "CanaryUA/7"
WORDS = (FAR, AGENT, "canary-cookie", "canary-referer", "canary-auth", "canary-hint", "canary-query", "canary-unknown")
HEADERS = {
    "User-Agent": AGENT,
    "X-Forwarded-For": FAR,
    "X-Real-IP": FAR,
    "Forwarded": f"for={FAR}",
    "CF-Connecting-IP": FAR,
    "Referer": "https://canary-referer.example/",
    "Cookie": "session=canary-cookie; django_language=en",
    "Authorization": "Basic canary-auth",
    "Sec-CH-UA-Model": "canary-hint",
    "X-Anything": "canary-unknown",
}


def environ(path: str = "/w/NOBOARD/", **more: Any) -> dict[str, Any]:
    """What a server hands over, with a canary wherever a visitor could show."""
    return {
        "REQUEST_METHOD": "GET",
        "SCRIPT_NAME": "",
        "PATH_INFO": path,
        "QUERY_STRING": "q=canary-query",
        "RAW_URI": f"{path}?q=canary-query",
        "SERVER_NAME": "testserver",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_HOST": "testserver",
        "REMOTE_ADDR": HERE,
        "REMOTE_PORT": "40777",
        "REMOTE_HOST": "canary-unknown",
        "REMOTE_USER": "canary-auth",
        "gunicorn.socket": object(),
        "SSL_CLIENT_S_DN": "canary-unknown",
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "http",
        "wsgi.input": BytesIO(),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
        **{f"HTTP_{name.upper().replace('-', '_')}": value for name, value in HEADERS.items()},
        **more,
    }


def call(app: Any, given: dict[str, Any]) -> tuple[str, list[tuple[str, str]], bytes]:
    started: list[Any] = []
    body = app(given, lambda status, headers, *more: started.append((status, headers)))
    try:
        content = b"".join(body)
    finally:
        if hasattr(body, "close"):
            body.close()
    [(status, headers)] = started
    return status, headers, content


class Site:
    """Stands where the site stands; keeps what it was told and sets cookies."""

    def __init__(self) -> None:
        self.told: dict[str, Any] = {}

    def __call__(self, given: dict[str, Any], start_response: Any) -> list[bytes]:
        self.told = dict(given)
        start_response("200 OK", [("Set-Cookie", "session=1"), ("set-cookie", "csrf=2"), ("Content-Type", "text/plain")])
        return [b""]


@pytest.fixture
def site() -> Site:
    return Site()


def test_the_site_hears_nothing_that_is_not_on_the_list(site: Site) -> None:
    given = environ()
    _status, headers, _body = call(WorkersHouse(site), given)
    assert set(site.told) <= STAYS
    assert set(given) <= STAYS
    assert given["RAW_URI"] == given["PATH_INFO"]
    assert headers == [("Content-Type", "text/plain")]


def test_elsewhere_everything_stays(site: Site) -> None:
    given = environ("/sign-in/")
    before = dict(given)
    headers = call(WorkersHouse(site), given)[1]
    assert site.told == given == before
    assert ("Set-Cookie", "session=1") in headers


@pytest.mark.parametrize(
    "path",
    [
        "/w",
        "/w/",
        "//w/x/",
        "///w/x",
        "/w//x/",
        "/w/../",
        "/w/../admin/",
        "/./w/x/",
        "/a/../w/x",
        "/W/x/",
        "/%77/x/",
        "\\w\\x",
        "w/x/",
    ],
)
def test_however_the_address_is_written(site: Site, path: str) -> None:
    call(WorkersHouse(site), environ(path))
    assert set(site.told) <= STAYS


@pytest.mark.parametrize(("script", "path"), [("/w", "/x/"), ("/w/x", ""), ("", "/w/x/"), ("/site", "/w/x/"), ("/w/", "")])
def test_wherever_the_site_is_mounted(site: Site, script: str, path: str) -> None:
    call(WorkersHouse(site), environ(path, SCRIPT_NAME=script))
    assert "REMOTE_ADDR" not in site.told


@pytest.mark.parametrize("path", ["/", "/workers/", "/ww/", "/a/w/", "/%2577/", "", "/static/css/public.css"])
def test_other_addresses_are_not_the_house(site: Site, path: str) -> None:
    call(WorkersHouse(site), environ(path))
    assert site.told["REMOTE_ADDR"] == HERE


def test_a_request_may_say_that_it_came_by_https_and_nothing_else(site: Site) -> None:
    call(WorkersHouse(site), environ(HTTP_X_FORWARDED_PROTO="https"))
    assert site.told["HTTP_X_FORWARDED_PROTO"] == "https"
    call(WorkersHouse(site), environ(HTTP_X_FORWARDED_PROTO=f"https, {FAR}"))
    assert "HTTP_X_FORWARDED_PROTO" not in site.told


@pytest.fixture
def open_connection(db: None) -> Iterator[None]:
    """A real request ends with its connection; the test's lives on, as with Django's own test client."""
    request_started.disconnect(close_old_connections)
    request_finished.disconnect(close_old_connections)
    yield
    request_started.connect(close_old_connections)
    request_finished.connect(close_old_connections)


@pytest.mark.usefixtures("open_connection")
@pytest.mark.parametrize("path", ["/w/NOBOARD/", "/w/NOBOARD/photo/1/", "/w/a/b/c/d/", "/w/NOBOARD", "//w/NOBOARD/"])
def test_the_real_site_hears_nothing(path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    heard: list[dict[str, Any]] = []
    handler = application.application
    original = handler.get_response  # type: ignore[attr-defined]

    def listening(request: HttpRequest) -> Any:
        heard.append(dict(request.META))
        return original(request)

    monkeypatch.setattr(handler, "get_response", listening)
    status, headers, _body = call(application, environ(path))
    [meta] = heard
    assert set(meta) <= STAYS | {"CSRF_COOKIE", "CSRF_COOKIE_NEEDS_UPDATE"}
    told = repr({name: value for name, value in meta.items() if name != "QUERY_STRING"})
    assert not [word for word in (*WORDS, HERE) if word in told]
    assert status[:3] in ("404", "301", "302")
    assert not [name for name, _value in headers if name.lower() == "set-cookie"]


@pytest.mark.usefixtures("open_connection")
def test_a_view_of_the_house_sees_no_visitor(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[HttpRequest] = []

    def asked(request: HttpRequest) -> str:
        seen.append(request)
        return "zh-hans"

    monkeypatch.setattr(translation, "get_language_from_request", asked)
    call(application, environ("/w/NOBOARD/"))
    [request] = seen
    assert "REMOTE_ADDR" not in request.META
    assert request.COOKIES == {}
    assert {"Host", "Accept", "Accept-Language"} >= set(request.headers)
    assert not request.user.is_authenticated


@pytest.mark.usefixtures("open_connection")
def test_a_failure_in_the_house_logs_neither_question_nor_visitor(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(request: HttpRequest) -> str:
        raise RuntimeError

    monkeypatch.setattr(translation, "get_language_from_request", broken)
    status, _headers, _body = call(application, environ("/w/NOBOARD/"))
    assert status.startswith("500")
    said = "\n".join(f"{record.getMessage()} {record.exc_text or ''}" for record in caplog.records)
    assert not [word for word in (*WORDS, HERE) if word in said]


def test_what_the_site_cannot_answer_never_reaches_the_server(caplog: pytest.LogCaptureFixture) -> None:
    """gunicorn notes such a request with an environment of its own, which has the address in it."""

    def fallen(given: dict[str, Any], start_response: Any) -> list[bytes]:
        raise ImportError("canary-query")

    for method in ("GET", "POST"):
        status, _headers, body = call(WorkersHouse(fallen), environ("/w/X/say/", REQUEST_METHOD=method))
        assert status.startswith("500")
        assert b"120" in body
    assert "ImportError" in caplog.text
    assert "canary-query" not in caplog.text


def test_the_development_server_has_the_house_too() -> None:
    assert isinstance(get_internal_wsgi_application(), WorkersHouse)


# A real server, as it is deployed, with an access log that the deployment does not even have.


@pytest.fixture
def company(db: None, tmp_path: Path) -> Path:
    """A database file of its own with one board, whose code is BOARD22222."""
    from tests.feedback.voice.site import filled  # which needs what stands here

    path = tmp_path / "site.sqlite3"
    path.write_bytes(filled())
    return path


@contextmanager
def gunicorn(database: Path, log: Path) -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [
        *(sys.executable, "-m", "gunicorn", "config.wsgi:application", "--bind", f"127.0.0.1:{port}", "--no-control-socket"),
        *("--worker-class", "gthread", "--threads", "2", "--access-logfile", "-", "--log-level", "info"),
    ]
    variables = {**environment(f"sqlite:///{database}"), "LOG_LEVEL": "INFO"}
    with log.open("wb") as out:
        server = subprocess.Popen(command, cwd=settings.BASE_DIR, env=variables, stdout=out, stderr=subprocess.STDOUT)
        try:
            _wait_for(port)
            yield port
        finally:
            server.terminate()
            server.wait()


def _wait_for(port: int) -> None:
    for _attempt in range(300):
        with suppress(OSError), closing(http.client.HTTPConnection("127.0.0.1", port, timeout=5)) as line:
            line.request("GET", "/healthz")
            line.getresponse().read()
            return
        time.sleep(0.1)
    raise RuntimeError("the server did not start")


def visit(port: int, path: str, method: str = "GET", body: bytes | None = None, **more: str) -> http.client.HTTPResponse:
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=30, source_address=(HERE, 0))) as line:
        line.request(method, path, body=body, headers={**HEADERS, **more})
        answer = line.getresponse()
        answer.read()
        return answer


def traces() -> list[bytes]:
    """Everything that could stand for the visitor in a file."""
    found = [word.encode() for word in (*WORDS, HERE)]
    for address in (HERE, FAR):
        number = int(ipaddress.IPv4Address(address))
        found += [str(number).encode(), f"{number:08x}".encode(), f"{number:08X}".encode()]
        found += [hashlib.new(name, address.encode()).hexdigest().encode() for name in ("md5", "sha1", "sha256")]
        keys = environment("")
        for key in (keys["SECRET_KEY"], keys["PERSONAL_DATA_HASH_KEY"]):
            found.append(hmac.new(key.encode(), address.encode(), "sha256").hexdigest().encode())
    return [*found, ipaddress.IPv4Address(FAR).packed]


@pytest.mark.sqlite_only
def test_no_byte_of_a_visitor_is_left_in_logs_or_database(company: Path, tmp_path: Path) -> None:
    log = tmp_path / "server.log"
    with gunicorn(company, log) as port:
        answers = [
            visit(port, "/w/BOARD22222/?q=canary-query"),
            visit(port, "/w/BOARD22222/photo/1/?k=canary-query"),
            visit(port, "/w/NOBOARD/?q=canary-query"),
            visit(port, "/w/BOARD22222/", "POST", b"a=canary-query"),
            visit(port, "/w/BOARD22222/", "POST", b"broken", **{"Content-Type": "multipart/form-data; boundary=canary-query"}),
            visit(port, "/w/BOARD22222/", "POST", b"x" * 3_000_000),
        ]
        with closing(sqlite3.connect(company)) as database:
            database.execute("DROP TABLE coordinators_sitecontact")
        answers.append(visit(port, "/w/BOARD22222/?q=canary-query"))
        visit(port, "/sign-in/?q=canary-query")
    assert [answer.status for answer in answers] == [200, 404, 404, 403, 403, 403, 500]
    assert not [answer.getheader("Set-Cookie") for answer in answers if answer.getheader("Set-Cookie")]
    lines = log.read_bytes().splitlines(keepends=True)
    log.write_bytes(b"".join(line for line in lines if b"GET /sign-in/" not in line))
    written = {file.name: file.read_bytes() for file in sorted(tmp_path.iterdir())}
    assert b"GET /w/BOARD22222/ HTTP/1.1" in written["server.log"]
    assert b"no such table" in written["server.log"]
    assert [(name, trace) for name, content in written.items() for trace in traces() if trace in content] == []
    [elsewhere] = [line for line in lines if b"GET /sign-in/" in line]  # the search would find a visitor
    assert {HERE.encode(), AGENT.encode(), b"canary-query", b"canary-referer"} <= {each for each in traces() if each in elsewhere}


def test_the_deployed_server_keeps_no_access_log() -> None:
    deployed = (Path(settings.BASE_DIR) / "deploy" / "Dockerfile").read_text()
    assert "access-log" not in deployed
    assert not [name for name in os.listdir(Path(settings.BASE_DIR)) if name.startswith("gunicorn")]
