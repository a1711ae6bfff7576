"""A site as it is deployed, in a folder of its own with its database, files, temporary files and logs: so that all of it can be
searched when it has stopped. `python -m drills.traces` runs the same at full size.
"""

import http.client
import os
import re
import shutil
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.db import connection

from tests import migrated
from tests.bench.process import environment
from tests.core.test_workers_house import HEADERS, HERE
from tests.postgres import CONFIGURATION, _server_maker

BOARD = "BOARD22222"
MADE = f"""
import django; django.setup()
from coordinators.models import NoticeBoard
from tests.factories import ProjectFactory, UserFactory
project = ProjectFactory(name="永吉项目")
NoticeBoard.objects.create(project=project, place="大门口", code="{BOARD}", created_by=UserFactory())
"""


class Answer(NamedTuple):
    status: int
    headers: dict[str, str]
    text: str


class Place:
    """The folder. `url` names the database in it; `variables` are those of every process here."""

    def __init__(self, folder: Path, url: str) -> None:
        self.folder, self.url = folder, url
        self.log = folder / "server.log"
        self.scratch = folder / "tmp"
        self.scratch.mkdir(exist_ok=True)

    @property
    def file(self) -> Path:
        """Of the database, on SQLite."""
        return self.folder / "site.sqlite3"

    @property
    def variables(self) -> dict[str, str]:
        own = {"LOG_LEVEL": "INFO", "TMPDIR": str(self.scratch), "COMPANY_HOTLINE": "4000000000"}
        return {**environment(self.url), **own}

    def run(self, *arguments: str) -> str:
        """What a process here printed."""
        command, root = [sys.executable, *arguments], settings.BASE_DIR
        return subprocess.run(command, cwd=root, env=self.variables, check=True, stdout=subprocess.PIPE, text=True).stdout

    def fill(self) -> None:
        """The tables and a board; from what the tests have already where that is there, because migrating takes its time."""
        if self.url.startswith("sqlite"):
            self.file.write_bytes(filled())
            return
        if migrated.is_ours() and migrated.kept().exists():
            self._restore(migrated.kept())
        else:
            self.run("manage.py", "migrate", "--skip-checks", "--verbosity", "0")
        self.run("-c", MADE)

    def _restore(self, dump: Path) -> None:
        where = self.url.partition("@")[2].removesuffix("/postgres")
        host, _colon, port = (where[1:], "", "5432") if where.startswith("/") else where.rpartition(":")
        options = [f"--host={host}", f"--port={port}", "--username=postgres", "--quiet", "--no-psqlrc", "--set=ON_ERROR_STOP=1"]
        program = str(Path(os.environ["OWN_POSTGRES"]) / "psql")
        subprocess.run([program, *options, f"--file={dump}", "postgres"], check=True, stdout=subprocess.DEVNULL)


@cache
def filled() -> bytes:
    """An SQLite file with the tests' own tables and a board, made once for all of them."""
    with tempfile.TemporaryDirectory() as folder:
        made = Place(Path(folder), f"sqlite:///{folder}/site.sqlite3")
        with closing(sqlite3.connect(connection.settings_dict["NAME"])) as ours, closing(sqlite3.connect(made.file)) as copy:
            ours.backup(copy)
        made.run("-c", MADE)
        return made.file.read_bytes()


@contextmanager
def place(folder: Path, engine: str) -> Iterator[Place]:
    """On an SQLite file in the folder, or on a PostgreSQL whose data and log lie in it."""
    if engine == "sqlite":
        yield Place(folder, f"sqlite:///{folder / 'site.sqlite3'}")
        return
    with postgres(folder) as url:
        yield Place(folder, url)


@contextmanager
def postgres(folder: Path) -> Iterator[str]:
    """A server of our own that logs as the deployed one does. A dump of it lies in the folder when it has stopped."""
    base = Path(tempfile.mkdtemp(prefix="lianxin-voice-")).resolve()  # its sockets need a short path
    server = _server_maker(base)(base / "data", cleanup_mode="stop", start=False)
    server.ensure_pgdata_inited()
    with (base / "data" / "postgresql.conf").open("a") as conf:
        conf.write(CONFIGURATION)
    server.start()
    where = server.get_postmaster_info()
    host = where.socket_dir or where.hostname
    try:
        yield f"postgres://postgres@/{host}/postgres" if where.socket_dir else f"postgres://postgres@{host}:{where.port}/postgres"
        dump = [Path(server.bin_path) / "pg_dump", "-h", str(host), "-p", str(where.port or 5432), "-U", "postgres", "postgres"]
        (folder / "dump.sql").write_bytes(subprocess.run(dump, check=True, capture_output=True).stdout)
    finally:
        server.cleanup()
        shutil.move(base / "data", folder / "data")
        shutil.rmtree(base, ignore_errors=True)


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])


@contextmanager
def gunicorn(place: Place, application: str = "config.wsgi:application", workers: int = 1) -> Iterator[int]:
    """With an access log, which the deployment does not have."""
    port = free_port()
    command = [
        *(sys.executable, "-m", "gunicorn", application, "--bind", f"127.0.0.1:{port}", "--no-control-socket"),
        *(
            "--worker-class",
            "gthread",
            "--threads",
            "4",
            "--workers",
            str(workers),
            "--access-logfile",
            "-",
            "--log-level",
            "info",
        ),
    ]
    with place.log.open("ab") as out:
        server = subprocess.Popen(command, cwd=settings.BASE_DIR, env=place.variables, stdout=out, stderr=subprocess.STDOUT)
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


def visit(port: int, path: str, body: bytes | None = None, kind: str = "", **more: str) -> Answer:
    """As somebody whom every header would give away."""
    headers = {**HEADERS, **({"Content-Type": kind} if kind else {}), **more}
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=60, source_address=(HERE, 0))) as line:
        line.request("GET" if body is None else "POST", path, body=body, headers=headers)
        answer = line.getresponse()
        return Answer(answer.status, dict(answer.getheaders()), answer.read().decode())


def send(port: int, path: str, files: dict[str, bytes] | None = None, **fields: str) -> Answer:
    head = '--b\r\nContent-Disposition: form-data; name="'
    parts = [
        f'--b\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode() for name, value in fields.items()
    ]
    for name, content in (files or {}).items():
        parts += [f'{head}{name}"; filename="canary-file.bin"\r\n\r\n'.encode(), content, b"\r\n"]
    return visit(port, path, b"".join([*parts, b"--b--\r\n"]), "multipart/form-data; boundary=b")


def token_of(port: int) -> str:
    found = re.search('name="token" value="([^"]+)"', visit(port, f"/w/{BOARD}/say/").text)
    assert found
    return found.group(1)


def everything_in(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}
