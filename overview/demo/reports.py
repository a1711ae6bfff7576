"""Writes twelve months of reports, last month's in every state, and opens the current month."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from django.db.models import Model
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
from reports.content import Entry, plain
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
RETURNED_NOW = ("conflicts_settled", "这里写 3 起，手册里有化解记录的只有 2 起。请补上第 3 起的记录，或改成 2 起。")
NOT_COUNTED = {("GX", 2): "体检由县医院做，人数还没有报来。", ("SN", 6): "医生外出培训，没有登记。"}
CORRECTED = {("NW", 2): "两名工友月底前一天已离场，退场日期还没补录。", ("GZ", 7): "漏录一名工友，下月补进花名册。"}


@dataclass(slots=True)
class Writing:
    """One report in the making: what stands in it and what happened to it. The rows get their report once it is saved."""

    region: Region
    month: Month
    ago: int
    due_at: datetime
    dice: Random
    stamps: dict[str, Any] = field(default_factory=lambda: {"status": Status.OWED})
    values: dict[str, ReportValue] = field(default_factory=dict)
    events: list[ReportEvent] = field(default_factory=list)
    receipts: list[ReportReceipt] = field(default_factory=list)
    remarks: list[ReportRemark] = field(default_factory=list)

    @property
    def where(self) -> tuple[str, int]:
        return self.region.code, self.ago


def write_reports(people: People) -> None:
    """Past months in bulk; the current one is opened by the workflow, as the clock would."""
    current = Month.of(people.units.today)
    template = ReportTemplate.objects.get(number=1)
    lines = list(ReportLine.objects.filter(section__template=template).order_by("section__order", "order"))
    workdays = WorkingDays.load()
    writings = []
    for ago in range(MONTHS, 0, -1):
        month = current.plus(-ago)
        due_at = end_of_office(workdays.add(month.plus(1).first.replace(day=DUE_DAY), 0))
        counted = {line.key: line.figure.counts_by(Level.REGION, month) for line in lines if line.figure}
        for region in people.units.regions.values():
            writing = Writing(region, month, ago, due_at, dice_for("report", region.code, str(month)))
            _fill_in(writing, lines, {key: numbers.get(region.pk, 0) for key, numbers in counted.items()})
            _live_through(writing, people)
            writings.append(writing)
    _save(writings, template)
    open_month(current)


def _save(writings: list[Writing], template: ReportTemplate) -> None:
    reports = [MonthlyReport(region=w.region, month=w.month, template=template, due_at=w.due_at, **w.stamps) for w in writings]
    rows: dict[type[Model], list[Any]] = {ReportValue: [], ReportEvent: [], ReportReceipt: [], ReportRemark: []}
    for writing, report in zip(writings, MonthlyReport.objects.bulk_create(reports), strict=True):
        written = [value for value in writing.values.values() if value.text or not _is_text(value)]
        for row in (*written, *writing.events, *writing.receipts, *writing.remarks):
            row.report = report
            rows[type(row)].append(row)
    for model, batch in rows.items():
        model._default_manager.bulk_create(batch, batch_size=500)


def _is_text(value: ReportValue) -> bool:
    return value.line.kind == ReportLine.Kind.TEXT


def _fill_in(writing: Writing, lines: Iterable[ReportLine], counted: dict[str, int]) -> None:
    """Untouched figures stand for what the records say; numbers and texts are written, optional texts not always."""
    said = dict(counted)
    for line in lines:
        value = ReportValue(line=line)
        if line.kind == ReportLine.Kind.TEXT:
            value.text = text_for(line.key, writing.region.code, writing.month.month, MONTHS - writing.ago, said)
        elif line.kind == ReportLine.Kind.FIGURE:
            value.snapshot = Decimal(counted[line.key])
        elif line.key == "health_checks" and writing.where in NOT_COUNTED:
            value.state, value.reason = ReportValue.State.NOT_COUNTED, NOT_COUNTED[writing.where]
        else:
            said[line.key] = number_for(line.key, writing.where, writing.dice, said)
            value.state, value.number = ReportValue.State.NUMBER, Decimal(said[line.key])
        if line.key == "workers_on_site" and writing.where in CORRECTED:
            value.state, value.number, value.reason = ReportValue.State.NUMBER, value.snapshot - 1, CORRECTED[writing.where]
        writing.values[line.key] = value


def _live_through(writing: Writing, people: People) -> None:
    """The moves in their order, at moments that have passed."""
    ending = LAST_MONTH.get(writing.region.code, Status.LOCKED) if writing.ago == 1 else Status.LOCKED
    moves = ["save", "submit"]
    if writing.where in RETURNED_ONCE:
        moves += ["return", "submit"]
    moves += {Status.RETURNED: ["return"], Status.RECEIVED: ["receive"], Status.LOCKED: ["receive", "receive"]}.get(ending, [])
    departments = [Role.PARTY_ORGANISATION, Role.LABOUR_CENTRE]
    if ending == Status.LOCKED and writing.dice.random() < 0.5:
        departments.reverse()
    opened_at = _morning(writing.month.first, 0)
    writing.events.append(ReportEvent(verb="open", from_status="", to_status=Status.OWED, by=None, at=opened_at))
    for move, at in zip(moves, _moments(writing, len(moves)), strict=True):
        _move(writing, people, move, at, departments)
    writing.stamps["version"] = len(moves) + 1


def _moments(writing: Writing, count: int) -> list[datetime]:
    """The first save, the submission on the next day, then a day for each further move; squeezed where they would lie ahead."""
    sent_on = writing.month.after + timedelta(days=writing.dice.randrange(3, 6))
    if writing.where == LATE:
        sent_on = timezone.localdate(writing.due_at) + timedelta(days=1)
    moments = [_morning(sent_on, place - 1) + timedelta(minutes=writing.dice.randrange(480)) for place in range(count)]
    start, now = end_of_office(writing.month.last), timezone.now()
    if moments[-1] < now:
        return moments
    return [start + (now - start) * (0.9 * (place + 1) / count) for place in range(count)]


def _morning(day: date, days: int) -> datetime:
    """9:00 in Beijing, `days` after a day."""
    return end_of_office(day + timedelta(days=days)) - timedelta(hours=9)


def _move(writing: Writing, people: People, move: str, at: datetime, departments: list[Role]) -> None:
    before = writing.stamps["status"]
    details: dict[str, Any] = {}
    if move in ("save", "submit"):
        by = _writer(people, writing.region, at)
        details = _submit(writing, at) if move == "submit" else {}
        writing.stamps |= {"status": Status.DRAFT, "saved_at": at, "saved_by": by} if move == "save" else {}
    elif move == "return":
        by = people.users["hq-org"]
        _return(writing, at, by)
    else:
        department = departments.pop(0)
        by = people.users["hq-org" if department == Role.PARTY_ORGANISATION else "hq-labour"]
        _receive(writing, at, by, department)
    writing.events.append(ReportEvent(verb=move, from_status=before, to_status=writing.stamps["status"], by=by, at=at, **details))


def _submit(writing: Writing, at: datetime) -> dict[str, Any]:
    """Lateness is written at the first submission; the event keeps what was submitted."""
    writing.stamps |= {"status": Status.SUBMITTED}
    if "first_submitted_at" not in writing.stamps:
        writing.stamps |= {"first_submitted_at": at, "is_late": at > writing.due_at}
    for value in writing.values.values():
        value.snapshot_at = at if value.snapshot is not None else None
    for remark in writing.remarks:
        remark.answered_at = at
    return {"submitted": {key: _entry(value).record for key, value in writing.values.items()}}


def _entry(value: ReportValue) -> Entry:
    return Entry(value.line, value, lambda: plain(value.snapshot))


def _return(writing: Writing, at: datetime, by: User) -> None:
    writing.stamps |= {"status": Status.RETURNED}
    key, text = RETURNED_ONCE.get(writing.where, RETURNED_NOW)
    line = writing.values[key].line
    writing.remarks.append(ReportRemark(line=line, text=text, by=by, department=Role.PARTY_ORGANISATION, at=at))


def _receive(writing: Writing, at: datetime, by: User, department: Role) -> None:
    is_second = bool(writing.receipts)
    writing.stamps |= {"status": Status.LOCKED, "locked_at": at} if is_second else {"status": Status.RECEIVED}
    writing.receipts.append(ReportReceipt(department=department, by=by, at=at))


def _writer(people: People, region: Region, at: datetime) -> User:
    """Whoever held the region on that day."""
    day = timezone.localdate(at)
    posts = (post for post in people.posts if getattr(post, "region", None) == region)
    return next(post.person for post in posts if post.is_held_on(day))
