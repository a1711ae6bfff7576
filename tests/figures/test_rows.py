"""The page behind a number: which rows, for whom, at what cost."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from core.months import Month
from core.roles import COMPANY_WIDE, Role
from core.scope import Level
from feedback.models import CaseCategory, Promise, SurveyRound
from figures.registry import figures
from handbook.models import TrainingSession
from labour_teams.models import Engagement, LabourTeam
from regions.models import Project
from tests.factories import (
    CampaignActivityFactory,
    CareDistributionFactory,
    CareEventFactory,
    CaseEventFactory,
    CaseFactory,
    CoordinatorFactory,
    EngagementFactory,
    GuidanceRecordFactory,
    HandbookEntryFactory,
    HazardRecordFactory,
    HealthCheckBatchFactory,
    LabourActFactory,
    LabourTeamFactory,
    LiaisonFactory,
    MedicalSpendingFactory,
    MeetingRecordFactory,
    PhotoFactory,
    ProjectFactory,
    RevisitFactory,
    SurveyResponseFactory,
    SurveyRoundFactory,
    SurveyTeamFactory,
    TeamInspectionFactory,
    TrainingAttendanceFactory,
    TrainingSessionFactory,
    UserFactory,
    VisitRecordFactory,
    WageArrearsFactory,
    WageFindingFactory,
    WageLineFactory,
    WageSheetFactory,
    WorkCrewFactory,
    WorkerCertificateFactory,
    person_with,
)
from tests.house.crawling import steady
from tests.world import stationed

pytestmark = pytest.mark.django_db
MAY = Month(2026, 5)
ROWS_QUERIES = 7
WAGES = {"teams_with_ledger", "wage_sheets_due", "wage_sheets_paid_in_time", "wage_findings_open"}
WAGES |= {"arrears_teams", "arrears_people", "arrears_yuan", "arrears_settled"}


@pytest.fixture(autouse=True)
def _in_june() -> Iterator[None]:
    with time_machine.travel("2026-06-05T10:00:00+08:00", tick=False):
        yield


@pytest.fixture
def project() -> Project:
    return ProjectFactory(code="DUNGE", region__code="NW")


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    session = client.session
    session["started_at"] = session["seen_at"] = timezone.now().isoformat()
    session.save()
    return client


def url(key: str = "workers_on_site", level: str = "region", code: str = "NW", month: Month = MAY) -> str:
    return reverse("figure-rows", args=[key, level, code, month])


def names(response: Any) -> list[str]:
    return [str(cells[0][1]) for cells in response.context["rows"]]


def fill(project: Project, count: int) -> None:
    """Rows for every figure: served and unserved teams, people who come and go, a post held, a project without one."""
    for _each in range(count):
        served, unserved = LabourTeamFactory.create_batch(2, project=project)
        LiaisonFactory(team=served)
        EngagementFactory(team=served, entered_on=date(2026, 5, 4))
        EngagementFactory(team=unserved, entered_on=date(2026, 1, 4), left_on=date(2026, 5, 20))
        CoordinatorFactory(project=ProjectFactory(region=project.region))
        ProjectFactory(region=project.region)
        fill_feedback(project, served)
        fill_handbook(project, served)
        fill_wages(served)
        fill_gate(served)


def fill_feedback(project: Project, team: LabourTeam) -> None:
    """A wage dispute answered, settled, promised, revisited; a case that is late and was done again; a team's forms."""
    wages = CaseCategory.objects.get(key="wages")
    days = {"registered_on": date(2026, 5, 4), "first_answer_due_at": in_may(8), "first_settle_due_at": in_may(20)}
    done = CaseFactory(project=project, status="closed", kind="dispute", category=wages, **days)
    promise = {"text": "补发", "who": "项目部", "due_on": date(2026, 5, 20), "given_by": UserFactory(), "given_at": in_may(7)}
    kept = {"kept_on": date(2026, 5, 19), "kept_by": UserFactory(), "photo": PhotoFactory()}
    Promise.objects.create(case=done, **promise, **kept)
    for is_settled in (True, False):
        RevisitFactory(case=done, done=True, is_settled=is_settled, done_at=in_may(21))
    late = CaseFactory(project=project, status="accepted", answer_breached_at=in_may(9), **days)
    CaseEventFactory(case=late, verb="redo", at=in_may(15))
    found = SurveyRound.objects.filter(project=project, month=MAY).first()
    round_ = found or SurveyRoundFactory(project=project, month=MAY)
    SurveyTeamFactory(team=team, round=round_, issued=5, returned=4)
    SurveyResponseFactory(team=team, round=round_, keyed_on=date(2026, 5, 26), keyed_by=UserFactory())


