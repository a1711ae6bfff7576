"""The lifecycle of a task: every verb in every state as every role, for a task of the region and one of the project."""

from itertools import product

import pytest
from django.db import transaction

from accounts.models import User
from core.moves import CLOCK
from core.refusals import Refused
from core.roles import Role
from handbook.models import Task
from handbook.tasks.workflow import LIFECYCLE
from tests.covering import covering
from tests.factories import CoordinatorFactory, LiaisonFactory, UserFactory
from tests.handbook.tasks.acts import act, task_in
from tests.world import Company

pytestmark = pytest.mark.django_db
Status = Task.Status
REGIONAL, LOCAL, LIAISON = Role.REGIONAL_COORDINATOR, Role.PROJECT_COORDINATOR, Role.LIAISON
# Where each verb leads, by the state from which it does.
TABLE: dict[str, dict[str, str]] = {
    "receive": {Status.GIVEN: Status.RECEIVED},
    "answer": {Status.GIVEN: Status.ANSWERED, Status.RECEIVED: Status.ANSWERED},
    "close": {Status.ANSWERED: Status.CLOSED},
    "return": {Status.ANSWERED: Status.RECEIVED},
    "withdraw": {Status.GIVEN: Status.WITHDRAWN, Status.RECEIVED: Status.WITHDRAWN},
}
OWING, JUDGING = ("receive", "answer"), ("close", "return")


def who(verbs: tuple[str, ...], *roles: Role) -> dict[str, set[Role]]:
    return {verb: set(roles) for verb in verbs}


# (who gave it, to whom) → who does what.
GIVEN: dict[tuple[Role, Role], dict[str, set[Role]]] = {
    (REGIONAL, LOCAL): {**who(OWING, LOCAL), **who(JUDGING, REGIONAL), "withdraw": {REGIONAL}},
    (REGIONAL, LIAISON): {**who(OWING, LIAISON), **who(JUDGING, REGIONAL), "withdraw": {REGIONAL}},
    (LOCAL, LIAISON): {**who(OWING, LIAISON), **who(JUDGING, REGIONAL, LOCAL), "withdraw": {LOCAL}},
}


def given(company: Company, status: str, giver: User, to: Role) -> Task:
    """To the post that stands at the own unit; whoever holds it in the test came later."""
    project = company.own_project
    if to == LOCAL:
        return task_in(
            status,
            project=project,
            given_by=giver,
            to_liaison=None,
            to_coordinator=CoordinatorFactory(project=project, ended=True),
        )
    return task_in(status, project=project, given_by=giver, to_liaison=LiaisonFactory(crew=company.own_crew, ended=True))


def state_of(task: Task) -> tuple[object, ...]:
    return Task.objects.filter(pk=task.pk).values_list().get(), list(task.events.order_by("pk").values_list())


def is_allowed(verb: str, status: str, parties: tuple[Role, Role], role: str) -> bool:
    return status in TABLE[verb] and role in GIVEN[parties][verb]


TRIED = covering(product(LIFECYCLE.moves, Status, GIVEN, Role), always=lambda row: is_allowed(*row))


@pytest.mark.parametrize("parties", list(GIVEN), ids=lambda parties: "-".join(parties))
def test_each_verb_in_each_state_as_each_role(parties: tuple[Role, Role], company: Company) -> None:
    """Who may is asked of all; what may be done is done, and of what is refused each two values are tried together."""
    people = {role: company.person(role) for role in Role}
    for status in Status:
        task = given(company, status, people[parties[0]], parties[1])
        before = state_of(task)
        for verb, role in product(LIFECYCLE.moves, Role):
            may = is_allowed(verb, status, parties, role)
            assert LIFECYCLE.may(verb, people[role], task) is may, (verb, status, role)
            if (verb, status, parties, role) in TRIED:
                _tries(verb, Task.objects.get(pk=task.pk), people[role], TABLE[verb][status] if may else "")
                assert state_of(task) == before, (verb, status, role)


def _tries(verb: str, task: Task, actor: User, target: str) -> None:
    if not target:
        with pytest.raises(Refused):
            act(verb, task, actor)
        return
    with transaction.atomic():
        act(verb, task, actor)
        task.refresh_from_db()
        assert (task.status, task.events.get().verb) == (target, verb)
        transaction.set_rollback(True)  # for the next role


@pytest.mark.parametrize("verb", list(LIFECYCLE.moves))
def test_the_clock_another_region_and_nobody_do_nothing(verb: str, company: Company, regional: User) -> None:
    task = given(company, next(iter(TABLE[verb])), regional, LIAISON)
    sibling = company.crew_at("sibling")
    others = [CoordinatorFactory(project=sibling.team.project).person, LiaisonFactory(crew=sibling).person]
    others += [CoordinatorFactory(region=company.crew_at("foreign").team.project.region).person, UserFactory()]
    assert not LIFECYCLE.may(verb, CLOCK, task)
    for other in others:
        assert not LIFECYCLE.may(verb, other, task)
        with pytest.raises(Refused):
            act(verb, task, other)


def test_the_region_withdraws_what_a_giver_left_behind(company: Company, regional: User) -> None:
    """While he is in post, it is his to withdraw."""
    here, gone = CoordinatorFactory(project=company.own_project), CoordinatorFactory(project=company.own_project, ended=True)
    assert not LIFECYCLE.may("withdraw", regional, given(company, Status.GIVEN, here.person, LIAISON))
    assert LIFECYCLE.may("withdraw", regional, given(company, Status.GIVEN, gone.person, LIAISON))
    assert not LIFECYCLE.may("withdraw", gone.person, given(company, Status.GIVEN, gone.person, LIAISON))
