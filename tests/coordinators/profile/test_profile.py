"""The profile of somebody in post: who may change it, what is kept, what is refused, and what the audit trail says."""

import io
import json
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.test import Client
from django.utils import timezone
from PIL import Image

from accounts.models import User
from coordinators.models import Coordinator, Liaison
from coordinators.profile import workflow
from coordinators.profile.policies import can_edit_profile
from core.models import Attachment, AuditEvent, AuditKind
from core.personal import Phone
from core.refusals import Refused
from core.roles import Role
from regions.models import Project
from tests.factories import (
    CoordinatorFactory,
    LabourTeamFactory,
    LiaisonFactory,
    PhotoFactory,
    ProjectFactory,
    UserFactory,
    person_with,
    picture,
    uploaded,
)
from tests.house.test_url_matrix import client_for

pytestmark = pytest.mark.django_db
NUMBER, OTHER = "15490001111", "154 9000 2222"


@pytest.fixture
def project() -> Project:
    return ProjectFactory()


@pytest.fixture
def liaison(project: Project) -> Liaison:
    return LiaisonFactory(team=LabourTeamFactory(project=project), person=UserFactory(phone=NUMBER))


@pytest.fixture
def keeper(project: Project) -> Client:
    """The project's coordinator, signed in."""
    return client_for(person_with(Role.PROJECT_COORDINATOR, project=project))


def address(post: Coordinator | Liaison, verb: str = "") -> str:
    return f"/profile/{'liaison' if isinstance(post, Liaison) else 'coordinator'}/{post.pk}/{verb}"


def audited() -> list[dict[str, Any]]:
    return [event.details for event in AuditEvent.objects.filter(kind=AuditKind.ACCOUNT).order_by("pk")]


def fresh(post: Coordinator | Liaison) -> User:
    post.refresh_from_db()
    return User.objects.get(pk=post.person_id)


# Who may


MAY = {
    "liaison": {"himself", "hq", "regional", "coordinator", "committee"},
    "colleague": {"himself", "hq", "regional", "coordinator", "committee"},
    "regional": {"himself", "hq", "regional"},
}
ACTORS = ("himself", "hq", "regional", "coordinator", "committee", "clerk", "other", "leader", "sysadmin", "elsewhere")


def actor(who: str, post: Coordinator | Liaison, project: Project) -> User:
    if who == "himself":
        return User.objects.get(pk=post.person_id)
    if who == "regional":
        return CoordinatorFactory(region=project.region, to_on=timezone.localdate(), is_labour_manager=False).person
    made: dict[str, tuple[Role, dict[str, Any]]] = {
        "hq": (Role.LABOUR_CENTRE, {}),
        "coordinator": (Role.PROJECT_COORDINATOR, {"project": project}),
        "committee": (Role.PROJECT_COMMITTEE, {"project": project}),
        "clerk": (Role.PROJECT_CLERK, {"project": project}),
        "other": (Role.LIAISON, {"team": LabourTeamFactory(project=project)}),
        "leader": (Role.LEADER, {}),
        "sysadmin": (Role.SYSTEM_ADMINISTRATOR, {}),
        "elsewhere": (Role.PROJECT_COORDINATOR, {"project": ProjectFactory(region=project.region)}),
    }
    role, unit = made[who]
    return person_with(role, **unit)


@pytest.mark.parametrize("who", ACTORS)
@pytest.mark.parametrize("whose", MAY)
def test_who_may_change_what_is_shown(project: Project, liaison: Liaison, whose: str, who: str) -> None:
    posts = {
        "liaison": lambda: liaison,
        "colleague": lambda: CoordinatorFactory(project=project),
        "regional": lambda: CoordinatorFactory(region=project.region),
    }
    post = posts[whose]()
    by = User.objects.get(pk=actor(who, post, project).pk)
    assert can_edit_profile(by, type(post).objects.get(pk=post.pk)) is (who in MAY[whose])
    if who in MAY[whose]:
        workflow.save(post, by=by, phone=None, duties="新职责")
        post.refresh_from_db()
        assert post.duties == "新职责"
    else:
        with pytest.raises(Refused):
            workflow.save(post, by=by, phone=None, duties="新职责")


def test_who_sees_but_may_not_finds_no_form_and_changes_nothing(project: Project, liaison: Liaison) -> None:
    client = client_for(person_with(Role.PROJECT_CLERK, project=project))
    page = client.get(address(liaison)).content.decode()
    assert 'enctype="multipart/form-data"' not in page
    assert f'action="{address(liaison, "save/")}"' not in page
    for verb in ("save/", "photo/keep/", "photo/remove/", "consent/", "consent/withdraw/"):
        response = client.post(address(liaison, verb), {"duties": "x", "agreed": "on", "photo": uploaded()}, follow=True)
        assert "你现在的岗位不能这样做。" in response.content.decode()
    person = fresh(liaison)
    assert (liaison.duties, person.disclosure_agreed_on, person.photo, audited()) == ("", None, None, [])


