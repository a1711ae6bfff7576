"""Who may do what with a monthly report. A region's report is written by whoever holds the region today; headquarters judge."""

from typing import TYPE_CHECKING, Any

from django.utils import timezone

from core.moves import CLOCK
from core.roles import HEADQUARTERS, MANAGING_DEPARTMENTS, Role
from core.scope import NOWHERE, Level, Scope

if TYPE_CHECKING:
    from reports.models import MonthlyReport

Actor = Any  # a User, or core.moves.CLOCK, which holds no post and so may do none of these


def can_write(actor: Actor, report: "MonthlyReport") -> bool:
    """The regional coordinator who holds the region today; an acting one as much as any other."""
    return _scope(actor).holds_at(Level.REGION, report.region_id, Role.REGIONAL_COORDINATOR)


def can_save(actor: Actor, report: "MonthlyReport") -> bool:
    """A correction ends at its hour, also before the clock has shut it."""
    is_over = report.reopened_until is not None and report.reopened_until < timezone.now()
    return can_write(actor, report) and not is_over


def can_exempt(actor: Actor, report: "MonthlyReport") -> bool:
    """Either managing department: a region opened or closed in mid-month, a post that was vacant."""
    return bool(departments_of(actor))


def can_reopen(actor: Actor, report: "MonthlyReport") -> bool:
    return bool(departments_of(actor))


def can_shut(actor: Actor, report: "MonthlyReport") -> bool:
    """The departments at any time; the clock when the time for the correction is over."""
    return actor is CLOCK or bool(departments_of(actor))


def can_return(actor: Actor, report: "MonthlyReport") -> bool:
    """Either managing department, also after it has received the report."""
    return bool(departments_of(actor))


def can_receive(actor: Actor, report: "MonthlyReport") -> bool:
    """A managing department that has not received the report yet: the second receipt must be the other one's."""
    return bool(departments_to_receive(actor, report))


def can_read_content(actor: Actor, report: "MonthlyReport") -> bool:
    """What was never submitted, or is being rewritten, is its writer's and headquarters'; others read the last submission."""
    if not report.is_open and report.first_submitted_at:
        return True
    return can_write(actor, report) or _scope(actor).holds(*HEADQUARTERS)


def departments_of(actor: Actor) -> list[str]:
    """The managing departments for which somebody acts today."""
    return sorted(role.value for role in MANAGING_DEPARTMENTS if _scope(actor).holds(role))


def departments_to_receive(actor: Actor, report: "MonthlyReport") -> list[str]:
    """Those of them whose receipt is still missing."""
    departments = departments_of(actor)
    if not departments:
        return []
    received = {receipt.department for receipt in report.receipts.all()}
    return [department for department in departments if department not in received]


def _scope(actor: Actor) -> Scope:
    return getattr(actor, "scope", NOWHERE)
