"""How a report stands with its deadline, in words: overdue is said beside the state and hides none."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import formats, timezone
from django.utils.translation import gettext as _

from core.workdays import WorkingDays
from reports.models import MonthlyReport


@dataclass(frozen=True, slots=True)
class Deadline:
    """`state` is "late", "today" or ""; `words` say how long is left, or when the report came."""

    words: str
    state: str = ""


def deadline_of(report: MonthlyReport, now: datetime, workdays: WorkingDays) -> Deadline:
    if not report.is_open:
        return _sent(report)
    due = timezone.localtime(report.due_at)
    today = timezone.localtime(now)
    days = workdays.between(today.date(), due.date())
    if now > report.due_at:
        return Deadline(_overdue(-days), "late")
    if today.date() == due.date():
        return Deadline(_("Due today at %(time)s") % {"time": _time(due)}, "today")
    return Deadline(_("%(days)s working days left·%(when)s") % {"days": days, "when": day_and_time(due)})


def _overdue(days: int) -> str:
    """Less than a whole working day late is late too."""
    return _("Overdue by %(days)s working days") % {"days": days} if days else _("Overdue")


def _sent(report: MonthlyReport) -> Deadline:
    """Lateness as it was written at the first submission."""
    when = {"when": day_and_time(report.first_submitted_at) if report.first_submitted_at else ""}
    if report.is_late:
        return Deadline(_("Submitted late, %(when)s") % when, "late")
    return Deadline(_("Submitted in time, %(when)s") % when)


def day_and_time(moment: datetime) -> str:
    """6月9日 18:00."""
    local = timezone.localtime(moment)
    return f"{formats.date_format(local, 'MONTH_DAY_FORMAT')} {_time(local)}"


def _time(local: datetime) -> str:
    return formats.time_format(local, "H:i")
