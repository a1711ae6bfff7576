"""The list: whose cases stand on it and in its counts, its saved views, search, filters, paging, what it costs, the export."""

import io
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from openpyxl import load_workbook
from pytest_django import DjangoAssertNumQueries

from core.audit import AuditKind
from core.models import AuditEvent
from core.roles import READERS, Role
from feedback.models import Case, CaseCategory, CaseContact, CaseExtension, Promise
from tests.factories import CaseFactory, ProjectFactory, UserFactory, person_with
from tests.house.test_url_matrix import client_for
from tests.shared_world import world_once
from tests.world import Company, found_company

pytestmark = pytest.mark.django_db
URL = "/cases/"
LIST_QUERIES = 15


founded, company = world_once(found_company)


@pytest.fixture
def region(company: Company) -> Client:
    return client_for(company.person(Role.REGIONAL_COORDINATOR))


def shown(client: Client, **wanted: str) -> set[str]:
    context = client.get(URL, {"view": "all", **wanted}).context
    numbers = {row.case.number for row in context["rows"]}
    assert len(numbers) == context["count"]
    return numbers


def counted(client: Client) -> dict[str, int]:
    return {view.key: number for view, number in client.get(URL).context["tabs"]}


def test_rows_and_numbers_are_those_of_the_person(company: Company, region: Client) -> None:
    case = CaseFactory(project=company.own_project)
    CaseFactory(project=company.crew_at("foreign").team.project)
    CaseFactory(project=company.own_project, is_sensitive=True)
    CaseFactory(project=company.own_project, names=[{"who": "region"}])
    assert shown(region) == {case.number}
    assert counted(region) == {
        "mine": 1, "to-route": 1, "unanswered": 1, "overdue": 0, "reopened": 0, "promised": 0, "all": 1,
    }  # fmt: skip


