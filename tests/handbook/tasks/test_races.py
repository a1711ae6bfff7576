"""Two at once. Only PostgreSQL shows a missing lock."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import User
from handbook.models import Task
from handbook.tasks import workflow
from handbook.tasks.workflow import Order
from tests.factories import CoordinatorFactory, LiaisonFactory, TaskFactory
from tests.handbook.tasks.acts import act, task_in
from tests.reports.test_races import at_once, refused

pytestmark = [pytest.mark.postgresql_only, pytest.mark.django_db(transaction=True)]
ROUNDS = 6


@pytest.mark.parametrize("attempt", range(ROUNDS))
def test_two_answers_make_one(attempt: int) -> None:
    post = LiaisonFactory(for_crew=True)
    people = [post.person, LiaisonFactory(crew=post.crew).person]
    task = TaskFactory(project=post.team.project, to_liaison=post)
    answers = at_once(*(lambda person=person: act("answer", task, person) for person in people))
    task.refresh_from_db()
    assert (refused(answers), task.status, task.events.filter(verb="answer").count()) == (1, "answered", 1)


@pytest.mark.parametrize("attempt", range(ROUNDS))
def test_a_task_is_closed_or_given_back(attempt: int) -> None:
    post = LiaisonFactory(for_crew=True)
    local = CoordinatorFactory(project=post.team.project).person
    regional = CoordinatorFactory(region=post.team.project.region).person
    task = task_in("answered", project=post.team.project, to_liaison=post, given_by=local)
    answers = at_once(lambda: act("close", task, local), lambda: act("return", task, regional))
    task.refresh_from_db()
    assert (refused(answers), task.events.count()) == (1, 1)
    assert task.status == ("received" if task.events.get().verb == "return" else "closed")


@pytest.mark.parametrize("attempt", range(ROUNDS))
def test_a_form_sent_twice_at_once_gives_once(attempt: int) -> None:
    post = LiaisonFactory(for_crew=True)
    person = CoordinatorFactory(project=post.team.project).person
    order = Order("收齐本月意见", timezone.localdate() + timedelta(days=3), [post])
    users = [User.objects.get(pk=person.pk) for _twin in range(2)]
    at_once(*(lambda user=user: workflow.give(order, by=user) for user in users))
    assert Task.objects.count() == 1
