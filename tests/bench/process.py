"""The benchmark's processes. One for each contender, because what one leaves in memory must not help or hinder the next.

An order and its answer are a line of JSON each: {"do": "first", "path": "…"}, {"seconds": 1.2, …}.
"""

import base64
import json
import os
import subprocess
import sys
from pathlib import Path
from time import perf_counter
from typing import IO, Any, Self, cast

ROOT = Path(__file__).resolve().parents[2]
KEY = base64.b64encode(b"keys-of-a-benchmark-32-bytes-lon").decode()
CODE, CLERK, PASSWORD = "BENCH", "bench-clerk", "lianxin-demo-2026"  # of the project, and who imports into it
SETTINGS = {
    "DJANGO_SETTINGS_MODULE": "config.settings",
    "DEMO": "1",
    "DEBUG": "0",
    "HTTPS": "0",
    "SECRET_KEY": "a-key-for-the-benchmark-only-0123456789-abcdefghijklmnopqrstuv",
    "PERSONAL_DATA_KEYS": f"bench:{KEY}",
    "PERSONAL_DATA_HASH_KEY": "a-hash-key-for-the-benchmark-only",
    "ALLOWED_HOSTS": "127.0.0.1",
    "DEMO_PASSWORD": PASSWORD,
}


def environment(database: str) -> dict[str, str]:
    """The project's own settings on that database: production's options of the engine, keys of no worth."""
    return {**os.environ, **SETTINGS, "DATABASE_URL": database}


class Process:
    """Another Python that does one thing after the other and says what came of it."""

    def __init__(self, database: str) -> None:
        pipe, command = subprocess.PIPE, [sys.executable, "-m", "tests.bench.process"]
        self._process = subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True, cwd=ROOT, env=environment(database))
        self._orders, self._answers = cast(IO[str], self._process.stdin), cast(IO[str], self._process.stdout)

    def ask(self, do: str, **facts: Any) -> dict[str, Any]:
        self._orders.write(json.dumps({"do": do, **facts}, default=str) + "\n")
        self._orders.flush()
        line = self._answers.readline()
        if not line:
            raise RuntimeError(f"the process that was to do {do!r} has died; why stands above")
        return dict(json.loads(line))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self._process.communicate()


def main() -> None:
    import django

    django.setup()
    for line in sys.stdin:
        sys.stdout.write(json.dumps(answer(line), default=str) + "\n")
        sys.stdout.flush()


def answer(line: str) -> dict[str, Any]:
    return _done(**json.loads(line))


def _done(do: str, path: str = "", **facts: Any) -> dict[str, Any]:
    from tests.bench import floor, ours, roster, site, stock
    from tests.bench.cpu import Cpu

    if do in {"make", "clear", "settle"}:
        getattr(site, do)()
        return {}
    if do == "workbook":
        return {"path": roster.write(Path(path), **facts)}
    if do in {"floor", "stock"}:
        with Cpu().watching() as cpu:
            began = perf_counter()
            rows = {"floor": floor, "stock": stock}[do].run(Path(path))
            seconds = perf_counter() - began
        return {"rows": rows, "seconds": seconds, **cpu.facts()}
    return dict(getattr(ours, do)(Path(path)))


if __name__ == "__main__":
    main()
