"""A remark with a photo: kept drawn anew and encrypted, shown in the story with words, seen with the case alone."""

import io

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from accounts.models import User
from core.attachments import PHOTO_BYTES
from core.models import Attachment
from core.roles import Role
from feedback.models import Case, CasePhoto
from tests.factories.attachments import uploaded
from tests.feedback.page.acts import page_of, press, said_at
from tests.house.crawl import client_for
from tests.world import Company

SECRET = b"taken in Golmud by somebody"


def with_comment() -> SimpleUploadedFile:
    written = io.BytesIO()
    Image.new("RGB", (400, 300), "green").save(written, "JPEG", comment=SECRET)
    assert SECRET in written.getvalue()
    return SimpleUploadedFile("IMG_2041.jpg", written.getvalue(), "image/jpeg")


def photo_of(case: Case) -> str:
    return reverse("case-photo", args=[case.number, CasePhoto.objects.get(case=case).photo_id])


def test_it_stands_in_the_story_with_words_instead_of_the_picture(accepted: Case, regional: User, officer: User) -> None:
    press(accepted, regional, "remark", text="对了考勤原件", photo=with_comment(), caption="三方核对单")
    page = page_of(accepted, officer)
    [entry] = page.context["thread"]
    assert (entry.says, [shot.caption for shot in entry.shots]) == (["对了考勤原件"], ["三方核对单"])
    assert f'<img src="{photo_of(accepted)}?small" alt="三方核对单"' in page.content.decode()


def test_without_words_it_is_called_a_photo(accepted: Case, regional: User, officer: User) -> None:
    press(accepted, regional, "remark", text="对了考勤原件", photo=uploaded())
    assert 'alt=""' not in page_of(accepted, officer).content.decode()


def test_it_is_drawn_anew_and_encrypted(accepted: Case, regional: User) -> None:
    press(accepted, regional, "remark", text="对了考勤原件", photo=with_comment())
    served = client_for(regional).get(photo_of(accepted))
    assert served.status_code == 200
    assert SECRET not in served.content
    kept = Attachment.objects.get()
    assert "IMG_2041" not in kept.name
    with default_storage.open(kept.content.name) as file:
        assert b"\xff\xd8\xff" not in file.read(64)


@pytest.mark.parametrize("role", [Role.PROJECT_CLERK, Role.LIAISON, Role.HEALTH_OFFICER])
def test_it_is_seen_with_the_case_alone(accepted: Case, regional: User, company: Company, role: Role) -> None:
    press(accepted, regional, "remark", text="对了考勤原件", photo=uploaded())
    assert client_for(company.person(role)).get(photo_of(accepted)).status_code == 404


@pytest.mark.parametrize("content", [b"nothing", b"x" * (PHOTO_BYTES + 1)], ids=["no picture", "too big"])
def test_what_cannot_be_kept_is_said_at_its_field_and_writes_nothing(accepted: Case, regional: User, content: bytes) -> None:
    answer = press(accepted, regional, "remark", text="对了考勤原件", caption="核对单", photo=uploaded(content))
    assert set(said_at(answer)) == {"photo"}
    assert "对了考勤原件" in answer.content.decode()
    assert not accepted.events.exists()
    assert not CasePhoto.objects.exists()


def test_a_word_without_a_photo_is_a_remark_too(accepted: Case, regional: User) -> None:
    press(accepted, regional, "remark", text="已联系队伍", caption="没有照片")
    assert accepted.events.get().note == "已联系队伍"
    assert not CasePhoto.objects.exists()


def test_a_photo_alone_is_none(accepted: Case, regional: User) -> None:
    answer = press(accepted, regional, "remark", photo=uploaded())
    assert set(said_at(answer)) == {"text"}
    assert not Attachment.objects.exists()


def test_the_worker_does_not_get_it(accepted: Case, regional: User) -> None:
    press(accepted, regional, "remark", text="已经报修", is_public="on", photo=uploaded(), caption="热水器")
    event = accepted.events.get()
    assert (event.is_public, event.note) == (True, "已经报修")
