"""Two decisions at once. Only PostgreSQL shows a missing lock: SQLite lets one writer in at a time anyway."""

import threading
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone

from accounts.models import User
from coordinators.models import Coordinator, Liaison, Nomination
from coordinators.nominations import workflow
from core.refusals import Refused
from core.roles import Role
from tests.coordinators.nominations.acts import act, appointment, proposal
from tests.factories import (
    CoordinatorFactory,
    NominationFactory,
    ProjectFactory,
    RegionFactory,
    UserFactory,
    WorkCrewFactory,
    person_with,
)
from tests.house.test_url_matrix import client_for
from tests.roster_import.races import together

pytestmark = [pytest.mark.postgresql_only, pytest.mark.django_db(transaction=True)]
ROUNDS = 6
DONE = "done"


def outcome_of(deed: Callable[[], object]) -> Callable[[], str]:
    """What is said: DONE, or the words of the refusal."""

    def run() -> str:
        try:
            deed()
        except Refused as refusal:
            return refusal.message
        return DONE

    return run


@pytest.mark.parametrize("attempt", range(ROUNDS))
@pytest.mark.parametrize("has_end", [True, False])
def test_two_appointments_for_one_region_make_one(has_end: bool, attempt: int) -> None:
    """With a last day no constraint of the database would notice: the lock on the region does."""
    region, today = RegionFactory(), timezone.localdate()
    people = [person_with(Role.PARTY_PERSONNEL) for _person in range(2)]
    both = [NominationFactory(full_time=True, region=region, inducted=True) for _person in range(2)]
    said = appointment(today, to_on=today + timedelta(days=90) if has_end else None)
    accounts = User.objects.count()

    def deciding(nomination: Nomination, by: User) -> Callable[[], str]:
        return outcome_of(lambda: workflow.decide(nomination, by=by, appointment=said))

    answers = together([deciding(nomination, by) for nomination, by in zip(both, people, strict=True)])
    post = Coordinator.objects.get(region=region)
    refusal = next(answer for answer in answers if answer != DONE)
    assert answers.count(DONE) == 1
    assert post.person.name in refusal
    statuses = sorted(Nomination.objects.values_list("status", flat=True))
    assert (statuses, User.objects.count() - accounts) == (["decided", "inducted"], 1)


@pytest.mark.parametrize("attempt", range(ROUNDS))
def test_both_sides_at_once_decide_once(attempt: int) -> None:
    crew = WorkCrewFactory()
    project = crew.team.project
    people = [
        person_with(Role.REGIONAL_COORDINATOR, region=project.region),
        person_with(Role.PROJECT_COMMITTEE, project=project),
    ]
    nomination = NominationFactory(liaison_of=True, team=crew.team, crew=crew, inducted=True)
    answers = together([outcome_of(lambda by=by: act("approve", nomination, by)) for by in people])
    nomination.refresh_from_db()
    assert answers == [DONE, DONE]
    assert (nomination.status, nomination.liaison, nomination.approvals.count()) == ("decided", Liaison.objects.get(), 2)


@pytest.mark.parametrize("attempt", range(ROUNDS))
def test_a_no_and_the_last_yes_at_once_leave_one_of_them(attempt: int) -> None:
    project = ProjectFactory()
    regional = person_with(Role.REGIONAL_COORDINATOR, region=project.region)
    committee = person_with(Role.PROJECT_COMMITTEE, project=project)
    nomination = NominationFactory(project=project, inducted=True)
    act("approve", nomination, regional)
    answers = together(
        [
            outcome_of(lambda: act("approve", nomination, committee)),
            outcome_of(lambda: act("decline", nomination, regional)),
        ]
    )
    nomination.refresh_from_db()
    assert answers.count(DONE) == 1
    assert (nomination.status == "decided") is (answers[0] == DONE) is Coordinator.objects.filter(project=project).exists()


@pytest.mark.parametrize("attempt", range(ROUNDS))
def test_one_proposal_sent_twice_is_one(attempt: int) -> None:
    project = ProjectFactory()
    regional = person_with(Role.REGIONAL_COORDINATOR, region=project.region)
    answers = together([outcome_of(lambda: workflow.propose(proposal(project=project), by=regional)) for _click in range(2)])
    assert (answers.count(DONE), Nomination.objects.count()) == (1, 1)


def test_somebody_who_wrote_past_the_lock_is_met_by_the_constraint() -> None:
    """A row from elsewhere, not committed yet when the rule looked: the database refuses, and the refusal says what to do."""
    region, person = RegionFactory(), UserFactory()
    personnel = person_with(Role.PARTY_PERSONNEL)
    nomination = NominationFactory(full_time=True, region=region, inducted=True)
    written, looked = threading.Event(), threading.Event()

    def past_the_lock() -> str:
        with transaction.atomic():
            CoordinatorFactory(region=region, person=person)
            written.set()
            looked.wait(timeout=3)
        return DONE

    def deciding() -> str:
        written.wait(timeout=10)
        connection.ensure_connection()
        threading.Timer(1.0, looked.set).start()  # while this one waits at the index
        return outcome_of(lambda: act("decide", nomination, personnel))()

    answers = together([past_the_lock, deciding])
    nomination.refresh_from_db()
    assert answers[0] == DONE
    assert answers[1].startswith(("Somebody else was given this post", "刚刚已有别人"))
    assert (nomination.status, Coordinator.objects.get().person) == ("inducted", person)
    assert not User.objects.filter(name=nomination.name, username__endswith=f"{nomination.pk}").exists()


@pytest.mark.parametrize("attempt", range(ROUNDS))
def test_the_admin_form_and_a_decision_take_turns(attempt: int) -> None:
    region, today = RegionFactory(), timezone.localdate()
    centre, personnel = client_for(person_with(Role.LABOUR_CENTRE)), person_with(Role.PARTY_PERSONNEL)
    nomination = NominationFactory(full_time=True, region=region, inducted=True)
    last = today + timedelta(days=30)
    form = {
        "person": UserFactory().pk, "kind": "full_time", "region": region.pk, "from_on": f"{today}", "to_on": f"{last}",
    }  # fmt: skip

    def by_the_form() -> str:
        answer = centre.post("/admin/coordinators/coordinator/add/", form)
        return DONE if answer.status_code == 302 else "refused"

    said = appointment(today, to_on=last)
    answers = together([by_the_form, outcome_of(lambda: workflow.decide(nomination, by=personnel, appointment=said))])
    assert (answers.count(DONE), Coordinator.objects.filter(region=region).count()) == (1, 1)
