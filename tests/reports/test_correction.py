"""A locked report is corrected within a time and a reach; what was submitted first stays, and so does whether it was late."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from accounts.models import User
from core.moves import CLOCK
from core.refusals import Refused
from inbox.providers import items_for
from regions.models import Region
from reports import correction, workflow
from reports.content import content_of
from reports.forms import ReportForm
from reports.models import MonthlyReport, ReportValue
from reports.workflow import Written
from tests.factories import MonthlyReportFactory
from tests.reports.acts import act, latest, line_of, stored, typed

pytestmark = pytest.mark.django_db
Status = MonthlyReport.Status
WHY = "培训人次少报了一期。"
THIRTEEN = Written(ReportValue.State.NUMBER, number=Decimal(13))


def in_days(days: int) -> date:
    return timezone.localdate() + timedelta(days=days)


def reopened(region: Region, labour: User, *keys: str, late: bool = False) -> MonthlyReport:
    report = MonthlyReportFactory(region=region, locked=True, late=late)
    return correction.reopen(report, by=labour, until=in_days(7), reason=WHY, lines=[line_of(report, key) for key in keys])


@pytest.mark.parametrize("days", [-1, 32])
def test_it_always_has_an_end_and_a_near_one(region: Region, labour: User, days: int) -> None:
    report = MonthlyReportFactory(region=region, locked=True)
    with pytest.raises(Refused, match="不超过31天"):
        correction.reopen(report, by=labour, until=in_days(days), reason=WHY)
    with pytest.raises(IntegrityError), transaction.atomic():
        MonthlyReport.objects.filter(pk=report.pk).update(status=Status.REOPENED, locked_at=None)


def test_reason_and_lines_are_kept(region: Region, labour: User) -> None:
    report = reopened(region, labour, "trained")
    assert report.events.latest("pk").note == WHY
    assert list(report.reopened_lines.values_list("key", flat=True)) == ["trained"]
    assert report.locked_at is None


def test_the_region_finds_it_and_is_not_late(region: Region, writer: User, labour: User) -> None:
    report = reopened(region, labour)
    [item] = [item for item in items_for(writer, timezone.now()) if "reports" in item.url]
    assert item.due_at == report.reopened_until
    assert "已重开" in item.what


def test_a_new_submission_is_judged_by_both_and_lateness_stays(
    region: Region, writer: User, labour: User, organisation: User
) -> None:
    report = reopened(region, labour, late=True)
    first = report.first_submitted_at
    report = workflow.save(report, by=writer, version=report.version, written={line_of(report, "trained").pk: THIRTEEN})
    report = act("submit", report, writer)
    assert (report.status, report.first_submitted_at, report.is_late) == (Status.SUBMITTED, first, True)
    assert (report.reopened_until, report.reopened_lines.count(), report.receipts.count()) == (None, 0, 0)
    sent = [event.submitted["trained"]["number"] for event in report.events.filter(verb="submit").order_by("pk")]
    assert sent == ["12", "13"]
    report = act("receive", act("receive", report, labour), organisation)
    assert report.status == Status.LOCKED


def test_only_the_named_lines_are_open(region: Region, writer: User, labour: User, signed_in: Callable[[User], Client]) -> None:
    report = reopened(region, labour, "trained")
    with pytest.raises(Refused, match="只能修改重开的那几项"):
        workflow.save(report, by=writer, version=report.version, written={line_of(report, "summary").pk: Written(text="别的")})
    client, before = signed_in(writer), stored(report)
    client.post(f"/reports/NW/{report.month}/save/", typed(report.version, trained="13", summary="偷偷改写"))
    assert stored(report) == before | {"trained": (ReportValue.State.NUMBER, Decimal(13), "", "")}
    assert [name for name, field in fields_of(report) if field.disabled] == [
        "line-workers_on_site",
        "line-workers_on_site-uncounted",
        "line-workers_on_site-reason",
        "line-workers_on_site-was",
        "line-summary",
    ]


def fields_of(report: MonthlyReport) -> list[tuple[str, Any]]:
    return list(ReportForm(content=content_of(report)).fields.items())


def test_a_line_outside_keeps_its_number_whatever_the_records_say_now(region: Region, writer: User, labour: User) -> None:
    """The records of the test are empty, the report said 27."""
    report = reopened(region, labour, "trained")
    assert {entry.line.key: entry.live for entry in content_of(report).entries}["workers_on_site"] == 27
    report = act("submit", report, writer)
    assert report.events.latest("pk").submitted["workers_on_site"]["snapshot"] == "27"


def test_in_a_correction_of_the_whole_figures_are_counted_anew(region: Region, labour: User) -> None:
    report = reopened(region, labour)
    assert {entry.line.key: entry.live for entry in content_of(report).entries}["workers_on_site"] == 0


def test_when_the_time_is_over_it_is_as_it_was(region: Region, writer: User, labour: User) -> None:
    report = reopened(region, labour)
    before = stored(report)
    changed = {line_of(report, "trained").pk: THIRTEEN, line_of(report, "summary").pk: Written(text="另写一段")}
    report = workflow.save(report, by=writer, version=report.version, written=changed)
    with pytest.raises(Refused, match="更正期限还没到"):
        correction.shut(report, by=CLOCK)
    with time_machine.travel(timezone.now() + timedelta(days=9), tick=False):
        with pytest.raises(Refused, match="岗位不能这样做"):
            act("save", report, writer)
        call_command("open_reports")
    report.refresh_from_db()
    assert (report.status, report.reopened_until, report.receipts.count()) == (Status.LOCKED, None, 2)
    assert stored(report) == before
    assert [event.by for event in report.events.filter(verb="shut")] == [None]


def test_a_department_ends_it_early(region: Region, labour: User, signed_in: Callable[[User], Client]) -> None:
    report = reopened(region, labour)
    signed_in(labour).post(f"/reports/NW/{report.month}/shut/")
    report.refresh_from_db()
    assert report.status == Status.LOCKED


def test_it_is_reopened_on_the_page(region: Region, labour: User, signed_in: Callable[[User], Client]) -> None:
    report = MonthlyReportFactory(region=region, locked=True)
    client, line = signed_in(labour), line_of(report, "trained")
    said = {"reopen-reason": WHY, "reopen-until": str(in_days(5)), "reopen-lines": [line.pk]}
    refused = client.post(f"/reports/NW/{report.month}/reopen/", said | {"reopen-until": str(in_days(60))})
    assert WHY in refused.content.decode()  # nothing typed is lost
    client.post(f"/reports/NW/{report.month}/reopen/", said)
    report.refresh_from_db()
    assert (report.status, [line.key for line in report.reopened_lines.all()]) == (Status.REOPENED, ["trained"])
    assert timezone.localdate(report.reopened_until) == in_days(5)


def test_while_it_is_being_corrected_others_read_what_was_submitted(region: Region, writer: User, labour: User) -> None:
    report = reopened(region, labour)
    assert latest(report) == report.events.get(verb="submit").pk
    past = MonthlyReportFactory(region=region, month=report.month.plus(1))
    assert [entry.past[2].value for entry in content_of(past).entries if entry.line.key == "trained"] == [None]
