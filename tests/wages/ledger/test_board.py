"""The board: what a cell says of a team's month, what is a gap, filters, and a constant number of queries."""

from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from accounts.models import User
from core.months import Month
from core.roles import Role
from labour_teams.models import LabourTeam
from tests.factories import (
    AttendanceSheetFactory,
    EngagementFactory,
    LabourTeamFactory,
    ProjectFactory,
    WageAccountFactory,
    WageArrearsFactory,
    WageFindingFactory,
    WageGroupFactory,
    WageLineFactory,
    WageSheetFactory,
    person_with,
)
from tests.house.test_url_matrix import client_for
from wages.ledger.board import Cell, board_of, months_until, with_account

pytestmark = pytest.mark.django_db

MARCH, APRIL, MAY, JUNE = (Month(2026, number) for number in (3, 4, 5, 6))


@pytest.fixture
def clerk(people: dict[str, User]) -> User:
    return people[Role.PROJECT_CLERK]


@pytest.fixture
def worked(team: LabourTeam) -> None:
    EngagementFactory(team=team, entered_on=date(2026, 4, 20))


def cells(team: LabourTeam, user: User, last: Month = JUNE) -> dict[str, Cell]:
    [joined] = with_account(LabourTeam.objects.filter(pk=team.pk))
    [row] = board_of(user, [joined], months_until(last))
    return {str(cell.month): cell for cell in row.cells}


def test_six_months_oldest_first(team: LabourTeam, clerk: User) -> None:
    assert list(cells(team, clerk, MAY)) == ["2025-12", "2026-01", "2026-02", "2026-03", "2026-04", "2026-05"]


def test_a_gap_is_a_month_that_is_over_in_which_people_worked(team: LabourTeam, clerk: User, worked: None) -> None:
    """… once the project keeps its ledger here. May is due on the tenth of June, April was due in May."""
    assert {month for month, cell in cells(team, clerk).items() if cell.is_gap} == set()
    WageSheetFactory(team=LabourTeamFactory(project=team.project), month=MARCH)
    found = cells(team, clerk)
    assert {month: (cell.is_late, cell.tone) for month, cell in found.items() if cell.is_gap} == {
        "2026-04": (True, "late"),
        "2026-05": (False, "soon"),
    }
    assert found["2026-05"].due_on == date(2026, 6, 10)


def test_the_account_says_the_pay_day(team: LabourTeam, clerk: User, worked: None) -> None:
    WageAccountFactory(project=team.project, pay_day=5)
    WageSheetFactory(team=LabourTeamFactory(project=team.project), month=MARCH)
    assert cells(team, clerk)["2026-05"].is_late


@pytest.mark.parametrize(
    ("status", "due_on", "tone"),
    [
        ("received", date(2026, 6, 8), "soon"),
        ("posted", date(2026, 6, 8), "go"),
        ("posted", date(2026, 6, 7), "late"),
        ("paid", date(2026, 6, 1), "ok"),
    ],
)
def test_the_tone_of_a_sheet(status: str, due_on: date, tone: str, team: LabourTeam, clerk: User) -> None:
    WageSheetFactory(team=team, month=MAY, status=status, due_on=due_on)
    assert cells(team, clerk)["2026-05"].tone == tone


def test_red_findings_arrears_and_attendance(team: LabourTeam, people: dict[str, User]) -> None:
    sheet = WageSheetFactory(team=team, month=MAY)
    WageFindingFactory(line__sheet=sheet)
    WageFindingFactory(line__sheet=sheet, explained=True)
    WageArrearsFactory(team=team, month=APRIL)
    WageArrearsFactory(team=team, month=MARCH, settled=True)
    attendance = AttendanceSheetFactory(team=team, month=APRIL)
    found = cells(team, people[Role.PROJECT_CLERK])
    assert (found["2026-05"].red, found["2026-04"].attendance) == (1, attendance.pk)
    assert [month for month, cell in found.items() if cell.is_in_arrears] == ["2026-04"]
    bare = cells(team, people[Role.PARTY_ORGANISATION])
    assert (bare["2026-05"].sheet, bare["2026-05"].red, bare["2026-04"].attendance) == (sheet, 0, None)


def shown(user: User, **wanted: Any) -> set[str]:
    return {row.team.name for row in client_for(user).get(reverse("wages"), wanted).context["rows"]}


