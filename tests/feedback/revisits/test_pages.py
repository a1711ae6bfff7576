"""The pages of revisits as people meet them."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from core.months import Month
from core.roles import Role
from core.workdays import WorkingDays
from feedback.models import CaseContact, Promise, Revisit
from inbox.providers import PROVIDERS
from inbox.revisits import REVISITS
from tests.factories import CaseFactory, LabourTeamFactory, RevisitFactory, UserFactory, person_with, picture, uploaded
from tests.house.test_url_matrix import client_for
from tests.shared_world import world_once
from tests.world import Company, found_company

pytestmark = pytest.mark.django_db
LIST_COST = 10  # queries
WORDS, SECRET = "宿舍三天没有热水了，我住三号楼", "13900000031"


founded, company = world_once(found_company)


@pytest.fixture
def regional(company: Company) -> User:
    return company.person(Role.REGIONAL_COORDINATOR)


@pytest.fixture
def goes(company: Company) -> User:
    """A liaison of another team."""
    return person_with(Role.LIAISON, team=LabourTeamFactory(project=company.own_project))


@pytest.fixture
def revisit(company: Company) -> Revisit:
    case = CaseFactory(project=company.own_project, team=company.own_team, status="revisiting", words=WORDS)
    CaseContact.objects.create(case=case, name="来电人", phone=SECRET)
    given = {"who": "工程部", "due_on": timezone.localdate(), "given_by": UserFactory()}
    Promise.objects.create(case=case, text="装好热水器", **given)
    return RevisitFactory(case=case)


def test_the_region_chooses_who_goes(revisit: Revisit, regional: User, goes: User) -> None:
    client = client_for(regional)
    page = client.get(reverse("revisit", args=[revisit.pk]))
    assert str(goes.pk) in page.context["assign_form"].people
    client.post(reverse("revisit-assign", args=[revisit.pk]), {"person": goes.pk})
    revisit.refresh_from_db()
    assert revisit.asked == goes


def test_somebody_of_the_line_cannot_be_chosen(revisit: Revisit, regional: User, company: Company) -> None:
    own = company.person(Role.LIAISON)
    page = client_for(regional).post(reverse("revisit-assign", args=[revisit.pk]), {"person": own.pk})
    assert set(page.context["assign_form"].errors) == {"person"}


def test_whoever_goes_sees_the_answer_and_nothing_of_the_worker(revisit: Revisit, goes: User) -> None:
    client = client_for(goes)
    assert client.get(reverse("revisit", args=[revisit.pk])).status_code == 404
    Revisit.objects.update(asked=goes)
    text = client.get(reverse("revisit", args=[revisit.pk])).content.decode()
    assert all(said in text for said in ("宿舍没有热水", "热水器修好了", "装好热水器"))
    assert not any(said in text for said in (WORDS, "来电人", SECRET, revisit.case.number))


def test_two_buttons(revisit: Revisit, regional: User) -> None:
    Revisit.objects.update(asked=regional)
    client = client_for(regional)
    answer = client.post(reverse("revisit-answer", args=[revisit.pk]), {"answer": "yes", "photo": uploaded(picture())})
    assert answer.headers["Location"] == reverse("revisits")
    revisit.refresh_from_db()
    revisit.case.refresh_from_db()
    assert (revisit.is_settled, revisit.case.status) == (True, "closed")


@pytest.mark.parametrize(("sent", "field"), [({"answer": "no"}, "words"), ({"words": "没装"}, "__all__")])
def test_what_is_missing_is_said_and_nothing_is_lost(revisit: Revisit, regional: User, sent: dict[str, str], field: str) -> None:
    Revisit.objects.update(asked=regional)
    page = client_for(regional).post(reverse("revisit-answer", args=[revisit.pk]), sent)
    assert set(page.context["answer_form"].errors) == {field}
    assert sent.get("words", "") in page.content.decode()
    revisit.refresh_from_db()
    assert revisit.is_settled is None


def test_whoever_was_not_asked_has_no_buttons(revisit: Revisit, company: Company) -> None:
    client = client_for(company.person(Role.PROJECT_COORDINATOR))
    page = client.get(reverse("revisit", args=[revisit.pk]))
    assert (page.context["answer_form"], page.context["assign_form"]) == (None, None)
    for verb in ("assign", "answer"):
        assert client.post(reverse(f"revisit-{verb}", args=[revisit.pk]), {"answer": "yes"}).status_code == 403


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_costs_the_same_however_long(
    company: Company, regional: User, number: int, django_assert_num_queries: Any
) -> None:
    for _revisit in range(number):
        RevisitFactory(case=CaseFactory(project=company.own_project, status="revisiting"), asked=UserFactory())
    client: Client = client_for(regional)
    with django_assert_num_queries(LIST_COST):
        assert len(client.get(reverse("revisits")).context["page"]) == number


def test_filters_of_the_list(revisit: Revisit, regional: User, company: Company) -> None:
    mine = RevisitFactory(case=CaseFactory(project=company.own_project, status="revisiting"), asked=regional)
    no = RevisitFactory(case=CaseFactory(project=company.own_project), done=True, is_settled=False, is_sample=True)
    client = client_for(regional)
    found = {
        state: set(client.get(reverse("revisits"), {"state": state}).context["page"])
        for state in ("mine", "unassigned", "open", "no", "sample")
    }
    assert found == {"mine": {mine}, "unassigned": {revisit}, "open": {revisit, mine}, "no": {no}, "sample": {no}}


def test_shares_by_month(regional: User, company: Company) -> None:
    client = client_for(regional)
    assert [row.unit for row in client.get(reverse("revisit-rates")).context["of_regions"]] == [company.own_region]
    assert client.get(reverse("revisit-rates-month", args=[Month(2026, 1)])).context["next"] == Month(2026, 2)
    assert client_for(company.person(Role.PROJECT_COORDINATOR)).get(reverse("revisit-rates")).status_code == 404


# ── My work ──────────────────────────────────────────────────────────────────────────────────────────────────────


def urls(user: User) -> list[str]:
    now, person = timezone.now(), User.objects.get(pk=user.pk)
    return [item.url for provider in REVISITS for item in provider(person, now, WorkingDays())]


def test_home_says_whose_turn_it_is(revisit: Revisit, regional: User, goes: User, company: Company) -> None:
    centre, place = company.person(Role.LABOUR_CENTRE), reverse("revisit", args=[revisit.pk])
    assert set(REVISITS) <= set(PROVIDERS)
    assert [urls(person) for person in (regional, goes, centre)] == [[place], [], []]
    Revisit.objects.update(asked=goes)
    assert [urls(person) for person in (regional, goes, centre)] == [[], [place], []]
    Revisit.objects.update(is_settled=True, done_at=timezone.now(), done_by=goes)
    assert [urls(person) for person in (regional, goes, centre)] == [[place], [], []]


def test_what_the_region_does_not_see_is_headquarters_to_assign(company: Company, regional: User) -> None:
    case = CaseFactory(project=company.own_project, status="revisiting", names=[{"who": "region"}])
    place = reverse("revisit", args=[RevisitFactory(case=case).pk])
    assert (urls(regional), urls(company.person(Role.LABOUR_CENTRE))) == ([], [place])
