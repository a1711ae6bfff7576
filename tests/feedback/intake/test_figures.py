"""What the figures of cases count, month by month, each for its reader."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from accounts.models import User
from core.months import Month
from core.roles import Role
from core.scope import Level
from feedback.models import CaseCategory, CaseEvent, Promise
from figures.registry import figures
from overview.measures import trends
from tests.factories import CaseFactory, UserFactory
from tests.shared_world import world_once
from tests.world import Company, found_company

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _at_the_end_of_may(time_machine: Any) -> None:
    time_machine.move_to("2026-05-29T10:00:00+08:00", tick=False)


founded, company = world_once(found_company, at="2026-05-29T10:00:00+08:00")


@pytest.fixture
def region(company: Company) -> User:
    return company.person(Role.REGIONAL_COORDINATOR)


def number(company: Company, key: str, reader: User, month: Month | None = None) -> int:
    figure = figures.get(key)
    assert figure is not None
    return figure.count_of(Level.PROJECT, company.own_project.pk, month or Month.current(), reader)


def in_state(company: Company, status: str, **fields: Any) -> Any:
    due = timezone.now() - timedelta(hours=2)
    defaults = {"first_answer_due_at": due, "first_settle_due_at": due, "registered_on": timezone.localdate()}
    return CaseFactory(project=company.own_project, status=status, **{**defaults, **fields})


def test_answers_and_settlements_are_counted_of_what_was_due(company: Company, region: User) -> None:
    late = timezone.now() - timedelta(hours=2)
    in_state(company, "accepted", answer_breached_at=late)
    in_state(company, "answered")
    in_state(company, "closed", answer_breached_at=late)
    in_state(company, "final_reply")
    in_state(company, "accepted", first_answer_due_at=timezone.now() + timedelta(days=9), first_settle_due_at=None)
    found = {
        key: number(company, key, region)
        for key in (
            "cases_registered", "cases_open", "cases_to_answer", "cases_answered", "cases_answered_in_time", "cases_to_settle",
            "cases_settled", "cases_overdue",
        )
    }  # fmt: skip
    assert found == {
        "cases_registered": 5, "cases_open": 3, "cases_to_answer": 4, "cases_answered": 1, "cases_answered_in_time": 2,
        "cases_to_settle": 3, "cases_settled": 1, "cases_overdue": 2,
    }  # fmt: skip
    assert number(company, "cases_registered", region, month=Month.current().plus(-1)) == 0


def test_disputes_wages_and_what_was_done_again(company: Company, region: User) -> None:
    wages = CaseCategory.objects.get(key="wage_late")
    again = in_state(company, "accepted", kind="dispute", category=wages, redos=1)
    CaseEvent.objects.create(case=again, verb="redo", from_status="answered", to_status="accepted", at=timezone.now())
    in_state(company, "accepted")
    assert [number(company, key, region) for key in ("disputes", "wage_cases", "cases_redone")] == [1, 1, 1]


def test_promises_that_were_given(company: Company, region: User) -> None:
    case, today, by = in_state(company, "answered"), timezone.localdate(), UserFactory()
    given = {"case": case, "who": "物资部", "given_by": by}
    Promise.objects.create(text="一", due_on=today, given_at=case.replied_at, **given)
    Promise.objects.create(text="二", due_on=today + timedelta(days=40), given_at=case.replied_at, **given)
    Promise.objects.create(text="没审核", due_on=today, given_at=timezone.now() + timedelta(hours=1), **given)
    assert [number(company, key, region) for key in ("promises_made", "promises_due", "promises_kept")] == [2, 1, 0]


def test_each_reader_has_his_own_number(company: Company) -> None:
    in_state(company, "accepted")
    in_state(company, "accepted", names=[{"who": "project"}])
    in_state(company, "accepted", names=[{"who": "region"}])
    in_state(company, "accepted", is_sensitive=True)
    readers = {Role.PROJECT_COORDINATOR: 1, Role.REGIONAL_COORDINATOR: 2, Role.LABOUR_CENTRE: 3, Role.PARTY_ORGANISATION: 4}
    assert {role: number(company, "cases_registered", company.person(role)) for role in readers} == readers


def test_months_side_by_side_are_the_readers_too(company: Company) -> None:
    in_state(company, "accepted")
    in_state(company, "accepted", names=[{"who": "region"}])
    asked = ("cases_registered", Level.PROJECT, Month.current(), [company.own_project])
    found = trends(*asked, company.person(Role.REGIONAL_COORDINATOR))
    assert found[company.own_project.pk][-1] == 1
    assert trends(*asked) == {}
