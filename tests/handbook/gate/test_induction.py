"""The list of the gate, who sees it, and writing down in one go who came."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from core.roles import Role
from handbook.models import HandbookEntry, TrainingAttendance, TrainingSession
from labour_teams.models import Engagement
from tests.factories import EngagementFactory, TrainingAttendanceFactory, TrainingSessionFactory
from tests.house.test_url_matrix import client_for
from tests.world import Company

pytestmark = pytest.mark.django_db
TODAY = date(2026, 5, 20)
CALLERS = {
    *(Role.PROJECT_CLERK, Role.PROJECT_COORDINATOR, Role.PROJECT_COMMITTEE, Role.REGIONAL_COORDINATOR),
    *(Role.PARTY_ORGANISATION, Role.LABOUR_CENTRE),
}
NOT_HERE = {Role.SYSTEM_ADMINISTRATOR, Role.DEPARTMENT_OFFICER}


@pytest.fixture
def clerk(company: Company) -> Client:
    return client_for(company.person(Role.PROJECT_CLERK))


@pytest.fixture
def gate(company: Company) -> str:
    return f"/projects/{company.own_project.code}/induction/"


def waiting(answer: Any) -> list[str]:
    return [each.person.name for each in answer.context["people"]]


def sent(company: Company, people: list[Engagement], **more: Any) -> dict[str, Any]:
    always = {"key": str(uuid4()), "place": f"project-{company.own_project.pk}", "on": str(TODAY), "title": "进场岗前培训"}
    return {**always, "sort": "induction", "people": [each.pk for each in people], **more}


@pytest.mark.parametrize("role", list(Role))
def test_names_reach_as_far_as_the_roster(company: Company, gate: str, role: Role) -> None:
    names = {"own": company.own_crew, "next": company.crews[1], "sibling": company.crew_at("sibling")}
    for name, crew in names.items():
        EngagementFactory(crew=crew, name=name)
    person = company.person(role)
    client = client_for(person)
    answer = client.get(gate)
    if role in NOT_HERE:
        assert (answer.status_code, client.get("/induction/").status_code) == (404, 404)
        return
    seen = set(waiting(answer)) & set(names)
    assert seen == ({"own"} if role == Role.LIAISON else {"own", "next"})
    assert set(Engagement.objects.visible_to(person).values_list("name", flat=True)) >= seen
    counted = client.get("/induction/", follow=True).content.decode()
    assert "sibling" not in counted
    assert (client.get(f"{gate}sheet/").status_code == 200) == (role in CALLERS)
    assert (client.get(f"{gate}held/").status_code == 200) == (role in CALLERS)


def test_those_who_wait_longest_stand_first_with_their_days(company: Company, clerk: Client, gate: str) -> None:
    Engagement.objects.update(left_on=TODAY - timedelta(days=1))
    EngagementFactory(team=company.own_team, name="new", entered_on=TODAY)
    EngagementFactory(team=company.own_team, name="old", entered_on=TODAY - timedelta(days=40))
    trained = EngagementFactory(team=company.own_team, name="long ago", entered_on=TODAY - timedelta(days=500))
    session = TrainingSessionFactory(entry__project=company.own_project, entry__on=TODAY - timedelta(days=400))
    TrainingAttendanceFactory(session=session, engagement=trained)
    answer = clerk.get(gate)
    assert [(each.person.name, each.days) for each in answer.context["people"]] == [("long ago", 400), ("old", 40), ("new", 0)]
    assert waiting(clerk.get(f"{gate}?state=missing")) == ["old", "new"]
    assert waiting(clerk.get(f"{gate}?state=retrain")) == ["long ago"]
    assert waiting(clerk.get(f"{gate}?team={company.own_team.pk}&q=old")) == ["old"]
    standing = answer.context["standing"]
    assert (standing.on_site, standing.missing, standing.retrain) == (3, 2, 1)


@pytest.mark.parametrize("rows", [1, 3, 30])
def test_a_page_takes_as_many_queries_whatever_its_size(
    company: Company, clerk: Client, gate: str, rows: int, django_assert_num_queries: Any
) -> None:
    Engagement.objects.update(left_on=TODAY - timedelta(days=1))
    EngagementFactory.create_batch(rows, crew=company.own_crew)
    clerk.get(gate)
    for address, queries in ((gate, 9), (f"{gate}sheet/", 7), (f"{gate}held/", 19)):
        with django_assert_num_queries(queries):
            assert clerk.get(address).status_code == 200


def test_many_pages_are_turned_by_key(company: Company, clerk: Client, gate: str) -> None:
    Engagement.objects.update(left_on=TODAY - timedelta(days=1))
    EngagementFactory.create_batch(60, team=company.own_team)
    first = clerk.get(gate)
    second = clerk.get(gate, {"after": first.context["page"].next})
    assert (len(waiting(first)), len(waiting(second)), len({*waiting(first), *waiting(second)})) == (50, 10, 60)


def test_who_is_ticked_is_called_in_and_otherwise_the_whole_list(company: Company, clerk: Client, gate: str) -> None:
    one, two = EngagementFactory.create_batch(2, team=company.own_team)
    foreign = EngagementFactory(crew=company.crew_at("foreign"))
    ticked = clerk.get(f"{gate}sheet/", {"people": [one.pk, foreign.pk, "x", "9" * 30]})
    assert [each.pk for each in ticked.context["people"]] == [one.pk]
    everybody = {each.pk for each in clerk.get(f"{gate}sheet/").context["people"]}
    assert {one.pk, two.pk} <= everybody
    assert foreign.pk not in everybody
    held = clerk.get(f"{gate}held/", {"people": [one.pk, two.pk]})
    assert held.context["came"] == {one.pk, two.pk}
    page = held.content.decode()
    assert page.count(" checked") >= 2
    assert held.context["form"]["sort"].value() == TrainingSession.Kind.INDUCTION


def test_who_came_is_written_down_in_one_go_and_the_gate_opens(company: Company, clerk: Client, gate: str) -> None:
    one, two, away = EngagementFactory.create_batch(3, team=company.own_team)
    said = sent(company, [one, two])
    answer = clerk.post(f"{gate}held/?people={one.pk}&people={two.pk}&people={away.pk}", said)
    entry = HandbookEntry.objects.get()
    assert (answer.status_code, answer.url) == (302, f"/entries/{entry.pk}/")
    assert set(entry.training.attendances.values_list("engagement", flat=True)) == {one.pk, two.pk}
    names = waiting(clerk.get(gate))
    assert away.name in names
    assert one.name not in names
    assert clerk.post(f"{gate}held/", said).url == answer.url  # pressed twice
    assert (HandbookEntry.objects.count(), TrainingAttendance.objects.count()) == (1, 2)


def test_whoever_was_trained_meanwhile_is_still_written_down(company: Company, clerk: Client, gate: str) -> None:
    one = EngagementFactory(team=company.own_team)
    TrainingAttendanceFactory(
        session=TrainingSessionFactory(kind="induction", entry__project=company.own_project, entry__on=TODAY), engagement=one
    )
    assert clerk.post(f"{gate}held/", sent(company, [one])).status_code == 302
    assert one.training_attendances.count() == 2


@pytest.mark.parametrize(
    "wrong",
    [
        {"people": []},
        {"title": ""},
        {"is_planned": "on"},
        {"headcount": "1"},
        {"on": "2026-05-21"},
        {"place": "company"},
        {"on": "2025-05-21"},
    ],
)
def test_what_is_refused_leaves_nothing_behind_and_keeps_the_ticks(
    company: Company, clerk: Client, gate: str, wrong: dict[str, Any]
) -> None:
    one, two, three = EngagementFactory.create_batch(3, team=company.own_team)
    answer = clerk.post(f"{gate}held/?people={three.pk}", {**sent(company, [one, two]), **wrong})
    assert answer.status_code == 200
    assert answer.context["form"].errors
    assert answer.context["came"] == (set() if "people" in wrong else {one.pk, two.pk})
    assert three in answer.context["people"]
    assert not HandbookEntry.objects.exists()


def test_somebody_of_another_project_is_nobody_here(company: Company, clerk: Client, gate: str) -> None:
    foreign = EngagementFactory(crew=company.crew_at("foreign"))
    sibling = EngagementFactory(crew=company.crew_at("sibling"))
    assert clerk.post(f"{gate}held/", sent(company, [foreign, sibling])).status_code == 200
    assert not HandbookEntry.objects.exists()


def test_a_reader_of_one_project_goes_straight_to_it(company: Company, clerk: Client, gate: str) -> None:
    assert clerk.get("/induction/").url == gate
    answer = client_for(company.person(Role.REGIONAL_COORDINATOR)).get("/induction/")
    assert [project.region_id for project, _standing in answer.context["rows"]] == [company.own_region.pk] * 2
