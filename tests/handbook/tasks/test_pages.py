"""The pages of tasks: the list and its filters, giving, one task with its buttons."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from coordinators.models import Coordinator, Liaison
from core.roles import READERS, Role
from handbook.models import Task
from tests.factories import LiaisonFactory, TaskFactory
from tests.handbook.tasks.acts import SAID, act, task_in
from tests.house.test_url_matrix import client_for
from tests.world import Company

pytestmark = pytest.mark.django_db
URL, GIVE = "/tasks/", "/tasks/new/"
LIST_QUERIES = 7
WITHOUT = (Role.SYSTEM_ADMINISTRATOR, Role.PROJECT_CLERK, Role.HEALTH_OFFICER, Role.DEPARTMENT_OFFICER)


def shown(person: User, **wanted: Any) -> list[int]:
    return [task.pk for task in client_for(person).get(URL, wanted).context["page"]]


@pytest.mark.parametrize("role", list(Role))
def test_who_has_tasks_at_all(role: Role, company: Company) -> None:
    client = client_for(company.person(role))
    assert client.get(URL).status_code == (404 if role in WITHOUT else 200)
    gives = role in (Role.REGIONAL_COORDINATOR, Role.PROJECT_COORDINATOR)
    assert client.get(GIVE).status_code == (200 if gives else 404)


def test_the_list_by_side_and_state(post: Liaison, local: Coordinator, regional: User) -> None:
    today, facts = timezone.localdate(), {"project": local.project}
    owed = TaskFactory(to_coordinator=local, to_liaison=None, given_by=regional, **facts)
    late = TaskFactory(to_liaison=post, given_by=local.person, due_on=today - timedelta(days=2), **facts)
    closed = task_in("closed", to_liaison=post, given_by=local.person, **facts)
    assert shown(local.person) == [late.pk, owed.pk, closed.pk]
    assert shown(local.person, side="owed") == [owed.pk]
    assert shown(local.person, side="given") == [late.pk, closed.pk]
    assert shown(local.person, state="overdue") == [late.pk]
    assert shown(local.person, state="open") == [late.pk, owed.pk]
    assert shown(local.person, state="closed") == [closed.pk]
    assert shown(post.person) == [late.pk, closed.pk]
    page = client_for(post.person).get(URL)
    assert "lx-pill--late" in page.content.decode()
    assert "given" not in dict(page.context["filter"].form.fields["side"].choices)


def test_the_list_costs_the_same_however_long_it_is(
    post: Liaison, local: Coordinator, regional: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client = client_for(local.person)
    for _round in range(2):
        TaskFactory(project=local.project, to_liaison=post, given_by=local.person)
        TaskFactory(project=local.project, to_coordinator=local, to_liaison=None, given_by=regional)
        client.get(URL)
        with django_assert_num_queries(LIST_QUERIES):
            client.get(URL)


def test_one_form_gives_to_several(company: Company, post: Liaison, local: Coordinator) -> None:
    other = LiaisonFactory(crew=company.crews[1])
    client = client_for(local.person)
    said = {"title": "收齐本月意见", "due_on": f"{timezone.localdate()}", "to": [f"liaison-{post.pk}", f"liaison-{other.pk}"]}
    assert client.post(GIVE, said).url == URL
    assert set(Task.objects.values_list("to_liaison", flat=True)) == {post.pk, other.pk}
    [task] = Task.objects.filter(to_liaison=post)
    assert client.post(GIVE, {**said, "to": [f"liaison-{post.pk}"]}).url == f"{URL}{task.pk}/"


def test_what_was_typed_stays_when_it_is_refused(company: Company, post: Liaison, local: Coordinator) -> None:
    abroad = LiaisonFactory(crew=company.crew_at("foreign"))
    client = client_for(local.person)
    past = {"title": "收齐本月意见", "due_on": "2020-01-01", "to": [f"liaison-{post.pk}"]}
    page = client.post(GIVE, past)
    assert set(page.context["form"].errors) == {"due_on"}
    assert f'value="liaison-{post.pk}" id="to-liaison-{post.pk}" checked' in page.content.decode()
    beyond = {**past, "due_on": f"{timezone.localdate()}", "to": [f"liaison-{abroad.pk}"]}
    assert set(client.post(GIVE, beyond).context["form"].errors) == {"to"}
    assert not Task.objects.exists()


def test_a_task_from_being_given_to_being_closed(post: Liaison, local: Coordinator) -> None:
    task = TaskFactory(project=local.project, to_liaison=post, given_by=local.person)
    owing, judging = client_for(post.person), client_for(local.person)
    page = f"{URL}{task.pk}/"
    assert list(owing.get(page).context["forms"]) == ["receive", "answer"]
    assert list(judging.get(page).context["forms"]) == ["withdraw"]
    assert owing.post(f"{page}receive/").url == page
    assert set(owing.post(f"{page}answer/", {"text": ""}).context["forms"]["answer"].errors) == {"text"}
    assert owing.post(f"{page}answer/", {"text": SAID}).url == page
    assert judging.post(f"{page}return/", {"word": "还差一个班组"}).url == page
    again = owing.get(page)
    assert "还差一个班组" in again.content.decode()
    assert again.context["forms"]["answer"].initial["text"] == SAID
    owing.post(f"{page}answer/", {"text": SAID})
    assert judging.post(f"{page}close/", {"word": ""}).url == page
    assert list(judging.get(page).context["forms"]) == []
    assert [event.verb for event in judging.get(page).context["events"]] == ["receive", "answer", "return", "answer", "close"]


def test_an_answer_that_came_too_late_is_given_back_to_be_copied(post: Liaison, local: Coordinator) -> None:
    task = TaskFactory(project=local.project, to_liaison=post, given_by=local.person)
    act("withdraw", task, local.person)
    page = client_for(post.person).post(f"{URL}{task.pk}/answer/", {"text": SAID})
    assert page.context["unsent"] == [SAID]
    assert not task.events.filter(verb="answer").exists()


def test_readers_see_and_change_nothing(company: Company, post: Liaison, local: Coordinator) -> None:
    task = TaskFactory(project=local.project, to_liaison=post, given_by=local.person)
    for role in (*READERS, Role.PROJECT_COMMITTEE, Role.LABOUR_CENTRE):
        assert client_for(company.person(role)).get(f"{URL}{task.pk}/").context["forms"] == {}


def test_the_page_says_who_owes_it_today(company: Company, post: Liaison, local: Coordinator) -> None:
    task = TaskFactory(project=local.project, to_liaison=post, given_by=local.person)
    client = client_for(local.person)
    assert client.get(f"{URL}{task.pk}/").context["holders"] == [post]
    Liaison.objects.filter(pk=post.pk).update(to_on=timezone.localdate() - timedelta(days=1))
    assert client.get(f"{URL}{task.pk}/").context["holders"] == []
    successor = LiaisonFactory(crew=company.own_crew)
    assert client.get(f"{URL}{task.pk}/").context["holders"] == [successor]