def fill_handbook(project: Project, team: LabourTeam) -> None:
    """One of everything that is counted; the goods are for every team, and the unserved one gets nothing."""
    held: dict[str, Any] = {"entry__project": project, "entry__on": date(2026, 5, 14)}
    TrainingAttendanceFactory(session=TrainingSessionFactory(**held, entry__headcount=5))
    VisitRecordFactory(**{**held, "entry__team": team})
    TeamInspectionFactory(**{**held, "entry__team": team})
    MeetingRecordFactory(**held)
    CampaignActivityFactory(**held, entry__headcount=5, on_site=5)
    HazardRecordFactory(**held, is_removed=True)
    event = CareEventFactory(**held, is_for_all=True)
    CareDistributionFactory(event=event, team=team, item__kind="literature", quantity=5, unit_price=1)
    HealthCheckBatchFactory(**held, entry__headcount=5, advised_to_return=5)
    HandbookEntryFactory(kind="counselling", project=project, on=held["entry__on"], headcount=5)
    spent = {f"service__{name}": value for name, value in held.items()}
    MedicalSpendingFactory(**spent, amount=5)
    LabourActFactory(**held)
    GuidanceRecordFactory(**held)


def fill_wages(team: LabourTeam) -> None:
    """A sheet that was due and paid in May, one of May with something red, arrears of five people and five yuan, settled ones."""
    WageSheetFactory(team=team, month=MAY.plus(-1), due_on=date(2026, 5, 10), status="paid", paid_on=date(2026, 5, 9))
    WageFindingFactory(line=WageLineFactory(sheet__team=team, sheet__month=MAY))
    WageArrearsFactory(team=team, month=MAY.plus(-2), since=date(2026, 5, 2), amount=5, people=5)
    WageArrearsFactory(team=team, month=MAY.plus(-3), since=date(2026, 5, 2), settled_on=date(2026, 5, 20))


def fill_gate(team: LabourTeam) -> None:
    """Somebody who came and was inducted, and whose certificate runs out within ninety days."""
    inducted = EngagementFactory(team=team, entered_on=date(2026, 5, 6))
    session = TrainingSession.objects.filter(entry__project=team.project).latest("pk")
    TrainingAttendanceFactory(session=session, engagement=inducted)
    WorkerCertificateFactory(engagement=inducted, issued_on=date(2020, 7, 1))


def in_may(day: int) -> datetime:
    return timezone.make_aware(datetime(2026, 5, day, 9))


def test_rows_of_the_unit_and_the_month(project: Project) -> None:
    here = EngagementFactory(team__project=project, entered_on=date(2026, 5, 31))
    EngagementFactory(team__project=project, entered_on=date(2026, 6, 1))
    EngagementFactory(team__project=project, entered_on=date(2026, 1, 1), left_on=date(2026, 5, 30))
    EngagementFactory(entered_on=date(2026, 5, 1))
    response = client_of(person_with(Role.LABOUR_CENTRE)).get(url())
    assert names(response) == [here.name]
    assert response.context["count"] == 1


