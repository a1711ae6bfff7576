"""The lifecycle of a nomination: every verb in every state as every role, for a post that is appointed and one that is chosen."""

from itertools import product
from typing import Any

import pytest
from django.db import transaction

from accounts.models import User
from coordinators.models import Nomination
from coordinators.nominations.workflow import LIFECYCLE
from core.moves import CLOCK
from core.refusals import Refused
from core.roles import Role
from labour_teams.models import WorkCrew
from tests.coordinators.nominations.acts import act
from tests.covering import covering
from tests.factories import CoordinatorFactory, NominationFactory, UserFactory, WorkCrewFactory, person_with
from tests.shared_world import world_once
from tests.world import stationed

pytestmark = pytest.mark.django_db
Status, Kind = Nomination.Status, Nomination.PostKind

PERSONNEL, HEADS = {Role.PARTY_PERSONNEL}, {Role.PARTY_PERSONNEL, Role.PARTY_ORGANISATION}
SIDES, REGIONAL = {Role.REGIONAL_COORDINATOR, Role.PROJECT_COMMITTEE}, {Role.REGIONAL_COORDINATOR}
OPEN = (Status.PROPOSED, Status.CHECKED, Status.INDUCTED)
# What is allowed, to whom, and where it leads; everything that is not here is refused. The proposer's are below.
APPOINTED: dict[tuple[str, str], tuple[set[Role], str]] = {
    ("check", Status.PROPOSED): (PERSONNEL, Status.CHECKED),
    ("induct", Status.CHECKED): (HEADS, Status.INDUCTED),
    ("decide", Status.INDUCTED): (PERSONNEL, Status.DECIDED),
    **{("decline", status): (PERSONNEL, Status.DECLINED) for status in OPEN},
    ("add_letter", Status.DECIDED): (PERSONNEL, Status.DECIDED),
}
CHOSEN: dict[tuple[str, str], tuple[set[Role], str]] = {
    ("check", Status.PROPOSED): (SIDES, Status.CHECKED),
    ("induct", Status.CHECKED): (REGIONAL, Status.INDUCTED),
    ("approve", Status.INDUCTED): (SIDES, Status.INDUCTED),
    **{("decline", status): (SIDES, Status.DECLINED) for status in OPEN},
}
ALLOWED = {Kind.FULL_TIME: APPOINTED, Kind.PART_TIME: CHOSEN, Kind.LIAISON: CHOSEN}


def built() -> dict[str, Any]:
    """A crew; an acting regional coordinator beside whoever holds the post, and somebody of every other role."""
    crew = WorkCrewFactory()
    acting = CoordinatorFactory(region=crew.team.project.region, acting=True).person
    people = {role: acting if role == Role.REGIONAL_COORDINATOR else stationed(role, crew) for role in Role}
    return {"crew": crew, "people": people}


founded, place = world_once(built)


@pytest.fixture
def crew(place: dict[str, Any]) -> WorkCrew:
    return place["crew"]


@pytest.fixture
def people(place: dict[str, Any]) -> dict[Role, User]:
    return place["people"]


def nomination_in(status: str, kind: str, crew: WorkCrew, **more: Any) -> Nomination:
    units = {
        Kind.FULL_TIME: {"full_time": True, "region": crew.team.project.region, "is_acting": True},
        Kind.PART_TIME: {"project": crew.team.project},
        Kind.LIAISON: {"liaison_of": True, "team": crew.team, "crew": crew},
    }
    return NominationFactory(**{status: True}, **units[Kind(kind)], **more)


def state_of(nomination: Nomination) -> tuple[object, ...]:
    nomination.refresh_from_db()
    rows = nomination.approvals, nomination.events
    facts = nomination.status, nomination.version, nomination.criteria, nomination.topics, nomination.document_no
    facts += nomination.letter_id, nomination.reason, nomination.name
    return *facts, nomination.coordinator_id, nomination.liaison_id, *(list(each.values_list().order_by("pk")) for each in rows)


def outcome(verb: str, kind: str, status: str) -> tuple[set[Role], str]:
    return ALLOWED[Kind(kind)].get((verb, status), (set(), ""))


TRIED = covering(product(LIFECYCLE.moves, Kind, Status, Role), always=lambda row: row[3] in outcome(*row[:3])[0])


@pytest.mark.parametrize("kind", list(Kind))
def test_each_verb_in_each_state_as_each_role(kind: str, crew: WorkCrew, people: dict[Role, User]) -> None:
    """Who may is asked of all; what may be done is done, and of what is refused each two values are tried together."""
    for status in Status:
        with transaction.atomic():
            nomination = nomination_in(status, kind, crew)
            for verb in LIFECYCLE.moves:
                _as_each_role(verb, kind, nomination, people)
            transaction.set_rollback(True)  # for the next state


def _as_each_role(verb: str, kind: str, nomination: Nomination, people: dict[Role, User]) -> None:
    (roles, target), status, before = outcome(verb, kind, nomination.status), nomination.status, state_of(nomination)
    for role, actor in people.items():
        assert LIFECYCLE.may(verb, actor, nomination) is (role in roles), (verb, status, role)
        if role in roles:
            with transaction.atomic():
                assert act(verb, nomination, actor).status == target, (verb, status, role)
                transaction.set_rollback(True)  # for the next role
        elif (verb, kind, status, role) in TRIED:
            with pytest.raises(Refused):
                act(verb, nomination, actor)
    assert state_of(nomination) == before, (verb, status)


