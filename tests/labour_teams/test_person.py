"""One person of the roster: what is seen of him, looking him up, seeing a number in full, taking the roster away."""

import io
from typing import Any
from uuid import uuid4

import pytest
from django.db import DatabaseError
from django.test import Client
from django.utils import timezone
from openpyxl import load_workbook

from core.audit import AuditKind
from core.models import AuditEvent
from core.personal import IdNumber
from core.roles import READERS, Role
from labour_teams.models import Engagement
from tests.factories import (
    EngagementFactory,
    LabourTeamFactory,
    WorkCrewFactory,
    WorkerFactory,
    bank_card,
    id_number,
    person_with,
    phone,
)
from tests.house.crawling import full_numbers
from tests.house.test_url_matrix import client_for

pytestmark = pytest.mark.django_db
REASON = {"reason": "核对工资卡"}
# Far from the running numbers of the factories, so that nobody else has them by accident.
FAR = 7_000


@pytest.fixture
def engagement() -> Engagement:
    made = EngagementFactory(crew=WorkCrewFactory(), phone=phone(77), bank_card=bank_card(77))
    return Engagement.objects.select_related("worker").get(pk=made.pk)


def person_at(role: Role, engagement: Engagement) -> Any:
    units = {
        Role.PROJECT_CLERK: {"project": engagement.project},
        Role.PROJECT_COORDINATOR: {"project": engagement.project},
        Role.PROJECT_COMMITTEE: {"project": engagement.project},
        Role.HEALTH_OFFICER: {"project": engagement.project},
        Role.REGIONAL_COORDINATOR: {"region": engagement.project.region},
        Role.LIAISON: {"crew": engagement.crew},
    }
    return person_with(role, **units.get(role, {}))


def page(engagement: Engagement) -> str:
    return f"/workers/{engagement.worker.public_id}/"


def reveal(engagement: Engagement) -> str:
    return f"{page(engagement)}reveal/"


def clerk_of(engagement: Engagement) -> Client:
    return client_for(person_at(Role.PROJECT_CLERK, engagement))


def test_a_person_who_worked_elsewhere_shows_only_what_is_in_reach(engagement: Engagement) -> None:
    elsewhere = EngagementFactory(worker=engagement.worker, phone=phone(88))
    response = clerk_of(engagement).get(page(engagement))
    assert [each for each, _current in response.context["engagements"]] == [engagement]
    text = response.content.decode()
    assert elsewhere.project.name not in text
    assert phone(88)[-4:] not in text
    assert full_numbers(text) == []


def test_two_names_of_one_person_are_both_seen_where_both_are_in_reach(engagement: Engagement) -> None:
    Engagement.objects.filter(pk=engagement.pk).update(name="李建国", native_place="湖南长沙")
    team = LabourTeamFactory(project__region=engagement.project.region)
    EngagementFactory(
        worker=engagement.worker, team=team, name="李建围", native_place="湖北武汉", entered_on=timezone.localdate()
    )
    response = client_for(person_at(Role.REGIONAL_COORDINATOR, engagement)).get(page(engagement))
    text = response.content.decode()
    assert response.context["name"] == "李建围"
    assert all(said in text for said in ("李建国", "湖南长沙", "湖北武汉"))
    assert "李建围" not in clerk_of(engagement).get(page(engagement)).content.decode()


def test_a_closed_engagement_stays_visible_where_it_was(engagement: Engagement) -> None:
    Engagement.objects.filter(pk=engagement.pk).update(left_on=engagement.entered_on)
    later = EngagementFactory(worker=engagement.worker)
    response = clerk_of(engagement).get(page(engagement))
    assert [(each.pk, current) for each, current in response.context["engagements"]] == [(engagement.pk, False)]
    assert later.team.name not in response.content.decode()


def test_somebody_elsewhere_and_nobody_look_the_same(engagement: Engagement) -> None:
    client = client_for(person_with(Role.PROJECT_CLERK))
    foreign, nowhere = client.get(page(engagement)), client.get(f"/workers/{uuid4()}/")
    assert (foreign.status_code, nowhere.status_code) == (404, 404)


@pytest.mark.parametrize(
    "typed", [id_number(FAR + 5), f" {id_number(FAR + 5)[:6]} {id_number(FAR + 5)[6:]}", phone(FAR + 5), f"+86 {phone(FAR + 5)}"]
)
def test_a_full_number_leads_straight_to_the_person(typed: str) -> None:
    worker = WorkerFactory(id_number=IdNumber.parse(id_number(FAR + 5)))
    found = EngagementFactory(worker=worker, phone=phone(FAR + 5))
    EngagementFactory()
    response = clerk_of(found).post("/workers/search/", {"number": typed})
    assert response.headers["Location"] == page(found)


def test_looking_up_somebody_elsewhere_answers_like_nobody(engagement: Engagement) -> None:
    WorkerFactory(id_number=IdNumber.parse(id_number(FAR + 5)))
    known_elsewhere = EngagementFactory(worker__id_number=IdNumber.parse(id_number(FAR + 7)))
    client = clerk_of(engagement)
    answers = [
        client.post("/workers/search/", {"number": number}, follow=True).content
        for number in (id_number(FAR + 5), id_number(FAR + 7), id_number(FAR + 9))
    ]
    assert known_elsewhere.worker.id_number
    bodies = {b"".join(line for line in answer.splitlines() if b"csrfmiddlewaretoken" not in line) for answer in answers}
    assert len(bodies) == 1


