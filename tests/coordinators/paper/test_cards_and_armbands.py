"""Contact cards and armbands: made, handed out, taken back, and what is refused."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from coordinators.models import ArmbandIssue, ContactCardBatch
from core.roles import Role
from regions.models import Project
from tests.factories import (
    ArmbandIssueFactory,
    ContactCardBatchFactory,
    CoordinatorFactory,
    LabourTeamFactory,
    LiaisonFactory,
    NoticeBoardFactory,
    ProjectFactory,
    SiteContactFactory,
    UserFactory,
    WorkCrewFactory,
    person_with,
)
from tests.house.test_url_matrix import client_for

pytestmark = pytest.mark.django_db
AGREED = "2026-01-01"


@pytest.fixture
def project() -> Project:
    return SiteContactFactory().project


@pytest.fixture
def client(project: Project) -> Client:
    return client_for(person_with(Role.PROJECT_CLERK, project=project))


def today() -> str:
    return timezone.localdate().isoformat()


def test_cards_of_a_crew_name_its_liaison_and_the_nearest_coordinator(client: Client, project: Project) -> None:
    crew = WorkCrewFactory(team=LabourTeamFactory(project=project))
    liaison = LiaisonFactory(crew=crew, person=UserFactory(disclosure_agreed_on=AGREED))
    CoordinatorFactory(region=project.region, person=UserFactory(disclosure_agreed_on=AGREED))
    own = CoordinatorFactory(project=project, person=UserFactory(disclosure_agreed_on=AGREED))
    board = NoticeBoardFactory(project=project)
    data = {"unit": f"crew-{crew.pk}", "board": board.pk, "sheets": 2}
    answer = client.post(reverse("cards-print", args=[project.code]), data)
    batch = ContactCardBatch.objects.get()
    assert (batch.team, batch.crew, batch.sheets) == (crew.team, crew, 2)
    assert [each["name"] for each in batch.content["said"]["people"]] == [liaison.person.name, own.person.name]
    page = client.get(answer.headers["Location"])
    assert page.content.decode().count('class="card"') == page.content.decode().count('class="card back"') == 20
    client.post(reverse("cards-print", args=[project.code]), data)
    assert ContactCardBatch.objects.count() == 1


def test_without_anybody_to_call_no_cards_are_printed() -> None:
    board = NoticeBoardFactory()
    clerk = client_for(person_with(Role.PROJECT_CLERK, project=board.project))
    page = clerk.post(reverse("cards-print", args=[board.project.code]), {"unit": "", "board": board.pk, "sheets": 1})
    assert page.context["form"].non_field_errors()
    assert not ContactCardBatch.objects.exists()


@pytest.mark.parametrize(
    ("field", "value"),
    [("sheets", "0"), ("sheets", "51"), ("sheets", "many"), ("unit", "team-987654321"), ("board", "987654321")],
)
def test_cards_that_cannot_be_are_refused(client: Client, project: Project, field: str, value: str) -> None:
    data = {"unit": "", "board": NoticeBoardFactory(project=project).pk, "sheets": "7", field: value}
    page = client.post(reverse("cards-print", args=[project.code]), data)
    assert set(page.context["form"].errors) == {field}
    assert page.context["form"][field].value() == value
    assert not ContactCardBatch.objects.exists()


def test_a_foreign_team_and_board_are_no_choice(client: Client, project: Project) -> None:
    foreign = NoticeBoardFactory()
    team = LabourTeamFactory(project=foreign.project)
    data = {"unit": f"team-{team.pk}", "board": foreign.pk, "sheets": 1}
    page = client.post(reverse("cards-print", args=[project.code]), data)
    assert set(page.context["form"].errors) == {"unit", "board"}


@pytest.mark.parametrize(
    ("number", "days", "refused"),
    [(20, 0, set()), (0, -3, set()), (21, 0, {"handed_out"}), (5, 1, {"handed_out_on"}), ("", 0, {"handed_out"})],
)  # fmt: skip
def test_handing_out(client: Client, project: Project, number: Any, days: int, refused: set[str]) -> None:
    batch = ContactCardBatchFactory(board=NoticeBoardFactory(project=project), sheets=2)
    day = timezone.localdate() + timedelta(days=days)
    answer = client.post(reverse("card-hand-out", args=[batch.pk]), {"handed_out": number, "handed_out_on": day.isoformat()})
    batch.refresh_from_db()
    if refused:
        assert set(answer.context["form"].errors) == refused
        assert batch.handed_out is None
    else:
        assert (answer.status_code, batch.handed_out, batch.handed_out_on) == (302, number, day)


def test_the_list_of_cards_costs_the_same_however_long(client: Client, project: Project) -> None:
    board = NoticeBoardFactory(project=project)
    counts = []
    for number in (1, 2):
        ContactCardBatchFactory.create_batch(number, board=board)
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("cards", args=[project.code]))
        counts.append(len(queries))
    assert counts[0] == counts[1]


def issue(client: Client, project: Project, **more: Any) -> Any:
    return client.post(reverse("project-armband-issue", args=[project.code]), {"issued_on": today(), **more})


def test_an_armband_goes_out_comes_back_and_is_free_again(client: Client, project: Project) -> None:
    wearer = CoordinatorFactory(project=project).person
    liaison = LiaisonFactory(team=LabourTeamFactory(project=project)).person
    assert issue(client, project, number="a01", person=wearer.pk).status_code == 302
    armband = ArmbandIssue.objects.get()
    assert (armband.number, armband.person, armband.project, armband.region) == ("A01", wearer, project, None)
    page = issue(client, project, number="A01", person=liaison.pk)
    assert set(page.context["form"].errors) == {"number"}
    assert page.context["form"]["number"].value() == "A01"
    client.post(reverse("armband-return", args=[armband.pk]), {"on": today()})
    armband.refresh_from_db()
    assert armband.returned_on == timezone.localdate()
    assert issue(client, project, number="A01", person=liaison.pk).status_code == 302
    page = client.get(reverse("project-armbands", args=[project.code]))
    assert [row.person for row in page.context["out"]] == [liaison]
    assert [row.person for row in page.context["back"]] == [wearer]


def test_only_somebody_in_post_there_gets_one(client: Client, project: Project) -> None:
    outsiders = [UserFactory(), CoordinatorFactory(project=project, ended=True).person, CoordinatorFactory(part_time=True).person]
    for person in outsiders:
        assert set(issue(client, project, number="A01", person=person.pk).context["form"].errors) == {"person"}
    assert not ArmbandIssue.objects.exists()


@pytest.mark.parametrize("on", ["", "tomorrow", "2999-01-01", "2000-01-01"])
def test_a_return_on_an_impossible_day_is_refused(client: Client, project: Project, on: str) -> None:
    armband = ArmbandIssueFactory(project=project)
    client.post(reverse("armband-return", args=[armband.pk]), {"on": on})
    armband.refresh_from_db()
    assert armband.returned_on is None


def test_a_region_has_armbands_of_its_own(project: Project) -> None:
    region = project.region
    coordinator = CoordinatorFactory(region=region)
    client = client_for(coordinator.person)
    data = {"number": "R1", "person": coordinator.person.pk, "issued_on": today()}
    assert client.post(reverse("region-armband-issue", args=[region.code]), data).status_code == 302
    assert ArmbandIssue.objects.get().region == region
    assert list(client.get(reverse("project-armbands", args=[project.code])).context["out"]) == []
    clerk = client_for(person_with(Role.PROJECT_CLERK, project=project))
    assert clerk.get(reverse("region-armbands", args=[region.code])).status_code == 404


def test_who_only_looks_gets_no_form(project: Project) -> None:
    leader = client_for(person_with(Role.LEADER))
    for name in ("project-armbands", "cards"):
        assert leader.get(reverse(name, args=[project.code])).context["form"] is None


def test_a_foreign_armband_is_not_found(client: Client) -> None:
    armband = ArmbandIssueFactory(project=ProjectFactory())
    assert client.post(reverse("armband-return", args=[armband.pk]), {"on": today()}).status_code == 404
