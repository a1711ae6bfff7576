"""Who may work and who may not, counted by hand: borders of days, transfers, those who failed, those who came back."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handbook.gate.queries import Standing, due, standings, with_gate
from handbook.models import TrainingSession
from labour_teams.models import Engagement
from tests.factories import EngagementFactory, LabourTeamFactory, TrainingAttendanceFactory, TrainingSessionFactory

pytestmark = pytest.mark.django_db
TODAY = date(2026, 5, 20)
K = TrainingSession.Kind


def train(person: Engagement, on: date, kind: str = K.INDUCTION, **facts: Any) -> None:
    said = {name: facts.pop(name) for name in ("has_passed",) if name in facts}
    session = TrainingSessionFactory(kind=kind, entry__project=person.project, entry__on=on, **facts)
    TrainingAttendanceFactory(session=session, engagement=person, **said)


def held_back(day: date = TODAY) -> dict[str, str]:
    """Name → why."""
    people = due(with_gate(Engagement.objects.current(day), day), day)
    return {each.name: "retrain" if each.is_inducted else "missing" for each in people}


def test_an_induction_counts_from_thirty_days_before_the_entry_on() -> None:
    entered = date(2026, 5, 1)
    for days in (-31, -30, 0, 19):
        train(EngagementFactory(name=f"{days}", entered_on=entered), entered + timedelta(days=days))
    EngagementFactory(name="nobody", entered_on=entered)
    assert held_back() == {"-31": "missing", "nobody": "missing"}


def test_what_did_not_take_place_was_taken_back_failed_or_was_something_else_opens_no_gate() -> None:
    people = {
        name: EngagementFactory(name=name, entered_on=TODAY) for name in ("planned", "withdrawn", "failed", "other", "ok", "open")
    }
    train(people["planned"], TODAY, entry__is_planned=True)
    train(people["withdrawn"], TODAY, entry__withdrawn=True)
    train(people["failed"], TODAY, has_passed=False)
    train(people["other"], TODAY, K.NIGHT_SCHOOL)
    train(people["ok"], TODAY, has_passed=True)
    train(people["open"], TODAY)
    assert set(held_back()) == {"planned", "withdrawn", "failed", "other"}


def test_an_induction_that_lies_ahead_is_none_yet() -> None:
    train(EngagementFactory(name="tomorrow", entered_on=TODAY), TODAY + timedelta(days=1))
    assert held_back() == {"tomorrow": "missing"}
    assert held_back(TODAY + timedelta(days=1)) == {}


def test_a_year_without_training_shuts_the_gate_again() -> None:
    entered = TODAY - timedelta(days=800)
    for name, days in (("long ago", 366), ("a year", 365)):
        train(EngagementFactory(name=name, entered_on=entered), TODAY - timedelta(days=days))
    refreshed = EngagementFactory(name="refreshed", entered_on=entered)
    train(refreshed, entered)
    train(refreshed, TODAY - timedelta(days=2), K.SAFETY)
    never = EngagementFactory(name="only night school", entered_on=entered)
    train(never, TODAY, K.NIGHT_SCHOOL)
    assert held_back() == {"long ago": "retrain", "only night school": "missing"}


def test_who_changes_teams_within_the_project_stays_inducted() -> None:
    first, second = LabourTeamFactory.create_batch(2, project=LabourTeamFactory().project)
    entered, moved = TODAY - timedelta(days=200), TODAY - timedelta(days=20)
    before = EngagementFactory(team=first, entered_on=entered, left_on=moved - timedelta(days=1))
    train(before, entered)
    EngagementFactory(name="moved", team=second, worker=before.worker, follows=before, entered_on=moved)
    assert held_back() == {}


def test_who_comes_back_after_having_left_is_inducted_again() -> None:
    team = LabourTeamFactory()
    before = EngagementFactory(team=team, entered_on=TODAY - timedelta(days=200), left_on=TODAY - timedelta(days=100))
    train(before, before.entered_on)
    EngagementFactory(name="back", team=team, worker=before.worker, entered_on=TODAY - timedelta(days=3))
    assert held_back() == {"back": "missing"}


def test_another_projects_induction_is_none_here_and_who_has_left_is_not_waited_for() -> None:
    elsewhere = EngagementFactory(name="elsewhere", entered_on=TODAY, left_on=TODAY)
    train(elsewhere, TODAY)
    EngagementFactory(name="here", worker=elsewhere.worker, entered_on=TODAY)
    EngagementFactory(name="gone", entered_on=TODAY - timedelta(days=9), left_on=TODAY - timedelta(days=1))
    assert held_back() == {"here": "missing"}


def test_projects_are_counted_in_one_query(django_assert_num_queries: Any) -> None:
    team, other = LabourTeamFactory.create_batch(2)
    EngagementFactory.create_batch(2, team=team, entered_on=TODAY)
    train(EngagementFactory(team=team, entered_on=TODAY), TODAY)
    long_ago = EngagementFactory(team=other, entered_on=TODAY - timedelta(days=800))
    train(long_ago, long_ago.entered_on)
    EngagementFactory(team=other, left_on=TODAY - timedelta(days=1))
    with django_assert_num_queries(1):
        found = standings(Engagement.objects.all(), TODAY)
    assert found == {team.project_id: Standing(3, 2, 0), other.project_id: Standing(1, 0, 1)}


DAYS = st.dates(date(2024, 1, 1), TODAY)


@settings(max_examples=60, deadline=None)
@given(entered=DAYS, trainings=st.lists(st.tuples(DAYS, st.sampled_from([K.INDUCTION, K.SAFETY])), max_size=4))
def test_the_gate_is_what_a_clerk_would_say_with_the_papers_before_him(entered: date, trainings: list[tuple[date, str]]) -> None:
    person = EngagementFactory(entered_on=entered)
    for on, kind in trainings:
        train(person, on, kind)
    inducted = any(kind == K.INDUCTION and on >= entered - timedelta(days=30) for on, kind in trainings)
    fresh = any((TODAY - on).days <= 365 for on, _kind in trainings)
    said = "missing" if not inducted else "" if fresh else "retrain"
    assert held_back() == ({person.name: said} if said else {})
    # Examples share a database: this one is no longer on site.
    Engagement.objects.filter(pk=person.pk).update(entered_on=date(2023, 1, 1), left_on=date(2023, 1, 2))
