"""manage.py import_roster: the wizard's code behind a command."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from accounts.models import User
from core.roles import Role
from imports.models import ImportJob
from labour_teams.models import Engagement, LabourTeam
from tests.factories import id_number, person_with
from tests.house.crawling import full_numbers
from tests.roster_import.rosters import FIRST, as_csv, person

pytestmark = pytest.mark.django_db


@pytest.fixture
def sheet(tmp_path: Path) -> Any:
    def write(*people: dict[str, Any]) -> Path:
        path = tmp_path / "花名册.csv"
        path.write_bytes(as_csv(*people))
        return path

    return write


def run(path: Path, team: LabourTeam, user: User, *more: str) -> str:
    out = StringIO()
    call_command("import_roster", str(path), "--project", team.project.code, "--by", user.username, *more, stdout=out)
    return out.getvalue()


def test_it_writes_and_counts_and_a_second_time_changes_nothing(team: LabourTeam, clerk: User, sheet: Any) -> None:
    path = sheet(person(1, team.name), person(2, team.name))
    first, second = (json.loads(run(path, team, clerk, "--json")) for _round in range(2))
    assert (first["ok"], first["counts"]["new"], first["errors"]) == (True, 2, [])
    assert (second["ok"], second["counts"]["new"], second["counts"]["same"]) == (True, 0, 2)
    assert Engagement.objects.count() == 2
    assert ImportJob.objects.get(pk=first["job"]).by == clerk


def test_errors_come_back_by_row_and_column_and_nothing_is_written(team: LabourTeam, clerk: User, sheet: Any) -> None:
    path = sheet(person(1, team.name), person(2, "天上来队"), person(3, team.name, id_number=id_number(FIRST + 3)[:17]))
    answer = json.loads(run(path, team, clerk, "--json"))
    assert not answer["ok"]
    assert [(error["row"], error["column"], error["code"]) for error in answer["errors"]] == [
        (3, "所属劳务队伍", "unknown_team"),
        (4, "身份证号", "id_length"),
    ]
    assert answer["errors"][0]["message"].startswith("第3行「所属劳务队伍」")
    assert Engagement.objects.count() == 0
    assert full_numbers(json.dumps(answer)) == []


def test_an_unreadable_file_is_an_answer_too(team: LabourTeam, clerk: User, tmp_path: Path) -> None:
    path = tmp_path / "x.xlsx"
    path.write_bytes(b"\x89PNG\r\n\x1a\n")
    answer = json.loads(run(path, team, clerk, "--json"))
    assert (answer["ok"], len(answer["errors"]), answer["errors"][0]["row"]) == (False, 1, None)


def test_words_instead_of_json(team: LabourTeam, clerk: User, sheet: Any) -> None:
    assert run(sheet(person(1, team.name)), team, clerk).startswith("written; rows: new: 1")
    assert "第2行「所属劳务队伍」" in run(sheet(person(1, "天上来队")), team, clerk)


def test_a_post_that_may_not_import_is_told_so(team: LabourTeam, sheet: Any) -> None:
    committee = person_with(Role.PROJECT_COMMITTEE, project=team.project)
    answer = json.loads(run(sheet(person(1, team.name)), team, committee, "--json"))
    assert (answer["ok"], answer["job"], answer["errors"][0]["code"]) == (False, None, "refused")
    assert Engagement.objects.count() == 0


def test_out_of_reach_and_nonexistent_are_the_same(team: LabourTeam, sheet: Any) -> None:
    stranger = person_with(Role.PROJECT_CLERK)
    path = sheet(person(1, team.name))
    with pytest.raises(CommandError, match="within his reach"):
        run(path, team, stranger)
    with pytest.raises(CommandError, match="within his reach"):
        call_command("import_roster", str(path), "--project", "NOWHERE", "--by", stranger.username)
    with pytest.raises(CommandError, match="No such file"):
        run(path.with_name("missing.csv"), team, person_with(Role.PROJECT_CLERK, project=team.project))
