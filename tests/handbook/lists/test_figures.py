"""What the figures of the handbook count, counted by hand: month borders, planned and withdrawn entries, a project that moved."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from core.months import Month
from core.roles import Role
from core.scope import Level
from figures.registry import figures
from handbook.models import CareKind, MeetingRecord
from labour_teams.models import LabourTeam
from regions.models import Project
from tests.factories import (
    CampaignActivityFactory,
    CareDistributionFactory,
    CareEventFactory,
    CareItemFactory,
    GuidanceRecordFactory,
    HandbookEntryFactory,
    HazardRecordFactory,
    HealthCheckBatchFactory,
    LabourActFactory,
    LabourTeamFactory,
    MedicalSpendingFactory,
    MeetingRecordFactory,
    ProjectFactory,
    RegionFactory,
    TeamInspectionFactory,
    TrainingAttendanceFactory,
    TrainingSessionFactory,
    VisitRecordFactory,
    person_with,
)
from tests.house.test_url_matrix import client_for

pytestmark = pytest.mark.django_db
MAY = Month(2026, 5)
DAY = date(2026, 5, 14)
FIRST, LAST, BEFORE, AFTER = date(2026, 5, 1), date(2026, 5, 31), date(2026, 4, 30), date(2026, 6, 1)


@pytest.fixture(autouse=True)
def _in_june(time_machine: Any) -> None:
    time_machine.move_to("2026-06-10T10:00:00+08:00", tick=False)


@pytest.fixture
def project() -> Project:
    return ProjectFactory()


def number(key: str, project: Project, month: Month = MAY, reader: Any = None) -> Any:
    figure = figures.get(key)
    assert figure is not None
    return figure.count_of(Level.PROJECT, project.pk, month, reader)


def test_months_end_with_their_last_day_and_what_did_not_take_place_is_not_counted(project: Project) -> None:
    for on in (BEFORE, FIRST, LAST, AFTER):
        VisitRecordFactory(entry__project=project, entry__on=on)
    VisitRecordFactory(entry__project=project, entry__on=DAY, entry__is_planned=True)
    VisitRecordFactory(entry__project=project, entry__on=DAY, entry__withdrawn=True)
    VisitRecordFactory(entry__on=DAY)
    assert number("visits", project) == 2
    assert number("visits", project, MAY.plus(-1)) == number("visits", project, MAY.plus(1)) == 1


def test_declared_and_named_attendances_are_two_figures(project: Project) -> None:
    held = TrainingSessionFactory(entry__project=project, entry__on=DAY, entry__headcount=40)
    TrainingSessionFactory(entry__project=project, entry__on=DAY, entry__headcount=12)
    TrainingSessionFactory(entry__project=project, entry__on=DAY)
    planned = TrainingSessionFactory(entry__project=project, entry__on=DAY, entry__headcount=99, entry__is_planned=True)
    TrainingAttendanceFactory.create_batch(3, session=held)
    TrainingAttendanceFactory(session=planned)
    found = [number(key, project) for key in ("trainings", "training_declared", "training_named")]
    assert found == [3, 52, 3]


def test_what_a_project_did_stays_with_the_region_in_which_it_did_it(project: Project) -> None:
    old, new = project.region, RegionFactory()
    VisitRecordFactory(entry__project=project, entry__on=DAY)
    project.region = new
    project.save()
    VisitRecordFactory.create_batch(2, entry__project=project, entry__on=DAY)
    figure = figures.get("visits")
    assert figure is not None
    assert figure.counts_by(Level.REGION, MAY) == {old.pk: 1, new.pk: 2}
    assert number("visits", project) == 3


def test_entries_of_the_whole_company_belong_to_no_unit(project: Project) -> None:
    TrainingSessionFactory(entry__project=None, entry__on=DAY, entry__headcount=8)
    figure = figures.get("trainings")
    assert figure is not None
    assert figure.counts_by(Level.REGION, MAY) == figure.counts_by(Level.PROJECT, MAY) == {}


def team_of(project: Project, **facts: Any) -> LabourTeam:
    return LabourTeamFactory(project=project, **{"entered_on": date(2026, 1, 5), **facts})


def teams(key: str, project: Project) -> set[str]:
    figure = figures.get(key)
    assert figure is not None
    rows = figure.rows_of(Level.PROJECT, project.pk, MAY)
    assert figure.count_in(rows) == rows.count()
    return {team.name for team in rows}


def test_teams_that_nobody_visited_or_inspected(project: Project) -> None:
    seen, planned, withdrawn = (team_of(project, name=name) for name in ("走访过", "只有计划", "撤回了"))
    team_of(project, name="月中离开", left_on=DAY)
    team_of(project, name="下月才来", entered_on=AFTER)
    last_month = team_of(project, name="上月走访")
    VisitRecordFactory(entry__team=seen, entry__on=LAST)
    VisitRecordFactory(entry__team=planned, entry__on=DAY, entry__is_planned=True)
    VisitRecordFactory(entry__team=withdrawn, entry__on=DAY, entry__withdrawn=True)
    VisitRecordFactory(entry__team=last_month, entry__on=BEFORE)
    VisitRecordFactory(entry__project=project, entry__on=DAY)
    TeamInspectionFactory(entry__team=last_month, entry__on=FIRST)
    assert teams("teams_not_visited", project) == {"只有计划", "撤回了", "上月走访"}
    assert teams("teams_not_inspected", project) == {"走访过", "只有计划", "撤回了"}
    assert number("inspections", project) == 1


def test_participation_is_two_numbers_of_the_same_activities(project: Project) -> None:
    CampaignActivityFactory(entry__project=project, entry__on=DAY, entry__headcount=30, on_site=50)
    CampaignActivityFactory(entry__project=project, entry__on=DAY, entry__headcount=70, on_site=110)
    CampaignActivityFactory(entry__project=project, entry__on=DAY, entry__headcount=15, on_site=None)
    CampaignActivityFactory(entry__project=project, entry__on=DAY, entry__headcount=None, on_site=60)
    found = [number(key, project) for key in ("activities", "activity_participants", "activity_on_site")]
    assert found == [4, 100, 160]


def test_dangers_meetings_guidance(project: Project) -> None:
    for is_removed in (True, True, False):
        HazardRecordFactory(entry__project=project, entry__on=DAY, is_removed=is_removed)
    for kind in (MeetingRecord.Kind.LIAISONS, MeetingRecord.Kind.HEARING):
        MeetingRecordFactory(entry__project=project, entry__on=DAY, kind=kind)
    GuidanceRecordFactory(entry__project=project, entry__on=DAY)
    found = [number(key, project) for key in ("dangers_found", "dangers_removed", "liaison_meetings", "guidance")]
    assert found == [3, 2, 1, 1]


def test_goods_in_yuan_and_in_copies(project: Project) -> None:
    event = CareEventFactory(entry__project=project, entry__on=DAY)
    given = {"event": event, "team": None}
    CareDistributionFactory(quantity=3, unit_price=Decimal("9.85"), **given)
    CareDistributionFactory(quantity=2, unit_price=None, **given)
    booklet = CareItemFactory(kind=CareKind.LITERATURE)
    CareDistributionFactory(item=booklet, quantity=120, unit_price=Decimal("6.50"), **given)
    withdrawn = CareEventFactory(entry__project=project, entry__on=DAY, entry__withdrawn=True)
    CareDistributionFactory(event=withdrawn, item=booklet, quantity=7, team=None)
    found = [number(key, project) for key in ("care_given", "care_value", "booklets")]
    assert found == [1, Decimal("809.55"), 120]


def test_teams_without_a_share_of_what_was_for_all(project: Project) -> None:
    got, missed = team_of(project, name="发到"), team_of(project, name="没发到")
    team_of(project, name="后来才来", entered_on=LAST)
    team_of(project, name="先走了", left_on=FIRST)
    event = CareEventFactory(entry__project=project, entry__on=DAY, is_for_all=True)
    CareDistributionFactory(event=event, team=got)
    CareDistributionFactory(event=CareEventFactory(entry__project=project, entry__on=DAY), team=missed)
    assert teams("teams_without_share", project) == {"没发到"}
    CareDistributionFactory(event=event, team=None)
    assert teams("teams_without_share", project) == set()


def test_health_is_added_up_in_person_times(project: Project) -> None:
    HealthCheckBatchFactory(entry__project=project, entry__on=FIRST, entry__headcount=120, advised_to_return=31)
    HealthCheckBatchFactory(entry__project=project, entry__on=LAST, entry__headcount=80, advised_to_return=9)
    HealthCheckBatchFactory(entry__project=project, entry__on=AFTER, entry__headcount=50, advised_to_return=5)
    HandbookEntryFactory(kind="counselling", project=project, on=DAY, headcount=14)
    HandbookEntryFactory(kind="counselling", project=project, on=DAY, headcount=9)
    for amount in ("1200.40", "99.60"):
        MedicalSpendingFactory(service__entry__project=project, service__entry__on=DAY, amount=Decimal(amount))
    keys = ("health_checks_done", "advised_to_return", "counselling", "medical_spending")
    assert [number(key, project) for key in keys] == [200, 40, 23, 1300]


def test_acts_of_labour_management_are_counted_for_their_readers_alone(project: Project) -> None:
    LabourActFactory(entry__project=project, entry__on=DAY)
    reader = person_with(Role.REGIONAL_COORDINATOR, region=project.region)
    local = person_with(Role.PROJECT_COORDINATOR, project=project)
    assert [number("labour_acts", project, reader=person) for person in (None, local, reader)] == [0, 0, 1]


@pytest.mark.parametrize("key", ["training_named", "visits", "care_value", "medical_spending", "teams_not_visited"])
def test_numbers_open_their_rows(project: Project, key: str) -> None:
    team = team_of(project)
    session = TrainingSessionFactory(entry__project=project, entry__on=DAY)
    TrainingAttendanceFactory(session=session)
    visit = VisitRecordFactory(entry__project=project, entry__on=DAY)
    care = CareDistributionFactory(event=CareEventFactory(entry__project=project, entry__on=DAY), team=team)
    spending = MedicalSpendingFactory(service__entry__project=project, service__entry__on=DAY)
    page = client_for(person_with(Role.PARTY_ORGANISATION)).get(f"/figures/{key}/project/{project.code}/{MAY}/")
    links = {
        "training_named": f"/entries/{session.pk}/",
        "visits": f"/entries/{visit.pk}/",
        "care_value": f"/entries/{care.event_id}/",
        "medical_spending": f"/entries/{spending.service_id}/",
        "teams_not_visited": f"/teams/{team.pk}/",
    }
    assert f'href="{links[key]}"' in page.content.decode()
