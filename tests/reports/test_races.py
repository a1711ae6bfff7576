"""Two people at once. Only PostgreSQL shows a missing lock: SQLite lets one writer in at a time anyway."""

from collections.abc import Callable
from threading import Barrier, Thread

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from accounts.models import User
from core.refusals import Refused
from core.roles import Role
from reports import workflow
from reports.models import MonthlyReport
from reports.workflow import Written
from tests.factories import CoordinatorFactory, MonthlyReportFactory, RegionFactory, person_with
from tests.reports.acts import act, latest, line_of

pytestmark = [pytest.mark.postgresql_only, pytest.mark.django_db(transaction=True)]
Status = MonthlyReport.Status
ROUNDS = 8


def at_once(*acts: Callable[[], object]) -> list[object]:
    """Run the acts in threads that start together; gives each one's answer, or the refusal it met."""
    barrier = Barrier(len(acts))
    answers: list[object] = [None] * len(acts)

    def run(place: int) -> None:
        try:
            connection.ensure_connection()
            barrier.wait(timeout=10)
            answers[place] = acts[place]()
        except Refused as refusal:
            answers[place] = refusal
        finally:
            connection.close()

    threads = [Thread(target=run, args=(place,)) for place in range(len(acts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    return answers


def refused(answers: list[object]) -> int:
    return sum(isinstance(answer, Refused) for answer in answers)


@pytest.mark.parametrize("attempt", range(ROUNDS))
def test_two_submissions_make_one(attempt: int) -> None:
    region = RegionFactory()
    people = [CoordinatorFactory(region=region).person, CoordinatorFactory(region=region, acting=True).person]
    report = MonthlyReportFactory(region=region, draft=True)
    answers = at_once(*(lambda person=person: act("submit", report, person) for person in people))
    report.refresh_from_db()
    assert (refused(answers), report.status, report.events.filter(verb="submit").count()) == (1, Status.SUBMITTED, 1)


@pytest.mark.parametrize("attempt", range(ROUNDS))
def test_two_departments_receiving_lock_once(attempt: int) -> None:
    report = MonthlyReportFactory(submitted=True)
    people = [person_with(Role.PARTY_ORGANISATION), person_with(Role.LABOUR_CENTRE)]
    answers = at_once(*(lambda person=person: act("receive", report, person) for person in people))
    report.refresh_from_db()
    moves = list(report.events.filter(verb="receive").order_by("pk").values_list("from_status", "to_status"))
    assert refused(answers) == 0
    assert moves == [("submitted", "received"), ("received", "locked")]
    assert (report.status, report.receipts.count()) == (Status.LOCKED, 2)


@pytest.mark.parametrize("attempt", range(ROUNDS))
def test_one_department_receiving_twice_counts_once(attempt: int) -> None:
    report = MonthlyReportFactory(submitted=True)
    people = [person_with(Role.LABOUR_CENTRE), person_with(Role.LABOUR_CENTRE)]
    answers = at_once(*(lambda person=person: act("receive", report, person) for person in people))
    report.refresh_from_db()
    assert (refused(answers), report.status, report.receipts.count()) == (1, Status.RECEIVED, 1)


@pytest.mark.parametrize("attempt", range(ROUNDS))
def test_a_return_beats_a_receipt_whichever_comes_first(attempt: int) -> None:
    report = MonthlyReportFactory(submitted=True)
    organisation, labour = person_with(Role.PARTY_ORGANISATION), person_with(Role.LABOUR_CENTRE)
    answers = at_once(lambda: act("return", report, organisation), lambda: act("receive", report, labour))
    report.refresh_from_db()
    assert not isinstance(answers[0], Refused)
    assert (report.status, report.receipts.count(), report.remarks.count()) == (Status.RETURNED, 0, 1)
    assert report.events.filter(verb="receive").count() == 1 - refused(answers)


@pytest.mark.parametrize("attempt", range(ROUNDS))
def test_two_saves_keep_the_first_and_tell_the_second(attempt: int) -> None:
    region = RegionFactory()
    person = CoordinatorFactory(region=region).person
    report = MonthlyReportFactory(region=region, draft=True)
    line = line_of(report, "summary")

    def save(text: str) -> str:
        workflow.save(report, by=person, version=1, written={line.pk: Written(text=text)})
        return text

    answers = at_once(lambda: save("一"), lambda: save("二"))
    kept = next(answer for answer in answers if not isinstance(answer, Refused))
    report.refresh_from_db()
    assert (refused(answers), report.version) == (1, 2)
    assert report.values.get(line=line).text == kept


@pytest.mark.parametrize("attempt", range(ROUNDS))
def test_a_double_click_on_submit_is_harmless(attempt: int, signed_in: Callable[[User], Client]) -> None:
    region = RegionFactory()
    person = CoordinatorFactory(region=region).person
    report = MonthlyReportFactory(region=region, draft=True)
    page = reverse("report", args=[region.code, report.month])
    form = {"version": "1", "line-trained": "12", "line-summary": "走访了三支队伍"}
    clients = [signed_in(person), signed_in(person)]
    answers = at_once(*(lambda client=client: client.post(f"{page}submit/", form) for client in clients))
    report.refresh_from_db()
    assert [(answer.status_code, answer["Location"]) for answer in answers] == [(302, page)] * 2  # type: ignore[attr-defined]
    assert (report.status, report.events.filter(verb="submit").count()) == (Status.SUBMITTED, 1)
    assert latest(report) is not None
