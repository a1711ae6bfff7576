"""Writes twelve months of reports, last month's in every state, and opens the current month."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from random import Random

from django.utils import timezone

from accounts.models import User
from core.months import Month
from core.roles import Role
from core.scope import Level
from core.workdays import WorkingDays, end_of_office
from overview.demo.folk import dice_for
from overview.demo.posts import People
from overview.demo.report_numbers import number_for
from overview.demo.report_texts import text_for
from regions.models import Region
from reports.content import Entry
from reports.models import MonthlyReport, ReportEvent, ReportLine, ReportReceipt, ReportRemark, ReportTemplate, ReportValue
from reports.workflow import DUE_DAY, open_month

Status = MonthlyReport.Status
MONTHS = 12
# How last month's reports stand; all others are locked. Then what went less smoothly: region and how many months ago.
LAST_MONTH = {"HN": Status.RETURNED, "FJ": Status.SUBMITTED, "GZ": Status.RECEIVED}
LATE = ("GX", 4)
RETURNED_ONCE = {
    ("HS", 3): ("arrears_workers", "名单里有一个人已经结清，请核对人数。"),
    ("NE", 8): ("cases_note", "没落实的请写明谁在办。"),
}
RETURNED_NOW = ("conflicts_settled", "这里的起数，手册里有化解记录的少一起。请补上那一起的记录，或改数。")
NOT_COUNTED = {("GX", 2): "体检由县医院做，人数还没有报来。", ("SN", 6): "医生外出培训，没有登记。"}
CORRECTED = {("NW", 2): "两名工友月底前一天已离场，退场日期还没补录。", ("GZ", 7): "漏录一名工友，下月补进花名册。"}


@dataclass(slots=True)
class Writing:
    """One report with what stands in it and what happened to it."""

    report: MonthlyReport
    ago: int
    dice: Random
    values: dict[str, ReportValue] = field(default_factory=dict)
    events: list[ReportEvent] = field(default_factory=list)
    receipts: list[ReportReceipt] = field(default_factory=list)
    remarks: list[ReportRemark] = field(default_factory=list)

    @property
    def where(self) -> tuple[str, int]:
        return self.report.region.code, self.ago


def write_reports(people: People) -> None:
    """Past months in bulk; the current one is opened by the workflow, as the clock would."""
    current = Month.of(people.units.today)
    lines = list(ReportLine.objects.filter(section__template__number=1).order_by("section__order", "order"))
    template = ReportTemplate.objects.get(number=1)
    workdays = WorkingDays.load()
    writings = []
    for ago in range(MONTHS, 0, -1):
        month = current.plus(-ago)
        due_at = end_of_office(workdays.add(month.plus(1).first.replace(day=DUE_DAY), 0))
        counted = {line.key: line.figure.counts_by(Level.REGION, month) for line in lines if line.figure}
        for region in people.units.regions.values():
            report = MonthlyReport(region=region, month=month, template=template, due_at=due_at)
            writing = Writing(report, ago, dice_for("report", region.code, str(month)))
            _fill_in(writing, lines, {key: numbers.get(region.pk, 0) for key, numbers in counted.items()})
            _live_through(writing, people)
            writings.append(writing)
    _save(writings)
    open_month(current)


def _save(writings: list[Writing]) -> None:
    MonthlyReport.objects.bulk_create([writing.report for writing in writings])
    ReportValue.objects.bulk_create([value for writing in writings for value in writing.values.values()], batch_size=500)
    ReportEvent.objects.bulk_create([event for writing in writings for event in writing.events], batch_size=500)
    ReportReceipt.objects.bulk_create([receipt for writing in writings for receipt in writing.receipts])
    ReportRemark.objects.bulk_create([remark for writing in writings for remark in writing.remarks])


def _fill_in(writing: Writing, lines: Iterable[ReportLine], counted: dict[str, int]) -> None:
    """Untouched figures stand for what the records say; numbers and texts are written. Empty optional lines have no row."""
    report, (code, ago) = writing.report, writing.where
    for line in lines:
        value = ReportValue(report=report, line=line)
        if line.kind == ReportLine.Kind.TEXT:
            value.text = text_for(line.key, code, report.month.month, MONTHS - ago, has_workers=counted["workers_on_site"] > 0)
        elif line.kind == ReportLine.Kind.FIGURE:
            value.snapshot = Decimal(counted[line.key])
        elif line.key == "health_checks" and writing.where in NOT_COUNTED:
            value.state, value.reason = ReportValue.State.NOT_COUNTED, NOT_COUNTED[writing.where]
        else:
            written = {key: int(other.number) for key, other in writing.values.items() if other.number is not None}
            number = number_for(line.key, writing.where, writing.dice, {**counted, **written})
            value.state, value.number = ReportValue.State.NUMBER, Decimal(number)
        if line.key == "workers_on_site" and writing.where in CORRECTED:
            value.state, value.number, value.reason = ReportValue.State.NUMBER, value.snapshot - 1, CORRECTED[writing.where]
        if value.text or line.kind != ReportLine.Kind.TEXT:
            writing.values[line.key] = value


def _live_through(writing: Writing, people: People) -> None:
    """The moves in their order, at moments that have passed."""
    report, (code, ago) = writing.report, writing.where
    ending = LAST_MONTH.get(code, Status.LOCKED) if ago == 1 else Status.LOCKED
    is_returned_once = writing.where in RETURNED_ONCE
    moves = ["save", "submit"] + ["return", "submit"] * is_returned_once
    moves += {Status.RETURNED: ["return"], Status.RECEIVED: ["receive"], Status.LOCKED: ["receive", "receive"]}.get(ending, [])
    departments = [Role.PARTY_ORGANISATION, Role.LABOUR_CENTRE]
    if ending == Status.LOCKED and writing.dice.random() < 0.5:
        departments.reverse()
    writing.events.append(_event(report, "open", "", Status.OWED, None, _morning(report.month.first, 0)))
    for move, at in zip(moves, _moments(writing, len(moves)), strict=True):
        _move(writing, people, move, at, departments)
    report.version = len(moves) + 1


def _moments(writing: Writing, count: int) -> list[datetime]:
    """The first save, the submission a day later, then about a day for each further move; squeezed where they would lie ahead."""
    report, dice = writing.report, writing.dice
    submitted = _morning(report.month.after, dice.randrange(3, 6)) + timedelta(minutes=dice.randrange(480))
    if writing.where == LATE:
        submitted = report.due_at + timedelta(hours=dice.randrange(15, 19))
    moments = [submitted - timedelta(hours=dice.randrange(18, 30)), submitted]
    while len(moments) < count:
        moments.append(moments[-1] + timedelta(hours=dice.randrange(14, 28)))
    start, now = _morning(report.month.after, 0), timezone.now()
    if moments[-1] < now:
        return moments
    return [start + (now - start) * (0.9 * (place + 1) / count) for place in range(count)]


def _morning(day: object, days: int) -> datetime:
    """9:00 in Beijing, `days` after a day."""
    return end_of_office(day + timedelta(days=days)) - timedelta(hours=9)  # type: ignore[operator]


def _move(writing: Writing, people: People, move: str, at: datetime, departments: list[Role]) -> None:
    report = writing.report
    before = report.status
    if move in ("save", "submit"):
        by = _writer(people, report.region, at)
        report.saved_at, report.saved_by = (at, by) if move == "save" else (report.saved_at, report.saved_by)
    else:
        by = people.users["hq-org" if move == "return" or departments[0] == Role.PARTY_ORGANISATION else "hq-labour"]
    step = {"save": _save_draft, "submit": _submit, "return": _return, "receive": _receive}[move]
    details = step(writing, at, by, departments)
    writing.events.append(_event(report, move, before, report.status, by, at, **details))


def _event(
    report: MonthlyReport, verb: str, before: str, after: str, by: User | None, at: datetime, **details: object
) -> ReportEvent:
    return ReportEvent(report=report, verb=verb, from_status=before, to_status=after, by=by, at=at, **details)


def _save_draft(writing: Writing, at: datetime, by: User, departments: list[Role]) -> dict:
    writing.report.status = Status.DRAFT
    return {}


def _submit(writing: Writing, at: datetime, by: User, departments: list[Role]) -> dict:
    report = writing.report
    report.status = Status.SUBMITTED
    if report.first_submitted_at is None:
        report.first_submitted_at, report.is_late = at, at > report.due_at
    for value in writing.values.values():
        value.snapshot_at = at if value.snapshot is not None else None
    for remark in writing.remarks:
        remark.answered_at = at
    return {"submitted": {key: _entry(value).record for key, value in writing.values.items()}}


def _entry(value: ReportValue) -> Entry:
    return Entry(value.line, value, int(value.snapshot) if value.snapshot is not None else None)


def _return(writing: Writing, at: datetime, by: User, departments: list[Role]) -> dict:
    report = writing.report
    report.status = Status.RETURNED
    key, text = RETURNED_ONCE.get(writing.where, RETURNED_NOW)
    line = writing.values[key].line
    writing.remarks.append(ReportRemark(report=report, line=line, text=text, by=by, department=Role.PARTY_ORGANISATION, at=at))
    return {}


def _receive(writing: Writing, at: datetime, by: User, departments: list[Role]) -> dict:
    report = writing.report
    report.status = Status.LOCKED if writing.receipts else Status.RECEIVED
    report.locked_at = at if writing.receipts else None
    writing.receipts.append(ReportReceipt(report=report, department=departments.pop(0), by=by, at=at))
    return {}


def _writer(people: People, region: Region, at: datetime) -> User:
    """Whoever held the region on that day."""
    day = timezone.localdate(at)
    posts = (post for post in people.posts if getattr(post, "region", None) == region)
    return next(post.person for post in posts if post.is_held_on(day))
