"""Two people at once. Only PostgreSQL shows a missing lock: SQLite lets one writer in at a time anyway."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from core.refusals import Refused
from core.roles import Role
from feedback.cases import workflow
from feedback.cases.workflow import Destination
from feedback.models import Case, CaseNotice, CaseSight, DeadlineRule, Revisit, Tier
from feedback.revisits import workflow as revisits
from tests.factories import CaseFactory, DepartmentFactory, ProjectFactory, WorkCrewFactory, person_with
from tests.roster_import.races import together

pytestmark = [pytest.mark.postgresql_only, pytest.mark.django_db(transaction=True)]
ROUNDS = 5
DONE = "done"


@pytest.fixture(autouse=True)
def rule(transactional_db: None) -> None:
    """What migrations bring is gone after the first test that commits."""
    DeadlineRule.objects.get_or_create(severity="normal", category=None, defaults={"answer_days": 3, "settle_days": 10})


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
def test_two_accept_and_one_is_responsible(attempt: int) -> None:
    department = DepartmentFactory()
    people = [person_with(Role.DEPARTMENT_OFFICER, department=department) for _person in range(2)]
    case = CaseFactory(status="routed", dealt_with_by=department)
    answers = together([outcome_of(lambda by=by: workflow.accept(case, by=by)) for by in people])
    case.refresh_from_db()
    assert (answers.count(DONE), case.events.count(), case.handler in people) == (1, 1, True)


@pytest.mark.parametrize("attempt", range(ROUNDS))
def test_two_route_and_one_unit_leads(attempt: int) -> None:
    project = ProjectFactory()
    people = [
        person_with(Role.PROJECT_COORDINATOR, project=project),
        person_with(Role.REGIONAL_COORDINATOR, region=project.region),
    ]
    places = [Destination(Tier.DEPARTMENT, DepartmentFactory()) for _place in people]
    case = CaseFactory(project=project)
    answers = together(
        [outcome_of(lambda by=by, to=to: workflow.route(case, by=by, to=to)) for by, to in zip(people, places, strict=True)]
    )
    assert answers.count(DONE) == 1
    assert CaseSight.objects.filter(case=case, part="lead").count() == case.events.count() == 1


@pytest.mark.parametrize("attempt", range(ROUNDS))
def test_two_judge_and_one_word_holds(attempt: int) -> None:
    project = ProjectFactory()
    regional, centre = person_with(Role.REGIONAL_COORDINATOR, region=project.region), person_with(Role.LABOUR_CENTRE)
    case = CaseFactory(project=project, status="under_review", code_hash="a", replied_by=person_with(Role.LEADER))
    answers = together(
        [
            outcome_of(lambda: workflow.approve_reply(case, by=regional)),
            outcome_of(lambda: workflow.return_reply(case, by=centre, word="写明哪一天")),
        ]
    )
    case.refresh_from_db()
    assert (answers.count(DONE), case.events.count()) == (1, 1)
    assert (case.status == "answered") is (answers[0] == DONE) is case.messages.exists()


@pytest.mark.parametrize("attempt", range(ROUNDS))
def test_the_worker_says_it_twice_and_it_is_done_again_once(attempt: int) -> None:
    case = CaseFactory(status="answered", code_hash="a")
    said = outcome_of(lambda: workflow.worker_says(case, is_settled=False, submission_hash="same"))
    assert together([said, said]) == [DONE, DONE]
    case.refresh_from_db()
    assert (case.status, case.redos, case.messages.count()) == ("accepted", 1, 1)


@pytest.mark.parametrize("attempt", range(ROUNDS))
def test_the_worker_and_who_was_asked_to_go_answer_at_once(attempt: int) -> None:
    """One holds the case and comes to the revisit, the other holds the revisit and comes to the case."""
    case, visitor = CaseFactory(status="revisiting", code_hash="a"), person_with(Role.PROJECT_COORDINATOR)
    revisit = Revisit.objects.create(case=case, due_on=timezone.localdate(), asked=visitor)
    together(
        [
            outcome_of(lambda: workflow.worker_says(case, is_settled=True)),
            outcome_of(lambda: revisits.answer(revisit, by=visitor, is_settled=True)),
        ]
    )
    case.refresh_from_db()
    assert (case.status, case.events.filter(verb="confirm_settled").count()) == ("closed", 1)


@pytest.mark.parametrize("attempt", range(ROUNDS))
def test_two_that_are_merged_with_each_other_leave_one_lead(attempt: int) -> None:
    project = ProjectFactory()
    coordinator = person_with(Role.PROJECT_COORDINATOR, project=project)
    first, second = CaseFactory(project=project), CaseFactory(project=project)
    answers = together(
        [
            outcome_of(lambda: workflow.merge(first, by=coordinator, into=second)),
            outcome_of(lambda: workflow.merge(second, by=coordinator, into=first)),
        ]
    )
    assert answers.count(DONE) == 1
    assert Case.objects.filter(lead=None).count() == 1


@pytest.mark.parametrize("attempt", range(ROUNDS))
def test_two_sweeps_at_once_are_one(attempt: int) -> None:
    crew, now = WorkCrewFactory(), timezone.now()
    late = CaseFactory(project=crew.team.project, status="accepted", answer_due_at=now - timedelta(days=30))
    waiting = CaseFactory(project=crew.team.project, status="waiting", waiting_since=now - timedelta(days=30))
    together([lambda: call_command("sweep_cases")] * 2)
    late.refresh_from_db()
    waiting.refresh_from_db()
    assert (late.answer_breached_at, waiting.status, waiting.events.count()) == (late.answer_due_at, "accepted", 1)
    assert CaseNotice.objects.filter(case=late, clock="answer").count() in (0, 2)  # none at night