def test_a_shared_phone_leads_to_those_who_share_it(engagement: Engagement) -> None:
    EngagementFactory(team=engagement.team, phone=phone(77))
    response = clerk_of(engagement).post("/workers/search/", {"number": phone(77)})
    assert response.headers["Location"] == f"/workers/?q={phone(77)[-4:]}&state=all"


@pytest.mark.parametrize(
    "typed", ["", "430000", id_number(FAR + 5)[:-1] + ("1" if id_number(FAR + 5)[-1] != "1" else "2"), "张三"]
)
def test_what_is_no_number_is_refused_and_not_repeated(engagement: Engagement, typed: str) -> None:
    response = clerk_of(engagement).post("/workers/search/", {"number": typed}, follow=True)
    assert response.redirect_chain == [("/workers/", 302)]
    assert len(response.context["messages"]) == 1
    assert full_numbers(response.content.decode()) == []


REVEALERS = {Role.PROJECT_CLERK, Role.PROJECT_COORDINATOR, Role.REGIONAL_COORDINATOR, Role.LABOUR_CENTRE}


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.SYSTEM_ADMINISTRATOR, Role.DEPARTMENT_OFFICER}))
def test_full_numbers_are_for_those_who_work_with_them(engagement: Engagement, role: Role) -> None:
    client = client_for(person_at(role, engagement))
    offered = client.get(page(engagement)).context["form"] is not None
    answer = client.post(reveal(engagement), {"number": "id_number", **REASON})
    assert offered is (role in REVEALERS)
    assert answer.status_code == (200 if role in REVEALERS else 403)
    assert AuditEvent.objects.filter(kind=AuditKind.REVEAL).count() == (role in REVEALERS)


@pytest.mark.parametrize("what", ["id_number", "phone", "bank_card"])
def test_a_full_number_is_shown_once_kept_nowhere_and_recorded(engagement: Engagement, what: str) -> None:
    by = person_at(Role.PROJECT_CLERK, engagement)
    client = client_for(by)
    key = what if what == "id_number" else f"{what}-{engagement.pk}"
    response = client.post(reveal(engagement), {"number": key, **REASON})
    number = getattr(engagement, what, None) or engagement.worker.id_number
    assert response.context["value"] == number.in_the_clear()
    assert response.headers["Cache-Control"] == "no-store"
    assert full_numbers(client.get(page(engagement)).content.decode()) == []
    event = AuditEvent.objects.get(kind=AuditKind.REVEAL)
    assert (event.by, event.subject_id, event.details) == (by, str(engagement.worker_id), {"what": what, **REASON})


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"number": "id_number"},
        {"number": "id_number", "reason": "查"},
        {"number": "_plain", **REASON},
        {"number": "phone-0", **REASON},
    ],
)
def test_without_a_number_and_a_reason_nothing_is_shown(engagement: Engagement, data: dict[str, str]) -> None:
    response = clerk_of(engagement).post(reveal(engagement), data)
    assert response.context["form"].errors
    assert full_numbers(response.content.decode()) == []
    assert not AuditEvent.objects.filter(kind=AuditKind.REVEAL).exists()


def test_another_projects_phone_cannot_be_asked_for(engagement: Engagement) -> None:
    elsewhere = EngagementFactory(worker=engagement.worker)
    response = clerk_of(engagement).post(reveal(engagement), {"number": f"phone-{elsewhere.pk}", **REASON})
    assert response.context["form"].errors["number"]


def test_without_the_trail_there_is_no_number(engagement: Engagement, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*args: Any, **kwargs: Any) -> None:
        raise DatabaseError("the trail is full")

    client = clerk_of(engagement)
    monkeypatch.setattr(AuditEvent.objects, "create", broken)
    client.raise_request_exception = False
    response = client.post(reveal(engagement), {"number": "id_number", **REASON})
    assert response.status_code == 500
    assert full_numbers(response.content.decode()) == []


def rows_of(content: bytes) -> list[list[Any]]:
    return [[cell.value for cell in row] for row in load_workbook(io.BytesIO(content)).active.iter_rows()]


def test_the_roster_leaves_as_filtered_masked_and_recorded(engagement: Engagement) -> None:
    EngagementFactory(team=engagement.team, left=True)
    EngagementFactory(team=LabourTeamFactory(project=engagement.project))
    EngagementFactory()
    by = person_at(Role.REGIONAL_COORDINATOR, engagement)
    response = client_for(by).post("/workers/export/", {"team": engagement.team_id, "format": "xlsx"})
    rows = rows_of(response.content)
    assert rows[0][0] == "花名册"
    assert [row[rows[2].index("姓名")] for row in rows[3:]] == [engagement.name]
    assert full_numbers(str(rows)) == []
    assert str(engagement.worker.id_number) in str(rows)
    event = AuditEvent.objects.get(kind=AuditKind.EXPORT)
    assert (event.by, event.details["rows"], event.details["form"]) == (by, 1, "xlsx")


def test_the_roster_leaves_as_text_too(engagement: Engagement) -> None:
    text = clerk_of(engagement).post("/workers/export/", {"format": "csv"}).content.decode("utf-8-sig")
    assert len(text.splitlines()) == 2
    assert full_numbers(text) == []


@pytest.mark.parametrize("role", sorted(set(Role)))
def test_the_roster_is_given_to_those_who_keep_it(engagement: Engagement, role: Role) -> None:
    response = client_for(person_at(role, engagement)).post("/workers/export/", {"format": "xlsx"})
    gets_it = role in REVEALERS | {Role.PARTY_PERSONNEL, Role.PARTY_ORGANISATION}
    assert response.status_code == (200 if gets_it else 403 if role in READERS else 302)
    assert AuditEvent.objects.filter(kind=AuditKind.EXPORT).count() == gets_it
