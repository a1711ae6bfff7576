"""The life of a monthly report. Every write to one is here.

    (open) ─▶ owed ─save─▶ draft ─submit─▶ submitted ─receive─▶ received ─receive─▶ locked ─reopen─▶ reopened
               │ ▲                           │   ▲                 │                  ▲                │ │
         exempt│ │claim                return│   │submit           │return            └──────shut──────┘ │submit
               ▼ │                           ▼   │                 │                                     ▼
              exempt                save ⟳  returned ◀─────────────┘                                 submitted

The clock opens what every region owes for a month. The region's coordinator saves and submits; either managing department returns
with remarks; both receive (dual management), and the second receipt locks. Lateness is written at the first submission, once.
What a department does outside this round stands beside: not asking for a report (exemption.py), correcting a locked one
(correction.py).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.months import Month
from core.moves import Lifecycle, Move, Moving
from core.refusals import Refused, Stale
from core.workdays import WorkingDays, end_of_office
from regions.models import Region
from reports import policies
from reports.content import Content, content_of
from reports.models import MonthlyReport, ReportEvent, ReportLine, ReportReceipt, ReportRemark, ReportTemplate, ReportValue

if TYPE_CHECKING:
    from accounts.models import User

Status = MonthlyReport.Status
State = ReportValue.State
WRITABLE = frozenset(MonthlyReport.WRITABLE)
UNSENT = frozenset({Status.OWED, Status.DRAFT})
AT_HEADQUARTERS = frozenset({Status.SUBMITTED, Status.RECEIVED})
DUE_DAY = 8  # of the following month, or the next working day

LIFECYCLE = Lifecycle(
    MonthlyReport,
    ReportEvent,
    "report",
    {
        "save": Move(WRITABLE, None, policies.can_save, gettext_lazy("Save")),
        "submit": Move(WRITABLE - {Status.OWED}, Status.SUBMITTED, policies.can_save, gettext_lazy("Submit")),
        "receive": Move(AT_HEADQUARTERS, None, policies.can_receive, gettext_lazy("Receive")),
        "return": Move(AT_HEADQUARTERS, Status.RETURNED, policies.can_return, gettext_lazy("Return")),
        "exempt": Move(
            frozenset({Status.OWED, Status.DRAFT}), Status.EXEMPT, policies.can_exempt, gettext_lazy("Do not ask for it")
        ),
        "claim": Move(frozenset({Status.EXEMPT}), None, policies.can_exempt, gettext_lazy("Ask for it after all")),
        "reopen": Move(frozenset({Status.LOCKED}), Status.REOPENED, policies.can_reopen, gettext_lazy("Reopen for correction")),
        "shut": Move(frozenset({Status.REOPENED}), Status.LOCKED, policies.can_shut, gettext_lazy("End the correction")),
    },
)


@dataclass(frozen=True, slots=True)
class Written:
    """What somebody wrote into one line. BLANK without text is an untouched line."""

    state: str = State.BLANK
    number: Decimal | None = None
    text: str = ""
    reason: str = ""

    def is_in(self, value: ReportValue) -> bool:
        """Whether `value` already says just this."""
        return (self.state, self.number, self.text, self.reason) == (value.state, value.number, value.text, value.reason)

    def put_into(self, value: ReportValue) -> ReportValue:
        value.state, value.number, value.text, value.reason = self.state, self.number, self.text, self.reason
        return value


@dataclass(frozen=True, slots=True)
class Remark:
    """What a department wants mended: in a line, or (line None) in the whole."""

    line: ReportLine | None
    text: str


def open_month(month: Month) -> list[MonthlyReport]:
    """Open what every region owes for `month`; gives the reports that were not there yet. Repeating it changes nothing."""
    template = ReportTemplate.objects.filter(valid_from__lte=month).order_by("-valid_from").first()
    if template is None:
        raise Refused(_("There is no report template for %(month)s.") % {"month": month})
    due_at = end_of_office(WorkingDays.load().add(month.plus(1).first.replace(day=DUE_DAY), 0))
    with transaction.atomic():
        answers = [
            MonthlyReport.objects.get_or_create(region=region, month=month, defaults={"template": template, "due_at": due_at})
            for region in Region.objects.for_list()
        ]
        opened = [report for report, is_new in answers if is_new]
        ReportEvent.objects.bulk_create(
            ReportEvent(report=report, verb="open", from_status="", to_status=report.status, by=None) for report in opened
        )
    return opened


def save(report: MonthlyReport, *, by: "User", version: int, written: Mapping[int, Written]) -> MonthlyReport:
    """Keep what was written (line id → content); lines that are not in it stay. The first time makes a draft."""
    with LIFECYCLE.moving(report, "save", by=by, version=version) as move:
        row: MonthlyReport = move.row
        move.is_news = row.status == Status.OWED
        if row.status == Status.OWED:
            move.to(Status.DRAFT)
        _refuse_closed_lines(row, written)
        _write(row, written)
        row.saved_at, row.saved_by = move.at, by
    return row


def submit(report: MonthlyReport, *, by: "User", version: int) -> MonthlyReport:
    """Hand the report in, with the figures as the records have them at this moment."""
    with LIFECYCLE.moving(report, "submit", by=by, version=version) as move:
        row: MonthlyReport = move.row
        content = content_of(row)
        if missing := content.missing:
            raise Refused(_("This cannot go out yet: %(count)s items are missing.") % {"count": len(missing)}, fields=missing)
        _snapshot(row, content, move)
        if row.first_submitted_at is None:
            row.first_submitted_at, row.is_late = move.at, move.at > row.due_at
        if row.status == Status.REOPENED:
            _end_correction(row)
        row.remarks.filter(answered_at=None).update(answered_at=move.at)
        move.details["submitted"] = content.records
    return row


def receive(report: MonthlyReport, *, by: "User", submission: int | None) -> MonthlyReport:
    """A managing department takes the report over; when both have, it is locked. `submission` is the event it has read."""
    with LIFECYCLE.moving(report, "receive", by=by) as move:
        row: MonthlyReport = move.row
        _require_latest(row, submission)
        department = policies.departments_to_receive(by, row)[0]
        is_second = row.status == Status.RECEIVED
        ReportReceipt.objects.create(report=row, department=department, by=by, at=move.at)
        move.to(Status.LOCKED if is_second else Status.RECEIVED)
        row.locked_at = move.at if is_second else None
    return row


def return_(report: MonthlyReport, *, by: "User", submission: int | None, remarks: Iterable[Remark]) -> MonthlyReport:
    """Send the report back to its region with remarks; receipts already given are void."""
    with LIFECYCLE.moving(report, "return", by=by) as move:
        row: MonthlyReport = move.row
        _require_latest(row, submission)
        spoken = [remark for remark in remarks if remark.text.strip()]
        if not spoken:
            raise Refused(_("Say what is to be mended: in a line, or on the whole."))
        department = policies.departments_of(by)[0]
        ReportRemark.objects.bulk_create(
            ReportRemark(report=row, line=remark.line, text=remark.text.strip(), by=by, department=department, at=move.at)
            for remark in spoken
        )
        row.receipts.all().delete()
    return row


def _end_correction(report: MonthlyReport) -> None:
    """What was corrected is judged anew by both departments."""
    report.receipts.all().delete()
    report.reopened_until = None
    report.reopened_lines.clear()


def _refuse_closed_lines(report: MonthlyReport, written: Mapping[int, Written]) -> None:
    open_lines = set(report.reopened_lines.values_list("pk", flat=True))
    if open_lines and set(written) - open_lines:
        raise Refused(_("Only the lines that were reopened can be changed."))


def _write(report: MonthlyReport, written: Mapping[int, Written]) -> None:
    """Only what differs is written; an untouched line gets no row."""
    there = {value.line_id: value for value in report.values.all()}
    changed = [put.put_into(there[line]) for line, put in written.items() if line in there and not put.is_in(there[line])]
    added = [put.put_into(ReportValue(report=report, line_id=line)) for line, put in written.items() if line not in there]
    ReportValue.objects.bulk_update(changed, ["state", "number", "text", "reason"])
    ReportValue.objects.bulk_create(value for value in added if not Written().is_in(value))


def _snapshot(report: MonthlyReport, content: Content, move: Moving) -> None:
    """Remember in every figure line what the records say now; what people wrote stays beside it."""
    for entry in content.entries:
        if entry.line.figure is None or entry.is_fixed:
            continue
        entry.value.snapshot, entry.value.snapshot_at = Decimal(entry.live or 0), move.at
        entry.value.save()


def _require_latest(report: MonthlyReport, submission: int | None) -> None:
    """A department judges what it has read: not a text that was sent again meanwhile."""
    latest = report.events.filter(verb="submit").order_by("-pk").values_list("pk", flat=True).first()
    if submission != latest:
        raise Stale(_("The report was submitted again since you opened it. Read it once more, then decide."))
