"""The arrears board: whose, how much, since when, the case for whoever may see it; settled ones folded; the export."""

import io
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from accounts.models import User
from core.audit import AuditKind
from core.models import AuditEvent
from core.roles import Role
from labour_teams.models import LabourTeam
from tests.factories import CaseFactory, LabourTeamFactory, ProjectFactory, WageArrearsFactory, person_with
from tests.house.test_url_matrix import client_for
from wages.models import WageArrears

pytestmark = pytest.mark.django_db

ADDRESS = reverse("wages-arrears")


@pytest.fixture
def arrears(team: LabourTeam) -> WageArrears:
    case = CaseFactory(project=team.project, team=team, names=[{"who": "project"}])
    row: WageArrears = WageArrearsFactory(team=team, since=date(2026, 6, 1), case=case)
    return row


def test_worst_first_with_days_and_sums(arrears: WageArrears, people: dict[str, User]) -> None:
    older = WageArrearsFactory(
        team=arrears.team, month="2026-02", since=date(2026, 3, 11), amount=None, people=23, source="missing"
    )
    settled = WageArrearsFactory(team=arrears.team, month="2026-01", settled=True)
    context = client_for(people[Role.REGIONAL_COORDINATOR]).get(ADDRESS).context
    assert [(row, days) for row, days, *_rest in context["rows"]] == [(older, 90), (arrears, 8)]
    assert [row for row, *_rest in context["settled"]] == [settled]
    assert context["sums"]["amount"] == Decimal("184500.00")


def test_the_case_is_linked_for_whoever_may_see_it(arrears: WageArrears, people: dict[str, User]) -> None:
    """This one names the project: its coordinator sees the arrears, and not that there is a case."""
    assert arrears.case is not None
    seen = {
        role: arrears.case.number in client_for(people[role]).get(ADDRESS).content.decode()
        for role in (Role.REGIONAL_COORDINATOR, Role.PROJECT_COORDINATOR, Role.PROJECT_CLERK)
    }
    assert seen == {Role.REGIONAL_COORDINATOR: True, Role.PROJECT_COORDINATOR: False, Role.PROJECT_CLERK: False}


def test_filters(arrears: WageArrears, people: dict[str, User]) -> None:
    other = WageArrearsFactory(team=LabourTeamFactory(), month="2026-03", source="missing")
    client = client_for(people[Role.LABOUR_CENTRE])

    def shown(**wanted: Any) -> list[WageArrears]:
        return [row for row, *_rest in client.get(ADDRESS, wanted).context["rows"]]

    assert shown(region=other.region_id) == shown(project=other.project_id) == [other]
    assert shown(month="2026-03") == shown(source="missing") == [other]
    assert shown(month="2026-02") == []


def test_the_export_holds_what_is_filtered_and_is_written_down(arrears: WageArrears, people: dict[str, User]) -> None:
    WageArrearsFactory(team=LabourTeamFactory())
    person = people[Role.LABOUR_CENTRE]
    response = client_for(person).post(reverse("wages-arrears-export"), {"project": arrears.project_id})
    rows = list(load_workbook(io.BytesIO(response.content)).active.iter_rows(min_row=4, values_only=True))
    assert len(rows) == 1
    assert rows[0][2:4] == (arrears.team.name, "2026-05")
    assert rows[0][5:7] == (Decimal("184500.00"), 31)
    event = AuditEvent.objects.get(kind=AuditKind.EXPORT, by=person)
    assert event.details["rows"] == 1


def test_who_only_looks_exports_nothing(arrears: WageArrears, people: dict[str, User]) -> None:
    for role in (Role.LEADER, Role.AUDITOR):
        client = client_for(people[role])
        assert client.get(ADDRESS).context["may_export"] is False
        assert client.post(reverse("wages-arrears-export")).status_code == 403


def test_nothing_is_owed(people: dict[str, User]) -> None:
    context = client_for(people[Role.PROJECT_CLERK]).get(ADDRESS).context
    assert (context["rows"], context["settled"]) == ([], [])


@pytest.mark.parametrize("rows", [1, 3])
def test_queries_do_not_grow_with_the_rows(rows: int, django_assert_num_queries: Any) -> None:
    project = ProjectFactory()
    ProjectFactory()  # a choice of regions and projects is offered either way
    for _number in range(rows):
        team = LabourTeamFactory(project=project)
        WageArrearsFactory(team=team, case=CaseFactory(project=team.project, team=team))
        WageArrearsFactory(team=team, month="2026-02", settled=True)
    client = client_for(person_with(Role.LABOUR_CENTRE))
    client.get(ADDRESS)
    with django_assert_num_queries(ARREARS_QUERIES):
        assert len(client.get(ADDRESS).context["rows"]) == rows


ARREARS_QUERIES = 16