@pytest.mark.parametrize("kind", list(Kind))
def test_buttons_are_what_the_table_allows(kind: str, crew: WorkCrew, people: dict[Role, User]) -> None:
    for status in Status:
        with transaction.atomic():
            nomination = nomination_in(status, kind, crew)
            for role, actor in people.items():
                wanted = {verb for verb in LIFECYCLE.moves if role in ALLOWED[Kind(kind)].get((verb, status), (set(), ""))[0]}
                assert set(LIFECYCLE.allowed_moves(nomination, actor)) == wanted, (status, role)
            transaction.set_rollback(True)  # for the next state


@pytest.mark.parametrize("status", list(Status))
@pytest.mark.parametrize(
    ("kind", "role"),
    [
        (Kind.FULL_TIME, Role.PARTY_PERSONNEL),
        (Kind.PART_TIME, Role.PROJECT_COORDINATOR),
        (Kind.PART_TIME, Role.PROJECT_COMMITTEE),
        (Kind.LIAISON, Role.REGIONAL_COORDINATOR),
    ],
)
def test_whoever_proposed_takes_back_what_is_open(kind: str, role: Role, status: str, crew: WorkCrew) -> None:
    proposer = stationed(role, crew)
    nomination = nomination_in(status, kind, crew, proposed_by=proposer)
    if status in OPEN:
        act("withdraw", nomination, proposer)
        nomination.refresh_from_db()
        assert (nomination.status, nomination.events.get(verb="withdraw").note) == (Status.WITHDRAWN, "另有安排")
    else:
        with pytest.raises(Refused):
            act("withdraw", nomination, proposer)


@pytest.mark.parametrize("status", list(Status))
@pytest.mark.parametrize(
    ("kind", "role"),
    [
        (Kind.FULL_TIME, Role.PARTY_PERSONNEL),
        (Kind.PART_TIME, Role.PROJECT_COORDINATOR),
        (Kind.LIAISON, Role.PROJECT_COMMITTEE),
    ],
)
def test_whoever_proposed_amends_what_nobody_has_checked(kind: str, role: Role, status: str, crew: WorkCrew) -> None:
    proposer = stationed(role, crew)
    nomination = nomination_in(status, kind, crew, proposed_by=proposer)
    before = state_of(nomination)
    if status == Status.PROPOSED:
        act("amend", nomination, proposer)
        nomination.refresh_from_db()
        assert (nomination.status, nomination.reason) == (Status.PROPOSED, "更熟悉队伍")
    else:
        with pytest.raises(Refused):
            act("amend", nomination, proposer)
        assert state_of(nomination) == before


def test_a_letter_is_added_once_and_not_exchanged(crew: WorkCrew) -> None:
    me = person_with(Role.PARTY_PERSONNEL)
    nomination = act("add_letter", nomination_in(Status.DECIDED, Kind.FULL_TIME, crew), me)
    before = state_of(nomination)
    assert not LIFECYCLE.may("add_letter", me, nomination)
    with pytest.raises(Refused):
        act("add_letter", nomination, me)
    assert state_of(nomination) == before


def test_a_proposer_without_his_post_takes_nothing_back(crew: WorkCrew) -> None:
    former = CoordinatorFactory(project=crew.team.project, ended=True).person
    nomination = nomination_in(Status.PROPOSED, Kind.PART_TIME, crew, proposed_by=former)
    with pytest.raises(Refused):
        act("withdraw", nomination, former)


@pytest.mark.parametrize("verb", ["check", "induct", "approve", "decline"])
@pytest.mark.parametrize("known_by", ["account", "mobile"])
def test_nobody_acts_on_a_nomination_of_himself(verb: str, known_by: str, crew: WorkCrew) -> None:
    me = User.objects.get(pk=stationed(Role.REGIONAL_COORDINATOR, crew).pk)
    status = {"check": Status.PROPOSED, "induct": Status.CHECKED}.get(verb, Status.INDUCTED)
    who = {"person": me, "phone": None} if known_by == "account" else {"phone": me.phone}
    nomination = nomination_in(status, Kind.PART_TIME, crew, **who)
    before = state_of(nomination)
    assert not LIFECYCLE.may(verb, me, nomination)
    with pytest.raises(Refused):
        act(verb, nomination, me)
    assert state_of(nomination) == before


def test_personnel_does_not_appoint_itself(crew: WorkCrew) -> None:
    me = person_with(Role.PARTY_PERSONNEL)
    nomination = nomination_in(Status.INDUCTED, Kind.FULL_TIME, crew, person=me, phone=None)
    assert LIFECYCLE.allowed_moves(nomination, me) == []


@pytest.mark.parametrize("kind", list(Kind))
def test_the_clock_another_region_and_nobody_do_nothing(kind: str, crew: WorkCrew) -> None:
    strangers = (person_with(Role.REGIONAL_COORDINATOR), person_with(Role.PROJECT_COMMITTEE), UserFactory())
    for number, status in enumerate(OPEN):
        nomination = nomination_in(status, kind, crew)
        before = state_of(nomination)
        for turn, verb in enumerate(LIFECYCLE.moves, start=number):
            assert not any(LIFECYCLE.may(verb, who, nomination) for who in (CLOCK, *strangers)), (verb, status)
            with pytest.raises(Refused):
                act(verb, nomination, strangers[turn % 3])
        assert state_of(nomination) == before
