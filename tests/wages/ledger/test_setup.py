"""Setting up a project's wages: the leading group, the account; by whom, and what is refused."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from core.models import AuditEvent
from core.roles import Role
from labour_teams.models import LabourTeam
from tests.factories import SheetSignatureFactory, WageAccountFactory, WageGroupFactory
from tests.house.test_url_matrix import client_for
from wages.models import WageAccount, WageGroupMember, WageLeadingGroup

pytestmark = pytest.mark.django_db


@pytest.fixture
def committee(people: dict[str, User]) -> Client:
    return client_for(people[Role.PROJECT_COMMITTEE])


def address(name: str, team: LabourTeam) -> str:
    return reverse(name, args=[team.project.code])


def group_data(*seats: dict[str, Any], formed_on: str = "2026-03-01") -> dict[str, Any]:
    data = {"formed_on": formed_on, "document_no": "12号", "seat-TOTAL_FORMS": len(seats), "seat-INITIAL_FORMS": 0}
    return data | {f"seat-{n}-{key}": value for n, seat in enumerate(seats) for key, value in seat.items()}


MANAGER = {"name": "方长生", "post": "manager", "must_sign": "on"}
DEPUTY = {"name": "黎林", "post": "deputy"}


def test_a_group_is_formed_with_its_members(committee: Client, team: LabourTeam) -> None:
    response = committee.post(address("wage-group", team), group_data(MANAGER, DEPUTY, {"name": "", "post": "finance"}))
    assert response.headers["Location"] == address("wage-group", team)
    group = WageLeadingGroup.objects.get()
    assert (group.project, group.formed_on, group.document_no) == (team.project, date(2026, 3, 1), "12号")
    assert set(group.members.values_list("name", "post", "must_sign")) == {("方长生", "manager", True), ("黎林", "deputy", False)}
    assert AuditEvent.objects.get(kind="setting").details["what"] == "wage_group"


def test_the_group_that_stands_is_changed_not_made_anew(committee: Client, team: LabourTeam) -> None:
    group = WageGroupFactory(project=team.project, members=2)
    stays, goes = group.members.order_by("pk")
    seats = ({**MANAGER, "member": stays.pk}, {"name": "", "post": "finance", "member": goes.pk})
    committee.post(address("wage-group", team), group_data(*seats))
    assert WageLeadingGroup.objects.get() == group
    assert list(group.members.values_list("pk", "name")) == [(stays.pk, "方长生")]


@pytest.mark.parametrize("seats", [(DEPUTY,), (MANAGER, MANAGER), ()])
def test_what_is_no_group(seats: tuple[dict[str, Any], ...], committee: Client, team: LabourTeam) -> None:
    response = committee.post(address("wage-group", team), group_data(*seats))
    assert response.context["form"].non_field_errors()
    assert [each["name"].value() for each in response.context["seats"]] == [seat["name"] for seat in seats]
    assert not WageGroupMember.objects.exists()


def test_who_signed_stays_in_the_list(committee: Client, team: LabourTeam) -> None:
    group = WageGroupFactory(project=team.project, members=2)
    signed, other = group.members.order_by("pk")
    SheetSignatureFactory(sheet__team=team, member=signed)
    seats = ({"name": "", "post": "manager", "member": signed.pk}, {**MANAGER, "member": other.pk})
    response = committee.post(address("wage-group", team), group_data(*seats))
    assert signed.name in response.context["form"].non_field_errors()[0]
    assert group.members.count() == 2


def test_nobody_of_another_group_is_taken_over(committee: Client, team: LabourTeam) -> None:
    foreign = WageGroupFactory().members.get()
    committee.post(address("wage-group", team), group_data({**MANAGER, "member": foreign.pk}))
    foreign.refresh_from_db()
    assert foreign.name != "方长生"
    assert WageLeadingGroup.objects.get(project=team.project).members.get().name == "方长生"


def test_a_group_is_dissolved_and_another_formed(committee: Client, team: LabourTeam) -> None:
    group = WageGroupFactory(project=team.project)
    committee.post(address("wage-group-dissolve", team))
    group.refresh_from_db()
    assert group.dissolved_on == date(2026, 6, 8)
    committee.post(address("wage-group", team), group_data(MANAGER))
    assert list(WageLeadingGroup.objects.filter(dissolved_on=None).values_list("project", flat=True)) == [team.project_id]
    assert list(committee.get(address("wage-group", team)).context["past"]) == [group]
    committee.post(address("wage-group-dissolve", team))
    committee.post(address("wage-group-dissolve", team))
    assert AuditEvent.objects.filter(details__what="wage_group_dissolved").count() == 2


def test_an_account_is_written_and_its_number_is_not_shown_again(committee: Client, team: LabourTeam) -> None:
    place = address("wage-account", team)
    sent = {"bank": "示例银行", "number": "99700000012", "opened_on": "2026-03-01", "pay_day": "20"}
    assert committee.post(place, sent).headers["Location"] == address("wages-project", team)
    account = WageAccount.objects.get()
    assert (account.bank, account.number, account.pay_day) == ("示例银行", "99700000012", 20)
    text = committee.get(place).content.decode()
    assert ("99700000012" in text, "0012" in text) == (False, True)
    committee.post(place, {**sent, "number": "", "pay_day": "25"})
    account.refresh_from_db()
    assert (account.number, account.pay_day) == ("99700000012", 25)
    assert "99700000012" not in str(list(AuditEvent.objects.values_list("details", flat=True)))


@pytest.mark.parametrize("day", ["0", "29", "x"])
def test_a_pay_day_that_some_month_has_not(day: str, committee: Client, team: LabourTeam) -> None:
    response = committee.post(address("wage-account", team), {"bank": "示例银行", "pay_day": day})
    assert set(response.context["form"].errors) == {"pay_day"}
    assert response.context["form"]["bank"].value() == "示例银行"
    assert not WageAccount.objects.exists()


@pytest.mark.parametrize("name", ["wage-group", "wage-account", "wage-group-dissolve"])
def test_who_sets_up(name: str, team: LabourTeam, people: dict[str, User]) -> None:
    """Others who read the project's wages look; to everybody else the pages are not there."""
    WageGroupFactory(project=team.project)
    WageAccountFactory(project=team.project)
    codes = {role: client_for(person).post(address(name, team)).status_code for role, person in people.items()}
    sets_up = {Role.PROJECT_COMMITTEE, Role.REGIONAL_COORDINATOR, Role.LABOUR_CENTRE}
    refused = {Role.PROJECT_COORDINATOR, Role.PROJECT_CLERK, Role.LEADER, Role.AUDITOR, "finance"}
    assert {role for role, code in codes.items() if code in (200, 302)} == sets_up
    assert {role for role, code in codes.items() if code == 403} == refused
    assert {role for role, code in codes.items() if code == 404} == set(people) - sets_up - refused
