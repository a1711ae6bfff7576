"""Dispatching, one case and many: the rule's way or another; what stays says why; who may not finds nothing to press."""

from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from core.roles import READERS, Role
from feedback.models import Case, CaseCategory, RoutingRule
from tests.factories import CaseFactory, RoutingRuleFactory, person_with
from tests.house.test_url_matrix import client_for
from tests.shared_world import world_once
from tests.world import Company, found_company

pytestmark = pytest.mark.django_db
URL = "/cases/dispatch/"
BULK_QUERIES = 13


founded, company = world_once(found_company)


@pytest.fixture
def region(company: Company) -> Client:
    return client_for(company.person(Role.REGIONAL_COORDINATOR))


@pytest.fixture
def rule(company: Company) -> RoutingRule:
    return RoutingRuleFactory(order=1, category=CaseCategory.objects.get(key="living"), department=company.department)


def lead(case: Case) -> Any:
    sight = case.sights.filter(part="lead").first()
    return sight and (sight.department or sight.tier)


def test_by_the_rule_with_its_reason(company: Company, region: Client, rule: RoutingRule) -> None:
    case = CaseFactory(project=company.own_project)
    response = region.post(f"/cases/{case.number}/route/", {"to": "rule", "version": 0})
    case.refresh_from_db()
    assert response.headers["Location"] == f"/cases/{case.number}/"
    assert (case.status, lead(case)) == ("routed", company.department)
    assert str(company.department) in case.route_reason


def test_elsewhere_with_a_word(company: Company, region: Client, rule: RoutingRule) -> None:
    case = CaseFactory(project=company.own_project)
    form = {"to": "project", "joint": [f"department-{company.department.pk}"], "reason": "项目上就能办", "version": 0}
    region.post(f"/cases/{case.number}/route/", form)
    case.refresh_from_db()
    assert (lead(case), case.route_reason) == ("project", "项目上就能办")
    assert case.sights.get(part="joint").department == company.department


def test_what_a_case_bars_is_not_offered(company: Company, region: Client, rule: RoutingRule) -> None:
    named = [{"who": "project"}, {"who": "department", "department": company.department}]
    case = CaseFactory(project=company.own_project, names=named)
    page = region.get(f"/cases/{case.number}/route/").context
    assert set(page["form"].found) == {"region", "company"}
    assert page["proposal"].destination.tier == "region"
    response = region.post(f"/cases/{case.number}/route/", {"to": "project", "version": 0})
    assert response.context["form"].errors["to"]
    assert lead(case) is None


def test_two_who_dispatch_at_once_are_told_so(company: Company, region: Client) -> None:
    case = CaseFactory(project=company.own_project)
    case.version = 3
    case.save()
    response = region.post(f"/cases/{case.number}/route/", {"to": "project", "version": 0}, follow=True)
    assert len(list(response.context["messages"])) == 1
    assert lead(case) is None


def test_a_case_that_went_its_way_is_not_sent_again(company: Company, region: Client) -> None:
    case = CaseFactory(project=company.own_project, status="accepted")
    response = region.get(f"/cases/{case.number}/route/")
    assert response.headers["Location"] == f"/cases/{case.number}/"


def test_many_each_by_its_rule(company: Company, region: Client, rule: RoutingRule) -> None:
    ruled = CaseFactory(project=company.own_project)
    free = CaseFactory(project=company.own_project, category=CaseCategory.objects.get(key="other"))
    unticked = CaseFactory(project=company.own_project)
    rows = {row.case: proposal.place for row, proposal in region.get(URL).context["rows"]}
    assert rows[ruled] == str(company.department)
    response = region.post(URL, {"case": [ruled.number, free.number], "to": "rule"})
    assert {each.case for each in response.context["went"]} == {ruled, free}
    assert [row.case for row, _proposal in response.context["rows"]] == [unticked]
    assert (lead(ruled), lead(free), lead(unticked)) == (company.department, "project", None)


def test_many_to_one_place_and_what_stays_says_why(company: Company, region: Client) -> None:
    fine = CaseFactory(project=company.own_project)
    barred = CaseFactory(project=company.own_project, names=[{"who": "project"}])
    response = region.post(URL, {"case": [fine.number, barred.number], "to": "project"})
    assert [each.case for each in response.context["went"]] == [fine]
    [stayed] = response.context["stayed"]
    assert (stayed.case, bool(stayed.refusal)) == (barred, True)
    assert Case.objects.get(pk=barred.pk).status == "registered"


def test_nothing_ticked_and_foreign_cases(company: Company, region: Client) -> None:
    CaseFactory(project=company.own_project)
    foreign = CaseFactory(project=company.crew_at("foreign").team.project)
    for ticked in ([], [foreign.number], ["x"]):
        response = region.post(URL, {"case": ticked, "to": "rule"})
        assert response.context["form"].errors["case"]
    assert Case.objects.get(pk=foreign.pk).status == "registered"


@pytest.mark.parametrize("rows", [1, 3])
def test_bulk_costs_the_same_however_many(
    company: Company, region: Client, rule: RoutingRule, rows: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    CaseFactory.create_batch(rows, project=company.own_project, names=[{"who": "team_boss"}])
    with django_assert_num_queries(BULK_QUERIES):
        region.get(URL)


@pytest.mark.parametrize("role", sorted(READERS))
def test_readers_dispatch_nothing(company: Company, role: Role) -> None:
    client = client_for(person_with(role))
    assert client.get(URL).status_code == 404
    assert client.post(URL).status_code == 403


def test_the_committee_does_not_dispatch(company: Company) -> None:
    case = CaseFactory(project=company.own_project)
    client = client_for(company.person(Role.PROJECT_COMMITTEE))
    assert client.get(f"/cases/{case.number}/route/").status_code == 404
    assert client.get(URL).context["rows"] == []


def test_the_tester_shows_every_rule_and_writes_nothing(company: Company, rule: RoutingRule) -> None:
    later = RoutingRuleFactory(order=2)
    client = client_for(person_with(Role.LEADER))
    asked = {"category": rule.category_id, "kind": "problem", "named": ["department"], "department": rule.department_id}
    page = client.get("/cases/rules/try/", asked).context
    first = page["proposal"].passed_over[0]
    assert (first.rule, first.is_recusal) == (rule, True)
    assert page["proposal"].rule == later
    assert client.get("/cases/rules/try/").context["proposal"] is None
    assert not Case.objects.exists()


@pytest.mark.parametrize("role", [Role.REGIONAL_COORDINATOR, Role.PROJECT_COORDINATOR, Role.LIAISON])
def test_the_rules_are_headquarters_business(company: Company, role: Role) -> None:
    assert client_for(company.person(role)).get("/cases/rules/try/").status_code == 404
