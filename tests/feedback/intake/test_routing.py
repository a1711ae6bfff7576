"""Rules in their order, round whoever is recused; where none fits, the nearest tier. The reason says all of it."""

from typing import Any

import pytest

from core.roles import Role
from feedback.cases.dispatch.forms import TryForm
from feedback.cases.routing import LONGEST_REASON, departments_to_choose, proposed, route_by_rules, rules_in_use
from feedback.cases.workflow import Destination
from feedback.models import CaseCategory, CaseEvent, RoutingRule, Tier
from regions.models import Department
from tests.factories import CaseFactory, DepartmentFactory, ProjectFactory, person_with

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Department:
    return DepartmentFactory(code="OFFICE", name="公司办公室")


@pytest.fixture
def living() -> CaseCategory:
    return CaseCategory.objects.get(key="living")


def rule(order: int, **conditions: Any) -> RoutingRule:
    return RoutingRule.objects.create(order=order, **conditions)


def test_the_first_rule_that_fits_wins(office: Department, living: CaseCategory) -> None:
    rule(1, category=CaseCategory.objects.get(key="wages"), department=DepartmentFactory(code="LABOUR_CENTRE"))
    fitting = rule(2, category=living, department=office)
    rule(3, tier=Tier.COMPANY)
    found = proposed(CaseFactory(category=living), rules_in_use())
    assert (found.rule, found.destination) == (fitting, Destination(Tier.DEPARTMENT, office))
    assert [(each.rule.order, each.is_recusal) for each in found.passed_over] == [(1, False)]
    assert "2" in found.reason
    assert str(living) in found.reason
    assert str(office) in found.reason


@pytest.mark.parametrize("condition", ["category", "kind", "severity", "region", "project"])
def test_every_condition_must_be_met(office: Department, condition: str) -> None:
    mine, other = ProjectFactory(), ProjectFactory()
    case = CaseFactory(project=mine, kind="hazard", severity="urgent")
    fits = {
        "category": case.category,
        "kind": "hazard",
        "severity": "urgent",
        "region": mine.region,
        "project": mine,
    }
    fails = {
        "category": CaseCategory.objects.get(key="party"),
        "kind": "dispute",
        "severity": "complex",
        "region": other.region,
        "project": other,
    }
    rule(1, department=office, **{condition: fails[condition]})
    rule(2, department=office, **{condition: fits[condition]})
    found = proposed(case, rules_in_use())
    assert found.rule is not None
    assert found.rule.order == 2
    assert len(found.passed_over) == 1
    assert found.passed_over[0].why


def test_a_rule_out_of_use_is_not_asked(office: Department) -> None:
    rule(1, department=office, is_active=False)
    assert proposed(CaseFactory(), rules_in_use()).rule is None


def test_a_department_that_is_named_is_passed_over_and_that_is_said(office: Department) -> None:
    safety = DepartmentFactory(code="SAFETY_QUALITY")
    rule(7, department=office)
    rule(8, department=safety)
    case = CaseFactory(names=[{"who": "department", "department": office}])
    found = proposed(case, rules_in_use())
    assert found.destination == Destination(Tier.DEPARTMENT, safety)
    assert [each.is_recusal for each in found.passed_over] == [True]
    assert "7" in found.reason


@pytest.mark.parametrize(
    ("names", "fields", "tier"),
    [
        ([], {}, Tier.PROJECT),
        (["project"], {}, Tier.REGION),
        (["region"], {}, Tier.COMPANY),
        (["unknown"], {}, Tier.COMPANY),
        (["liaison", "team_boss"], {}, Tier.PROJECT),
        ([], {"is_direct": True}, Tier.COMPANY),
        ([], {"is_sensitive": True}, Tier.COMPANY),
        ([], {"project": None}, Tier.COMPANY),
    ],
)
def test_without_a_rule_the_nearest_tier_that_is_not_closed_takes_it(names: list[str], fields: Any, tier: Tier) -> None:
    found = proposed(CaseFactory(names=[{"who": who} for who in names], **fields), rules_in_use())
    assert found.destination == Destination(tier)
    assert found.rule is None
    assert 0 < len(found.reason) <= LONGEST_REASON


def test_a_region_takes_what_names_no_project() -> None:
    case = CaseFactory(project=None, region=ProjectFactory().region)
    assert proposed(case, rules_in_use()).destination == Destination(Tier.REGION)


@pytest.mark.parametrize("who", ["project", "region", "unknown"])
def test_a_rule_to_a_tier_that_is_closed_is_passed_over(who: str) -> None:
    rule(1, tier=Tier.PROJECT)
    found = proposed(CaseFactory(names=[{"who": who}]), rules_in_use())
    assert found.destination.tier != Tier.PROJECT
    assert [each.is_recusal for each in found.passed_over] == [True]


def test_a_sensitive_case_goes_only_where_named_officers_are(office: Department) -> None:
    party = DepartmentFactory(code=Department.PARTY_ORGANISATION)
    rule(1, department=office)
    rule(2, department=party)
    assert proposed(CaseFactory(is_sensitive=True), rules_in_use()).destination == Destination(Tier.DEPARTMENT, party)


def test_outside_bodies_are_no_destination(office: Department) -> None:
    DepartmentFactory(kind=Department.Kind.OUTSIDE)
    assert list(departments_to_choose()) == [office]


def test_the_clock_sends_a_case_on_by_the_rules(office: Department, living: CaseCategory) -> None:
    rule(4, category=living, department=office)
    case = route_by_rules(CaseFactory(category=living, origin="qr"))
    assert case.status == "routed"
    assert case.sights.get(part="lead").department == office
    assert case.route_reason == proposed(case, rules_in_use()).reason
    assert CaseEvent.objects.get(case=case, verb="route").by is None


def test_many_recusals_leave_a_reason_that_still_fits(office: Department) -> None:
    for order in range(1, 90):
        rule(order, department=office)
    found = proposed(CaseFactory(names=[{"who": "department", "department": office}]), rules_in_use())
    assert len(found.reason) <= LONGEST_REASON


def test_the_tester_asks_the_same_rules(office: Department, living: CaseCategory) -> None:
    rule(1, category=living, department=office)
    rule(2, tier=Tier.PROJECT)
    project = ProjectFactory()
    said = {
        "category": living.pk,
        "kind": "problem",
        "project": project.pk,
        "named": ["project", "department"],
        "department": office.pk,
    }
    form = TryForm(said, user=person_with(Role.LABOUR_CENTRE))
    assert form.is_valid(), form.errors
    found = proposed(form.case(), rules_in_use(), form.closed())
    assert found.destination == Destination(Tier.REGION)
    assert [each.is_recusal for each in found.passed_over] == [True, True]
