"""What waits for whom in 「我的工作」."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from coordinators.models import Nomination
from core.roles import Role
from core.workdays import WorkingDays
from inbox.nominations import nominations_to_move
from regions.models import Project
from tests.coordinators.nominations.acts import act
from tests.factories import CoordinatorFactory, NominationFactory, UserFactory, WorkCrewFactory
from tests.world import stationed

pytestmark = pytest.mark.django_db
Status = Nomination.Status
SIDES, REGIONAL = {Role.REGIONAL_COORDINATOR, Role.PROJECT_COMMITTEE}, {Role.REGIONAL_COORDINATOR}
HEADS = {Role.PARTY_PERSONNEL, Role.PARTY_ORGANISATION}
# Whose turn it is, for a post that is appointed and for one that is chosen.
TURNS = {
    Status.PROPOSED: ({Role.PARTY_PERSONNEL}, SIDES),
    Status.CHECKED: (HEADS, REGIONAL),
    Status.INDUCTED: ({Role.PARTY_PERSONNEL}, SIDES),
    Status.DECIDED: (set(), set()),
    Status.DECLINED: (set(), set()),
    Status.WITHDRAWN: (set(), set()),
}


def due(person: object) -> list[str]:
    return [item.url for item in nominations_to_move(person, timezone.now(), WorkingDays())]  # type: ignore[arg-type]


@pytest.mark.parametrize("status", list(Status))
@pytest.mark.parametrize("is_appointed", [True, False])
def test_whose_turn_it_is(is_appointed: bool, status: str) -> None:
    crew = WorkCrewFactory()
    project = crew.team.project
    unit = {"full_time": True, "region": project.region, "is_acting": True} if is_appointed else {"project": project}
    nomination = NominationFactory(**{status: True}, **unit)
    NominationFactory(inducted=True)
    for role in Role:
        is_regional = role == Role.REGIONAL_COORDINATOR
        person = CoordinatorFactory(region=project.region, acting=True).person if is_regional else stationed(role, crew)
        wanted = role in TURNS[Status(status)][0 if is_appointed else 1]
        assert due(person) == ([f"/nominations/{nomination.pk}/"] if wanted else []), role


def test_a_side_that_has_said_yes_owes_nothing_more(project: Project, regional: object, committee: object) -> None:
    nomination = NominationFactory(project=project, inducted=True)
    act("approve", nomination, regional)  # type: ignore[arg-type]
    assert (due(regional), due(committee)) == ([], [f"/nominations/{nomination.pk}/"])


@pytest.mark.parametrize("number", [1, 3])
def test_it_costs_the_same_however_many(number: int, project: Project) -> None:
    person = CoordinatorFactory(region=project.region, person=UserFactory()).person
    NominationFactory.create_batch(number, project=project, inducted=True)
    NominationFactory.create_batch(number, liaison_of=True, team__project=project, inducted=True)
    assert len(person.scope.grants) == 1
    with CaptureQueriesContext(connection) as queries:
        assert len(due(person)) == 2 * number
    assert len(queries) == 2
