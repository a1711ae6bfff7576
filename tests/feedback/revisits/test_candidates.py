"""Who may be asked to go: nobody of the line that dealt with it, nobody whom it names, nor his line."""

from typing import Any

import pytest

from core.roles import Role
from core.scope import Grant, Level, Scope
from feedback.cases.recusal import Barred
from feedback.models import CaseOfficer, Tier
from feedback.revisits.candidates import Line, Placed, candidates, may_go
from tests.factories import CaseFactory, LabourTeamFactory, ProjectFactory, UserFactory, person_with
from tests.shared_world import world_once
from tests.world import Company, found_company

REGION, PROJECT, TEAM = 1, 10, 100
HERE = Line(lead=Tier.PROJECT, region=REGION, project=PROJECT, team=TEAM)


def placed(role: Role, level: Level, unit: int | None = None, serves: tuple[tuple[int, int, int], ...] = ()) -> Placed:
    return Placed(7, Scope((Grant(role, level, unit),)), frozenset(serves))


CENTRE = placed(Role.LABOUR_CENTRE, Level.COMPANY)
REGIONAL = placed(Role.REGIONAL_COORDINATOR, Level.REGION, REGION)
OTHER_REGIONAL = placed(Role.REGIONAL_COORDINATOR, Level.REGION, 2)
COORDINATOR = placed(Role.PROJECT_COORDINATOR, Level.PROJECT, PROJECT)
OWN = placed(Role.LIAISON, Level.TEAM, TEAM, ((TEAM, PROJECT, REGION),))
NEXT_TEAM = placed(Role.LIAISON, Level.TEAM, 101, ((101, PROJECT, REGION),))
NEXT_PROJECT = placed(Role.LIAISON, Level.CREW, 5, ((111, 11, REGION),))
FAR = placed(Role.LIAISON, Level.TEAM, 200, ((200, 20, 2),))
EVERYBODY = {
    "centre": CENTRE, "regional": REGIONAL, "other regional": OTHER_REGIONAL, "coordinator": COORDINATOR, "own liaison": OWN,
    "next team": NEXT_TEAM, "next project": NEXT_PROJECT, "far liaison": FAR,
}  # fmt: skip
LINES: dict[str, tuple[dict[str, Any], set[str]]] = {
    "dealt with by the project": ({}, {"centre", "regional", "next team", "next project"}),
    "dealt with by the region": ({"lead": Tier.REGION}, {"centre", "next team", "next project"}),
    "dealt with by the centre": (
        {"lead": Tier.DEPARTMENT, "lead_department": (3, "LABOUR_CENTRE")},
        {"regional", "next team", "next project"},
    ),
    "dealt with by headquarters": ({"lead": Tier.COMPANY}, {"centre", "regional", "next team", "next project"}),
    "names the project": ({"closed": Barred(project=True)}, {"centre", "regional", "next project"}),
    "names the region": ({"closed": Barred(project=True, region=True)}, {"centre"}),
    "names the centre": ({"closed_codes": frozenset({"LABOUR_CENTRE"})}, {"regional", "next team", "next project"}),
    "names this person": ({"closed": Barred(people=frozenset({7}))}, set()),
    "answered by this person": ({"people": frozenset({7})}, set()),
    "straight to the company": ({"is_direct": True}, {"centre"}),
    "sensitive, not trusted": ({"trusted": frozenset({8})}, set()),
}


@pytest.mark.parametrize("which", LINES)
def test_who_stands_outside(which: str) -> None:
    facts, expected = LINES[which]
    line = Line(**{"lead": Tier.PROJECT, "region": REGION, "project": PROJECT, "team": TEAM, **facts})
    assert {name for name, person in EVERYBODY.items() if may_go(person, line)} == expected


def test_whoever_is_liaison_here_and_elsewhere_stands_inside() -> None:
    both = placed(Role.LIAISON, Level.TEAM, TEAM, ((TEAM, PROJECT, REGION), (111, 11, REGION)))
    assert not may_go(both, HERE)


def test_a_liaison_who_works_for_the_project_too_stands_inside() -> None:
    scope = Scope((*NEXT_TEAM.scope.grants, *COORDINATOR.scope.grants))
    assert not may_go(Placed(7, scope, NEXT_TEAM.serves), HERE)


# ── With the people of a company ─────────────────────────────────────────────────────────────────────────────────


founded, company = world_once(found_company)


@pytest.mark.django_db
def test_the_people_who_are_offered(company: Company) -> None:
    people = {role: company.person(role) for role in Role}
    elsewhere = person_with(Role.LIAISON, team=LabourTeamFactory(project=company.own_project))
    person_with(Role.LIAISON, team=LabourTeamFactory(project=ProjectFactory()))
    case = CaseFactory(project=company.own_project, team=company.own_team, status="revisiting")
    offered = [person for person, _title in candidates(case)]
    expected = {people[Role.LABOUR_CENTRE], people[Role.PARTY_ORGANISATION], people[Role.REGIONAL_COORDINATOR], elsewhere}
    assert set(offered) == expected
    assert offered[-1] == elsewhere


@pytest.mark.django_db
def test_whoever_answered_is_not_offered(company: Company) -> None:
    regional = company.person(Role.REGIONAL_COORDINATOR)
    case = CaseFactory(project=company.own_project, status="revisiting", replied_by=regional)
    assert candidates(case) == []


@pytest.mark.django_db
def test_a_sensitive_case_is_for_those_who_may_read_it(company: Company) -> None:
    people = {role: company.person(role) for role in Role}
    case = CaseFactory(project=company.own_project, status="revisiting", is_sensitive=True)
    officer = UserFactory()
    CaseOfficer.objects.create(case=case, person=people[Role.REGIONAL_COORDINATOR], named_by=officer)
    offered = {person for person, _title in candidates(case)}
    assert offered == {people[Role.PARTY_ORGANISATION], people[Role.REGIONAL_COORDINATOR]}


@pytest.mark.django_db
def test_the_list_costs_the_same_however_many_stand_on_it(company: Company, django_assert_num_queries: Any) -> None:
    case = CaseFactory(project=company.own_project, team=company.own_team, status="revisiting")
    for number in (1, 3):
        for _liaison in range(number):
            person_with(Role.LIAISON, team=LabourTeamFactory(project=company.own_project))
        with django_assert_num_queries(11):
            candidates(case)
