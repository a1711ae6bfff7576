"""What happened to a report, newest first: its moves, the remarks of each return, and what each new submission changed."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from django.utils.translation import gettext_lazy as _

from core.roles import MANAGING_DEPARTMENTS, Role
from reports.compare import Change, changes_between
from reports.content import Content
from reports.models import MonthlyReport, ReportEvent, ReportReceipt, ReportRemark

WORDS: dict[str, Any] = {
    "open": _("Opened"),
    "save": _("Begun"),
    "submit": _("Submitted"),
    "receive": _("Received"),
    "return": _("Returned"),
    "exempt": _("Not asked for"),
    "claim": _("Asked for after all"),
    "reopen": _("Reopened for correction"),
    "shut": _("Correction ended without a new submission"),
}


@dataclass(frozen=True, slots=True)
class Step:
    event: ReportEvent
    remarks: tuple[ReportRemark, ...] = ()
    changes: tuple[Change, ...] = ()

    @property
    def word(self) -> str:
        return str(WORDS.get(self.event.verb, self.event.verb))


@dataclass(frozen=True, slots=True)
class Receipt:
    """One of the two facts: whether this department has received the report."""

    department: str
    receipt: ReportReceipt | None


def events_of(report: MonthlyReport) -> list[ReportEvent]:
    """Newest first."""
    return list(report.events.select_related("by").order_by("-pk"))


def submissions(events: Sequence[ReportEvent]) -> list[ReportEvent]:
    return [event for event in events if event.verb == "submit"]


def steps_of(report: MonthlyReport, events: Sequence[ReportEvent], content: Content) -> list[Step]:
    remarks = list(report.remarks.select_related("by", "line__section").order_by("pk"))
    sent = submissions(events)
    before = {event.pk: previous.submitted for event, previous in pairwise(sent)}
    return [
        Step(
            event,
            tuple(remark for remark in remarks if event.verb == "return" and remark.at == event.at),
            tuple(changes_between(content, before.get(event.pk, {}), event.submitted)),
        )
        for event in events
    ]


def receipts_of(report: MonthlyReport) -> list[Receipt]:
    """Both departments, received or not, in the order of the roles."""
    given = {receipt.department: receipt for receipt in report.receipts.select_related("by")}
    return [Receipt(str(role.label), given.get(role)) for role in Role if role in MANAGING_DEPARTMENTS]