def test_each_figure_has_as_many_rows_as_its_number_says_at_the_cost_of_one(project: Project) -> None:
    """Every figure in one world, built once: with one of everything, then with three."""
    reader = person_with(Role.REGIONAL_COORDINATOR, region=project.region)
    clients = {"labour": client_of(person_with(Role.LABOUR_CENTRE)), "regional": client_of(reader)}
    wrong = {}
    for more, in_all in ((1, 1), (2, 3)):
        fill(project, more)
        for figure in figures.all():
            with CaptureQueriesContext(connection) as queries:
                clients["labour"].get(url(figure.key))
            if len(queries) != queries_of(figure):
                wrong[figure.key, in_all] = len(queries)
    for figure in figures.all():
        seen = clients["regional"].get(url(figure.key))
        number = figure.count_of(Level.REGION, project.region_id, MAY, reader)
        # Forms are added up: three teams have fifteen.
        if not number or (seen.context["count"], len(names(seen))) != (number, 3 if figure.summed else number):
            wrong[figure.key, "rows"] = number
        if not all(cells[0][1] for cells in seen.context["rows"]):
            wrong[figure.key, "words"] = names(seen)
    assert wrong == {}


def queries_of(figure: Any) -> int:
    """What a reader may know of cases costs two questions (his offices for sensitive ones); labour acts and wages ask none."""
    return ROWS_QUERIES + (2 if figure.for_reader and figure.key not in {"labour_acts", *WAGES} else 0)


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("level", ["region", "project"])
def test_who_reaches_the_rows_of_a_unit(level: str, role: Role, project: Project) -> None:
    crew = WorkCrewFactory(team__project=project)
    EngagementFactory(crew=crew, team=crew.team, entered_on=date(2026, 5, 1))
    response = client_of(stationed(role, crew)).get(url(level=level, code={"region": "NW", "project": "DUNGE"}[level]))
    of_project = {Role.PROJECT_COORDINATOR, Role.PROJECT_COMMITTEE, Role.PROJECT_CLERK, Role.HEALTH_OFFICER}
    sees = {Role.REGIONAL_COORDINATOR} | COMPANY_WIDE | (of_project if level == "project" else set())
    # The system administrator reaches units, and nothing that they recorded.
    assert response.status_code == (200 if role in sees else 404)
    if role in sees:
        assert len(names(response)) == 1


@pytest.mark.parametrize(
    "address",
    [
        {"key": "no_such_figure"},
        {"level": "team"},
        {"level": "company"},
        {"level": "nonsense"},
        {"code": "NOWHERE"},
        {"level": "project", "code": "NW"},
    ],
)
def test_what_does_not_exist_is_not_found(address: dict[str, str], project: Project) -> None:
    assert client_of(person_with(Role.LABOUR_CENTRE)).get(url(**address)).status_code == 404


def test_foreign_and_nonexistent_look_the_same(project: Project) -> None:
    client = client_of(person_with(Role.REGIONAL_COORDINATOR))
    foreign, nowhere = client.get(url()), client.get(url(code="NOWHERE"))
    assert (foreign.status_code, nowhere.status_code) == (404, 404)
    # The page repeats its own address (for the language switch), and nothing else may differ.
    assert steady(foreign.content).replace(b"/NW/", b"/NOWHERE/") == steady(nowhere.content)


def test_pages_lead_on_and_back(project: Project) -> None:
    team = LabourTeamFactory(project=project)
    EngagementFactory.create_batch(51, team=team, entered_on=date(2026, 5, 1))
    client = client_of(person_with(Role.LABOUR_CENTRE))
    first = client.get(url())
    second = client.get(url(), {"after": first.context["page"].next})
    back = client.get(url(), {"before": second.context["page"].previous})
    assert (len(names(first)), len(names(second)), first.context["count"]) == (50, 1, 51)
    assert names(back) == names(first)
    assert set(names(first) + names(second)) == {row.name for row in Engagement.objects.all()}
    assert 'rel="next"' in first.content.decode()
    assert 'rel="next"' not in second.content.decode()


def test_a_number_without_rows_says_so(project: Project) -> None:
    response = client_of(person_with(Role.LABOUR_CENTRE)).get(url("workers_left"))
    assert response.status_code == 200
    assert (response.context["count"], "lx-empty" in response.content.decode()) == (0, True)


def test_rows_are_only_looked_at(project: Project) -> None:
    assert client_of(person_with(Role.LABOUR_CENTRE)).post(url()).status_code == 405
    assert LabourTeam.objects.count() == 0
