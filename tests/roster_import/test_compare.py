"""What writing a roster would change, case by case."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.personal import Phone
from imports.models import Outcome
from imports.registry import Judged
from imports.sheets import Level
from labour_teams.models import Engagement, LabourTeam
from labour_teams.roster_import.compare import RosterComparer
from labour_teams.roster_import.known import question_key
from tests.factories import LabourTeamFactory, WorkCrewFactory, id_number, phone
from tests.roster_import.rosters import AS_OF, ENTRY, FIRST, engaged, person, staged

pytestmark = pytest.mark.django_db

LATER, EXIT = date(2026, 5, 20), date(2026, 4, 30)


@pytest.fixture
def other_team(team: LabourTeam) -> LabourTeam:
    return LabourTeamFactory(project=team.project, name="桥梁一队")


def comparer(team: LabourTeam, **choices: str) -> RosterComparer:
    return RosterComparer(team.project, AS_OF, choices)


def judged(team: LabourTeam, decision: str = "", **values: Any) -> Judged:
    """The verdict on one row about person 1."""
    given = person(1, team.name)
    given.update(values)
    return comparer(team).judge(staged(given, decision=decision))[0]


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
    "another name": (lambda team, other: engaged(1, team), {"name": "周文俊"}, "duplicate", {}, [("warning", "other_name")]),
    "name and phone of somebody else": (
        lambda team, other: engaged(2, other, phone=Phone.parse(phone(FIRST + 1))),
        {},
        "duplicate",
        {},
        [("warning", "name_and_phone")],
    ),
    "name of somebody else, another phone": (lambda team, other: engaged(2, other), {}, "new", {}, []),
    "phone of somebody else, another name": (
        lambda team, other: engaged(2, other, name="周文俊", phone=Phone.parse(phone(FIRST + 1))),
        {},
        "new",
        {},
        [],
    ),
    "a team nobody knows": (
        lambda team, other: None,
        {"labour_team": "天上来队"},
        "error",
        {},
        [("error", "unknown_team")],
    ),
    "a team nobody knows, and another name": (
        lambda team, other: engaged(1, team),
        {"labour_team": "天上来队", "name": "周文俊"},
        "error",
        {},
        [("error", "unknown_team")],
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


def test_an_unknown_team_is_an_error_of_the_row_and_a_question_about_the_sheet(team: LabourTeam, other_team: LabourTeam) -> None:
    LabourTeamFactory(name="别的项目的队")
    asking = comparer(team)
    rows = asking.judge(staged(person(1, "别的项目的队"), person(2, "别的项目的队"), person(3, team.name)))
    [issue] = rows[0].issues
    assert (issue.row, issue.column, issue.level) == (2, "所属劳务队伍", Level.ERROR)
    [question] = asking.questions()
    assert (question.rows, question.answer, "别的项目的队" in question.text) == (2, "", True)
    assert [(choice.value, choice.label) for choice in question.choices[:2]] == [
        (str(other_team.pk), "桥梁一队"),
        (str(team.pk), "隧道一队"),
    ]
    assert [choice.value for choice in question.choices[2:]] == ["new"]


def test_the_answer_to_a_question_finds_the_team(team: LabourTeam) -> None:
    engaged(1, team)
    answered = comparer(team, **{question_key("隧道1队"): str(team.pk)})
    [row] = answered.judge(staged(person(1, "隧道1队")))
    assert (row.outcome, row.changes, [question.answer for question in answered.questions()]) == ("same", {}, [str(team.pk)])


def test_a_new_team_is_listed_and_a_foreign_or_senseless_answer_is_none(team: LabourTeam) -> None:
    key = question_key("桥梁九队")
    adding = comparer(team, **{key: "new"})
    [row] = adding.judge(staged(person(1, "桥梁九队", work_crew="一班")))
    assert (row.outcome, [names for _label, names in adding.creations()]) == ("new", [["桥梁九队"], ["桥梁九队·一班"]])
    for answer in (str(LabourTeamFactory().pk), "x", "0"):
        assert comparer(team, **{key: answer}).judge(staged(person(1, "桥梁九队")))[0].outcome == "error"


# Possible duplicates


@pytest.mark.parametrize(("decision", "name"), [("rename", ("周文军", "周文俊")), ("keep", None)])
def test_another_name_is_what_a_person_says_it_is(team: LabourTeam, decision: str, name: tuple[str, str] | None) -> None:
    engaged(1, team)
    row = judged(team, decision, name="周文俊", trade="电工")
    expected = {"trade": ("钢筋工", "电工")} | ({"name": name} if name else {})
    assert (row.outcome, row.changes, row.issues) == ("update", expected, [])


def test_two_people_of_one_name_and_phone_can_be_two(team: LabourTeam) -> None:
    engaged(2, team, phone=Phone.parse(phone(FIRST + 1)))
    assert judged(team, "new").outcome == Outcome.NEW
    assert judged(team, "keep").outcome == Outcome.DUPLICATE


def test_name_and_phone_of_another_project_are_nobody(team: LabourTeam) -> None:
    engaged(2, LabourTeamFactory(), phone=Phone.parse(phone(FIRST + 1)))
    assert judged(team).outcome == Outcome.NEW


# Leavers


@pytest.fixture(params=[0, 5_000], ids=["many in the sheet", "few in the sheet"])
def few(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Few are left out by the database, many by the comparison itself."""
    monkeypatch.setattr("labour_teams.roster_import.compare.FEW", request.param)


