"""What stands on a sheet and what does not; whom it would give away, and whom it must reach."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone, translation

from accounts.models import User
from core.months import Month
from feedback.models import Case, Promise
from feedback.wall.lines import Line, lines_of, reading_of, sayable, unsaid
from labour_teams.models import LabourTeam
from tests.factories import CaseFactory, FeedbackSheetFactory, LabourTeamFactory, PhotoFactory, UserFactory

pytestmark = pytest.mark.django_db
LONG_AGO = timedelta(days=70)


def answered(team: LabourTeam, **fields: Any) -> Case:
    return CaseFactory(**{"project": team.project, "team": team, "status": "answered", "origin": "survey", **fields})


def delivered(team: LabourTeam, ago: timedelta = timedelta(0), **fields: Any) -> Case:
    at = timezone.now() - ago
    return answered(team, delivered_at=at, delivery="in_person", **fields)


def lines(team: LabourTeam, by: User) -> dict[int, Line]:
    return {line.case.pk: line for line in lines_of(team, Month.current(), by)}


def test_an_answer_stands_by_its_slip_code_or_the_end_of_its_number(team: LabourTeam, coordinator: User) -> None:
    slip, visit = answered(team, item_code="K7MPX3-2"), answered(team, origin="visit", number="HN-2605-QW3RT")
    found = lines(team, coordinator)
    assert {found[slip.pk].code, found[visit.pk].code} == {"K7MPX3-2", "QW3RT"}
    assert (found[slip.pk].title, found[slip.pk].reply) == ("宿舍没有热水", "热水器修好了")


def test_no_word_of_the_worker_stands_there(team: LabourTeam, coordinator: User) -> None:
    answered(team, words="我是三班的，三天没有热水")
    [line] = lines(team, coordinator).values()
    assert "三班" not in line.title + line.reply


@pytest.mark.parametrize("status", sorted(set(Case.Status) - {"answered", "revisiting", "closed", "final_reply"}))
def test_what_is_not_answered_is_not_there(team: LabourTeam, coordinator: User, status: str) -> None:
    answered(team, status=status, reply="改好了")
    assert lines(team, coordinator) == {}


def test_matters_of_other_teams_and_of_no_team_are_not_there(team: LabourTeam, coordinator: User) -> None:
    CaseFactory(project=team.project, status="answered")
    answered(LabourTeamFactory(project=team.project))
    assert lines(team, coordinator) == {}


def test_what_was_delivered_stays_for_its_month(team: LabourTeam, coordinator: User) -> None:
    fresh, _old = delivered(team), delivered(team, LONG_AGO)
    assert set(lines(team, coordinator)) == {fresh.pk}


def test_a_promise_stays_until_it_is_kept(team: LabourTeam, coordinator: User) -> None:
    case = delivered(team, LONG_AGO)
    given = {"who": "工程部", "given_by": UserFactory()}
    promise = Promise.objects.create(case=case, text="装好热水器", due_on=date(2026, 6, 9), **given)
    with translation.override("en"):
        assert lines(team, coordinator)[case.pk].reply.split("\n") == ["热水器修好了", "Promised by 9 June: 装好热水器 (工程部)"]
    keep(promise, timezone.localdate())
    with translation.override("en"):
        assert lines(team, coordinator)[case.pk].reply.split("\n")[1].startswith("Kept on ")
    keep(promise, timezone.localdate() - LONG_AGO)
    assert lines(team, coordinator) == {}


def keep(promise: Promise, day: date) -> None:
    Promise.objects.filter(pk=promise.pk).update(kept_on=day, kept_by=UserFactory(), photo=PhotoFactory())


APART = {
    "from the workers' page": {"origin": "qr"},
    "naming the liaison": {"names": [{"who": "liaison"}]},
    "naming the boss of the team": {"names": [{"who": "team_boss"}]},
}


@pytest.mark.parametrize("which", APART)
def test_what_cannot_be_said_to_all_is_only_said_to_be_answered(team: LabourTeam, coordinator: User, which: str) -> None:
    """And that only once it is: the wall does not answer it."""
    answered(team, **APART[which])
    case = delivered(team, **APART[which])
    [line] = lines(team, coordinator).values()
    assert (line.case, line.is_apart, line.title, line.reply) == (case, True, "", "")


def test_a_sensitive_slip_is_only_said_to_be_answered(team: LabourTeam, coordinator: User) -> None:
    answered(team, is_sensitive=True, item_code="K7MPX3-1")
    case = delivered(team, is_sensitive=True, item_code="K7MPX3-2")
    delivered(team, is_sensitive=True, origin="qr")
    delivered(team, is_sensitive=True, item_code="K7MPX3-3", names=[{"who": "project"}])
    [line] = lines(team, coordinator).values()
    assert (line.case, line.is_apart, line.code) == (case, True, "K7MPX3-2")


@pytest.mark.parametrize("who", ["project", "region", "unknown"])
@pytest.mark.parametrize("is_delivered", [True, False])
def test_what_names_the_project_or_above_leaves_no_trace(
    team: LabourTeam, coordinator: User, who: str, is_delivered: bool
) -> None:
    make = delivered if is_delivered else answered
    make(team, names=[{"who": who}])
    make(team, is_direct=True)
    assert lines(team, coordinator) == {}
    assert reading_of(team) == []


def test_who_prints_and_is_named_himself_sees_nothing_of_it(team: LabourTeam, coordinator: User) -> None:
    delivered(team, names=[{"who": "liaison", "person": coordinator}])
    assert lines(team, coordinator) == {}


def test_read_aloud_is_what_reached_nobody_or_promises_something(team: LabourTeam) -> None:
    case = answered(team)
    delivered(team)
    for which in APART.values():
        answered(team, **which)
    answered(team, is_sensitive=True)
    promised = delivered(team, LONG_AGO)
    given = {"who": "工程部", "given_by": UserFactory(), "due_on": timezone.localdate()}
    Promise.objects.create(case=promised, text="装好热水器", **given)
    assert {line.case for line in reading_of(team)} == {case, promised}


def test_unsaid_is_what_stands_on_no_waiting_sheet(team: LabourTeam) -> None:
    printed, waiting = answered(team), answered(team)
    FeedbackSheetFactory(team=team, cases=[printed])
    assert list(unsaid([team])) == [waiting]
    assert set(sayable([team])) == {printed, waiting}
