"""The end of a post: last day and reason, by whom, and what is refused."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from coordinators.models import Coordinator, Liaison
from coordinators.posts_workflow import end_post
from core.audit import AuditKind
from core.models import AuditEvent
from core.refusals import Refused
from core.roles import READERS, Role
from regions.models import Project, Region
from tests.factories import CoordinatorFactory, LiaisonFactory, WorkCrewFactory, person_with
from tests.house.test_url_matrix import client_for
from tests.world import stationed

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
WHO_ENDS = {Role.PARTY_PERSONNEL, Role.REGIONAL_COORDINATOR, Role.PROJECT_COMMITTEE}


def test_the_last_day_the_reason_and_the_trail(region: Region, personnel: User) -> None:
    post = CoordinatorFactory(region=region)
    end_post(post, by=personnel, last_day=TODAY, reason=" 到龄 ")
    post.refresh_from_db()
    assert (post.to_on, post.end_reason) == (TODAY, "到龄")
    event = AuditEvent.objects.get(kind=AuditKind.POST)
    assert (event.by, event.subject_id, event.details) == (personnel, str(post.pk), {"what": "end", "last_day": f"{TODAY}"})


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("kind", ["full_time", "part_time", "liaison"])
def test_who_ends_which_post(kind: str, role: Role) -> None:
    crew = WorkCrewFactory()
    project = crew.team.project
    post: Coordinator | Liaison = {
        "full_time": lambda: CoordinatorFactory(region=project.region),
        "part_time": lambda: CoordinatorFactory(project=project),
        "liaison": lambda: LiaisonFactory(crew=crew),
    }[kind]()
    is_regional = role == Role.REGIONAL_COORDINATOR
    actor = CoordinatorFactory(region=project.region, acting=True).person if is_regional else stationed(role, crew)
    allowed = role == Role.PARTY_PERSONNEL if kind == "full_time" else role in WHO_ENDS
    if allowed:
        assert end_post(post, by=actor, last_day=TODAY, reason="调走").to_on == TODAY
    else:
        with pytest.raises(Refused):
            end_post(post, by=actor, last_day=TODAY, reason="调走")
        post.refresh_from_db()
        assert (post.to_on, post.end_reason) == (None, "")


def test_nobody_ends_his_own_post(personnel: User) -> None:
    post = CoordinatorFactory(full_time=True, person=personnel)
    with pytest.raises(Refused, match=r"own|自己"):
        end_post(post, by=personnel, last_day=TODAY, reason="调走")


def test_a_post_out_of_reach_does_not_exist() -> None:
    with pytest.raises(Refused):
        end_post(CoordinatorFactory(part_time=True), by=person_with(Role.REGIONAL_COORDINATOR), last_day=TODAY, reason="调走")


@pytest.mark.parametrize(
    ("held", "said", "field"),
    [
        ({}, {"last_day": TODAY - timedelta(days=366)}, "last_day"),
        ({}, {"last_day": None}, "last_day"),
        ({}, {"reason": "  "}, "reason"),
        ({"to_on": TODAY - timedelta(days=1)}, {"last_day": TODAY - timedelta(days=2)}, "last_day"),
        ({"to_on": TODAY + timedelta(days=5)}, {"last_day": TODAY + timedelta(days=6)}, "last_day"),
    ],
)
def test_what_is_no_end(held: dict[str, Any], said: dict[str, Any], field: str, personnel: User) -> None:
    post = CoordinatorFactory(full_time=True, **held)
    with pytest.raises(Refused) as refusal:
        end_post(post, by=personnel, **({"last_day": TODAY, "reason": "调走"} | said))
    assert set(refusal.value.fields) == {field}
    post.refresh_from_db()
    assert (post.to_on, post.end_reason) == (held.get("to_on"), "")


def test_an_end_is_drawn_nearer(personnel: User) -> None:
    post = CoordinatorFactory(full_time=True, to_on=TODAY + timedelta(days=50))
    assert end_post(post, by=personnel, last_day=TODAY + timedelta(days=3), reason="提前到龄").to_on == TODAY + timedelta(days=3)


# ── The page ─────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def centre(personnel: User) -> Client:
    return client_for(personnel)


@pytest.mark.parametrize("kind", ["coordinator", "liaison"])
def test_the_page_ends_the_post_and_leads_back(kind: str, centre: Client) -> None:
    post = CoordinatorFactory(part_time=True) if kind == "coordinator" else LiaisonFactory()
    assert centre.get(f"/posts/{kind}/{post.pk}/end/").status_code == 200
    answer = centre.post(f"/posts/{kind}/{post.pk}/end/", {"last_day": f"{TODAY}", "reason": "调走"})
    post.refresh_from_db()
    assert (answer.status_code, answer["Location"]) == (302, f"/{kind}s/{post.pk}/")
    assert (post.to_on, post.end_reason) == (TODAY, "调走")


def test_what_was_typed_stays_with_what_is_wrong(centre: Client) -> None:
    post = CoordinatorFactory(part_time=True)
    early = TODAY - timedelta(days=400)
    answer = centre.post(f"/posts/coordinator/{post.pk}/end/", {"last_day": f"{early}", "reason": "调走"})
    assert answer.status_code == 200
    assert set(answer.context["form"].errors) == {"last_day"}
    assert (answer.context["form"]["last_day"].value(), answer.context["form"]["reason"].value()) == (f"{early}", "调走")


def test_who_sees_and_may_not_is_told_so(project: Project) -> None:
    post = CoordinatorFactory(project=project)
    for role in (Role.PROJECT_CLERK, Role.PROJECT_COORDINATOR):
        client = client_for(person_with(role, project=project))
        assert client.get(f"/posts/coordinator/{post.pk}/end/").status_code == 403
        assert client.post(f"/posts/coordinator/{post.pk}/end/", {}).status_code == 403
    for reader in READERS:
        assert client_for(person_with(reader)).get(f"/posts/coordinator/{post.pk}/end/").status_code == 403


def test_there_are_two_kinds_of_post_and_no_other(centre: Client) -> None:
    assert centre.get("/posts/staffpost/1/end/").status_code == 404
