"""Taking a case down: three fields are enough; who may; whom it names; what whoever wrote it down may see afterwards."""

from typing import Any

import pytest
from django.test import Client

from core.roles import READERS, Role
from feedback.models import Case, CaseAccused, CaseCategory
from tests.factories import DepartmentFactory, LiaisonFactory, person_with
from tests.house.test_url_matrix import client_for
from tests.shared_world import world_once
from tests.world import Company, found_company

pytestmark = pytest.mark.django_db
URL = "/cases/new/"
PHONE = "15400000099"


founded, company = world_once(found_company)


@pytest.fixture
def local(company: Company) -> Client:
    return client_for(company.person(Role.PROJECT_COORDINATOR))


def said(company: Company, **more: Any) -> dict[str, Any]:
    living = CaseCategory.objects.get(key="living")
    always = {"category": living.pk, "title": "宿舍没有热水", "place": f"team-{company.own_team.pk}"}
    return {**always, "kind": "problem", "origin": "visit", **more}


@pytest.mark.parametrize("role", list(Role))
def test_who_writes_cases_down(company: Company, role: Role) -> None:
    may = {Role.PARTY_ORGANISATION, Role.LABOUR_CENTRE, Role.REGIONAL_COORDINATOR, Role.PROJECT_COORDINATOR, Role.LIAISON}
    client = client_for(company.person(role))
    assert client.get(URL).status_code == (200 if role in may else 404)
    if role in READERS:
        assert client.post(URL, said(company)).status_code == 403
    assert not Case.objects.exists()


def test_three_fields_are_enough(company: Company, local: Client) -> None:
    required = [name for name, field in local.get(URL).context["form"].fields.items() if field.required]
    assert [name for name in required if name not in ("kind", "origin")] == ["category", "title", "place"]
    response = local.post(URL, said(company))
    case = Case.objects.get()
    assert response.headers["Location"] == f"/cases/new/{case.number}/"
    assert (case.project, case.team, case.region) == (company.own_project, company.own_team, company.own_region)
    assert (case.status, case.severity, case.origin) == ("registered", case.category.severity, "visit")
    page = local.get(response.headers["Location"])
    assert page.context["proposal"].destination.tier == "project"
    assert page.context["may_route"]


def test_all_that_is_known_is_kept(company: Company, local: Client) -> None:
    more = {
        "words": "三天没有热水", "kind": "dispute", "severity": "urgent", "origin": "meeting", "people_count": "12",
        "amount": "3600.50", "is_found_early": "on", "contact_name": "李四", "contact_phone": PHONE,
    }  # fmt: skip
    local.post(URL, said(company, **more))
    case = Case.objects.get()
    assert (case.words, case.kind, case.severity, case.origin) == ("三天没有热水", "dispute", "urgent", "meeting")
    assert (case.people_count, str(case.amount), case.is_found_early) == (12, "3600.50", True)
    assert case.contact.name == "李四"
    assert str(case.contact.phone) == "154****0099"


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"title": ""}, "title"),
        ({"title": f"打 {PHONE} 找我"}, "title"),
        ({"category": ""}, "category"),
        ({"place": ""}, "place"),
        ({"place": "team-987654321"}, "place"),
        ({"contact_phone": "12345"}, "contact_phone"),
        ({"named": ["department"]}, "named_department"),
        ({"named": ["headquarters"]}, "named_person"),
        ({"people_count": "-3"}, "people_count"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(company: Company, local: Client, wrong: Any, field: str) -> None:
    response = local.post(URL, said(company, words="留着这些话", **wrong))
    assert set(response.context["form"].errors) == {field}
    assert "留着这些话" in response.content.decode()
    assert not Case.objects.exists()


def test_places_offered_are_those_in_reach(company: Company, local: Client) -> None:
    keys = set(local.get(URL).context["form"].places)
    teams = {f"team-{crew.team_id}" for crew in company.crews[:4]}
    assert keys == {f"project-{company.own_project.pk}", *teams}
    foreign = f"team-{company.crew_at('foreign').team_id}"
    assert "place" in local.post(URL, said(company, place=foreign)).context["form"].errors


def test_a_liaison_is_asked_for_two_things_and_his_place_is_known(company: Company) -> None:
    liaison = company.person(Role.LIAISON)
    client = client_for(liaison)
    form = client.get(URL).context["form"]
    assert [name for name, field in form.fields.items() if field.required] == ["category", "title"]
    assert "contact_phone" not in form.fields
    answers = said(company)
    client.post(URL, {"category": answers["category"], "title": "工具棚漏雨", "words": "下雨就漏"})
    case = Case.objects.get()
    assert (case.crew, case.team, case.registered_by) == (company.own_crew, company.own_team, liaison)
    page = client.get(f"/cases/new/{case.number}/")
    assert page.status_code == 200
    assert not page.context["may_route"]


def test_headquarters_may_know_no_place_nearer_than_the_region(company: Company) -> None:
    client = client_for(person_with(Role.LABOUR_CENTRE))
    client.post(URL, said(company, place=f"region-{company.own_region.pk}"))
    assert (Case.objects.get().region, Case.objects.get().project) == (company.own_region, None)


def test_whom_it_names_is_kept_with_the_unit(company: Company, local: Client) -> None:
    post = LiaisonFactory(team=company.own_team, crew=company.own_crew)
    office = DepartmentFactory()
    chief = person_with(Role.LABOUR_CENTRE)
    named = {"named": ["team_boss", "liaison"], "named_liaison": post.person_id, "named_department": office.pk}
    local.post(URL, said(company, named_person=chief.pk, **named))
    rows = {row.who: (row.person, row.team, row.department) for row in CaseAccused.objects.all()}
    assert rows == {
        "team_boss": (None, company.own_team, None),
        "liaison": (post.person, company.own_team, None),
        "department": (None, None, office),
        "headquarters": (chief, None, None),
    }
    assert not Case.objects.visible_to(chief).exists()


@pytest.mark.parametrize(
    ("more", "where"),
    [
        ({"named": ["project"]}, "region"),
        ({"named": ["region"]}, "company"),
        ({"is_direct": "on"}, "company"),
        ({"sensitive": True}, "officers"),
    ],
)
def test_whoever_may_not_see_it_afterwards_is_told_where_it_went(company: Company, local: Client, more: Any, where: str) -> None:
    if more.pop("sensitive", False):
        more = {"category": CaseCategory.objects.get(key="conduct").pk}
    response = local.post(URL, said(company, **more), follow=True)
    case = Case.objects.get()
    assert response.redirect_chain == [("/cases/", 302)]
    [message] = [str(message) for message in response.context["messages"]]
    assert case.number in message
    assert response.context["rows"] == []
    assert local.get(f"/cases/new/{case.number}/").status_code == 404
    assert case.sights.filter(tier="region").exists() is (where in ("region", "officers"))