@pytest.mark.parametrize("role", [Role.LEADER, Role.AUDITOR])
def test_readers_change_nothing(liaison: Liaison, role: Role) -> None:
    client = client_for(person_with(role))
    assert client.get(address(liaison)).status_code == 200
    assert client.post(address(liaison, "consent/"), {"agreed": "on"}).status_code == 403


def test_another_region_s_posts_do_not_exist(liaison: Liaison) -> None:
    client = client_for(person_with(Role.REGIONAL_COORDINATOR))
    answers = [client.get(f"/profile/liaison/{pk}/").status_code for pk in (liaison.pk, 987_654)]
    assert answers == [404, 404]
    assert client.post(address(liaison, "save/"), {"duties": "x"}).status_code == 404
    assert client.get(f"/profile/clerk/{liaison.pk}/").status_code == 404


def test_with_the_post_ends_the_say(project: Project, liaison: Liaison) -> None:
    """Whom somebody looked after last month is another's business now, with his number and his face."""
    client = client_for(person_with(Role.PARTY_PERSONNEL))
    assert client.get(address(liaison)).status_code == 200
    liaison.to_on = timezone.localdate() - timedelta(days=1)
    liaison.save()
    assert client.get(address(liaison)).status_code == 404
    with pytest.raises(Refused):
        workflow.agree(liaison, by=person_with(Role.PARTY_PERSONNEL))


# Mobile and duties


def test_mobile_and_duties_are_kept_and_audited_without_the_number(keeper: Client, liaison: Liaison) -> None:
    response = keeper.post(address(liaison, "save/"), {"phone": OTHER, "duties": "工资、食宿找我"})
    person = fresh(liaison)
    assert (response.status_code, response["Location"]) == (302, address(liaison))
    assert (person.phone, person.phone_tail, liaison.duties) == (Phone.parse(OTHER), "2222", "工资、食宿找我")
    [event] = audited()
    assert event["changed"] == ["phone", "duties"]
    assert "9000" not in json.dumps(event)
    assert AuditEvent.objects.get(kind=AuditKind.ACCOUNT).subject_id == str(person.pk)


def test_an_empty_number_leaves_the_one_that_is_there(keeper: Client, liaison: Liaison) -> None:
    keeper.post(address(liaison, "save/"), {"phone": "", "duties": ""})
    assert fresh(liaison).phone == Phone.parse(NUMBER)
    assert audited() == []


@pytest.mark.parametrize("typed", ["12345", "1549000222", "154 9000 2222 / 154 9000 3333", "李文斌"])
def test_a_number_in_the_wrong_form_is_refused_and_everything_typed_stays(keeper: Client, liaison: Liaison, typed: str) -> None:
    response = keeper.post(address(liaison, "save/"), {"phone": typed, "duties": "改过的职责"})
    form = response.context["form"]
    assert response.status_code == 200
    assert set(form.errors) == {"phone"}
    assert (form["phone"].value(), form["duties"].value()) == (typed, "改过的职责")
    assert f'value="{typed}"' in response.content.decode()
    assert fresh(liaison).phone == Phone.parse(NUMBER)
    assert liaison.duties == ""


def test_duties_are_one_line(keeper: Client, liaison: Liaison) -> None:
    response = keeper.post(address(liaison, "save/"), {"duties": "字" * 61})
    assert set(response.context["form"].errors) == {"duties"}
    assert response.context["form"]["duties"].value() == "字" * 61


def test_the_page_never_says_the_number_in_full(keeper: Client, liaison: Liaison) -> None:
    text = keeper.get(address(liaison)).content.decode()
    assert "154****1111" in text
    assert NUMBER not in text


def test_a_link_that_was_left_open_leads_to_the_profile(keeper: Client, liaison: Liaison) -> None:
    assert keeper.get(address(liaison, "consent/"))["Location"] == address(liaison)


# Photo


def files() -> int:
    return len(default_storage.listdir("attachments")[1]) if default_storage.exists("attachments") else 0


