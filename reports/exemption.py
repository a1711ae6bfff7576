"""A report that is not asked for: a region opened or closed in mid-month, a post that was vacant. It is neither owed nor late."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from core.refusals import Refused
from reports.models import MonthlyReport
from reports.workflow import LIFECYCLE

if TYPE_CHECKING:
    from accounts.models import User

Status = MonthlyReport.Status


def exempt(report: MonthlyReport, *, by: "User", reason: str) -> MonthlyReport:
    """Do not ask for it. What was written so far stays. Raises Refused without a reason."""
    if not reason.strip():
        raise Refused(_("Say why this report is not asked for."))
    with LIFECYCLE.moving(report, "exempt", by=by) as move:
        row: MonthlyReport = move.row
        move.note = row.exempt_because = reason.strip()
    return row


def claim(report: MonthlyReport, *, by: "User") -> MonthlyReport:
    """Ask for it after all; what had been written is still there, and the deadline is the old one."""
    with LIFECYCLE.moving(report, "claim", by=by) as move:
        row: MonthlyReport = move.row
        move.to(Status.DRAFT if row.saved_at else Status.OWED)
        row.exempt_because = ""
    return row
