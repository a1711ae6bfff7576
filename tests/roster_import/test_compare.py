"""What writing a roster would change, case by case."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from imports.registry import Judged
from imports.sheets import Level
from labour_teams.models import Engagement, LabourTeam
from labour_teams.roster_import.compare import compare
from tests.factories import LabourTeamFactory, WorkCrewFactory, id_number
from tests.roster_import.rosters import AS_OF, ENTRY, FIRST, engaged, person, staged

pytestmark = pytest.mark.django_db

LATER, EXIT = date(2026, 5, 20), date(2026, 4, 30)


@pytest.fixture
def team() -> LabourTeam:
    return LabourTeamFactory(name="隧道一队")


@pytest.fixture
def other_team(team: LabourTeam) -> LabourTeam:
    return LabourTeamFactory(project=team.project, name="桥梁一队")


def judged(team: LabourTeam, **values: Any) -> Judged:
    """The verdict on one row about person 1."""
    given = person(1, team.name)
    given.update(values)
    return compare(team.project, staged(given), AS_OF).rows[0]


def codes(row: Judged) -> list[tuple[str, str]]:
    return [(issue.level.value, issue.code) for issue in row.issues]


Situation = Callable[[LabourTeam, LabourTeam], None]
CASES: dict[str, tuple[Situation, dict[str, Any], str, dict[str, tuple[str, str]], list[tuple[str, str]]]] = {
    "unknown": (lambda team, other: None, {}, "new", {}, []),
    "unknown, already left": (lambda team, other: None, {"left_on": EXIT}, "new", {}, []),
    "as it is": (lambda team, other: engaged(1, team), {}, "same", {}, []),
    "another trade": (lambda team, other: engaged(1, team), {"trade": "喷浆工"}, "update", {"trade": ("钢筋工", "喷浆工")}, []),
    "a first phone": (
        lambda team, other: engaged(1, team, phone=None),
        {"phone": "15499990088"},
        "update",
        {"phone": ("", "154****0088")},
        [],
    ),
    "an empty cell": (lambda team, other: engaged(1, team), {"trade": None, "phone": None}, "same", {}, []),
    "a particular of the person": (
        lambda team, other: engaged(1, team),
        {"political_status_code": "01"},
        "update",
        {"political_status_code": ("", "中共党员")},
        [],
    ),
    "a corrected entry": (
        lambda team, other: engaged(1, team),
        {"entered_on": LATER},
        "update",
        {"entered_on": ("2026-03-01", "2026-05-20")},
        [],
    ),
    "an exit": (lambda team, other: engaged(1, team), {"left_on": EXIT}, "update", {"left_on": ("", "2026-04-30")}, []),
    "the exit again": (lambda team, other: engaged(1, team, left_on=EXIT), {"left_on": EXIT}, "same", {}, []),
    "a corrected exit": (
        lambda team, other: engaged(1, team, left_on=EXIT),
        {"left_on": LATER},
        "update",
        {"left_on": ("2026-04-30", "2026-05-20")},
        [],
    ),
    "left, and the sheet does not say so": (
        lambda team, other: engaged(1, team, left_on=EXIT),
        {},
        "same",
        {},
        [("warning", "has_left")],
    ),
    "left, and stands in another team": (
        lambda team, other: engaged(1, other, left_on=EXIT),
        {},
        "error",
        {},
        [("error", "has_left")],
    ),
    "back after an exit": (lambda team, other: engaged(1, team, left_on=EXIT), {"entered_on": LATER}, "new", {}, []),
    "back, in another team": (lambda team, other: engaged(1, other, left_on=EXIT), {"entered_on": LATER}, "new", {}, []),
    "to another team on a day": (
        lambda team, other: engaged(1, other),
        {"entered_on": LATER},
        "transfer",
        {"labour_team": ("桥梁一队", "隧道一队"), "entered_on": ("2026-03-01", "2026-05-20")},
        [],
    ),
    "to another team, first entry repeated": (
        lambda team, other: engaged(1, other),
        {},
        "transfer",
        {"labour_team": ("桥梁一队", "隧道一队"), "entered_on": ("2026-03-01", "2026-06-30")},
        [],
    ),
    "to another team on the day of entry": (
        lambda team, other: engaged(1, other, entered_on=AS_OF),
        {"entered_on": AS_OF},
        "update",
        {"labour_team": ("桥梁一队", "隧道一队")},
        [],
    ),
    "to another team, left before": (
        lambda team, other: engaged(1, other),
        {"left_on": EXIT},
        "error",
        {},
        [("error", "exit_before_entry")],
    ),
    "another name": (lambda team, other: engaged(1, team), {"name": "周文俊"}, "error", {}, [("error", "other_name")]),
    "a team nobody knows": (
        lambda team, other: None,
        {"labour_team": "天上来队"},
        "error",
        {},
        [("error", "unknown_team")],
    ),
    "wrong in two ways": (
        lambda team, other: engaged(1, team),
        {"labour_team": "天上来队", "name": "周文俊"},
        "error",
        {},
        [("error", "unknown_team"), ("error", "other_name")],
    ),
    "an exit before the entry we have": (
        lambda team, other: engaged(1, team, entered_on=LATER),
        {"entered_on": LATER, "left_on": EXIT},
        "error",
        {},
        [("error", "exit_before_entry")],
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_a_row_is_judged_beside_what_is_known(team: LabourTeam, other_team: LabourTeam, case: str) -> None:
    situation, values, outcome, changes, issues = CASES[case]
    situation(team, other_team)
    row = judged(team, **values)
    assert (row.outcome, codes(row)) == (outcome, issues)
    if outcome != "error":
        assert row.changes == changes


def test_spaces_and_width_do_not_make_another_team(team: LabourTeam) -> None:
    LabourTeamFactory(project=team.project, name="A1队")
    assert judged(team, labour_team=" a1 队").outcome == "new"


def test_an_unknown_team_is_asked_about_by_row_and_column_with_the_teams_there_are(
    team: LabourTeam, other_team: LabourTeam
) -> None:
    LabourTeamFactory(name="别的项目的队")
    [issue] = judged(team, labour_team="别的项目的队").issues
    assert (issue.row, issue.column, issue.level) == (2, "所属劳务队伍", Level.ERROR)
    assert "桥梁一队、隧道一队" in issue.text


def test_a_name_with_another_middle_dot_is_the_same_name(team: LabourTeam) -> None:
    engagement = engaged(1, team)
    engagement.name = "买买提•艾力"
    engagement.save()
    assert judged(team, name="买买提·艾力").outcome == "same"


def test_a_new_crew_is_listed_once_and_a_known_one_is_found(team: LabourTeam) -> None:
    WorkCrewFactory(team=team, name="钢筋一班")
    rows = staged(
        person(1, team.name, work_crew="钢筋一班"),
        person(2, team.name, work_crew="模板班"),
        person(3, team.name, work_crew="模板 班"),
    )
    comparison = compare(team.project, rows, AS_OF)
    assert [names for _label, names in comparison.creations] == [["隧道一队·模板班"]]
    assert comparison.rows[1].plan.engagement.crew is comparison.rows[2].plan.engagement.crew


def test_a_repeated_first_entry_does_not_undo_a_transfer(team: LabourTeam, other_team: LabourTeam) -> None:
    first = engaged(1, other_team, left_on=LATER - timedelta(days=1))
    engaged(1, team, worker=first.worker, entered_on=LATER, follows=first)
    row = judged(team, entered_on=ENTRY)
    assert (row.outcome, row.changes, row.issues) == ("same", {}, [])


def test_an_entry_before_the_last_exit_stays_as_it_is_and_is_said(team: LabourTeam) -> None:
    first = engaged(1, team, left_on=EXIT)
    engaged(1, team, worker=first.worker, entered_on=LATER)
    row = judged(team, entered_on=ENTRY)
    assert (row.outcome, codes(row)) == ("same", [("warning", "entry_before_exit")])


def test_a_transfer_takes_the_terms_along_and_leaves_the_crew_behind(team: LabourTeam, other_team: LabourTeam) -> None:
    engaged(1, other_team, crew=WorkCrewFactory(team=other_team), remark="夜班")
    plan = judged(team, entered_on=LATER, phone=None, trade=None).plan
    assert (plan.engagement.crew, plan.engagement.remark, plan.engagement.trade) == (None, "夜班", "钢筋工")
    assert plan.engagement.phone == plan.ended.phone
    assert plan.ended.left_on == LATER - timedelta(days=1)


# No oracle: what other projects know changes nothing here


@pytest.mark.parametrize("left_on", [None, date(2026, 2, 1)], ids=["there", "left"])
def test_a_person_known_elsewhere_is_judged_like_an_unknown_one(team: LabourTeam, left_on: date | None) -> None:
    unknown = judged(team, name="周文俊", political_status_code="01")
    engaged(1, LabourTeamFactory(), entered_on=date(2026, 1, 5), left_on=left_on)
    known = judged(team, name="周文俊", political_status_code="01")
    assert (known.outcome, known.changes, known.issues) == (unknown.outcome, unknown.changes, unknown.issues) == ("new", {}, [])


def test_only_what_this_project_wrote_down_is_compared(team: LabourTeam) -> None:
    engagement = engaged(1, team, political_status_code="01")
    engaged(1, LabourTeamFactory(), worker=engagement.worker, name="周文俊", political_status_code="13")
    assert judged(team, political_status_code="01").outcome == "same"


def test_whoever_comes_back_keeps_what_the_row_leaves_open(team: LabourTeam) -> None:
    engaged(1, team, left_on=EXIT, political_status_code="01", native_place="湖南长沙", remark="夜班")
    back = judged(team, entered_on=LATER, phone=None, trade="木工", native_place="湖北").plan.engagement
    assert (back.political_status_code, back.native_place, back.trade, back.remark) == ("01", "湖北", "木工", "")
    assert str(back.phone) == "154****9001"


def test_the_number_of_queries_depends_neither_on_rows_nor_on_who_is_known(team: LabourTeam) -> None:
    elsewhere = LabourTeamFactory()
    for n in range(5):
        engaged(n, elsewhere)
        engaged(100 + n, team)

    def queries(*numbers: int) -> int:
        with CaptureQueriesContext(
            connection,
        ) as captured:
            compare(team.project, staged(*(person(n, team.name) for n in numbers)), AS_OF)
        return len(captured)

    assert queries(1) == queries(50) == queries(101) == queries(*range(200)) == 4


def test_nothing_is_written_by_comparing(team: LabourTeam) -> None:
    engaged(1, team)
    before = list(Engagement.objects.values())
    judged(team, trade="喷浆工", political_status_code="01", left_on=EXIT)
    assert list(Engagement.objects.values()) == before
    assert id_number(FIRST + 1) not in str(before)
