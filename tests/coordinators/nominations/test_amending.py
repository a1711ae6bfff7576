"""Amending a proposal, and adding the letter of appointment, as people meet them on the nomination's page."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from coordinators.models import Nomination
from core.personal import Phone
from core.roles import Role
from regions.models import Project, Region
from tests.factories import NominationFactory, UserFactory, person_with
from tests.factories.nominations import kept_letter, letter_file
from tests.house.test_url_matrix import client_for

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
PHONE = "15488880001"


@pytest.fixture
def nomination(project: Project, regional: User) -> Nomination:
    return NominationFactory(project=project, proposed_by=regional, name="周小川", phone=Phone.parse(PHONE), person=None)


def amend(nomination: Nomination) -> str:
    return reverse("nomination-amend", args=[nomination.pk])


def add_letter(nomination: Nomination) -> str:
    return reverse("nomination-add-letter", args=[nomination.pk])


def typed(**fields: str) -> dict[str, str]:
    return {"name": "周大川", "phone": "", "main_job": "安全员", "from_on": f"{TODAY}", "to_on": "", "reason": "在现场"} | fields


def test_the_proposer_amends_and_the_page_shows_it(nomination: Nomination, regional: User) -> None:
    browser = client_for(regional)
    page = browser.get(reverse("nomination", args=[nomination.pk])).content.decode()
    assert f'action="{amend(nomination)}"' in page
    assert PHONE not in page
    page = browser.post(amend(nomination), typed(), follow=True).content.decode()
    nomination.refresh_from_db()
    assert (nomination.name, nomination.phone, nomination.main_job) == ("周大川", Phone.parse(PHONE), "安全员")
    assert "周大川" in page


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"to_on": f"{TODAY - timedelta(days=1)}"}, "to_on"),
        ({"phone": "123"}, "phone"),
        ({"name": ""}, "name"),
        ({"name": "<b>"}, "name"),
        ({"main_job": ""}, "main_job"),
        ({"reason": ""}, "reason"),
    ],
)
def test_what_was_typed_stays_beside_what_is_wrong(
    fields: dict[str, str], wrong: str, nomination: Nomination, regional: User
) -> None:
    answer = client_for(regional).post(amend(nomination), typed(reason="先写好的话") | fields)
    form = answer.context["forms"]["amend"]
    assert set(form.errors) == {wrong}
    assert wrong == "reason" or "先写好的话" in answer.content.decode()
    nomination.refresh_from_db()
    assert (nomination.name, nomination.version) == ("周小川", 0)


def test_somebody_else_gets_no_form_and_is_refused(nomination: Nomination, committee: User) -> None:
    browser = client_for(committee)
    assert amend(nomination) not in browser.get(reverse("nomination", args=[nomination.pk])).content.decode()
    browser.post(amend(nomination), typed())
    nomination.refresh_from_db()
    assert nomination.name == "周小川"


def test_of_somebody_with_an_account_neither_name_nor_mobile_is_asked(project: Project, regional: User) -> None:
    nomination = NominationFactory(project=project, proposed_by=regional, person=UserFactory(), phone=None)
    page = client_for(regional).get(reverse("nomination", args=[nomination.pk]))
    assert set(page.context["forms"]["amend"].fields) == {"main_job", "from_on", "to_on", "reason"}


@pytest.fixture
def decided(region: Region) -> Nomination:
    return NominationFactory(full_time=True, region=region, decided=True)


def test_the_letter_comes_later_and_only_once(decided: Nomination, personnel: User) -> None:
    browser, page = client_for(personnel), reverse("nomination", args=[decided.pk])
    assert add_letter(decided) in browser.get(page).content.decode()
    text = browser.post(add_letter(decided), {"letter": letter_file()}, follow=True).content.decode()
    decided.refresh_from_db()
    first = decided.letter
    assert first is not None
    assert reverse("nomination-letter", args=[decided.pk]) in text
    assert add_letter(decided) not in text
    browser.post(add_letter(decided), {"letter": letter_file()})
    decided.refresh_from_db()
    assert decided.letter == first


@pytest.mark.parametrize("file", [None, SimpleUploadedFile("a.exe", b"MZ")])
def test_without_a_document_the_form_says_so(file: Any, decided: Nomination, personnel: User) -> None:
    answer = client_for(personnel).post(add_letter(decided), {"letter": file} if file else {})
    assert set(answer.context["forms"]["add_letter"].errors) == {"letter"}
    decided.refresh_from_db()
    assert decided.letter is None


def test_other_departments_other_regions_and_whoever_was_appointed_add_no_letter(decided: Nomination) -> None:
    assert decided.person is not None
    other, elsewhere = person_with(Role.PARTY_ORGANISATION), person_with(Role.REGIONAL_COORDINATOR)
    for person in (other, decided.person, elsewhere):
        client_for(person).post(add_letter(decided), {"letter": letter_file()})
        decided.refresh_from_db()
        assert decided.letter is None


def test_a_post_that_is_chosen_has_no_such_form(project: Project, personnel: User) -> None:
    nomination = NominationFactory(project=project, decided=True)
    NominationFactory(full_time=True, region=project.region, decided=True, letter=kept_letter())
    assert add_letter(nomination) not in client_for(personnel).get(reverse("nomination", args=[nomination.pk])).content.decode()
