"""How a report stands with its deadline, in words: overdue is said beside the state and hides none."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from core.deadlines import day_and_time, left
from core.workdays import WorkingDays
from reports.models import MonthlyReport


@dataclass(frozen=True, slots=True)
class Deadline:
    """`state` is "late", "today" or ""; `words` say how long is left, or when the report came."""

    words: str
    state: str = ""


def deadline_of(report: MonthlyReport, now: datetime, workdays: WorkingDays) -> Deadline:
    if report.status == MonthlyReport.Status.EXEMPT:
        return Deadline(_("Not asked for: %(why)s") % {"why": report.exempt_because})
    if not report.is_open:
        return _sent(report)
    found = left(report.expected_at, now, workdays)
    return Deadline(found.words, found.state)


def _sent(report: MonthlyReport) -> Deadline:
    """Lateness as it was written at the first submission."""
    when = {"when": day_and_time(report.first_submitted_at) if report.first_submitted_at else ""}
    if report.is_late:
        return Deadline(_("Submitted late, %(when)s") % when, "late")
    return Deadline(_("Submitted in time, %(when)s") % when)
