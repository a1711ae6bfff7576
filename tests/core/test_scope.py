"""Reach: the union of today's posts, failing closed."""

from datetime import date, timedelta

import pytest
import time_machine
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from accounts.models import User
from core.roles import COMPANY_WIDE, Role
from core.scope import NOWHERE, Level
from labour_teams.models import Engagement, LabourTeam, WorkCrew, Worker
from regions.models import Project, Region
from tests.factories import (
    CoordinatorFactory,
    EngagementFactory,
    LabourTeamFactory,
    ProjectFactory,
    StaffPostFactory,
    UserFactory,
    WorkCrewFactory,
    person_with,
)
from tests.world import stationed

pytestmark = pytest.mark.django_db


@pytest.fixture
def crew() -> WorkCrew:
    """A crew with one engaged worker; beside it a sibling crew, a sibling project and a foreign region, each with one."""
    crew = WorkCrewFactory()
    project = crew.team.project
    EngagementFactory(team=crew.team, crew=crew)
    EngagementFactory(team=crew.team, crew=WorkCrewFactory(team=crew.team))
    EngagementFactory(team=LabourTeamFactory(project=ProjectFactory(region=project.region)))
    EngagementFactory()
    return crew


def seen(user: object) -> tuple[int, int, int, int]:
    """How many projects, teams, engagements and workers."""
    models = (Project, LabourTeam, Engagement, Worker)
    return tuple(model.objects.visible_to(user).count() for model in models)  # type: ignore[return-value]


def test_nobody_sees_nothing(crew: WorkCrew) -> None:
    assert seen(AnonymousUser()) == (0, 0, 0, 0)
    assert seen(UserFactory()) == (0, 0, 0, 0)
    assert UserFactory().scope == NOWHERE


@pytest.mark.parametrize(
    ("role", "expected"),
    [
        (Role.REGIONAL_COORDINATOR, (2, 2, 3, 3)),
        (Role.PROJECT_COORDINATOR, (1, 1, 2, 2)),
        (Role.PROJECT_CLERK, (1, 1, 2, 2)),
        (Role.PROJECT_COMMITTEE, (1, 1, 2, 2)),
        (Role.HEALTH_OFFICER, (1, 1, 2, 2)),
        (Role.LIAISON, (0, 0, 1, 1)),
        (Role.DEPARTMENT_OFFICER, (0, 0, 0, 0)),
        (Role.SYSTEM_ADMINISTRATOR, (3, 3, 0, 0)),
        *((role, (3, 3, 4, 4)) for role in sorted(COMPANY_WIDE)),
    ],
)
def test_each_role_sees_exactly_its_units(crew: WorkCrew, role: Role, expected: tuple[int, int, int, int]) -> None:
    assert seen(stationed(role, crew)) == expected


def test_liaison_of_a_team_without_crews_sees_the_team(crew: WorkCrew) -> None:
    person = person_with(Role.LIAISON, team=crew.team)
    assert set(LabourTeam.objects.visible_to(person)) == {crew.team}
    assert Engagement.objects.visible_to(person).count() == 2


def test_access_follows_the_dates_of_the_post() -> None:
    project, person = ProjectFactory(), UserFactory()
    today = timezone.localdate()
    dates = {"from_on": today + timedelta(days=1), "to_on": today + timedelta(days=2)}
    StaffPostFactory(person=person, role=Role.PROJECT_CLERK, project=project, **dates)
    for days, visible in ((0, False), (1, True), (2, True), (3, False)):
        with time_machine.travel(timezone.now() + timedelta(days=days), tick=False):
            again = User.objects.get(pk=person.pk)
            assert Project.objects.visible_to(again).exists() is visible, days


def test_two_posts_add_up_and_keep_their_places_apart() -> None:
    person = UserFactory()
    coordinator = CoordinatorFactory(full_time=True, person=person)
    clerk = StaffPostFactory(person=person, role=Role.PROJECT_CLERK, project=ProjectFactory())
    scope = User.objects.get(pk=person.pk).scope
    assert set(Region.objects.visible_to(person)) == {coordinator.region}
    assert scope.holds_at(Level.PROJECT, clerk.project_id, Role.PROJECT_CLERK)
    assert not scope.holds_at(Level.REGION, clerk.project.region_id, Role.REGIONAL_COORDINATOR)
    assert set(Project.objects.visible_to(person)) == {clerk.project}


def test_somebody_who_may_not_sign_in_reaches_nothing() -> None:
    person = person_with(Role.PARTY_ORGANISATION)
    ProjectFactory()
    User.objects.filter(pk=person.pk).update(is_active=False)
    assert seen(User.objects.get(pk=person.pk)) == (0, 0, 0, 0)


def test_worker_who_moved_on_shows_only_the_engagement_in_reach() -> None:
    here = EngagementFactory(entered_on=date(2026, 1, 5), left_on=date(2026, 3, 1))
    EngagementFactory(worker=here.worker, entered_on=date(2026, 3, 2))
    clerk = person_with(Role.PROJECT_CLERK, project=here.project)
    assert list(Worker.objects.visible_to(clerk)) == [here.worker]
    assert list(Engagement.objects.visible_to(clerk)) == [here]
