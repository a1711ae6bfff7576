"""Report templates, and monthly reports in every state, with the rows that a report in that state has."""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from core.months import Month
from core.roles import Role
from core.workdays import end_of_office
from reports.models import (
    MonthlyReport,
    ReportEvent,
    ReportLine,
    ReportReceipt,
    ReportRemark,
    ReportSection,
    ReportTemplate,
    ReportValue,
)
from tests.factories.posts import CoordinatorFactory, StaffPostFactory
from tests.factories.units import RegionFactory

Status = MonthlyReport.Status
LINES = (
    {
        "kind": ReportLine.Kind.FIGURE,
        "key": "workers_on_site",
        "label_zh": "在场劳务工",
        "label_en": "Workers on site",
        "unit_zh": "人",
    },
    {"kind": ReportLine.Kind.NUMBER, "key": "trained", "label_zh": "培训人次", "label_en": "Persons trained", "unit_zh": "人次"},
    {"kind": ReportLine.Kind.TEXT, "key": "summary", "label_zh": "本月主要工作", "label_en": "Main work of the month"},
)


def _write_sections(template: ReportTemplate, create: bool, extracted: None) -> None:
    if not template.sections.exists():
        section = ReportSection.objects.create(template=template, order=1, title_zh="基本情况", title_en="Basics")
        for order, line in enumerate(LINES, start=1):
            ReportLine.objects.create(section=section, order=order, **line)


def _write_rows(report: MonthlyReport, create: bool, extracted: None) -> None:
    """Values from the first save on; then the submission, and what the departments did with it."""
    if report.status not in (Status.OWED, Status.EXEMPT):
        _fill_in(report)
    if report.status in MonthlyReport.SENT:
        _submit(report)
    if report.status == Status.RETURNED:
        _return(report)
    if report.status in (Status.RECEIVED, Status.LOCKED, Status.REOPENED):
        _receive(report, Role.PARTY_ORGANISATION, Status.SUBMITTED, Status.RECEIVED)
    if report.status in (Status.LOCKED, Status.REOPENED):
        _receive(report, Role.LABOUR_CENTRE, Status.RECEIVED, Status.LOCKED)


def _sent_at(report: Any) -> datetime:
    """An hour before the deadline (a day after it when late), and never in the future."""
    wanted = report.due_at + (timedelta(days=1) if report.late else -timedelta(hours=1))
    return min(wanted, timezone.now() - timedelta(hours=3))


def _fill_in(report: MonthlyReport) -> None:
    """What somebody wrote; a figure that nobody touched has a row only once the report was sent, with what the records said."""
    is_sent = report.status in MonthlyReport.SENT
    for line in _lines(report):
        value = ReportValue(report=report, line=line)
        if line.kind == ReportLine.Kind.TEXT:
            value.text = "组织入场培训两期，走访队伍六次。"
        elif line.kind == ReportLine.Kind.NUMBER:
            value.state, value.number = ReportValue.State.NUMBER, Decimal(12)
        elif is_sent:
            value.snapshot, value.snapshot_at = Decimal(27), report.first_submitted_at
        if is_sent or line.kind != ReportLine.Kind.FIGURE:
            value.save()


def _lines(report: MonthlyReport) -> Any:
    return ReportLine.objects.filter(section__template=report.template).order_by("section__order", "order")


def _submit(report: MonthlyReport) -> None:
    """The submission keeps what stood in every line."""
    said = {value.line.key: value for value in report.values.select_related("line")}
    records = {
        key: {
            "state": value.state,
            "number": "12" if value.state == ReportValue.State.NUMBER else "27" if value.snapshot else "",
            "text": value.text,
            "reason": value.reason,
            "snapshot": "27" if value.snapshot else "",
        }
        for key, value in said.items()
    }
    _event(report, "submit", Status.DRAFT, Status.SUBMITTED, report.saved_by, report.first_submitted_at, submitted=records)


def _event(report: MonthlyReport, verb: str, before: str, after: str, by: Any, at: Any, **details: Any) -> None:
    ReportEvent.objects.create(report=report, verb=verb, from_status=before, to_status=after, by=by, at=at, **details)


def _return(report: MonthlyReport) -> None:
    by = StaffPostFactory(role=Role.PARTY_ORGANISATION).person
    at = report.first_submitted_at + timedelta(hours=1)
    line = _lines(report).last()
    ReportRemark.objects.create(
        report=report, line=line, text="请写明培训对象。", by=by, department=Role.PARTY_ORGANISATION, at=at
    )
    _event(report, "return", Status.SUBMITTED, Status.RETURNED, by, at)


def _receive(report: MonthlyReport, department: Role, before: str, after: str) -> None:
    by = StaffPostFactory(role=department).person
    at = report.first_submitted_at + timedelta(hours=1 if after == Status.RECEIVED else 2)
    ReportReceipt.objects.create(report=report, department=department, by=by, at=at)
    _event(report, "receive", before, after, by, at)


class ReportTemplateFactory(DjangoModelFactory):
    """One small template that all reports of a test share: a section with a figure, a number and a required text."""

    class Meta:
        model = ReportTemplate
        django_get_or_create = ("number",)
        skip_postgeneration_save = True

    number = 99
    title = "片区协理员月报"
    valid_from = Month(2000, 1)
    is_draft = False

    sections = factory.PostGeneration(_write_sections)


class MonthlyReportFactory(DjangoModelFactory):
    """Owed, unless a trait says otherwise; last month's, so that everything in it can have happened by now."""

    class Meta:
        model = MonthlyReport
        skip_postgeneration_save = True

    class Params:
        draft = factory.Trait(status=Status.DRAFT)
        submitted = factory.Trait(status=Status.SUBMITTED)
        returned = factory.Trait(status=Status.RETURNED)
        received = factory.Trait(status=Status.RECEIVED)
        locked = factory.Trait(status=Status.LOCKED)
        reopened = factory.Trait(status=Status.REOPENED)
        exempt = factory.Trait(status=Status.EXEMPT)
        late = False
        was_begun = factory.LazyAttribute(lambda report: report.status not in (Status.OWED, Status.EXEMPT))
        was_sent = factory.LazyAttribute(lambda report: report.status in MonthlyReport.SENT)

    region = factory.SubFactory(RegionFactory)
    month = factory.LazyFunction(lambda: Month.current().plus(-1))
    template = factory.SubFactory(ReportTemplateFactory)
    status = Status.OWED
    due_at = factory.LazyAttribute(lambda report: end_of_office(report.month.after + timedelta(days=7)))
    saved_at = factory.LazyAttribute(lambda report: _sent_at(report) if report.was_begun else None)
    # Acting, so that a test may give the region its one coordinator himself.
    saved_by = factory.Maybe(
        "was_begun", factory.LazyAttribute(lambda report: CoordinatorFactory(region=report.region, acting=True).person), None
    )
    first_submitted_at = factory.LazyAttribute(lambda report: _sent_at(report) if report.was_sent else None)
    is_late = factory.LazyAttribute(lambda report: bool(report.late) if report.was_sent else None)
    locked_at = factory.LazyAttribute(
        lambda report: _sent_at(report) + timedelta(hours=2) if report.status == Status.LOCKED else None
    )

    exempt_because = factory.LazyAttribute(lambda report: "片区本月中旬成立。" if report.status == Status.EXEMPT else "")
    reopened_until = factory.LazyAttribute(
        lambda report: timezone.now() + timedelta(days=7) if report.status == Status.REOPENED else None
    )

    rows = factory.PostGeneration(_write_rows)
