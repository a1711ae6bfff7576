"""The life of a handover: every verb in every state, by everybody who might try."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import User
from core.refusals import Refused, Stale
from core.roles import Role
from inbox.handover import policies, workflow
from inbox.models import Handover
from tests.factories import (
    ArmbandIssueFactory,
    CoordinatorFactory,
    HandoverFactory,
    ImportJobFactory,
    LiaisonFactory,
    ProjectFactory,
    RegionFactory,
    UserFactory,
    WorkCrewFactory,
    person_with,
)
from tests.factories.handover import NOTES

pytestmark = pytest.mark.django_db

S = Handover.Status
VERBS: dict[str, Any] = {
    "save": lambda handover, by: workflow.save(handover, by=by, version=handover.version, notes=NOTES),
    "hand_over": lambda handover, by: workflow.hand_over(handover, by=by, version=handover.version, notes=NOTES),
    "accept": lambda handover, by: workflow.accept(handover, by=by),
}
# Verb → from which state it leads where.
MOVES = {("save", S.OPEN): S.OPEN, ("hand_over", S.OPEN): S.HANDED_OVER, ("accept", S.HANDED_OVER): S.ACCEPTED}
STATES = {S.OPEN: {}, S.HANDED_OVER: {"handed_over": True}, S.ACCEPTED: {"accepted": True}}


def leaving(**more: Any) -> Handover:
    """Of a project coordinator who is in post until tomorrow."""
    tomorrow = timezone.localdate() + timedelta(days=1)
    return HandoverFactory(coordinator=CoordinatorFactory(part_time=True, to_on=tomorrow), **more)


def next_of(handover: Handover) -> User:
    """Whoever holds the post beside the one who leaves."""
    post = handover.post
    return CoordinatorFactory(project=post.project).person


@pytest.mark.parametrize("state", list(STATES))
@pytest.mark.parametrize("verb", list(VERBS))
def test_every_verb_in_every_state(verb: str, state: str) -> None:
    handover = leaving(**STATES[state])
    by = next_of(handover) if verb == "accept" else handover.post.person
    if (verb, state) in MOVES:
        VERBS[verb](handover, by)
    else:
        with pytest.raises(Refused):
            VERBS[verb](handover, by)
    handover.refresh_from_db()
    assert handover.status == MOVES.get((verb, state), state)
    assert handover.events.filter(verb=verb).exists() is ((verb, state) in MOVES and verb != "save")


def actors(handover: Handover) -> dict[str, User]:
    project = handover.post.project
    units: dict[str, dict[str, Any]] = {
        Role.REGIONAL_COORDINATOR: {"region": project.region},
        Role.PROJECT_COMMITTEE: {"project": project},
        Role.PROJECT_CLERK: {"project": project},
        Role.PARTY_ORGANISATION: {},
        Role.LEADER: {},
    }
    people = {role: person_with(role, **unit) for role, unit in units.items()}
    return {"holder": handover.post.person, "next": next_of(handover), **people}


@pytest.mark.parametrize(
    ("verb", "in_post", "allowed"),
    [
        ("hand_over", True, {"holder"}),
        ("hand_over", False, {Role.REGIONAL_COORDINATOR, Role.PARTY_ORGANISATION}),
        ("accept", True, {"next"}),
        ("accept", False, {"next"}),
    ],
)
def test_who_may(verb: str, in_post: bool, allowed: set[str]) -> None:
    """Whoever leaves hands over; gone, he reaches nothing any more, and his superior does; only the next one accepts."""
    handover = leaving(handed_over=verb == "accept")
    people = actors(handover)
    if not in_post:
        handover.post.to_on = timezone.localdate() - timedelta(days=1)
        handover.post.save()
    can = set()
    for name, person in people.items():
        fresh = User.objects.get(pk=person.pk)
        try:
            with transaction.atomic():
                VERBS[verb](handover, fresh)
                can.add(name)
                raise Refused("take it back")
        except Refused:
            pass
    assert can == allowed


def test_handing_over_wants_a_word_on_each_matter() -> None:
    handover = leaving()
    with pytest.raises(Refused) as refusal:
        workflow.hand_over(handover, by=handover.post.person, version=0, notes={"tone": "都好", "promises": " "})
    assert set(refusal.value.fields) == {"promises", "care"}
    handover.refresh_from_db()
    assert handover.status == S.OPEN


def test_two_people_who_write_at_once_are_told() -> None:
    handover = leaving()
    workflow.save(handover, by=handover.post.person, version=0, notes={"tone": "第一稿"})
    with pytest.raises(Stale):
        workflow.save(handover, by=handover.post.person, version=0, notes={"tone": "第二稿"})
    handover.refresh_from_db()
    assert handover.notes == {"tone": "第一稿", "promises": "", "care": ""}


def test_it_begins_once_for_a_post_with_a_last_day() -> None:
    post = CoordinatorFactory(part_time=True)
    with pytest.raises(Refused):
        workflow.begin(post, by=post.person)
    post.to_on = timezone.localdate()
    post.save()
    successor = CoordinatorFactory(project=post.project, from_on=timezone.localdate() + timedelta(days=1))
    first, second = workflow.begin(post, by=post.person), workflow.begin(post, by=post.person)
    assert (first, first.next_coordinator, first.begun_by) == (second, successor, post.person)
    assert [event.verb for event in first.events.all()] == ["begin"]


@pytest.mark.parametrize(
    ("who", "may"),
    [
        ("holder", True),
        ("next", True),
        (Role.REGIONAL_COORDINATOR, True),
        (Role.PARTY_ORGANISATION, True),
        (Role.PROJECT_COMMITTEE, False),
        (Role.PROJECT_CLERK, False),
        (Role.LEADER, False),
    ],
)
def test_who_may_begin(who: str, may: bool) -> None:
    handover = leaving()
    person = User.objects.get(pk=actors(handover)[who].pk)
    assert policies.can_begin(person, handover.post) is may


def test_the_regional_coordinator_of_another_region_may_nothing() -> None:
    handover = HandoverFactory()
    stranger = person_with(Role.REGIONAL_COORDINATOR)
    assert workflow.LIFECYCLE.allowed_moves(handover, stranger) == []
    assert not Handover.objects.visible_to(stranger).exists()


def test_a_region_s_post_is_handed_over_by_headquarters_when_its_holder_is_gone() -> None:
    region = RegionFactory()
    handover = HandoverFactory(coordinator=CoordinatorFactory(region=region, ended=True))
    headquarters = person_with(Role.LABOUR_CENTRE)
    following = CoordinatorFactory(region=region)
    workflow.hand_over(handover, by=headquarters, version=0, notes=NOTES)
    accepted = workflow.accept(handover, by=following.person)
    assert (accepted.next_coordinator, accepted.handed_over_by, accepted.accepted_by) == (
        following,
        headquarters,
        following.person,
    )


def test_acceptance_freezes_the_package() -> None:
    handover = leaving(handed_over=True)
    project, person = handover.post.project, handover.post.person
    job = ImportJobFactory(project=project, file_name="三月花名册.xlsx")
    band = ArmbandIssueFactory(project=project, region=None, person=person, number="7")
    workflow.accept(handover, by=next_of(handover))
    job.delete()
    band.delete()
    handover.refresh_from_db()
    frozen = [line["what"] for section in handover.content["sections"] for line in section["lines"]]
    assert "三月花名册.xlsx" in frozen
    assert any("7" in words for words in frozen)


def test_a_liaison_takes_over_from_the_liaison_of_his_crew_alone() -> None:
    crew = WorkCrewFactory()
    handover = HandoverFactory(coordinator=None, liaison=LiaisonFactory(crew=crew, ended=True), handed_over=True)
    following = LiaisonFactory(crew=crew)
    beside = LiaisonFactory(crew=WorkCrewFactory(team=crew.team)).person
    assert not Handover.objects.visible_to(beside).exists()
    assert workflow.accept(handover, by=following.person).next_liaison == following


@pytest.mark.parametrize(
    "broken",
    [
        {"status": S.HANDED_OVER},
        {"handed_over_at": timezone.now()},
        {"status": S.ACCEPTED},
        {"coordinator": None},
        {"content": {"sections": []}},
    ],
)
def test_the_database_ties_state_and_stamps(broken: dict[str, Any]) -> None:
    handover = HandoverFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        Handover.objects.filter(pk=handover.pk).update(**broken)


def test_nobody_expects_somebody_whose_post_was_over_before() -> None:
    post = CoordinatorFactory(project=ProjectFactory(), ended=True)
    yesterday = timezone.localdate() - timedelta(days=1)
    CoordinatorFactory(project=post.project, from_on=yesterday - timedelta(days=9), to_on=yesterday - timedelta(days=2))
    assert workflow.expected_after(post) is None
    CoordinatorFactory(project=post.project, person=post.person, from_on=yesterday)
    assert workflow.expected_after(post) is None
    following = CoordinatorFactory(project=post.project, person=UserFactory(), from_on=yesterday + timedelta(days=1))
    assert workflow.expected_after(post) == following