def test_filters(team: LabourTeam, people: dict[str, User], worked: None) -> None:
    project = team.project
    paid, late, none = (LabourTeamFactory(project=project, name=name) for name in ("发了的队", "欠着的队", "没表的队"))
    elsewhere = LabourTeamFactory(name="别处的队")
    for each, status in ((paid, "paid"), (late, "posted"), (elsewhere, "paid")):
        WageSheetFactory(team=each, month=APRIL, status=status)
    WageArrearsFactory(team=late, month=APRIL)
    centre = people[Role.LABOUR_CENTRE]
    assert shown(centre) == {team.name, paid.name, late.name, none.name, elsewhere.name}
    assert shown(centre, region=project.region_id) == {team.name, paid.name, late.name, none.name}
    assert shown(centre, project=elsewhere.project_id) == {elsewhere.name}
    assert shown(centre, state="paid") == {paid.name, elsewhere.name}
    assert shown(centre, state="paid", month="2026-03") == set()
    assert shown(centre, state="gap") == {team.name}
    assert shown(centre, state="arrears") == {late.name}
    assert shown(centre, state="none") == {team.name, none.name}


@pytest.mark.parametrize(
    ("role", "expected"),
    [
        (Role.PROJECT_CLERK, {"隧道一队"}),
        (Role.REGIONAL_COORDINATOR, {"隧道一队", "同片区的队"}),
        ("finance", {"隧道一队", "同片区的队", "别片区的队"}),
        (Role.PARTY_PERSONNEL, {"隧道一队", "同片区的队", "别片区的队"}),
    ],
)
def test_teams_in_reach(role: str, expected: set[str], team: LabourTeam, people: dict[str, User]) -> None:
    LabourTeamFactory(project__region=team.project.region, name="同片区的队")
    LabourTeamFactory(name="别片区的队")
    assert shown(people[role]) == expected


@pytest.mark.parametrize("role", [Role.SYSTEM_ADMINISTRATOR, Role.DEPARTMENT_OFFICER, Role.HEALTH_OFFICER, Role.LIAISON])
def test_for_whom_there_is_no_ledger(role: str, team: LabourTeam, people: dict[str, User]) -> None:
    client = client_for(people[role])
    for address in (reverse("wages"), reverse("wages-arrears"), reverse("wages-project", args=[team.project.code])):
        assert client.get(address).status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.usefixtures("crew")  # whose team has a row, too
def test_queries_do_not_grow_with_the_teams(rows: int, django_assert_num_queries: Any) -> None:
    user, project = person_with(Role.LABOUR_CENTRE), ProjectFactory()
    ProjectFactory()  # a choice of regions and projects is offered either way
    for _number in range(rows):
        team = LabourTeamFactory(project=project)
        EngagementFactory(team=team, entered_on=date(2026, 2, 1))
        WageFindingFactory(line=WageLineFactory(sheet__team=team, sheet__month=MAY))
        WageArrearsFactory(team=team)
    client = client_for(user)
    client.get(reverse("wages"))
    with django_assert_num_queries(BOARD_QUERIES):
        assert len(client.get(reverse("wages")).context["rows"]) == rows + 1


BOARD_QUERIES = 18


def test_a_projects_own_page(team: LabourTeam, people: dict[str, User]) -> None:
    LabourTeamFactory(project__region=team.project.region)
    address = reverse("wages-project", args=[team.project.code])
    response = client_for(people[Role.PROJECT_CLERK]).get(address)
    assert [row.team for row in response.context["rows"]] == [team]
    assert (response.context["may_import"], response.context["group"], response.context["account"]) == (True, None, None)
    group, account = WageGroupFactory(project=team.project), WageAccountFactory(project=team.project)
    response = client_for(people[Role.LABOUR_CENTRE]).get(address)
    assert (response.context["group"], response.context["account"]) == (group, account)
    response = client_for(people[Role.PARTY_ORGANISATION]).get(address)
    assert (response.context["reads_lines"], response.context["account"], response.context["may_import"]) == (False, None, False)


def test_this_month_stands_there_as_soon_as_it_has_a_sheet(team: LabourTeam, clerk: User) -> None:
    client = client_for(clerk)
    assert client.get(reverse("wages")).context["months"][-1] == MAY
    WageSheetFactory(team=team, month=JUNE)
    assert client.get(reverse("wages")).context["months"][-1] == JUNE
    assert client.get(reverse("wages"), {"month": "2026-04"}).context["months"][-1] == APRIL
