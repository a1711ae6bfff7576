"""What handovers make due, for whom, and for nobody else."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from core.roles import Role
from core.workdays import WorkingDays, end_of_office
from inbox.due import DueItem
from inbox.handovers_due import handovers_to_accept, handovers_to_hand_over, posts_without_handover
from tests.factories import (
    CoordinatorFactory,
    HandoverFactory,
    LabourTeamFactory,
    LiaisonFactory,
    ProjectFactory,
    RegionFactory,
    WorkCrewFactory,
    person_with,
)

pytestmark = pytest.mark.django_db


def due(provider: Any, person: User) -> list[DueItem]:
    return list(provider(User.objects.get(pk=person.pk), timezone.now(), WorkingDays.load()))


def test_whoever_leaves_owes_the_handover_until_the_end_of_his_last_day() -> None:
    last = timezone.localdate() + timedelta(days=3)
    handover = HandoverFactory(coordinator=CoordinatorFactory(part_time=True, to_on=last))
    region = handover.post.project.region
    (item,) = due(handovers_to_hand_over, handover.post.person)
    assert (item.url, item.due_at) == (reverse("handover", args=[handover.pk]), end_of_office(last))
    assert due(handovers_to_hand_over, person_with(Role.REGIONAL_COORDINATOR, region=region)) == []


@pytest.mark.parametrize(
    ("last", "left"),
    [(date(2026, 6, 4), "今天 18:00 到期"), (date(2026, 6, 9), "3"), (date(2026, 6, 6), "1"), (date(2026, 6, 3), "1")],
)
def test_it_says_how_long_is_left(last: date, left: str) -> None:
    """On a Thursday: today, until Tuesday, until a Saturday, since yesterday."""
    with time_machine.travel(datetime(2026, 6, 4, 2, tzinfo=UTC), tick=False):
        post = CoordinatorFactory(part_time=True, to_on=last)
        HandoverFactory(coordinator=post)
        superior = person_with(Role.REGIONAL_COORDINATOR, region=post.project.region)
        holder = superior if last < timezone.localdate() else post.person
        (item,) = due(handovers_to_hand_over, holder)
    assert left in item.left


def test_once_he_is_gone_his_nearest_superior_owes_it_and_nobody_above() -> None:
    handover = HandoverFactory()
    superior = person_with(Role.REGIONAL_COORDINATOR, region=handover.post.project.region)
    (item,) = due(handovers_to_hand_over, superior)
    assert item.state(timezone.now()) == "late"
    assert "逾期" in item.left
    assert due(handovers_to_hand_over, person_with(Role.PARTY_ORGANISATION)) == []
    assert due(handovers_to_hand_over, person_with(Role.REGIONAL_COORDINATOR)) == []


def test_the_one_who_follows_is_asked_to_accept() -> None:
    handover = HandoverFactory(handed_over=True)
    following = CoordinatorFactory(project=handover.post.project).person
    assert [item.url for item in due(handovers_to_accept, following)] == [reverse("handover", args=[handover.pk])]
    assert due(handovers_to_hand_over, following) == []
    assert due(handovers_to_accept, person_with(Role.PROJECT_COMMITTEE, project=handover.post.project)) == []


def without(person: User) -> set[str]:
    return {item.url for item in due(posts_without_handover, person)}


def test_posts_that_ended_without_one_are_the_superior_s_business() -> None:
    region = RegionFactory()
    superior = person_with(Role.REGIONAL_COORDINATOR, region=region)
    project = ProjectFactory(region=region)
    coordinator = CoordinatorFactory(project=project, ended=True)
    liaison = LiaisonFactory(team__project=project, ended=True)
    mine = {reverse("coordinator", args=[coordinator.pk]), reverse("liaison", args=[liaison.pk])}
    assert without(superior) == mine
    HandoverFactory(coordinator=coordinator)
    assert without(superior) == mine - {reverse("coordinator", args=[coordinator.pk])}
    for other in (person_with(Role.REGIONAL_COORDINATOR), coordinator.person, person_with(Role.LEADER)):
        assert without(other) == set()


def test_a_region_s_post_is_headquarters_business() -> None:
    ended = CoordinatorFactory(full_time=True, ended=True)
    CoordinatorFactory(part_time=True, ended=True)
    assert without(person_with(Role.PARTY_PERSONNEL)) == {reverse("coordinator", args=[ended.pk])}


def test_nothing_is_asked_where_nothing_changes_hands() -> None:
    """Somebody goes on in a new post at the same unit; the team has left; the crew rests; it was long ago."""
    region = RegionFactory()
    superior = person_with(Role.REGIONAL_COORDINATOR, region=region)
    project = ProjectFactory(region=region)
    again = CoordinatorFactory(project=project, ended=True)
    CoordinatorFactory(project=project, person=again.person, from_on=timezone.localdate())
    LiaisonFactory(team=LabourTeamFactory(project=project, left=True), ended=True)
    LiaisonFactory(crew=WorkCrewFactory(team__project=project, is_active=False), ended=True)
    LiaisonFactory(team__project=project, to_on=timezone.localdate() - timedelta(days=91))
    crew = WorkCrewFactory(team__project=project)
    same = LiaisonFactory(crew=crew, ended=True)
    LiaisonFactory(crew=crew, person=same.person, from_on=timezone.localdate())
    assert without(superior) == set()


def test_asking_costs_the_same_however_many() -> None:
    region = RegionFactory()
    person, counts = person_with(Role.REGIONAL_COORDINATOR, region=region), []
    for number in (1, 2):
        for _again in range(number):
            project = ProjectFactory(region=region)
            CoordinatorFactory(project=project, ended=True)
            LiaisonFactory(crew=WorkCrewFactory(team__project=project), ended=True)
            HandoverFactory(coordinator=CoordinatorFactory(project=project, ended=True))
            HandoverFactory(coordinator=CoordinatorFactory(project=project, ended=True), handed_over=True)
        fresh = User.objects.get(pk=person.pk)
        with CaptureQueriesContext(connection) as queries:
            for provider in (handovers_to_hand_over, handovers_to_accept, posts_without_handover):
                list(provider(fresh, timezone.now(), WorkingDays()))
        counts.append(len(queries))
    assert counts[0] == counts[1]
