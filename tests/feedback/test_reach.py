"""Who sees a case (AC-13): units it was shown to, and never whom it names, nor his line."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from accounts.models import User
from core.roles import Role
from core.scope import Scope
from feedback.models import Case, CaseOfficer, SensitiveOfficer
from regions.models import Department
from tests.factories import CaseFactory, CoordinatorFactory, DepartmentFactory, UserFactory
from tests.shared_world import world_once
from tests.world import Company, found_company

pytestmark = pytest.mark.django_db

EVERYWHERE = {Role.LABOUR_CENTRE, Role.PARTY_ORGANISATION, Role.LEADER, Role.AUDITOR}
ON_SITE = {Role.REGIONAL_COORDINATOR, Role.PROJECT_COORDINATOR}
# whom a case names → who still sees it
NAMING = {
    "nobody": ((), EVERYWHERE | ON_SITE),
    "a liaison": (("liaison",), EVERYWHERE | ON_SITE),
    "a team's boss": (("team_boss",), EVERYWHERE | ON_SITE),
    "the project": (("project",), EVERYWHERE | {Role.REGIONAL_COORDINATOR}),
    "the regional coordinator": (("region",), EVERYWHERE),
    "somebody unclear": (("unknown",), EVERYWHERE),
    "a liaison and the project": (("liaison", "project"), EVERYWHERE | {Role.REGIONAL_COORDINATOR}),
}


founded, company = world_once(found_company)


@pytest.fixture
def people(company: Company) -> dict[str, User]:
    return {role: company.person(role) for role in Role}


def seers(case: Case, people: dict[str, User]) -> set[str]:
    return {role for role, person in people.items() if Case.objects.visible_to(person).filter(pk=case.pk).exists()}


@pytest.mark.parametrize("names", NAMING)
def test_who_sees_a_case_that_names(company: Company, people: dict[str, User], names: str) -> None:
    accused, expected = NAMING[names]
    case = CaseFactory(project=company.own_project, names=[{"who": who} for who in accused])
    assert seers(case, people) == expected


def test_straight_to_the_company_passes_project_and_region_by(company: Company, people: dict[str, User]) -> None:
    assert seers(CaseFactory(project=company.own_project, is_direct=True), people) == EVERYWHERE


def test_whoever_deals_with_it_sees_it(company: Company, people: dict[str, User]) -> None:
    with_department = CaseFactory(project=company.own_project, status="routed", dealt_with_by=company.department)
    assert seers(with_department, people) == EVERYWHERE | ON_SITE | {Role.DEPARTMENT_OFFICER}
    with_project = CaseFactory(project=company.own_project, status="routed")
    assert seers(with_project, people) == EVERYWHERE | ON_SITE | {Role.PROJECT_COMMITTEE}


def test_nobody_of_another_unit_sees_it(company: Company, people: dict[str, User]) -> None:
    case = CaseFactory(project=company.crew_at("foreign").team.project)
    assert seers(case, people) == EVERYWHERE
    sibling = CaseFactory(project=company.crew_at("sibling").team.project)
    assert seers(sibling, people) == EVERYWHERE | {Role.REGIONAL_COORDINATOR}


@pytest.mark.parametrize("role", sorted(EVERYWHERE | ON_SITE))
def test_whoever_is_named_himself_does_not_see_it(company: Company, people: dict[str, User], role: str) -> None:
    case = CaseFactory(project=company.own_project, names=[{"who": "liaison", "person": people[role]}])
    assert role not in seers(case, people)


def test_a_department_that_is_named_does_not_see_it(company: Company, people: dict[str, User]) -> None:
    centre = DepartmentFactory(code=Department.LABOUR_CENTRE)
    named = [{"who": "department", "department": centre}]
    assert seers(CaseFactory(project=company.own_project, names=named), people) == (EVERYWHERE | ON_SITE) - {Role.LABOUR_CENTRE}
    shown = {"status": "routed", "dealt_with_by": company.department}
    named = [{"who": "department", "department": company.department}]
    case = CaseFactory(project=company.own_project, names=named, **shown)
    assert Role.DEPARTMENT_OFFICER not in seers(case, people)


def test_a_sensitive_case_is_for_named_people(company: Company, people: dict[str, User]) -> None:
    case = CaseFactory(project=company.own_project, is_sensitive=True)
    assert seers(case, people) == {Role.PARTY_ORGANISATION}
    CaseOfficer.objects.create(case=case, person=people[Role.REGIONAL_COORDINATOR], named_by=people[Role.PARTY_ORGANISATION])
    SensitiveOfficer.objects.create(person=people[Role.LABOUR_CENTRE], from_on="2026-01-01")
    SensitiveOfficer.objects.create(person=people[Role.LEADER], from_on="2026-01-01", to_on="2026-01-02")
    assert seers(case, people) == {Role.PARTY_ORGANISATION, Role.REGIONAL_COORDINATOR, Role.LABOUR_CENTRE}


def test_a_liaison_sees_what_he_wrote_down_and_nothing_else(company: Company, people: dict[str, User]) -> None:
    mine = CaseFactory(project=company.own_project, team=company.own_team, registered_by=people[Role.LIAISON])
    CaseFactory(project=company.own_project, team=company.own_team)
    assert list(Case.objects.visible_to(people[Role.LIAISON])) == [mine]


def test_nobody_without_a_post_sees_any(company: Company) -> None:
    person: Any = UserFactory()
    CaseFactory(project=company.own_project, registered_by=person)
    assert person.scope == Scope()
    assert not Case.objects.visible_to(person).exists()


def test_a_post_that_has_ended_shows_nothing(company: Company) -> None:
    former = CoordinatorFactory(project=company.own_project, to_on=timezone.localdate() - timedelta(days=1)).person
    CaseFactory(project=company.own_project)
    assert not Case.objects.visible_to(former).exists()
