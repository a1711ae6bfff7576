"""Every file of tests/data/rosters, judged by the command that anyone can run, as its manifest says."""

import json
import subprocess
import sys
import time
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from imports.reading import reader
from imports.reading.reader import PROJECT, START, extension_of
from tests.covering import EVERYTHING
from tests.imports.inside import is_hostile, started_here

ROSTERS = Path(__file__).parents[1] / "data" / "rosters"
MANIFEST = json.loads((ROSTERS / "manifest.json").read_text())
COSTLY = [entry for entry in MANIFEST["files"] if entry["file"][:3] in ("a31", "b15", "c01", "c02", "c03", "c08", "c23", "c27")]
pytestmark = pytest.mark.sqlite_only  # no database is involved, so one run is enough

Entry = dict[str, Any]


def name_of(entry: Entry) -> str:
    return entry["file"]


def checked(path: Path, *options: str) -> dict[str, Any]:
    answer = StringIO()
    call_command("check_roster", str(path), "--json", "--as-of", MANIFEST["as_of"], *options, stdout=answer)
    return json.loads(answer.getvalue())


def says(issue: dict[str, Any], wanted: dict[str, Any]) -> bool:
    at = (issue["row"], issue["column"]) == (wanted["row"], wanted["column"])
    return at and all(any(word in issue["message"] for word in words) for words in wanted.get("must_contain_any", []))


def assert_accepted(answer: dict[str, Any], entry: Entry) -> None:
    assert (answer["ok"], answer["errors"], len(answer["rows"])) == (True, [], entry["rows"])
    for position, expected in enumerate(entry.get("expect_rows", [])):
        assert answer["rows"][position] == expected
    by_number = {row["row"]: row for row in answer["rows"]}
    for expected in entry.get("expect_rows_sample", []):
        assert by_number[expected["row"]] == expected


def assert_refused(answer: dict[str, Any], entry: Entry) -> None:
    assert (answer["ok"], answer["rows"]) == (False, [])
    unsaid = [wanted for wanted in entry["errors"] if not any(says(issue, wanted) for issue in answer["errors"])]
    places = {(wanted["row"], wanted["column"]) for wanted in entry["errors"]}
    assert unsaid == []
    assert [issue for issue in answer["errors"] if (issue["row"], issue["column"]) not in places] == []


@pytest.mark.parametrize("entry", MANIFEST["files"], ids=name_of)
def test_a_file_is_judged_as_the_manifest_says(entry: Entry, monkeypatch: pytest.MonkeyPatch) -> None:
    """What does no harm is read in this process, but for one good file and one bad one; nothing is judged otherwise for it."""
    if not EVERYTHING and not is_hostile(entry) and entry["file"][:3] not in ("a01", "b01"):
        monkeypatch.setattr(reader, "started", started_here)
    started = time.monotonic()
    answer = checked(ROSTERS / entry["file"])
    assert time.monotonic() - started < entry["limits"]["max_seconds"]
    if entry["outcome"] == "accept" or (entry["outcome"] == "either" and answer["ok"]):
        assert_accepted(answer, entry)
    else:
        assert_refused(answer, entry)
    assert [wanted for wanted in entry.get("warnings", []) if not any(says(issue, wanted) for issue in answer["warnings"])] == []


@pytest.mark.parametrize("entry", COSTLY, ids=name_of)
def test_reading_a_costly_file_stays_within_its_memory(entry: Entry) -> None:
    assert peak_of_child(ROSTERS / entry["file"]) < entry["limits"]["max_rss_mb"]


# Between us and the reader stands a small process: a child inherits its parent's peak, and a test runner's is no small one.
MEASURE = """
import resource, subprocess, sys
subprocess.run(sys.argv[1:], stdin=sys.stdin, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env={})
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""


def peak_of_child(path: Path) -> float:
    """Resident megabytes at the peak of the process that reads `path` and is asked for its first sheet."""
    content = path.read_bytes()
    child = [sys.executable, "-I", "-c", START, str(PROJECT), extension_of(path.name), str(len(content))]
    command = [sys.executable, "-I", "-c", MEASURE, *child]
    measured = subprocess.run(command, input=content + b"0\n", capture_output=True, check=True)
    return int(measured.stdout) / 1024
