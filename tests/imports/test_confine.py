"""The walls around the process that reads: each is run into by a process that really stands inside them."""

import subprocess
import sys
from typing import Any

import pytest

from imports.reading import confine, limits, reader
from imports.reading.reader import UnreadableFile, read
from tests.imports.workbooks import person, roster, xlsx

INSIDE = "import sys, socket, subprocess; sys.path.append(sys.argv[1]); from imports.reading.confine import confine; confine()\n"
TRY = """
try:
    {act}
except BaseException as error:
    sys.stdout.write(type(error).__name__)
else:
    sys.stdout.write("done")
"""


LEAVES = """
import os, sys
sys.path.append(sys.argv[1])
from imports.reading import confine
before = os.readlink("/proc/self/ns/net")
confine._leave_the_network()
print(before != os.readlink("/proc/self/ns/net"))
"""


def inside(act: str) -> str:
    """What became of `act` in a confined process: "done", or the name of what was raised."""
    return answer_of(INSIDE + TRY.format(act=act))


def answer_of(code: str) -> str:
    command = [sys.executable, "-I", "-c", code, str(reader.PROJECT)]
    return subprocess.run(command, capture_output=True, text=True, timeout=20, env={}, check=False).stdout


@pytest.mark.parametrize(
    "act",
    [
        "socket.create_connection(('127.0.0.1', 9), 1)",
        "socket.socket()",
        "open('/etc/hostname')",
        "open('/tmp/outside', 'w')",
        "subprocess.run(['true'])",
        "__import__('os').fork()",
        "__import__('os').remove('/tmp/outside')",
        "__import__('sqlite3')",
    ],
)
def test_a_confined_process_reaches_nothing(act: str) -> None:
    assert inside(act) == "PermissionError"


def test_a_confined_process_cannot_take_the_memory_of_the_machine() -> None:
    assert inside(f"bytearray({limits.CHILD_MEMORY})") == "MemoryError"


def test_a_confined_process_can_still_work() -> None:
    assert inside("sum(range(1000))") == "done"


def test_a_confined_process_leaves_the_network_where_the_system_permits() -> None:
    permitted = answer_of(f"import ctypes; print(ctypes.CDLL(None).unshare({confine.NEW_USER_AND_NETWORK}) == 0)")
    assert answer_of(LEAVES) == permitted


def test_the_child_carries_nothing_of_the_application() -> None:
    code = (
        "import sys; sys.path.append(sys.argv[1]); import imports.reading.child; print([m for m in sys.modules if 'django' in m])"
    )
    assert answer_of(code).strip() == "[]"


SHEET = '{"sheet": "表", "more": false, "height": 1, "merges": [], "rows": [], "odd": []}'


def refused(data: bytes = b"PK") -> str:
    with pytest.raises(UnreadableFile) as refusal:
        read(data, "a.xlsx")
    return refusal.value.code


def test_a_child_that_hangs_is_killed_with_everything_it_started(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "START", "import subprocess, time; subprocess.Popen(['sleep', '60']); time.sleep(60)")
    monkeypatch.setattr(limits, "WAIT_SECONDS", 1)
    assert refused() == "crashed"


@pytest.mark.parametrize(
    "start",
    [
        "import os; os.abort()",
        "raise SystemExit(0)",
        "print('no frame')",
        "print('[1, 2]')",
        f"print('{SHEET}')",
        f"print('{SHEET}'.replace('[]}}', '[[0, 0, 1]]}}')); print('{{\"choose\": true}}')",
        f"print('{SHEET}'.replace('\"rows\": []', '\"rows\": [[1, [null]]]')); print('{{\"choose\": true}}')",
        f'print(\'{SHEET}\'); print(\'{{"choose": true}}\'); print(\'{{"rows": [], "odd": [], "hidden": [[]]}}\')',
        "print('{' * 5000)",
    ],
)
def test_a_child_that_dies_or_talks_nonsense_is_a_refusal(monkeypatch: pytest.MonkeyPatch, start: str) -> None:
    monkeypatch.setattr(reader, "START", start)
    assert refused() == "crashed"


def test_a_child_is_not_listened_to_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "START", 'while True: print(\'{"hidden_sheets": [], "is_1904": false}\')')
    monkeypatch.setattr(limits, "MAX_WIRE", 100_000)
    assert refused() == "crashed"


def test_the_child_sees_neither_secrets_nor_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[Any] = []
    start = reader.subprocess.Popen

    def watched(*args: Any, **kwargs: Any) -> Any:
        seen.append(kwargs["env"])
        return start(*args, **kwargs)

    monkeypatch.setattr(reader.subprocess, "Popen", watched)
    assert read(xlsx({"花名册": roster(person())}), "a.xlsx").sheets
    assert seen == [{}]
