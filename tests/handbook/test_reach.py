"""Who sees what of the handbook: every role, every kind, one's own place, a sibling and a foreign one, as exact sets."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.utils import timezone

from accounts.models import User
from core.roles import COMPANY_WIDE, Role
from handbook.models import (
    EntryKind,
    EthnicFestival,
    HandbookEntry,
    HealthCheck,
    HealthConsent,
    LabourAct,
    Task,
    TeamEvaluation,
    TrainingAttendance,
    VisitRecord,
)
from handbook.querysets import CatalogueQuerySet
from tests.factories import (
    CampaignFactory,
    EthnicFestivalFactory,
    HandbookEntryFactory,
    HealthCheckFactory,
    LabourActFactory,
    LiaisonFactory,
    MedicalTeamFactory,
    SafetyGroupFactory,
    StaffPostFactory,
    TaskFactory,
    TeamEvaluationFactory,
    TrainingAttendanceFactory,
    UserFactory,
    VisitRecordFactory,
    person_with,
)
from tests.shared_world import world_once
from tests.world import Company, found_company

pytestmark = pytest.mark.django_db

WHERE = ("own", "sibling", "foreign")
EVERYWHERE, REGION, OWN, NOWHERE = frozenset(WHERE), frozenset({"own", "sibling"}), frozenset({"own"}), frozenset[str]()
ALL = frozenset(EntryKind)
NOBODY = dict.fromkeys(Role, NOWHERE)
AT_HEADQUARTERS = dict.fromkeys(COMPANY_WIDE, EVERYWHERE)

# Role → kinds → where; what is not written is not seen.
ENTRIES: dict[str, tuple[frozenset[str], frozenset[str]]] = {
    **dict.fromkeys(COMPANY_WIDE, (ALL, EVERYWHERE)),
    Role.REGIONAL_COORDINATOR: (ALL, REGION),
    Role.PROJECT_COMMITTEE: (ALL - {"labour_act"}, OWN),
    Role.PROJECT_COORDINATOR: (ALL - {"labour_act"}, OWN),
    Role.PROJECT_CLERK: (ALL - {"labour_act"}, OWN),
    Role.HEALTH_OFFICER: (frozenset({"health_check", "counselling", "medical"}), OWN),
    Role.LIAISON: (frozenset({"training", "activity", "care", "meeting", "customs", "hazard"}), OWN),
}
VISITS = NOBODY | {Role.PARTY_ORGANISATION: EVERYWHERE, Role.REGIONAL_COORDINATOR: REGION}
RESULTS = NOBODY | {Role.HEALTH_OFFICER: OWN}
ACTS = NOBODY | AT_HEADQUARTERS | {Role.REGIONAL_COORDINATOR: REGION}
EVALUATIONS = ACTS | {Role.PROJECT_COMMITTEE: OWN, Role.PROJECT_COORDINATOR: OWN, Role.PROJECT_CLERK: OWN}
TASKS = ACTS | {Role.PROJECT_COMMITTEE: OWN, Role.PROJECT_COORDINATOR: OWN, Role.LIAISON: OWN}

Rows = dict[Any, str]


@dataclass(frozen=True)
class World:
    """The company with somebody of each role, and rows of each kind at each place: where they are, and of which kind."""

    company: Company
    people: dict[str, User]
    entries: dict[int, tuple[str, str]]
    rows: dict[Any, Rows]  # by model


def build() -> World:
    company = found_company()
    entries = {
        HandbookEntryFactory(kind=kind, team=company.crew_at(where).team).pk: (kind, where)
        for kind in EntryKind
        for where in WHERE
    }
    rows = {model: {make(company, where).pk: where for where in WHERE} for model, make, _expected in CIRCLES}
    return World(company, {role: company.person(role) for role in Role}, entries, rows)


def seen(model: Any, person: Any, rows: Rows) -> set[str]:
    return {rows[pk] for pk in model.objects.visible_to(person).filter(pk__in=rows).values_list("pk", flat=True)}


@pytest.mark.parametrize("role", Role)
def test_entries_by_kind_and_place(role: str, world: World) -> None:
    kinds, places = ENTRIES.get(role, (frozenset(), NOWHERE))
    found = HandbookEntry.objects.visible_to(world.people[role]).filter(pk__in=world.entries).values_list("pk", flat=True)
    assert {world.entries[pk] for pk in found} == {(kind, where) for kind in kinds for where in places}


def visit(company: Company, where: str) -> Any:
    return VisitRecordFactory(entry__team=company.crew_at(where).team)


def result(company: Company, where: str) -> Any:
    return HealthCheckFactory(batch__entry__project=company.crew_at(where).team.project)


def act(company: Company, where: str) -> Any:
    """Of a project: nobody there sees it all the same."""
    return LabourActFactory(entry__project=company.crew_at(where).team.project)


def evaluation(company: Company, where: str) -> Any:
    return TeamEvaluationFactory(team=company.crew_at(where).team)


def task(company: Company, where: str) -> Any:
    """To whoever serves the crew."""
    crew = company.crew_at(where)
    return TaskFactory(project=crew.team.project, to_liaison=LiaisonFactory(team=crew.team, crew=crew))


CIRCLES: tuple[tuple[Any, Callable[[Company, str], Any], dict[str, frozenset[str]]], ...] = (
    (VisitRecord, visit, VISITS),
    (HealthCheck, result, RESULTS),
    (LabourAct, act, ACTS),
    (TeamEvaluation, evaluation, EVALUATIONS),
    (Task, task, TASKS),
)
founded, world = world_once(build)


@pytest.fixture
def company(world: World) -> Company:
    return world.company


@pytest.mark.parametrize(("model", "expected"), [(model, expected) for model, _make, expected in CIRCLES])
@pytest.mark.parametrize("role", Role)
def test_narrower_circles(role: str, model: Any, expected: dict[str, frozenset[str]], world: World) -> None:
    assert seen(model, world.people[role], world.rows[model]) == expected[role]


@pytest.mark.parametrize("role", Role)
def test_consents_are_the_health_officers(role: str, world: World) -> None:
    checks = HealthCheck.objects.filter(pk__in=world.rows[HealthCheck])
    rows = {HealthConsent.objects.get(engagement=check.engagement_id).pk: world.rows[HealthCheck][check.pk] for check in checks}
    assert seen(HealthConsent, world.people[role], rows) == RESULTS[role]


def test_whoever_wrote_it_sees_it_for_as_long_as_he_holds_a_post(company: Company) -> None:
    author = person_with(Role.PROJECT_CLERK)
    visited = VisitRecordFactory(entry__author=author, entry__team=company.own_team)
    assert list(HandbookEntry.objects.visible_to(author)) == [visited.entry]
    assert list(VisitRecord.objects.visible_to(author)) == [visited]
    gone = StaffPostFactory(role=Role.PROJECT_CLERK, ended=True).person
    VisitRecordFactory(entry__author=gone, entry__team=company.own_team)
    assert not HandbookEntry.objects.visible_to(gone).exists()
    assert not VisitRecord.objects.visible_to(gone).exists()


def test_a_result_of_which_the_consent_was_taken_back_is_read_by_nobody(company: Company) -> None:
    HealthCheck.objects.all().delete()
    officer, check = company.person(Role.HEALTH_OFFICER), result(company, "own")
    assert list(HealthCheck.objects.visible_to(officer)) == [check]
    HealthConsent.objects.filter(engagement=check.engagement).update(withdrawn_on=timezone.localdate())
    assert not HealthCheck.objects.visible_to(officer).exists()
    HealthConsent.objects.create(engagement=check.engagement, text_version="2", by=officer)
    assert list(HealthCheck.objects.visible_to(officer)) == [check]
    never = HealthCheckFactory(batch__entry__project=company.own_project, consent=False)
    assert never not in HealthCheck.objects.visible_to(officer)


def test_who_attended_is_seen_with_the_training(world: World) -> None:
    attended = TrainingAttendanceFactory(session__entry__team=world.company.own_team)
    seers = {role for role in Role if attended in TrainingAttendance.objects.visible_to(world.people[role])}
    on_project = {Role.PROJECT_COMMITTEE, Role.PROJECT_COORDINATOR, Role.PROJECT_CLERK}
    assert seers == COMPANY_WIDE | on_project | {Role.REGIONAL_COORDINATOR, Role.LIAISON}


def test_catalogues_are_everybodys_who_holds_a_post(world: World) -> None:
    festival = EthnicFestivalFactory()
    assert all(festival in EthnicFestival.objects.visible_to(world.people[role]) for role in Role)
    assert not EthnicFestival.objects.visible_to(UserFactory()).exists()
    assert isinstance(EthnicFestival.objects.for_list(), CatalogueQuerySet)


@pytest.mark.parametrize("make", [CampaignFactory, SafetyGroupFactory, MedicalTeamFactory])
def test_units_of_a_project_or_a_region_end_at_its_border(make: Any, world: World) -> None:
    unit = {CampaignFactory: "region", SafetyGroupFactory: "project", MedicalTeamFactory: "region"}[make]
    own, foreign = world.company.crew_at("own").team.project, world.company.crew_at("foreign").team.project
    mine, theirs = (make(**{unit: project.region if unit == "region" else project}) for project in (own, foreign))
    for role in (Role.REGIONAL_COORDINATOR, Role.PROJECT_COORDINATOR):
        rows = type(mine).objects.visible_to(world.people[role])
        assert mine in rows
        assert theirs not in rows
