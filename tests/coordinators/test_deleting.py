"""Deleting people and posts in the admin site: refused where there is history, with what depends on it."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import StaffPost, User
from coordinators.models import Coordinator, Liaison
from core.roles import HEADQUARTERS, Role
from tests.factories import (
    CoordinatorFactory,
    LiaisonFactory,
    NominationFactory,
    StaffPostFactory,
    UserFactory,
    person_with,
)
from tests.house.test_url_matrix import client_for

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
LATER = TODAY + timedelta(days=5)
POSTS = [lambda **days: CoordinatorFactory(part_time=True, **days), lambda **days: LiaisonFactory(for_crew=True, **days)]


def deletion(row: Any) -> str:
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_delete", args=[row.pk])


@pytest.mark.parametrize("made", POSTS)
@pytest.mark.parametrize("began", [TODAY, TODAY - timedelta(days=90)])
def test_a_post_that_was_held_stays_and_the_page_says_since_when(made: Any, began: Any) -> None:
    post = made(from_on=began)
    browser = client_for(person_with(Role.PARTY_PERSONNEL))
    assert len(browser.get(deletion(post)).context["protected"]) == 1
    answer = browser.post(deletion(post), {"post": "yes"})
    assert answer.status_code == 200
    assert type(post).objects.filter(pk=post.pk).exists()


@pytest.mark.parametrize("kind", ["coordinator", "liaison"])
def test_a_post_that_a_nomination_made_stays_and_the_nomination_is_named(kind: str) -> None:
    traits = {"full_time": True} if kind == "coordinator" else {"liaison_of": True}
    nomination = NominationFactory(decided=True, **traits)
    post = nomination.post
    model = type(post)
    for began, reasons in ((LATER, 1), (TODAY, 2)):
        model.objects.filter(pk=post.pk).update(from_on=began)
        browser = client_for(person_with(Role.PARTY_PERSONNEL))
        protected = browser.get(deletion(post)).context["protected"]
        assert len(protected) == reasons
        assert nomination.name in protected[-1]
        browser.post(deletion(post), {"post": "yes"})
        assert model.objects.filter(pk=post.pk).exists()


@pytest.mark.parametrize("made", POSTS)
def test_a_post_still_to_come_on_which_nothing_rests_is_taken_back(made: Any) -> None:
    post = made(from_on=LATER)
    client_for(person_with(Role.LABOUR_CENTRE)).post(deletion(post), {"post": "yes"})
    assert not type(post).objects.filter(pk=post.pk).exists()


@pytest.mark.parametrize("role", sorted({Role.LEADER, Role.AUDITOR, Role.SYSTEM_ADMINISTRATOR}))
def test_who_may_not_change_posts_deletes_none(role: Role) -> None:
    post = CoordinatorFactory(part_time=True, from_on=LATER)
    browser = client_for(person_with(role))
    assert browser.get(deletion(post)).status_code == 403
    assert browser.post(deletion(post), {"post": "yes"}).status_code == 403
    assert Coordinator.objects.filter(pk=post.pk).exists()


@pytest.mark.parametrize("role", sorted(HEADQUARTERS))
def test_nobody_deletes_his_own_post(role: Role) -> None:
    person = person_with(role)
    post = LiaisonFactory(for_crew=True, person=person, from_on=LATER)
    assert client_for(User.objects.get(pk=person.pk)).post(deletion(post), {"post": "yes"}).status_code == 403
    assert Liaison.objects.filter(pk=post.pk).exists()


@pytest.mark.parametrize("has_history", [True, False])
def test_an_account_is_never_deleted_and_the_page_says_what_stands_in_the_way(has_history: bool) -> None:
    person = StaffPostFactory(role=Role.LEADER).person if has_history else UserFactory()
    for role in (Role.SYSTEM_ADMINISTRATOR, Role.PARTY_PERSONNEL):
        browser = client_for(person_with(role))
        protected = browser.get(deletion(person)).context["protected"]
        assert person.name in protected[0]
        assert len(protected) == 1 + has_history
        assert browser.post(deletion(person), {"post": "yes"}).status_code == 200
    assert User.objects.filter(pk=person.pk).exists()


def test_a_staff_post_that_was_held_stays_and_the_page_says_since_when() -> None:
    post = StaffPostFactory(role=Role.LEADER)
    browser = client_for(person_with(Role.PARTY_PERSONNEL))
    assert len(browser.get(deletion(post)).context["protected"]) == 1
    assert browser.post(deletion(post), {"post": "yes"}).status_code == 200
    assert StaffPost.objects.filter(pk=post.pk).exists()
