"""A project whose coordinator's post is vacant still has its survey: the regional coordinator runs it."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from accounts.models import User
from coordinators.models import Coordinator
from core.refusals import Refused
from core.roles import Role
from core.workdays import WorkingDays
from feedback.models import SurveyRound, SurveyTeam
from feedback.survey import issuing, policies, workflow
from feedback.survey.keying import Keyed, key_sheet
from inbox.survey import rounds_to_run, rounds_to_stand_in_for
from tests.factories import CoordinatorFactory, SurveyRoundFactory
from tests.feedback.survey.conftest import Scene
from tests.house.test_url_matrix import client_for

WHOLE = workflow.Analysis("盼着工资按时发", "走访少了，下月补上")


@pytest.fixture
def regional(scene: Scene) -> User:
    """The regional coordinator, on the day after the project's own one left."""
    Coordinator.objects.part_time().update(to_on=timezone.localdate() - timedelta(days=1))
    return fresh(scene.people[Role.REGIONAL_COORDINATOR])


def fresh(user: User) -> User:
    """As he signs in next: his reach is worked out once."""
    return User.objects.get(pk=user.pk)


def acting(scene: Scene) -> User:
    facts = {"project": scene.round.project, "from_on": timezone.localdate(), "is_acting": True}
    return CoordinatorFactory(part_time=True, **facts).person


def test_the_region_keys_analyses_and_closes(scene: Scene, regional: User) -> None:
    question = scene.questions[0]
    issuing.count(scene.in_round, by=regional, issued=1, returned=1)
    key_sheet(scene.round, scene.in_round.team, by=regional, keyed=Keyed({question.pk: 1}))
    workflow.save_analysis(scene.round, by=regional, version=None, analysis=WHOLE)
    assert workflow.close(scene.round, by=regional).status == SurveyRound.Status.CLOSED
    assert SurveyTeam.objects.with_sheets().values_list("returned", "keyed").get() == (1, 1)


def test_its_pages_open_and_say_why(scene: Scene, regional: User) -> None:
    client = client_for(regional)
    page = client.get(scene.address(""))
    assert (page.context["stands_in"], page.context["works"]) == (True, True)
    assert client.get(scene.team_address("key")).status_code == 200
    assert client.get(scene.team_address("print")).status_code == 200
    assert client.post(scene.team_address("count"), {"issued": "9", "returned": "8"}).headers["Location"] == scene.address("")


def test_it_is_owed_by_the_region_while_the_post_is_vacant(scene: Scene, regional: User) -> None:
    SurveyRoundFactory(project=scene.company.crews[8].team.project, month=scene.round.month)
    now, workdays = timezone.now(), WorkingDays()
    [item] = rounds_to_stand_in_for(regional, now, workdays)
    assert item.url == scene.address("")
    assert list(rounds_to_run(regional, now, workdays)) == []
    acting(scene)
    assert list(rounds_to_stand_in_for(regional, now, workdays)) == []


def test_somebody_who_is_acting_runs_it_and_not_the_region(scene: Scene, regional: User) -> None:
    deputy = acting(scene)
    assert policies.runs(deputy, scene.round)
    assert not policies.runs(regional, scene.round)
    with pytest.raises(Refused):
        key_sheet(scene.round, scene.in_round.team, by=regional, keyed=Keyed({}))
    page = client_for(regional).get(scene.address(""))
    assert (page.context["stands_in"], page.context["works"]) == (False, False)


def test_whoever_acts_in_the_regions_post_stands_in_too(scene: Scene, regional: User) -> None:
    deputy = CoordinatorFactory(region=scene.round.region, from_on=date(2026, 1, 1), is_acting=True).person
    assert policies.stands_in(deputy, scene.round)


def test_nobody_else_stands_in(scene: Scene, regional: User) -> None:
    elsewhere = CoordinatorFactory(region=scene.company.crews[8].team.project.region).person
    others = [person for role, person in scene.people.items() if role != Role.REGIONAL_COORDINATOR]
    assert not any(policies.runs(fresh(person), scene.round) for person in [*others, elsewhere])
