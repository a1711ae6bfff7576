"""A report that is not asked for is neither owed nor late, says why, and can be asked for after all."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from accounts.models import User
from core.refusals import Refused
from core.roles import Role
from inbox.providers import items_for
from overview.attention import needing_attention
from regions.models import Region
from reports import exemption
from reports.models import MonthlyReport
from tests.factories import MonthlyReportFactory, person_with

pytestmark = pytest.mark.django_db
Status = MonthlyReport.Status
REASON = "片区本月中旬成立。"


def late_report(region: Region, **state: bool) -> MonthlyReport:
    return MonthlyReportFactory(region=region, due_at=timezone.now() - timedelta(days=3), **state)


def test_it_is_no_longer_owed_nor_in_need_of_attention(region: Region, writer: User, labour: User) -> None:
    report, now = late_report(region), timezone.now()
    assert [item.url for item in items_for(writer, now) if "reports" in item.url] == [f"/reports/NW/{report.month}/"]
    assert [item.tone for item in needing_attention(labour, now) if "reports" in item.url] == ["late"]
    exemption.exempt(report, by=labour, reason=REASON)
    assert [item.url for item in items_for(writer, now) if "reports" in item.url] == []
    assert [item.url for item in needing_attention(labour, now) if "reports" in item.url] == []


def test_the_reason_stands_on_the_page_and_in_the_history(
    region: Region, writer: User, labour: User, signed_in: Callable[[User], Client]
) -> None:
    report = MonthlyReportFactory(region=region)
    signed_in(labour).post(f"/reports/NW/{report.month}/exempt/", {"exempt-reason": REASON})
    report.refresh_from_db()
    assert (report.status, report.exempt_because) == (Status.EXEMPT, REASON)
    assert list(report.events.values_list("verb", "note", "by")) == [("exempt", REASON, labour.pk)]
    page = signed_in(writer).get(f"/reports/NW/{report.month}/").content.decode()
    assert page.count(REASON) >= 2
    assert 'id="report"' not in page


def test_without_a_reason_nothing_happens(region: Region, labour: User, signed_in: Callable[[User], Client]) -> None:
    report = MonthlyReportFactory(region=region)
    page = signed_in(labour).post(f"/reports/NW/{report.month}/exempt/", {"exempt-reason": " "})
    assert page.status_code == 200
    assert "exempt-reason" in page.content.decode()
    with pytest.raises(Refused, match="免报的原因"):
        exemption.exempt(report, by=labour, reason=" ")
    report.refresh_from_db()
    assert report.status == Status.OWED


def test_what_was_written_is_there_again(region: Region, writer: User, labour: User) -> None:
    report = MonthlyReportFactory(region=region, draft=True)
    written = list(report.values.values_list("line__key", "number", "text"))
    exemption.exempt(report, by=labour, reason=REASON)
    report = exemption.claim(report, by=labour)
    assert (report.status, report.exempt_because) == (Status.DRAFT, "")
    assert list(report.values.values_list("line__key", "number", "text")) == written


def test_what_was_begun_is_no_business_of_readers(region: Region, labour: User, signed_in: Callable[[User], Client]) -> None:
    report = MonthlyReportFactory(region=region, draft=True)
    exemption.exempt(report, by=labour, reason=REASON)
    page = signed_in(person_with(Role.LEADER)).get(f"/reports/NW/{report.month}/").content.decode()
    assert REASON in page
    assert "组织入场培训两期" not in page


def test_the_database_wants_the_reason_too(region: Region) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        MonthlyReportFactory(region=region, exempt=True, exempt_because="")
