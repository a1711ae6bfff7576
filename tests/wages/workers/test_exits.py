"""离场结清: who is listed, when a check is finished, and the matter of whoever left without his wages."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from core.roles import Role
from feedback.models import Case
from labour_teams.models import Engagement, LabourTeam
from tests.factories import EngagementFactory
from tests.wages.workers.conftest import sheet_of, signed_in
from tests.world import Company
from wages.models import ExitCheck

pytestmark = pytest.mark.django_db

ALL = {"wages_settled": "yes", "certificates_returned": "yes", "health_checked": "no", "words": "路费还没报"}


def gone(team: LabourTeam, left_on: date = date(2026, 6, 1), **more: Any) -> Engagement:
    return EngagementFactory(team=team, entered_on=date(2026, 3, 1), left_on=left_on, **more)


def listed(person: User) -> set[Any]:
    page = signed_in(person).get(reverse("exit-checks")).context["page"]
    return set(page.object_list)


def test_who_left_in_the_last_sixty_days(team: LabourTeam, clerk: User) -> None:
    lately, just = gone(team, date(2026, 4, 16)), gone(team, date(2026, 6, 14))
    gone(team, date(2026, 4, 15))
    gone(team, date(2026, 6, 15))
    assert listed(clerk) == {lately, just}


def test_going_over_to_another_team_is_no_leaving(team: LabourTeam, clerk: User) -> None:
    before = gone(team)
    EngagementFactory(team=team, worker=before.worker, entered_on=date(2026, 6, 2), follows=before)
    assert listed(clerk) == set()


def test_three_answers_finish_it(team: LabourTeam, clerk: User) -> None:
    engagement = gone(team)
    client, address = signed_in(clerk), reverse("exit-check", args=[engagement.pk])
    client.post(address, {**ALL, "health_checked": ""})
    check = ExitCheck.objects.get()
    assert (check.done_on, check.wages_settled, check.health_checked) == (None, True, None)
    assert listed(clerk) == {engagement}
    client.post(address, ALL)
    check.refresh_from_db()
    assert (str(check.done_on), check.done_by, check.health_checked, check.words) == ("2026-06-15", clerk, False, "路费还没报")
    assert listed(clerk) == set()


def test_an_answer_taken_back_opens_it_again(team: LabourTeam, clerk: User) -> None:
    engagement = gone(team)
    client, address = signed_in(clerk), reverse("exit-check", args=[engagement.pk])
    client.post(address, ALL)
    client.post(address, {**ALL, "wages_settled": ""})
    check = ExitCheck.objects.get()
    assert (check.done_on, check.done_by) == (None, None)


def test_what_cannot_be_read_comes_back(team: LabourTeam, clerk: User) -> None:
    engagement = gone(team)
    response = signed_in(clerk).post(reverse("exit-check", args=[engagement.pk]), {**ALL, "words": "长" * 1001})
    assert response.status_code == 200
    assert "长" * 1001 in response.content.decode()
    assert not ExitCheck.objects.exists()


def test_lines_that_are_not_paid_stand_there(team: LabourTeam, clerk: User) -> None:
    sheet = sheet_of(team, 1, status="posted")
    engagement = sheet.lines.get().engagement
    Engagement.objects.filter(pk=engagement.pk).update(left_on=date(2026, 6, 1))
    [line] = signed_in(clerk).get(reverse("exit-check", args=[engagement.pk])).context["unpaid"]
    assert line.sheet == sheet


def test_whoever_is_still_there_has_no_check(team: LabourTeam, clerk: User) -> None:
    engagement = EngagementFactory(team=team)
    address = reverse("exit-check", args=[engagement.pk])
    assert signed_in(clerk).get(address).context["form"] is None
    signed_in(clerk).post(address, ALL)
    assert not ExitCheck.objects.exists()


def test_left_without_his_wages(team: LabourTeam, company: Company, clerk: User) -> None:
    engagement = gone(team)
    address = reverse("exit-matter", args=[engagement.pk])
    coordinator = company.person(Role.PROJECT_COORDINATOR)
    signed_in(coordinator).post(address)
    assert not Case.objects.exists()
    signed_in(clerk).post(reverse("exit-check", args=[engagement.pk]), {**ALL, "wages_settled": "no"})
    assert signed_in(clerk).post(address).status_code == 403
    client = signed_in(coordinator)
    first, second = client.post(address), client.post(address)
    case = Case.objects.get()
    assert first["Location"] == second["Location"] == reverse("case", args=[case.number])
    assert (case.severity, case.kind, case.origin, case.team) == ("urgent", "dispute", "visit", team)
    assert engagement.name not in case.title
    assert case.number in client.get(reverse("exit-check", args=[engagement.pk])).content.decode()


SEES = {
    Role.LABOUR_CENTRE, Role.LEADER, Role.AUDITOR, Role.REGIONAL_COORDINATOR, Role.PROJECT_COMMITTEE,
    Role.PROJECT_COORDINATOR, Role.PROJECT_CLERK,
}  # fmt: skip


@pytest.mark.parametrize("role", list(Role))
def test_who_reads_and_who_writes(company: Company, role: Role) -> None:
    engagement = gone(company.own_team)
    client, address = signed_in(company.person(role)), reverse("exit-check", args=[engagement.pk])
    looked, pressed = client.get(address), client.post(address, ALL)
    assert looked.status_code == (200 if role in SEES else 404)
    assert ExitCheck.objects.exists() is (role in SEES - {Role.LEADER, Role.AUDITOR})
    assert pressed.status_code == (
        302 if ExitCheck.objects.exists() else 403 if looked.status_code == 200 or role in SEES else 404
    )


def test_another_project_is_not_there(company: Company, clerk: User) -> None:
    engagement = gone(company.crew_at("sibling").team)
    assert signed_in(clerk).get(reverse("exit-check", args=[engagement.pk])).status_code == 404
    assert listed(clerk) == set()


@pytest.mark.parametrize("number", [1, 3])
def test_queries_of_the_list(team: LabourTeam, clerk: User, number: int) -> None:
    for _each in range(number):
        ExitCheck.objects.create(engagement=gone(team))
        gone(team)
    client = signed_in(clerk)
    with CaptureQueriesContext(connection) as queries:
        client.get(reverse("exit-checks"))
    assert len(queries) == 6