def test_a_photo_is_kept_replaced_and_deleted(keeper: Client, liaison: Liaison, django_capture_on_commit_callbacks: Any) -> None:
    before = files()
    for width in (300, 400):
        with django_capture_on_commit_callbacks(execute=True):
            keeper.post(address(liaison, "photo/keep/"), {"photo": uploaded(picture(width, 500))})
        photo = fresh(liaison).photo
        assert photo is not None
        assert (photo.width, Attachment.objects.count(), files() - before) == (width, 1, 2)
    shown = keeper.get(address(liaison, "photo/"))
    assert Image.open(io.BytesIO(shown.content)).size == (400, 500)
    assert max(Image.open(io.BytesIO(keeper.get(address(liaison, "photo/?small")).content)).size) == 240
    assert shown["Cache-Control"] == "private, no-store"
    with django_capture_on_commit_callbacks(execute=True):
        keeper.post(address(liaison, "photo/remove/"))
    assert (fresh(liaison).photo, Attachment.objects.count(), files()) == (None, 0, before)
    assert [event["kept"] for event in audited()] == [True, True, False]
    assert keeper.get(address(liaison, "photo/")).status_code == 404


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 no picture", picture()[:2000]])
def test_what_is_no_photo_is_refused_beside_the_field(keeper: Client, liaison: Liaison, data: bytes) -> None:
    response = keeper.post(address(liaison, "photo/keep/"), {"photo": uploaded(data)})
    assert response.status_code == 200
    assert response.context["photo_error"]
    assert 'id="photo-error"' in response.content.decode()
    assert (fresh(liaison).photo, Attachment.objects.count(), audited()) == (None, 0, [])


def test_sixty_megabytes_are_refused_in_words(keeper: Client, liaison: Liaison) -> None:
    response = keeper.post(address(liaison, "photo/keep/"), {"photo": uploaded(b"\xff\xd8\xff" + bytes(60 * 1024 * 1024))})
    assert "15" in response.context["photo_error"]
    assert Attachment.objects.count() == 0


def test_a_portrait_is_seen_by_whoever_reaches_the_post_and_nobody_else(project: Project, liaison: Liaison) -> None:
    person = fresh(liaison)
    person.photo = PhotoFactory()
    person.save()
    reached = [Role.PROJECT_CLERK, Role.HEALTH_OFFICER, Role.LEADER]
    for role in reached:
        unit = {} if role == Role.LEADER else {"project": project}
        assert client_for(person_with(role, **unit)).get(address(liaison, "photo/")).status_code == 200
    for role in (Role.REGIONAL_COORDINATOR, Role.PROJECT_COORDINATOR, Role.LIAISON, Role.DEPARTMENT_OFFICER):
        assert client_for(person_with(role)).get(address(liaison, "photo/")).status_code == 404
    assert Client().get(address(liaison, "photo/")).status_code == 302


def test_after_a_transfer_the_old_link_shows_nothing(project: Project) -> None:
    post = CoordinatorFactory(project=project, person=UserFactory(photo=PhotoFactory()))
    committee = client_for(person_with(Role.PROJECT_COMMITTEE, project=project))
    assert committee.get(address(post, "photo/")).status_code == 200
    post.to_on = timezone.localdate() - timedelta(days=1)
    post.save()
    moved = CoordinatorFactory(part_time=True, person=post.person)
    assert [committee.get(address(each, "photo/")).status_code for each in (post, moved)] == [404, 404]
    there = client_for(person_with(Role.PROJECT_COMMITTEE, project=moved.project))
    assert there.get(address(moved, "photo/")).status_code == 200


# Consent


def test_consent_is_dated_audited_and_can_be_taken_back(keeper: Client, liaison: Liaison) -> None:
    keeper.post(address(liaison, "consent/"), {"agreed": "on"})
    assert fresh(liaison).disclosure_agreed_on == timezone.localdate()
    keeper.post(address(liaison, "consent/"), {"agreed": "on"})
    keeper.post(address(liaison, "consent/withdraw/"))
    assert fresh(liaison).disclosure_agreed_on is None
    assert [event["agreed"] for event in audited()] == [True, False]


def test_nobody_is_shown_without_the_tick(keeper: Client, liaison: Liaison) -> None:
    response = keeper.post(address(liaison, "consent/"), {})
    assert set(response.context["consent_form"].errors) == {"agreed"}
    assert fresh(liaison).disclosure_agreed_on is None


def test_it_says_whose_word_it_is(keeper: Client, liaison: Liaison) -> None:
    label = keeper.get(address(liaison)).context["consent_form"].fields["agreed"].label
    own = client_for(liaison.person).get(address(liaison)).context["consent_form"].fields["agreed"].label
    assert liaison.person.name in label
    assert liaison.person.name not in own


def test_the_pages_of_all_states_are_whole(keeper: Client, liaison: Liaison) -> None:
    """With and without photo, number and consent."""
    assert "<img" not in keeper.get(address(liaison)).content.decode()
    User.objects.filter(pk=liaison.person_id).update(photo=PhotoFactory(), disclosure_agreed_on=timezone.localdate(), phone=None)
    text = keeper.get(address(liaison)).content.decode()
    assert f'src="{address(liaison, "photo/")}?small' in text
    assert f'action="{address(liaison, "consent/withdraw/")}"' in text
