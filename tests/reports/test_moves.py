"""The lifecycle of a report: every verb in every state as every role."""

from itertools import product

import pytest
from django.db import transaction

from accounts.models import User
from core.moves import CLOCK
from core.refusals import Refused
from core.roles import Role
from regions.models import Region
from reports.models import MonthlyReport
from reports.workflow import LIFECYCLE
from tests.covering import covering
from tests.factories import CoordinatorFactory, MonthlyReportFactory, UserFactory, WorkCrewFactory, person_with
from tests.reports.acts import act
from tests.world import stationed

pytestmark = pytest.mark.django_db
Status = MonthlyReport.Status

WRITERS = {Role.REGIONAL_COORDINATOR}
JUDGES = {Role.PARTY_ORGANISATION, Role.LABOUR_CENTRE}
# What is allowed, to whom, and where it leads; everything that is not here is refused. The factory's received report
# carries the receipt of the Party organisation department.
ALLOWED: dict[tuple[str, str], tuple[set[Role], str]] = {
    ("save", Status.OWED): (WRITERS, Status.DRAFT),
    ("save", Status.DRAFT): (WRITERS, Status.DRAFT),
    ("save", Status.RETURNED): (WRITERS, Status.RETURNED),
    ("submit", Status.DRAFT): (WRITERS, Status.SUBMITTED),
    ("submit", Status.RETURNED): (WRITERS, Status.SUBMITTED),
    ("receive", Status.SUBMITTED): (JUDGES, Status.RECEIVED),
    ("receive", Status.RECEIVED): ({Role.LABOUR_CENTRE}, Status.LOCKED),
    ("return", Status.SUBMITTED): (JUDGES, Status.RETURNED),
    ("return", Status.RECEIVED): (JUDGES, Status.RETURNED),
    ("exempt", Status.OWED): (JUDGES, Status.EXEMPT),
    ("exempt", Status.DRAFT): (JUDGES, Status.EXEMPT),
    ("claim", Status.EXEMPT): (JUDGES, Status.OWED),
    ("reopen", Status.LOCKED): (JUDGES, Status.REOPENED),
    ("save", Status.REOPENED): (WRITERS, Status.REOPENED),
    ("submit", Status.REOPENED): (WRITERS, Status.SUBMITTED),
    ("shut", Status.REOPENED): (JUDGES, Status.LOCKED),
}


def report_in(status: str, region: Region) -> MonthlyReport:
    return MonthlyReportFactory(region=region, **({} if status == Status.OWED else {status: True}))


def state_of(report: MonthlyReport) -> tuple[object, ...]:
    report.refresh_from_db()
    related = report.values, report.remarks, report.receipts, report.events
    return report.status, report.version, report.saved_at, *(list(rows.values_list().order_by("pk")) for rows in related)


NOT: tuple[set[Role], str] = (set(), "")
TRIED = covering(product(LIFECYCLE.moves, Status, Role), always=lambda row: row[2] in ALLOWED.get((row[0], row[1]), NOT)[0])


@pytest.mark.parametrize("status", list(Status))
def test_each_verb_in_each_state_as_each_role(status: str, region: Region) -> None:
    """Who may is asked of all; what may be done is done, and of what is refused each two values are tried together."""
    report, crew = report_in(status, region), WorkCrewFactory(team__project__region=region)
    before = state_of(report)
    for role in Role:
        actor = stationed(role, crew)
        wanted = {verb for verb in LIFECYCLE.moves if role in ALLOWED.get((verb, status), NOT)[0]}
        assert set(LIFECYCLE.allowed_moves(report, actor)) == wanted, role
        for verb in (verb for verb in LIFECYCLE.moves if (verb, status, role) in TRIED):
            _tries(verb, MonthlyReport.objects.get(pk=report.pk), actor, ALLOWED[verb, status][1] if verb in wanted else "")
            assert state_of(report) == before, (verb, role)


def _tries(verb: str, report: MonthlyReport, actor: User, target: str) -> None:
    if not target:
        with pytest.raises(Refused):
            act(verb, report, actor)
        return
    with transaction.atomic():
        act(verb, report, actor)
        report.refresh_from_db()
        assert report.status == target
        transaction.set_rollback(True)  # for the next role


@pytest.mark.parametrize("verb", list(LIFECYCLE.moves))
def test_the_clock_and_another_region_do_nothing(verb: str, region: Region) -> None:
    """… but for a correction, which the clock ends."""
    status = next(status for name, status in ALLOWED if name == verb)
    report = report_in(status, region)
    before = state_of(report)
    assert LIFECYCLE.may(verb, CLOCK, report) == (verb == "shut")
    with pytest.raises(Refused):
        act(verb, report, person_with(Role.REGIONAL_COORDINATOR))
    assert state_of(report) == before


def test_the_end_of_the_post_is_the_end_of_writing(region: Region) -> None:
    former = CoordinatorFactory(region=region, ended=True).person
    report = MonthlyReportFactory(region=region, draft=True)
    with pytest.raises(Refused):
        act("save", report, former)


def test_an_acting_coordinator_writes_like_any_other(region: Region) -> None:
    report = MonthlyReportFactory(region=region)
    assert act("save", report, CoordinatorFactory(region=region, acting=True).person).status == Status.DRAFT


def test_somebody_without_any_post_does_nothing(region: Region) -> None:
    report = MonthlyReportFactory(region=region, submitted=True)
    assert LIFECYCLE.allowed_moves(report, UserFactory()) == []
