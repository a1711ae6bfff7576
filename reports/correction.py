"""Correcting a locked report: with an end, a reason and a reach. What was submitted stays, the correction is a new submission.

A report that is reopened without an end is forgotten open, and its month is never settled again: so there is always one, and the
clock shuts what is over as it stood before.
"""

from collections.abc import Collection
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext as _

from core.moves import CLOCK, Actor
from core.refusals import Refused
from core.workdays import end_of_office
from reports.models import MonthlyReport, ReportLine, ReportValue
from reports.workflow import LIFECYCLE

if TYPE_CHECKING:
    from accounts.models import User

LONGEST = 31  # days


def reopen(report: MonthlyReport, *, by: "User", until: date, reason: str, lines: Collection[ReportLine] = ()) -> MonthlyReport:
    """Open a locked report until the end of office on a day; `lines` alone, or the whole. Raises Refused."""
    _check(report, until, reason, lines)
    with LIFECYCLE.moving(report, "reopen", by=by) as move:
        row: MonthlyReport = move.row
        row.reopened_until, row.locked_at = end_of_office(until), None
        row.reopened_lines.set(lines)
        move.note = reason.strip()
    return row


def shut(report: MonthlyReport, *, by: Actor) -> MonthlyReport:
    """End a correction that was not submitted: the report is again what both departments received."""
    with LIFECYCLE.moving(report, "shut", by=by) as move:
        row: MonthlyReport = move.row
        if by is CLOCK and row.reopened_until and row.reopened_until >= move.at:
            raise Refused(_("The time for the correction is not over yet."))
        _put_back(row)
        row.reopened_until, row.locked_at = None, move.at
        row.reopened_lines.clear()
    return row


def shut_what_is_over() -> list[MonthlyReport]:
    """The clock's turn: every correction whose time has passed. Repeating it changes nothing."""
    over = MonthlyReport.objects.filter(status=MonthlyReport.Status.REOPENED, reopened_until__lt=timezone.now())
    return [shut(report, by=CLOCK) for report in over.order_by("pk")]


def _check(report: MonthlyReport, until: date, reason: str, lines: Collection[ReportLine]) -> None:
    days = (until - timezone.localdate()).days
    if not 0 <= days <= LONGEST:
        raise Refused(_("The correction ends on a day from today on, within %(days)d days.") % {"days": LONGEST})
    if not reason.strip():
        raise Refused(_("Say what is to be corrected and why."))
    if any(line.section.template_id != report.template_id for line in lines):
        raise Refused(_("This line is not one of this report."))


def _put_back(report: MonthlyReport) -> None:
    """Every line as the last submission has it; what somebody began to change is gone with the correction."""
    sent = report.events.filter(verb="submit").order_by("-pk").first()
    records = sent.submitted if sent else {}
    for value in report.values.select_related("line"):
        record = records.get(value.line.key)
        if record is None:
            value.delete()
            continue
        value.state, value.text, value.reason = record["state"], record["text"], record["reason"]
        value.number = Decimal(record["number"]) if value.state == ReportValue.State.NUMBER else None
        value.save()
