"""Figures of the gate counted by hand, and the lines on the home page of whoever has to act."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from core.months import Month
from core.roles import Role
from core.scope import Level
from core.workdays import WorkingDays
from figures.registry import figures
from inbox.certificates import certificates_within_30_days, certificates_within_90_days, people_to_induct
from labour_teams.models import Engagement
from tests.factories import EngagementFactory, TrainingAttendanceFactory, TrainingSessionFactory, WorkerCertificateFactory
from tests.world import Company

pytestmark = pytest.mark.django_db
TODAY, MAY = date(2026, 5, 20), Month(2026, 5)
KEEPERS = {Role.PROJECT_CLERK, Role.PROJECT_COORDINATOR}


def number(key: str, company: Company, month: Month = MAY) -> Any:
    figure = figures.get(key)
    assert figure is not None
    count = figure.count_of(Level.PROJECT, company.own_project.pk, month)
    assert figure.counts_by(Level.REGION, month).get(company.own_region.pk, 0) == count
    for row in figure.rows(month).order_by(*figure.order)[:3]:
        assert all(column.text(row) is not None for column in figure.columns)
    return count


def test_who_entered_in_the_month_with_an_induction_and_without(company: Company) -> None:
    team = company.own_team
    before, last_april = EngagementFactory(team=team, entered_on=date(2026, 3, 1)), date(2026, 4, 30)
    first = EngagementFactory(team=team, entered_on=date(2026, 5, 1))
    EngagementFactory(team=team, entered_on=date(2026, 5, 19))
    EngagementFactory(team=team, entered_on=date(2026, 5, 19), left_on=date(2026, 5, 20))
    EngagementFactory(team=team, entered_on=last_april)
    Engagement.objects.filter(pk=before.pk).update(left_on=date(2026, 5, 9))
    EngagementFactory(team=team, worker=before.worker, follows=before, entered_on=date(2026, 5, 10))
    session = TrainingSessionFactory(entry__project=company.own_project, entry__on=date(2026, 4, 20))
    TrainingAttendanceFactory(session=session, engagement=first)
    assert number("entered_inducted", company) == 1
    assert number("entered_not_inducted", company) == 2
    assert number("entered_not_inducted", company, MAY.plus(-1)) == 1


def test_an_induction_after_the_months_end_comes_too_late_for_it(company: Company) -> None:
    late = EngagementFactory(team=company.own_team, entered_on=date(2026, 4, 28))
    session = TrainingSessionFactory(entry__project=company.own_project, entry__on=date(2026, 5, 2))
    TrainingAttendanceFactory(session=session, engagement=late)
    april = MAY.plus(-1)
    assert (number("entered_inducted", company, april), number("entered_not_inducted", company, april)) == (0, 1)


def test_certificates_that_run_out(company: Company) -> None:
    for days in (-1, 0, 90, 91):
        WorkerCertificateFactory(
            engagement=EngagementFactory(team=company.own_team), issuer="company", valid_until=TODAY + timedelta(days=days)
        )
    gone = EngagementFactory(team=company.own_team, left_on=TODAY - timedelta(days=1))
    WorkerCertificateFactory(engagement=gone, valid_until=TODAY)
    returned = EngagementFactory(team=company.own_team)
    WorkerCertificateFactory(engagement=returned, valid_until=TODAY, returned_on=TODAY)
    assert number("certificates_running_out", company) == 3


def items(provider: Any, person: Any) -> list[Any]:
    return list(provider(person, timezone.now(), WorkingDays.load()))


@pytest.mark.parametrize("role", list(Role))
def test_clerk_and_coordinator_are_told_ninety_and_thirty_days_ahead(company: Company, role: Role) -> None:
    for days in (-2, 0, 30, 31, 90, 91):
        person = EngagementFactory(team=company.own_team)
        WorkerCertificateFactory(engagement=person, issuer="company", valid_until=TODAY + timedelta(days=days))
    WorkerCertificateFactory(engagement=EngagementFactory(crew=company.crew_at("sibling")), valid_until=TODAY)
    somebody = company.person(role)
    soon, later = items(certificates_within_30_days, somebody), items(certificates_within_90_days, somebody)
    if role not in KEEPERS:
        assert (soon, later) == ([], [])
        return
    assert [item.where for item in (*soon, *later)] == [str(company.own_project)] * 2
    assert ("3" in soon[0].what, "2" in later[0].what) == (True, True)
    assert (soon[0].state(timezone.now()), later[0].state(timezone.now())) == ("late", "later")
    assert later[0].url == f"/certificates/?project={company.own_project.pk}&state=later"


@pytest.mark.parametrize("role", [Role.PROJECT_CLERK, Role.PROJECT_COORDINATOR, Role.REGIONAL_COORDINATOR, Role.LIAISON])
def test_people_never_inducted_are_said_until_they_are(company: Company, role: Role) -> None:
    somebody, people = company.person(role), Engagement.objects.filter(project=company.own_project)
    told = items(people_to_induct, somebody)
    assert [item.url for item in told] == (
        [f"/projects/{company.own_project.code}/induction/?state=missing"] if role in KEEPERS else []
    )
    session = TrainingSessionFactory(entry__project=company.own_project, entry__on=TODAY)
    for person in people:
        TrainingAttendanceFactory(session=session, engagement=person)
    assert items(people_to_induct, somebody) == []
