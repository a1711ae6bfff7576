"""Printing, hanging, reading aloud: when an answer counts as given, and by whose hand."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from accounts.models import User
from core.refusals import Refused
from core.roles import Role
from feedback.models import Case, FeedbackSheet, ReadingAloud
from feedback.wall import workflow
from labour_teams.models import LabourTeam
from tests.factories import CaseFactory, FeedbackSheetFactory, LabourTeamFactory, PhotoFactory, WorkCrewFactory, person_with
from tests.shared_world import world_once
from tests.world import Company, found_company

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(team: LabourTeam) -> Case:
    return answered(team)


def answered(team: LabourTeam, **fields: Any) -> Case:
    return CaseFactory(**{"project": team.project, "team": team, "status": "answered", **fields})


def test_a_sheet_is_frozen_and_counted_within_its_month(team: LabourTeam, coordinator: User, case: Case) -> None:
    first = workflow.print_sheet(team, by=coordinator)
    Case.objects.filter(pk=case.pk).update(title="改过的标题")
    second = workflow.print_sheet(team, by=coordinator)
    assert (first.number, second.number) == (1, 2)
    assert [sheet.items.get().title for sheet in (first, second)] == ["宿舍没有热水", "改过的标题"]


def test_a_double_click_makes_one_sheet(team: LabourTeam, coordinator: User, case: Case) -> None:
    assert workflow.print_sheet(team, by=coordinator) == workflow.print_sheet(team, by=coordinator)
    FeedbackSheet.objects.update(printed_at=timezone.now() - timedelta(minutes=2))
    workflow.print_sheet(team, by=coordinator)
    assert FeedbackSheet.objects.count() == 2


def test_an_empty_sheet_is_not_printed(team: LabourTeam, coordinator: User) -> None:
    with pytest.raises(Refused):
        workflow.print_sheet(team, by=coordinator)


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.PROJECT_COORDINATOR}))
def test_nobody_else_prints(role: str) -> None:
    company = found_company()
    answered(company.own_team)
    with pytest.raises(Refused):
        workflow.print_sheet(company.own_team, by=company.person(role))


def test_printing_delivers_nothing(team: LabourTeam, coordinator: User, case: Case) -> None:
    workflow.print_sheet(team, by=coordinator)
    case.refresh_from_db()
    assert case.delivered_at is None


def test_only_the_photo_delivers(team: LabourTeam, liaison: User, case: Case) -> None:
    sheet = FeedbackSheetFactory(team=team, cases=[case])
    assert workflow.post(sheet, by=liaison, photo=PhotoFactory()) == 1
    case.refresh_from_db()
    sheet.refresh_from_db()
    assert (case.delivery, case.status) == (Case.Delivery.WALL, "answered")
    assert (sheet.posted_by, sheet.posted_at is not None, sheet.photo is not None) == (liaison, True, True)


def test_the_liaison_still_does_not_see_the_case(team: LabourTeam, liaison: User, case: Case) -> None:
    workflow.post(FeedbackSheetFactory(team=team, cases=[case]), by=liaison, photo=PhotoFactory())
    assert not Case.objects.visible_to(liaison).exists()


def test_what_is_done_again_meanwhile_is_not_delivered_by_the_old_paper(team: LabourTeam, liaison: User) -> None:
    good, taken_back = answered(team), answered(team, status="accepted")
    sheet = FeedbackSheetFactory(team=team, cases=[good, taken_back])
    assert workflow.post(sheet, by=liaison, photo=PhotoFactory()) == 1
    taken_back.refresh_from_db()
    assert taken_back.delivered_at is None


def test_lines_that_stand_apart_are_not_delivered_by_the_wall(team: LabourTeam, liaison: User, case: Case) -> None:
    sheet = FeedbackSheetFactory(team=team, cases=[case])
    sheet.items.update(is_apart=True)
    assert workflow.post(sheet, by=liaison, photo=PhotoFactory()) == 0
    case.refresh_from_db()
    assert case.delivered_at is None


def test_a_sheet_hangs_once(team: LabourTeam, liaison: User) -> None:
    sheet = FeedbackSheetFactory(team=team, posted=True)
    with pytest.raises(Refused):
        workflow.post(sheet, by=liaison, photo=PhotoFactory())


def test_the_first_delivery_stays(team: LabourTeam, liaison: User) -> None:
    long_ago = timezone.now() - timedelta(days=9)
    case = answered(team, delivered_at=long_ago, delivery="in_person")
    workflow.post(FeedbackSheetFactory(team=team, cases=[case]), by=liaison, photo=PhotoFactory())
    case.refresh_from_db()
    assert (case.delivered_at, case.delivery) == (long_ago, "in_person")


founded, company = world_once(found_company)


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.LIAISON}))
def test_nobody_else_hangs_it_where_there_is_a_liaison(company: Company, role: str) -> None:
    company.person(Role.LIAISON)
    sheet = FeedbackSheetFactory(team=company.own_team)
    with pytest.raises(Refused):
        workflow.post(sheet, by=company.person(role), photo=PhotoFactory())


def test_without_a_liaison_the_project_coordinator_hangs_it(team: LabourTeam, coordinator: User) -> None:
    assert workflow.post(FeedbackSheetFactory(team=team), by=coordinator, photo=PhotoFactory()) == 1


def test_a_liaison_of_a_crew_serves_its_team_and_no_other(team: LabourTeam) -> None:
    of_crew = person_with(Role.LIAISON, crew=WorkCrewFactory(team=team))
    assert workflow.post(FeedbackSheetFactory(team=team), by=of_crew, photo=PhotoFactory()) == 1
    other = FeedbackSheetFactory(team=LabourTeamFactory(project=team.project))
    with pytest.raises(Refused):
        workflow.post(other, by=of_crew, photo=PhotoFactory())


# ── Reading aloud ────────────────────────────────────────────────────────────────────────────────────────────────


def test_reading_delivers_what_was_ticked(team: LabourTeam, liaison: User) -> None:
    read, left_out = answered(team), answered(team)
    workflow.read_aloud(team, by=liaison, cases_read=[read], listeners=18)
    read.refresh_from_db()
    left_out.refresh_from_db()
    assert (read.delivery, left_out.delivered_at) == (Case.Delivery.READ_ALOUD, None)
    reading = ReadingAloud.objects.get()
    assert (reading.by, reading.listeners, list(reading.cases.all())) == (liaison, 18, [read])


@pytest.mark.parametrize("listeners", [0, -1, 2001])
def test_somebody_must_have_listened(team: LabourTeam, liaison: User, case: Case, listeners: int) -> None:
    with pytest.raises(Refused) as refusal:
        workflow.read_aloud(team, by=liaison, cases_read=[case], listeners=listeners)
    assert set(refusal.value.fields) == {"listeners"}


def test_only_what_is_in_the_list_is_read(team: LabourTeam, liaison: User, case: Case) -> None:
    apart = answered(team, origin="qr")
    for read in ([], [apart], [case, apart]):
        with pytest.raises(Refused):
            workflow.read_aloud(team, by=liaison, cases_read=read, listeners=5)
    assert not ReadingAloud.objects.exists()


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.LIAISON}))
def test_nobody_else_reads(company: Company, role: str) -> None:
    case = answered(company.own_team)
    with pytest.raises(Refused):
        workflow.read_aloud(company.own_team, by=company.person(role), cases_read=[case], listeners=5)
