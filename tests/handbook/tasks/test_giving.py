"""Giving and answering: to whom, once, how late, and that the duty belongs to the post."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from accounts.models import User
from coordinators.models import Coordinator, Liaison
from core.refusals import Refused
from core.roles import Role
from core.workdays import WorkingDays
from handbook.models import Task
from handbook.tasks import workflow
from handbook.tasks.posts import posts_to_give
from handbook.tasks.workflow import Order
from inbox.tasks import tasks_overdue, tasks_to_answer, tasks_to_look_at
from tests.factories import CoordinatorFactory, LiaisonFactory, TaskFactory
from tests.handbook.tasks.acts import SAID, act
from tests.shared_world import world_once
from tests.world import Company, found_company

pytestmark = pytest.mark.django_db
TODAY, DUE = date(2026, 5, 20), date(2026, 5, 25)


@pytest.fixture(autouse=True)
def _in_may(time_machine: Any) -> None:
    time_machine.move_to("2026-05-20T10:00:00+08:00", tick=False)


founded, company = world_once(found_company, at="2026-05-20T10:00:00+08:00")


def order(*posts: Coordinator | Liaison, due_on: date = DUE) -> Order:
    return Order("收齐本月意见", due_on, posts)


def urls(provider: Any, person: User) -> list[str]:
    person = User.objects.get(pk=person.pk)
    return [item.url for item in provider(person, timezone.now(), WorkingDays.load())]


def offered(person: User) -> set[int]:
    return {post.pk for group in posts_to_give(person, TODAY).values() for _key, post in group}


def test_a_region_gives_to_its_posts_and_a_project_to_its_liaisons(
    company: Company, post: Liaison, local: Coordinator, regional: User
) -> None:
    LiaisonFactory(crew=company.own_crew, ended=True)
    abroad = LiaisonFactory(crew=company.crew_at("foreign"))
    beside = LiaisonFactory(crew=company.crew_at("sibling"))
    assert list(posts_to_give(regional, TODAY)) == [company.own_project, beside.team.project]
    assert offered(regional) == {local.pk, post.pk, beside.pk}
    assert offered(local.person) == {post.pk}
    for nobody in (Role.PROJECT_COMMITTEE, Role.LABOUR_CENTRE, Role.LIAISON):
        assert offered(company.person(nobody)) == set()
    for wrong in ((local.person, beside), (local.person, local), (regional, abroad), (post.person, post)):
        with pytest.raises(Refused):
            workflow.give(order(wrong[1]), by=wrong[0])
    assert not Task.objects.exists()


def test_nobody_gives_to_himself(company: Company, regional: User) -> None:
    own = CoordinatorFactory(project=company.own_project, person=regional)
    assert own.pk not in offered(User.objects.get(pk=regional.pk))


def test_each_post_gets_a_task_of_its_own_and_a_form_sent_twice_gives_once(
    post: Liaison, local: Coordinator, regional: User
) -> None:
    first = workflow.give(order(post, local), by=regional)
    again = workflow.give(order(post, local), by=regional)
    assert [task.pk for task in first] == [task.pk for task in again]
    assert {(task.to_liaison_id, task.to_coordinator_id) for task in first} == {(post.pk, None), (None, local.pk)}
    assert {(task.project, task.region, task.status) for task in first} == {(local.project, local.project.region, "given")}


def test_a_day_that_is_past_or_no_post_gives_nothing(post: Liaison, regional: User) -> None:
    with pytest.raises(Refused) as refusal:
        workflow.give(order(post, due_on=TODAY - timedelta(days=1)), by=regional)
    assert set(refusal.value.fields) == {"due_on"}
    with pytest.raises(Refused):
        workflow.give(order(), by=regional)


def test_lateness_is_written_once(post: Liaison, regional: User, time_machine: Any) -> None:
    """Late is the day after; what is given back stays as late as it was."""
    [task] = workflow.give(order(post), by=regional)
    time_machine.move_to("2026-05-25T23:30:00+08:00", tick=False)
    task = act("answer", task, post.person)
    assert (task.was_late, task.received_at) == (False, task.answered_at)
    task = act("return", task, regional)
    time_machine.move_to("2026-05-29T08:00:00+08:00", tick=False)
    task = act("answer", task, post.person)
    assert (task.was_late, task.status) == (False, "answered")
    [late] = workflow.give(order(post, due_on=date(2026, 5, 29)), by=regional)
    time_machine.move_to("2026-05-30T00:10:00+08:00", tick=False)
    assert act("answer", late, post.person).was_late is True
    assert list(task.events.order_by("pk").values_list("verb", "note")) == [
        ("answer", SAID), ("return", "还差一个班组"), ("answer", SAID),
    ]  # fmt: skip


def test_an_empty_word_is_refused(post: Liaison, regional: User) -> None:
    [task] = workflow.give(order(post), by=regional)
    with pytest.raises(Refused) as refusal:
        workflow.answer(task, by=post.person, text="  ")
    assert set(refusal.value.fields) == {"text"}
    with pytest.raises(Refused):
        workflow.withdraw(task, by=regional, word=" ")


def test_a_successor_owes_and_his_predecessor_does_not(company: Company, post: Liaison, regional: User) -> None:
    [task] = workflow.give(order(post), by=regional)
    assert urls(tasks_to_answer, post.person) == [f"/tasks/{task.pk}/"]
    Liaison.objects.filter(pk=post.pk).update(to_on=TODAY - timedelta(days=1))
    successor = LiaisonFactory(crew=company.own_crew).person
    assert urls(tasks_to_answer, post.person) == []
    assert urls(tasks_to_answer, successor) == [f"/tasks/{task.pk}/"]
    assert act("answer", task, successor).status == "answered"


def test_the_giver_looks_at_answers_and_at_what_is_late(post: Liaison, local: Coordinator, regional: User) -> None:
    facts = {"project": local.project, "to_liaison": post, "given_by": local.person}
    answered = act("answer", TaskFactory(**facts), post.person)
    late = TaskFactory(due_on=TODAY - timedelta(days=1), **facts)
    TaskFactory(due_on=TODAY, **facts)
    assert urls(tasks_to_look_at, local.person) == [f"/tasks/{answered.pk}/"]
    assert urls(tasks_overdue, local.person) == [f"/tasks/{late.pk}/"]
    assert (urls(tasks_to_look_at, regional), urls(tasks_overdue, regional)) == ([], [])
    Coordinator.objects.filter(pk=local.pk).update(to_on=TODAY - timedelta(days=1))
    assert urls(tasks_to_look_at, regional) == [f"/tasks/{answered.pk}/"]
    assert urls(tasks_overdue, regional) == [f"/tasks/{late.pk}/"]
    assert (urls(tasks_to_look_at, local.person), urls(tasks_overdue, local.person)) == ([], [])
