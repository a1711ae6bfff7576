"""The command: its contract, and names of files that want to be more than names."""

import json
from datetime import date
from io import BytesIO, StringIO, TextIOWrapper
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from imports.checking import check
from labour_teams.roster import ROSTER
from tests.imports.test_manifest import MANIFEST, ROSTERS
from tests.imports.workbooks import person, roster, xlsx

CLEAN = (ROSTERS / "a01_clean.xlsx").read_bytes()
pytestmark = pytest.mark.sqlite_only  # no database is involved, so one run is enough


def run(*arguments: str) -> str:
    answer = StringIO()
    call_command("check_roster", *arguments, stdout=answer)
    return answer.getvalue()


def test_each_file_gets_a_line_of_json() -> None:
    files = [str(ROSTERS / name) for name in ("a01_clean.xlsx", "b12_zero_byte.xlsx")]
    answers = [json.loads(line) for line in run(*files, "--json", "--as-of", "2026-01-31").splitlines()]
    assert [answer["ok"] for answer in answers] == [True, False]
    assert [set(answer) for answer in answers] == [{"ok", "rows", "errors", "warnings"}] * 2


def test_without_json_it_speaks_to_people() -> None:
    said = run(str(ROSTERS / "b19_bad_phone_card.xlsx"), "--as-of", "2026-01-31")
    assert "第2行「手机号」：" in said


def test_the_name_given_is_the_name_judged() -> None:
    old = str(ROSTERS / "a33_true_biff8.xls")
    answers = [json.loads(run(old, "--json", "--as-of", "2026-01-31", "--name", name)) for name in ("名单.xls", "名单.xlsx")]
    assert [answer["ok"] for answer in answers] == [True, False]


def test_the_day_given_is_the_day_judged(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(xlsx({"花名册": roster(person(1, 进场日期="2025-12-01"))}))
    days = ("2025-06-01", "2025-11-30", "2025-12-01")
    found = [json.loads(run(str(path), "--json", "--as-of", day)) for day in days]
    assert [(answer["ok"], len(answer["warnings"])) for answer in found] == [(False, 0), (True, 1), (True, 0)]


def test_a_file_that_is_not_there_is_no_answer(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="none"):
        run(str(tmp_path / "none.xlsx"))


def test_a_file_that_is_not_there_leaves_the_others_their_lines(tmp_path: Path) -> None:
    answer = StringIO()
    files = [str(tmp_path / "none.xlsx"), str(tmp_path), str(ROSTERS / "a01_clean.xlsx")]
    with pytest.raises(CommandError, match=r"none\.xlsx.*; "):
        call_command("check_roster", *files, "--json", "--as-of", "2026-01-31", stdout=answer)
    answers = [json.loads(line) for line in answer.getvalue().splitlines()]
    assert [[issue["code"] for issue in each["errors"]] for each in answers] == [["no_file"], ["no_file"], []]


def test_a_file_without_end_is_too_big() -> None:
    answer = json.loads(run("/dev/zero", "--json"))
    assert [issue["code"] for issue in answer["errors"]] == ["too_big"]


def test_a_terminal_without_chinese_still_gets_json() -> None:
    buffer = BytesIO()
    terminal = TextIOWrapper(buffer, encoding="ascii")
    call_command("check_roster", str(ROSTERS / "a15_rare_han.xlsx"), "--json", "--as-of", "2026-01-31", stdout=terminal)
    terminal.flush()
    assert json.loads(buffer.getvalue())["rows"][0]["姓名"] == "𠮷建国"


@pytest.mark.parametrize("name", MANIFEST["hostile_filenames"])
def test_a_hostile_name_changes_nothing_and_is_not_repeated(name: str) -> None:
    checked = check(CLEAN, name, ROSTER, date(2026, 1, 31))
    assert (checked.ok, len(checked.rows)) == (True, 12)
    refused = check(b"no workbook", name + ".xlsx", ROSTER, date(2026, 1, 31))
    assert [issue.code for issue in refused.errors] == ["format"]
    assert name not in refused.errors[0].message.replace(".xlsx 后", "")