@pytest.mark.parametrize("role", [Role.SYSTEM_ADMINISTRATOR, Role.PROJECT_CLERK, Role.HEALTH_OFFICER])
def test_for_posts_without_a_part_in_cases_there_is_no_list(company: Company, role: Role) -> None:
    assert client_for(company.person(role)).get(URL).status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_costs_the_same_however_long(
    company: Company, region: Client, rows: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    CaseFactory.create_batch(rows, project=company.own_project, team=company.own_team, status="routed")
    with django_assert_num_queries(LIST_QUERIES):
        region.get(URL, {"view": "all"})


def in_state(company: Company, **fields: Any) -> Case:
    return CaseFactory(project=company.own_project, **fields)


def test_what_waits_for_whom(company: Company) -> None:
    """One case a line, and for whom it is to do."""
    officer, region, local, labour = (
        company.person(role)
        for role in (Role.DEPARTMENT_OFFICER, Role.REGIONAL_COORDINATOR, Role.PROJECT_COORDINATOR, Role.LABOUR_CENTRE)
    )
    there = {"dealt_with_by": company.department}
    asked = in_state(company, status="accepted", **there)
    CaseExtension.objects.create(case=asked, clock="answer", days=2, reason="材料未到", asked_by=officer)
    expected = {
        in_state(company): {region, local},
        in_state(company, status="refused", refusals=1, **there): {region, local},
        in_state(company, status="refused", refusals=2, **there): {labour},
        in_state(company, status="routed", **there): {officer},
        asked: {officer, region},
        in_state(company, status="waiting", **there): set(),
        in_state(company, status="under_review", replied_by=officer, **there): {region, local},
        in_state(company, status="under_review", replied_by=local): {region},
        in_state(company, status="under_review", is_final=True, replied_by=officer, **there): {labour},
        in_state(company, status="answered", **there): {officer, local},
        in_state(company, status="closed", **there): set(),
        in_state(company, names=[{"who": "region"}]): {labour},
    }
    found: dict[Case, set[Any]] = {case: set() for case in expected}
    for person in (officer, region, local, labour, company.person(Role.LEADER)):
        for row in client_for(person).get(URL, {"view": "mine"}).context["rows"]:
            found[row.case].add(person)
    assert found == expected


def test_what_is_overdue(company: Company, region: Client) -> None:
    now, project = timezone.now(), company.own_project
    late = {f"{clock}_due_at": now - timedelta(hours=1) for clock in ("accept", "answer", "settle")}
    expected = {
        CaseFactory(project=project, status=status, **late).number
        for status in ("routed", "refused", "accepted", "under_review", "answered")
    }
    for status in ("waiting", "revisiting", "closed"):
        CaseFactory(project=project, status=status, **late)
    CaseFactory(project=project, status="accepted")
    expected.add(CaseFactory(project=project, registered_on=timezone.localdate() - timedelta(days=15)).number)
    assert shown(region, view="overdue") == expected


def test_what_was_done_again_and_what_was_promised(company: Company, region: Client) -> None:
    again = in_state(company, status="accepted", redos=1)
    promised, later, drafted = (in_state(company, status="answered") for _case in range(3))
    today, by, given_at = timezone.localdate(), UserFactory(), promised.replied_at
    Promise.objects.create(
        case=promised, text="装热水器", who="物资部", due_on=today + timedelta(days=3), given_by=by, given_at=given_at
    )
    Promise.objects.create(
        case=later, text="修路", who="工程部", due_on=today + timedelta(days=30), given_by=by, given_at=given_at
    )
    Promise.objects.create(case=drafted, text="还没审核", who="办公室", due_on=today, given_by=by, given_at=timezone.now())
    assert shown(region, view="reopened") == {again.number}
    assert shown(region, view="promised") == {promised.number}


def test_search_finds_number_and_line_and_never_what_was_said(company: Company, region: Client) -> None:
    case = in_state(company, title="食堂排队太久", words="张三克扣饭票")
    in_state(company, title="宿舍漏雨")
    assert shown(region, q=case.number.lower()) == {case.number}
    assert shown(region, q="排队") == {case.number}
    assert shown(region, q="张三") == set()


def test_a_number_of_a_person_leaves_the_address_and_a_case_number_stays(company: Company, region: Client) -> None:
    assert region.get(URL, {"q": "15400000001"}).headers["Location"] == URL
    assert region.get(URL, {"q": "HN-2605-23456"}).status_code == 200


def test_filters(company: Company, region: Client) -> None:

    wages = CaseCategory.objects.get(key="wages")
    case = in_state(company, category=wages, kind="dispute", severity="urgent", origin="hotline", status="routed")
    in_state(company)
    sibling = CaseFactory(project=company.crew_at("sibling").team.project)
    month = f"{timezone.localdate():%Y-%m}"
    for wanted in (
        {"category": str(wages.pk)}, {"kind": "dispute"}, {"severity": "urgent"}, {"origin": "hotline"}, {"state": "routed"},
    ):  # fmt: skip
        assert shown(region, **wanted) == {case.number}, wanted
    assert shown(region, project=str(sibling.project_id)) == {sibling.number}
    assert len(shown(region, month=month, state="open")) == 3
    assert shown(region, month="2020-01") == {row.number for row in Case.objects.all()}  # not offered, so no filter


def test_pages_follow_one_another_and_miss_none(company: Company, region: Client) -> None:
    CaseFactory.create_batch(53, project=company.own_project, status="routed")
    for view in ("all", "unanswered", "mine"):
        person = client_for(company.person(Role.PROJECT_COORDINATOR))
        first = person.get(URL, {"view": view}).context
        second = person.get(URL, {"view": view, "after": first["page"].next}).context
        numbers = [row.case.number for row in (*first["rows"], *second["rows"])]
        assert len(numbers) == len(set(numbers)) == 53, view
        assert second["page"].next == ""


def test_without_a_wish_what_waits_for_me_and_all_where_nothing_does(company: Company, region: Client) -> None:
    assert region.get(URL).context["view"].key == "all"
    in_state(company)
    assert region.get(URL).context["view"].key == "mine"


def test_the_export_holds_no_words_names_contacts_or_sensitive_cases(company: Company) -> None:
    case = in_state(company, words="原话在此", status="routed", dealt_with_by=company.department)
    CaseContact.objects.create(case=case, name="李四联系")
    secret = in_state(company, is_sensitive=True, title="敏感一行")
    trusted = company.person(Role.PARTY_ORGANISATION)
    assert secret.number in shown(client_for(trusted))
    response = client_for(trusted).post("/cases/export/", {"view": "all"})
    cells = [cell for row in load_workbook(io.BytesIO(response.content)).active.iter_rows(values_only=True) for cell in row]
    assert case.number in cells
    assert str(company.department) in cells
    text = "".join(str(cell) for cell in cells)
    for leak in ("原话在此", "李四联系", "敏感一行", secret.number):
        assert leak not in text
    assert AuditEvent.objects.get(kind=AuditKind.EXPORT).details["rows"] == 1


@pytest.mark.parametrize("role", sorted(READERS))
def test_readers_take_nothing_away(role: Role) -> None:
    assert client_for(person_with(role)).post("/cases/export/", {"view": "all"}).status_code == 403


def test_a_liaison_sees_what_he_wrote_down(company: Company) -> None:
    liaison = company.person(Role.LIAISON)
    mine = in_state(company, registered_by=liaison)
    in_state(company)
    assert shown(client_for(liaison)) == {mine.number}


def test_wage_disputes_of_projects_that_wind_up(company: Company, region: Client) -> None:

    closing = ProjectFactory(region=company.own_region, stage="wrap_up")
    ProjectFactory(region=company.crew_at("foreign").team.project.region, stage="wrap_up")
    wages = CaseCategory.objects.get(key="wage_late")
    since = timezone.localdate() - timedelta(days=40)
    CaseFactory(project=closing, category=wages, people_count=12, amount=36000, registered_on=since)
    CaseFactory(project=closing, kind="dispute", people_count=3)
    CaseFactory(project=closing, category=wages, status="closed", people_count=99)
    CaseFactory(project=closing, category=wages, names=[{"who": "region"}], people_count=99)
    CaseFactory(project=closing)
    [row] = region.get("/cases/wage-disputes/").context["rows"]
    assert (row.project, row.cases, row.people, row.amount, row.days) == (closing, 2, 15, 36000, 40)
