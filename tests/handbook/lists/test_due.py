"""What the handbook asks of whom on the first page."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from core.roles import Role
from core.workdays import WorkingDays
from handbook import recording
from inbox.handbook import planned_to_confirm, teams_to_visit, visits_to_repeat
from tests.factories import HandbookEntryFactory, VisitRecordFactory
from tests.shared_world import world_once
from tests.world import Company, found_company

pytestmark = pytest.mark.django_db
NOW = "2026-05-20T10:00:00+08:00"


@pytest.fixture(autouse=True)
def _now(time_machine: Any) -> None:
    time_machine.move_to(NOW, tick=False)


founded, company = world_once(found_company, at=NOW)


def items(provider: Any, person: Any, now: datetime | None = None) -> list[Any]:
    return list(provider(person, now or timezone.now(), WorkingDays.load()))


def urls(provider: Any, person: Any) -> list[str]:
    return [item.url for item in items(provider, person)]


def test_whoever_said_so_looks_after_somebody_again(company: Company) -> None:
    person, today = company.person(Role.PROJECT_COORDINATOR), timezone.localdate()
    said = {"entry__author": person, "entry__team": company.own_team, "entry__on": today - timedelta(days=9)}
    due, soon = (VisitRecordFactory(follow_up_on=today + timedelta(days=days), **said) for days in (-2, 6))
    VisitRecordFactory(follow_up_on=today + timedelta(days=20), **said)
    VisitRecordFactory(follow_up_on=today, followed_up_on=today, **said)
    VisitRecordFactory(follow_up_on=today, entry__withdrawn=True, **said)
    VisitRecordFactory(**said)
    assert urls(visits_to_repeat, person) == [f"/entries/{due.pk}/followed-up/", f"/entries/{soon.pk}/followed-up/"]
    for role in (Role.REGIONAL_COORDINATOR, Role.PARTY_ORGANISATION, Role.SYSTEM_ADMINISTRATOR):
        assert items(visits_to_repeat, company.person(role)) == []


def test_it_is_due_until_he_says_so(company: Company) -> None:
    """A later visit to the team may have been about somebody else."""
    person, today = company.person(Role.PROJECT_COORDINATOR), timezone.localdate()
    said = {"entry__author": person, "entry__team": company.own_team}
    visit = VisitRecordFactory(entry__on=today - timedelta(days=9), follow_up_on=today - timedelta(days=3), **said)
    VisitRecordFactory(entry__on=today - timedelta(days=1), **said)
    assert len(items(visits_to_repeat, person)) == 1
    recording.follow_up(visit, by=person, on=today - timedelta(days=1), words="家里安顿好了")
    assert items(visits_to_repeat, person) == []


def test_what_was_planned_and_is_past_was_held_or_not(company: Company) -> None:
    person, today = company.person(Role.PROJECT_COORDINATOR), timezone.localdate()
    planned = {"author": person, "project": company.own_project, "is_planned": True}
    past = HandbookEntryFactory(on=today - timedelta(days=1), **planned)
    closed = HandbookEntryFactory(on=today - timedelta(days=60), **planned)
    HandbookEntryFactory(on=today, **planned)
    HandbookEntryFactory(on=today - timedelta(days=2), **{**planned, "author": company.person(Role.PROJECT_COORDINATOR)})
    HandbookEntryFactory(on=today - timedelta(days=2), withdrawn=True, **planned)
    assert urls(planned_to_confirm, person) == [f"/entries/{closed.pk}/withdraw/", f"/entries/{past.pk}/amend/"]


def test_from_the_twentieth_the_region_is_told_which_teams_it_has_not_visited(company: Company) -> None:
    person = company.person(Role.REGIONAL_COORDINATOR)
    today = timezone.localdate()
    VisitRecordFactory(entry__author=person, entry__team=company.own_team, entry__on=today)
    other = company.crews[2].team
    VisitRecordFactory(entry__team=other, entry__on=today)
    own, sibling = items(teams_to_visit, person)
    assert (own.where, own.url) == (other.name, "/entries/new/visit/")
    assert timezone.localdate(own.due_at) == today.replace(day=31)
    assert {team.name for team in company.crew_at("sibling").team.project.teams.all()} == set(sibling.where.split("、"))
    assert items(teams_to_visit, person, timezone.now() - timedelta(days=1)) == []
    assert items(teams_to_visit, company.person(Role.PROJECT_COORDINATOR)) == []