@pytest.mark.usefixtures("few")
def test_whoever_the_sheet_no_longer_names_may_have_left(team: LabourTeam, other_team: LabourTeam) -> None:
    engaged(1, team)
    gone = engaged(2, team, name="安明")
    engaged(3, other_team)  # of a team that is not in the sheet
    engaged(4, team, left_on=EXIT)
    engaged(5, LabourTeamFactory(name=team.name))
    asking = comparer(team)
    asking.judge(staged(person(1, team.name), person(9, team.name)))
    assert asking.leavers() == [gone.pk]


@pytest.mark.usefixtures("few")
def test_a_row_that_could_not_be_read_keeps_its_person_here(team: LabourTeam) -> None:
    engaged(1, team, name="安明")
    engaged(2, team, name="白云")
    rows = staged(person(1, team.name, name="安明", id_number=None), person(2, team.name, trade=None))
    asking = comparer(team)
    asking.judge([row._replace(is_ok=False) for row in rows])
    assert asking.leavers() == []


def test_a_name_with_another_middle_dot_is_the_same_name(team: LabourTeam) -> None:
    engagement = engaged(1, team)
    engagement.name = "买买提•艾力"
    engagement.save()
    assert judged(team, name="买买提·艾力").outcome == "same"


def test_a_new_crew_is_listed_once_and_a_known_one_is_found(team: LabourTeam) -> None:
    WorkCrewFactory(team=team, name="钢筋一班")
    asking = comparer(team)
    asking.judge(staged(person(1, team.name, work_crew="钢筋一班"), person(2, team.name, work_crew="模板班")))
    asking.judge(staged(person(3, team.name, work_crew="模板 班")))
    assert [names for _label, names in asking.creations()] == [["隧道一队·模板班"]]


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


def test_the_number_of_queries_depends_neither_on_rows_nor_on_who_is_known_elsewhere(team: LabourTeam) -> None:
    """Somebody who is known here saves the question for possible duplicates."""
    elsewhere = LabourTeamFactory()
    for n in range(5):
        engaged(n, elsewhere)
        engaged(100 + n, team)

    def queries(*numbers: int) -> int:
        with CaptureQueriesContext(
            connection,
        ) as captured:
            comparer(team).judge(staged(*(person(n, team.name) for n in numbers)))
        return len(captured)

    assert queries(1) == queries(50) == queries(*range(200)) == queries(101) + 1 == 6


def test_a_projects_first_roster_is_compared_with_nobody(team: LabourTeam, django_assert_num_queries: Any) -> None:
    engaged(1, LabourTeamFactory())
    with django_assert_num_queries(3):  # teams, crews, and whether anybody is here
        judged = comparer(team).judge(staged(person(1, team.name), person(2, team.name)))
    assert [(entry.outcome, entry.plan) for entry in judged] == [("new", None), ("new", None)]


def test_nothing_is_written_by_comparing(team: LabourTeam) -> None:
    engaged(1, team)
    before = list(Engagement.objects.values())
    judged(team, trade="喷浆工", political_status_code="01", left_on=EXIT)
    assert list(Engagement.objects.values()) == before
    assert id_number(FIRST + 1) not in str(before)
