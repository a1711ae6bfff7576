"""Who sees sheets, who sees what each man earns, and that no page of wages shows a number in full."""

from typing import Any

import pytest
from django.urls import reverse

from accounts.models import User
from core.roles import COMPANY_WIDE, READERS, Role
from labour_teams.models import LabourTeam
from tests.factories import (
    AttendanceLineFactory,
    RestrictionRequestFactory,
    WageArrearsFactory,
    WageFindingFactory,
    WageGroupFactory,
    WageLineFactory,
    WageSheetFactory,
)
from tests.house.crawling import full_numbers
from tests.house.test_url_matrix import client_for
from wages.models import AttendanceLine, WageArrears, WageFinding, WageLine, WageSheet
from wages.policies import can_read_lines

pytestmark = pytest.mark.django_db

ON_PROJECT = {Role.PROJECT_COMMITTEE, Role.PROJECT_COORDINATOR, Role.PROJECT_CLERK}
READS_LINES = {*ON_PROJECT, Role.REGIONAL_COORDINATOR, Role.LABOUR_CENTRE, *READERS, "finance"}
SEES_SUMS = READS_LINES | COMPANY_WIDE
PAPERS = ("wage-paper", "wage-paper-wall", "wage-photo", "wage-scan", "wage-voucher")


@pytest.fixture
def sheet(team: LabourTeam) -> WageSheet:
    sheet: WageSheet = WageSheetFactory(team=team, status="paid")
    WageFindingFactory(line=WageLineFactory(sheet=sheet))
    AttendanceLineFactory(sheet__team=team)
    WageArrearsFactory(team=team)
    WageGroupFactory(project=team.project)
    return sheet


def seers(model: Any, people: dict[str, User]) -> set[str]:
    return {role for role, person in people.items() if model.objects.visible_to(person).exists()}


@pytest.mark.parametrize("model", [WageLine, WageFinding, AttendanceLine])
def test_who_reads_lines(model: Any, sheet: WageSheet, people: dict[str, User]) -> None:
    assert seers(model, people) == READS_LINES


@pytest.mark.parametrize("model", [WageSheet, WageArrears])
def test_who_sees_sums(model: Any, sheet: WageSheet, people: dict[str, User]) -> None:
    assert seers(model, people) == SEES_SUMS


def test_the_policy_says_the_same_as_the_reach(sheet: WageSheet, people: dict[str, User]) -> None:
    assert {role for role, person in people.items() if can_read_lines(person, sheet.project)} == READS_LINES


def test_pages_by_role(sheet: WageSheet, people: dict[str, User]) -> None:
    """Who sees sums alone finds no name on the page, and is told why; the papers are for the readers of lines."""
    name = sheet.lines.get().name
    opened: dict[str, set[str]] = {page: set() for page in ("wage-sheet", *PAPERS)}
    named = set()
    for role, person in people.items():
        client = client_for(person)
        for page, roles in opened.items():
            response = client.get(reverse(page, args=[sheet.pk]))
            assert response.status_code in (200, 404)
            if response.status_code == 200:
                roles.add(role)
                text = response.content.decode(errors="replace") if page == "wage-sheet" else ""
                if name in text:
                    named.add(role)
    assert opened == {"wage-sheet": SEES_SUMS, **dict.fromkeys(PAPERS, READS_LINES)}
    assert named == READS_LINES


@pytest.mark.parametrize("page", ["wage-sheet", "wage-paper", "wage-paper-wall"])
def test_numbers_are_masked(page: str, sheet: WageSheet, people: dict[str, User]) -> None:
    line = sheet.lines.get()
    text = client_for(people[Role.PROJECT_CLERK]).get(reverse(page, args=[sheet.pk])).content.decode()
    assert full_numbers(text) == []
    assert (str(line.id_number) in text) is (page != "wage-paper-wall")
    assert (str(line.bank_card) in text) is (page != "wage-paper-wall")
    assert line.name in text


def test_whose_data_are_locked_away_is_on_no_page(sheet: WageSheet, people: dict[str, User]) -> None:
    line = sheet.lines.get()
    RestrictionRequestFactory(engagement=line.engagement)
    client = client_for(people[Role.LABOUR_CENTRE])
    for page in ("wage-sheet", "wage-paper", "wage-paper-wall"):
        assert line.name not in client.get(reverse(page, args=[sheet.pk])).content.decode()
    assert not WageFinding.objects.visible_to(people[Role.LABOUR_CENTRE]).exists()
