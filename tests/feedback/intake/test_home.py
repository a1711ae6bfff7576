"""What waits for whom on the first page: each step with its clock, promises, after-reports, and what is late and supervised."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from core.roles import Role
from core.workdays import WorkingDays
from feedback.models import Case, CaseNotice, Promise
from inbox.cases import CASES, after_reports_to_file, cases_to_move, notices_copied, promises_to_keep
from tests.factories import CaseFactory, UserFactory
from tests.shared_world import world_once
from tests.world import Company, found_company

pytestmark = pytest.mark.django_db


founded, company = world_once(found_company)


def urls(provider: Any, person: Any) -> list[str]:
    return [item.url for item in provider(person, timezone.now(), WorkingDays.load())]


def page_of(case: Case) -> str:
    return f"/cases/{case.number}/"


@pytest.mark.parametrize(
    ("status", "roles"),
    [
        ("registered", {Role.REGIONAL_COORDINATOR, Role.PROJECT_COORDINATOR}),
        ("routed", {Role.DEPARTMENT_OFFICER}),
        ("accepted", {Role.DEPARTMENT_OFFICER}),
        ("under_review", {Role.REGIONAL_COORDINATOR, Role.PROJECT_COORDINATOR}),
        ("answered", {Role.DEPARTMENT_OFFICER, Role.PROJECT_COORDINATOR}),
        ("waiting", set()),
        ("closed", set()),
    ],
)
def test_each_step_waits_for_those_who_take_it(company: Company, status: str, roles: set[str]) -> None:
    people = {role: company.person(role) for role in Role}
    there = {} if status == "registered" else {"dealt_with_by": company.department}
    case = CaseFactory(project=company.own_project, status=status, replied_by=UserFactory(), **there)
    assert {role for role, person in people.items() if urls(cases_to_move, person) == [page_of(case)]} == roles
    assert {role for role, person in people.items() if urls(cases_to_move, person)} == roles


def test_the_clock_of_the_step_goes_with_it(company: Company) -> None:
    officer = company.person(Role.DEPARTMENT_OFFICER)
    case = CaseFactory(project=company.own_project, status="routed", dealt_with_by=company.department)
    [item] = cases_to_move(officer, timezone.now(), WorkingDays.load())
    assert item.due_at == case.accept_due_at
    assert case.number in item.where


def test_promises_within_a_week_wait_for_whoever_can_go_and_see(company: Company) -> None:
    case = CaseFactory(project=company.own_project, status="answered", dealt_with_by=company.department)
    today, by = timezone.localdate(), UserFactory()
    for days in (-2, 5, 30):
        due_on = today + timedelta(days=days)
        Promise.objects.create(case=case, text="装热水器", who="物资部", due_on=due_on, given_by=by, given_at=case.replied_at)
    for role in (Role.DEPARTMENT_OFFICER, Role.PROJECT_COORDINATOR, Role.REGIONAL_COORDINATOR):
        assert urls(promises_to_keep, company.person(role)) == [page_of(case)] * 2
    assert urls(promises_to_keep, company.person(Role.LEADER)) == []


def test_a_missing_after_report_waits_for_the_region(company: Company) -> None:
    region = company.person(Role.REGIONAL_COORDINATOR)
    due = timezone.now() + timedelta(hours=3)
    case = CaseFactory(
        project=company.own_project, status="closed", settled_by=region, after_report_due_at=due, dealt_with_by="region"
    )
    CaseFactory(project=company.own_project, status="closed")
    assert urls(after_reports_to_file, region) == [page_of(case)]
    assert urls(after_reports_to_file, company.person(Role.PROJECT_COORDINATOR)) == []


def test_what_is_late_stands_before_whoever_supervises_until_it_is_late_no_more(company: Company) -> None:
    late = timezone.now() - timedelta(days=3)
    case = CaseFactory(
        project=company.own_project, status="accepted", dealt_with_by=company.department, answer_due_at=late, settle_due_at=late
    )
    region = company.person(Role.REGIONAL_COORDINATOR)
    assert urls(notices_copied, region) == []
    CaseNotice.objects.create(case=case, clock="answer", step="copied", due_at=late)
    assert urls(notices_copied, region) == [page_of(case)]
    assert urls(notices_copied, company.person(Role.DEPARTMENT_OFFICER)) == []
    assert urls(notices_copied, company.person(Role.LEADER)) == []
    Case.objects.filter(pk=case.pk).update(answer_due_at=timezone.now() + timedelta(days=1))
    assert urls(notices_copied, region) == []


@pytest.mark.parametrize("role", [Role.SYSTEM_ADMINISTRATOR, Role.PROJECT_CLERK, Role.HEALTH_OFFICER])
def test_posts_without_a_part_in_cases_owe_none(company: Company, role: Role) -> None:
    CaseFactory(project=company.own_project)
    assert [urls(provider, company.person(role)) for provider in CASES] == [[]] * len(CASES)
