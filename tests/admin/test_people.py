"""Accounts and posts in the admin site: passwords are set and never seen, rights are given by others and leave a trace."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import StaffPost, User
from coordinators.models import Coordinator, Liaison
from core.audit import AuditKind
from core.models import AuditEvent
from core.roles import Role
from tests.factories import (
    PASSWORD,
    CoordinatorFactory,
    DepartmentFactory,
    LabourTeamFactory,
    LiaisonFactory,
    ProjectFactory,
    RegionFactory,
    StaffPostFactory,
    UserFactory,
    WorkCrewFactory,
    person_with,
    phone,
)
from tests.house.crawl import client_for

pytestmark = pytest.mark.django_db
ADD_USER = "/admin/accounts/user/add/"
ADD_POST = "/admin/accounts/staffpost/add/"


def change(row: Any) -> str:
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_change", args=[row.pk])


def verb(person: User, name: str) -> str:
    return reverse(f"admin:accounts_user_{name}", args=[person.pk])


@pytest.mark.parametrize("role", [Role.SYSTEM_ADMINISTRATOR, Role.PARTY_PERSONNEL])
def test_a_new_account_cannot_sign_in_until_it_is_given_a_password(role: Role) -> None:
    by = person_with(role)
    response = client_for(by).post(
        ADD_USER, {"username": "rc-xx", "name": "单雅琴", "phone": phone(1), "password": "x", "is_active": ""}
    )
    assert response.status_code == 302
    person = User.objects.get(username="rc-xx")
    assert (person.has_usable_password(), person.is_active, person.must_change_password) == (False, True, True)
    assert str(person.phone) == f"{phone(1)[:3]}****{phone(1)[-4:]}"
    assert AuditEvent.objects.get(kind=AuditKind.ACCOUNT).details["what"] == "add"


@pytest.mark.parametrize("role", [Role.PARTY_ORGANISATION, Role.LABOUR_CENTRE])
def test_other_departments_look_at_accounts_only(role: Role) -> None:
    client = client_for(person_with(role))
    person = UserFactory()
    assert client.get(change(person)).status_code == 200
    assert client.post(change(person), {"name": "别人"}).status_code == 403
    assert client.post(ADD_USER, {"username": "new", "name": "新人"}).status_code == 403
    for name in ("deactivate", "activate", "reset_password"):
        assert client.post(verb(person, name)).status_code == 404
    person.refresh_from_db()
    assert person.is_active


@pytest.mark.parametrize(("typed", "stays"), [("", True), (phone(9), False)])
def test_an_empty_phone_field_keeps_the_phone(typed: str, stays: bool) -> None:
    person = UserFactory(phone=phone(7))
    response = client_for(person_with(Role.PARTY_PERSONNEL)).post(change(person), {"name": "改名", "phone": typed})
    assert response.status_code == 302
    fresh = User.objects.get(pk=person.pk)
    assert (fresh.phone_tail == phone(7)[-4:]) is stays
    assert fresh.phone_tail == (typed or phone(7))[-4:]


def test_the_phone_is_shown_masked_and_a_wrong_one_is_refused() -> None:
    person = UserFactory(phone=phone(7))
    client = client_for(person_with(Role.PARTY_PERSONNEL))
    page = client.get(change(person)).content.decode()
    assert phone(7) not in page
    assert f"154****{phone(7)[-4:]}" in page
    response = client.post(change(person), {"name": person.name, "phone": "123"})
    assert response.context["adminform"].form.errors["phone"]


def test_the_user_name_and_the_password_cannot_be_posted() -> None:
    person = UserFactory(username="old")
    data = {"name": person.name, "username": "new", "password": "x", "is_active": "", "session_epoch": 9}
    client_for(person_with(Role.SYSTEM_ADMINISTRATOR)).post(change(person), data)
    fresh = User.objects.get(pk=person.pk)
    assert (fresh.username, fresh.password, fresh.is_active, fresh.session_epoch) == ("old", person.password, True, 0)


def test_deactivation_cuts_the_session_and_activation_does_not_bring_it_back() -> None:
    person = person_with(Role.LEADER)
    open_session = client_for(person)
    keeper = client_for(person_with(Role.SYSTEM_ADMINISTRATOR))
    assert keeper.post(verb(person, "deactivate")).status_code == 302
    assert open_session.get("/overview/").status_code == 302
    keeper.post(verb(person, "activate"))
    assert open_session.get("/overview/").status_code == 302
    assert User.objects.get(pk=person.pk).is_active


def test_nobody_deactivates_himself() -> None:
    person = person_with(Role.SYSTEM_ADMINISTRATOR)
    client_for(person).post(verb(person, "deactivate"))
    assert User.objects.get(pk=person.pk).is_active


def test_a_one_time_password_is_shown_once_and_opens_the_door_to_a_new_one_only() -> None:
    person = person_with(Role.LEADER)
    keeper = client_for(person_with(Role.PARTY_PERSONNEL))
    response = keeper.post(verb(person, "reset_password"))
    one_time = response.context["one_time"]
    assert one_time in response.content.decode()
    assert one_time not in keeper.get(change(person)).content.decode()
    guest = Client()
    assert guest.post("/sign-in/", {"username": person.username, "password": PASSWORD}).status_code == 200
    signed_in = guest.post("/sign-in/", {"username": person.username, "password": one_time})
    assert signed_in.status_code == 302
    assert guest.get("/overview/").headers["Location"] == "/password/"
    assert AuditEvent.objects.filter(kind=AuditKind.PASSWORD, subject_id=str(person.pk)).count() == 1


@pytest.mark.parametrize("name", ["deactivate", "activate", "reset_password"])
def test_accounts_do_not_change_by_looking(name: str) -> None:
    person = UserFactory()
    assert client_for(person_with(Role.SYSTEM_ADMINISTRATOR)).get(verb(person, name)).status_code == 404
    assert User.objects.get(pk=person.pk).password == person.password


def test_a_post_gives_rights_from_its_day_and_leaves_a_trace() -> None:
    person, by = UserFactory(), person_with(Role.PARTY_PERSONNEL)
    data = {"person": person.pk, "role": "leader", "from_on": timezone.localdate(), "document_no": "任字1号"}
    assert client_for(by).post(ADD_POST, data).status_code == 302
    assert User.objects.get(pk=person.pk).scope.roles == {Role.LEADER}
    event = AuditEvent.objects.get(kind=AuditKind.POST)
    assert (event.by, event.details["what"]) == (by, "add")


@pytest.mark.parametrize("role", [Role.SYSTEM_ADMINISTRATOR, Role.PARTY_PERSONNEL])
def test_nobody_gives_himself_a_post_or_changes_his_own(role: Role) -> None:
    person = person_with(role)
    client = client_for(person)
    response = client.post(ADD_POST, {"person": person.pk, "role": "auditor", "from_on": timezone.localdate()})
    assert response.context["adminform"].form.errors["person"]
    own = StaffPost.objects.get(person=person)
    assert client.post(change(own), {"person": person.pk, "role": "auditor", "from_on": "2020-01-01"}).status_code == 403
    assert StaffPost.objects.get().role == role


@pytest.mark.parametrize(
    ("data", "wrong"),
    [
        ({"role": "project_clerk"}, "project"),
        ({"role": "department_officer"}, "department"),
        ({"role": "leader", "project": True}, "project"),
        ({"role": "leader", "from_on": "2026-05-02", "to_on": "2026-05-01"}, "to_on"),
    ],
)
def test_a_post_without_its_unit_is_refused_in_words(data: dict[str, Any], wrong: str) -> None:
    filled = {"person": UserFactory().pk, "from_on": "2026-01-01"} | data
    if filled.get("project"):
        filled["project"] = ProjectFactory().pk
    response = client_for(person_with(Role.PARTY_PERSONNEL)).post(ADD_POST, filled)
    assert set(response.context["adminform"].form.errors) - {"__all__"} == {wrong}
    assert StaffPost.objects.count() == 1


def test_a_post_is_taken_back_only_before_it_begins() -> None:
    client = client_for(person_with(Role.PARTY_PERSONNEL))
    begun = StaffPostFactory(role=Role.LEADER)
    later = StaffPostFactory(role=Role.LEADER, from_on=timezone.localdate() + timedelta(days=3))
    for post in (begun, later):
        client.post(reverse("admin:accounts_staffpost_delete", args=[post.pk]), {"post": "yes"})
    assert set(StaffPost.objects.filter(role=Role.LEADER)) == {begun}


@pytest.mark.parametrize(
    ("data", "wrong"),
    [
        ({"kind": "full_time"}, {"region"}),
        ({"kind": "part_time"}, {"project"}),
        ({"kind": "full_time", "region": True, "project": True}, {"project"}),
        ({"kind": "part_time", "region": True, "project": True}, {"region"}),
        ({"kind": "part_time", "project": True, "is_labour_manager": "on"}, {"is_labour_manager"}),
    ],
)
def test_a_coordinator_has_the_unit_of_his_kind(data: dict[str, Any], wrong: set[str]) -> None:
    project = ProjectFactory()
    units = {"region": project.region_id, "project": project.pk}
    filled = {name: units.get(name) if value is True else value for name, value in data.items()}
    filled |= {"person": UserFactory().pk, "from_on": "2026-01-01"}
    response = client_for(person_with(Role.PARTY_PERSONNEL)).post("/admin/coordinators/coordinator/add/", filled)
    assert set(response.context["adminform"].form.errors) - {"__all__"} == wrong
    assert not Coordinator.objects.exists()


def test_a_liaison_serves_a_crew_of_his_team() -> None:
    team, crew = LabourTeamFactory(), WorkCrewFactory()
    client = client_for(person_with(Role.LABOUR_CENTRE))
    data = {"person": UserFactory().pk, "team": team.pk, "crew": crew.pk, "from_on": "2026-01-01"}
    response = client.post("/admin/coordinators/liaison/add/", data)
    assert set(response.context["adminform"].form.errors) == {"crew"}
    assert client.post("/admin/coordinators/liaison/add/", data | {"team": crew.team_id}).status_code == 302
    assert Liaison.objects.get().crew == crew


def test_people_are_found_by_name_pinyin_initials_and_the_end_of_the_phone() -> None:
    LiaisonFactory(person=UserFactory(name="单雅琴", phone=phone(4321)))
    CoordinatorFactory(region=RegionFactory(), person=UserFactory(name="单雅琴", phone=phone(4321)))
    StaffPostFactory(
        role=Role.DEPARTMENT_OFFICER, department=DepartmentFactory(), person=UserFactory(name="单雅琴", phone=phone(4321))
    )
    client = client_for(person_with(Role.LABOUR_CENTRE))
    for table in ("accounts/user", "accounts/staffpost", "coordinators/coordinator", "coordinators/liaison"):
        for words in ("单雅", "shan ya", "syq", phone(4321)[-4:]):
            found = client.get(f"/admin/{table}/", {"q": words}).context["cl"].result_list
            assert {getattr(row, "person", row).name for row in found} == {"单雅琴"}, (table, words)
