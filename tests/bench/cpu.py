"""Processor time: what the work itself costs, also on a machine that others use meanwhile."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import connection


class Cpu:
    """Seconds of this process with the children it has waited for, and of the database's process that serves it."""

    def __init__(self) -> None:
        self.own = self.database = 0.0

    @contextmanager
    def watching(self) -> Iterator["Cpu"]:
        process = _server_process()
        own, database = _own(), _of(process)
        yield self
        self.own, self.database = _own() - own, _of(process) - database

    def facts(self) -> dict[str, float]:
        return {"cpu_s": round(self.own, 3), "database_cpu_s": round(self.database, 3)}


def _own() -> float:
    return sum(os.times()[:4])


def _server_process() -> int | None:
    """None where the database is embedded."""
    if connection.vendor != "postgresql":
        return None
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return int(cursor.fetchone()[0])


def _of(process: int | None) -> float:
    """0 where the system does not tell."""
    path = Path(f"/proc/{process}/stat")
    if process is None or not path.exists():
        return 0.0
    user, system = path.read_text().rpartition(")")[2].split()[11:13]
    return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")
