"""Imports in processes of their own, to be killed at any moment, and what is left of a killed one.

A nursery is a process with the whole project loaded, of which every import is a fork: a real process with its own connection to
the database and its own reading child, but one that begins at once, so that a random moment falls into the import.
"""

import json
import os
import signal
import subprocess
import sys
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Any, cast

from django.db import connection

PROC = Path("/proc")
PATIENCE = 30.0


class Nursery:
    def __init__(self, folder: Path) -> None:
        pipe, command = subprocess.PIPE, [sys.executable, "-m", "tests.roster_import.killing"]
        facts = {"DJANGO_SETTINGS_MODULE": "config.settings", "DATABASE_URL": _address(), "TMPDIR": str(folder)}
        self._process = subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True, env={**os.environ, **facts})
        self._orders, self._answers = cast(IO[str], self._process.stdin), cast(IO[str], self._process.stdout)

    def start(self, *command: str) -> "Running":
        self._orders.write(json.dumps(command) + "\n")
        self._orders.flush()
        return Running(int(self._answers.readline()), self._answers)

    def close(self) -> None:
        self._process.communicate()


class Running:
    """A management command on its way."""

    def __init__(self, pid: int, answers: IO[str]) -> None:
        self._pid, self._answers = pid, answers

    def wait(self) -> int:
        """How it ended: 0 well, a negative number by that signal."""
        return os.waitstatus_to_exitcode(int(self._answers.readline()))

    def kill(self) -> list[int] | None:
        """kill −9; gives the processes that it had started, or None if it had come to its end by itself.

        It is stopped first, so that it starts no more meanwhile.
        """
        offspring: list[int] = []
        with suppress(ProcessLookupError):
            os.kill(self._pid, signal.SIGSTOP)
            offspring = [pid for pid, (parent, _state) in _processes().items() if parent == self._pid]
            os.kill(self._pid, signal.SIGKILL)
        return offspring if self.wait() == -signal.SIGKILL else None


@contextmanager
def nursery(folder: Path) -> Iterator[Nursery]:
    made = Nursery(folder)
    try:
        yield made
    finally:
        made.close()


def until(holds: Callable[[], bool]) -> bool:
    """Whether it comes to hold, within half a minute."""
    end = time.monotonic() + PATIENCE
    while not holds():
        if time.monotonic() > end:
            return False
        time.sleep(0.01)
    return True


def are_gone(pids: list[int]) -> bool:
    """A zombie is gone: nobody has asked what became of it, that is all."""
    running = _processes()
    return all(running.get(pid, (0, "Z"))[1] == "Z" for pid in pids)


def is_forgotten() -> bool:
    """Whether the database has noticed that nobody is there any more: what was under way is rolled back by then."""
    if connection.vendor != "postgresql":
        return True
    others = "datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
    return _count(f"SELECT COUNT(*) FROM pg_stat_activity WHERE {others}") == 0


def temporary_tables() -> int:
    if connection.vendor != "postgresql":
        return _count("SELECT COUNT(*) FROM sqlite_master WHERE name IN ('arrivals', 'changes')")
    return _count("SELECT COUNT(*) FROM pg_class WHERE relpersistence = 't' AND relkind = 'r'")


def files_beside_the_database() -> list[str]:
    """What does not belong to the database file of the tests."""
    if connection.vendor != "sqlite":
        return []
    path = Path(connection.settings_dict["NAME"])
    own = {path.name, f"{path.name}-wal", f"{path.name}-shm"}
    return [found.name for found in path.parent.glob(f"{path.name}*") if found.name not in own]


def _count(statement: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return int(cursor.fetchone()[0])


def _address() -> str:
    """Of the database that this test uses."""
    name = connection.settings_dict["NAME"]
    return f"sqlite:///{name}" if connection.vendor == "sqlite" else f"{os.environ['DATABASE_URL'].rpartition('/')[0]}/{name}"


def _processes() -> dict[int, tuple[int, str]]:
    """Number → parent and state of every process."""
    if not PROC.exists():
        lines = subprocess.run(
            ["ps", "-axo", "pid=,ppid=,state="], capture_output=True, text=True, check=True
        ).stdout.splitlines()
        return {int(pid): (int(parent), state) for pid, parent, state in map(str.split, lines)}
    found = {}
    for path in PROC.glob("[0-9]*/stat"):
        with suppress(OSError):
            state, parent = path.read_text().rpartition(")")[2].split()[:2]
            found[int(path.parent.name)] = (int(parent), state)
    return found


def main() -> None:
    import django
    from django.core.management import get_commands, load_command_class

    django.setup()
    for command in ("import_roster", "db_worker"):
        load_command_class(get_commands()[command], command)
    for line in sys.stdin:
        pid = os.fork()
        if pid == 0:
            _run(json.loads(line))
        _tell(pid)
        _tell(os.waitpid(pid, 0)[1])


def _tell(number: int) -> None:
    sys.stdout.write(f"{number}\n")
    sys.stdout.flush()


def _run(command: list[Any]) -> None:
    from django.core.management import call_command

    status = 1
    try:
        with Path(os.devnull).open("w") as nowhere:
            call_command(*command, stdout=nowhere)
        status = 0
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(status)


if __name__ == "__main__":
    main()
