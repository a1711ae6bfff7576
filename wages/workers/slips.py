"""Pay slips (工资条): a line of the sheet on paper in the worker's hand, and the same line on his phone by the code on it.

Printing again draws new codes, and the old ones end. A slip tells name, month and sums, and never a number of his.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.audit import AuditKind, record
from core.refusals import Refused
from wages.models import PaySlip, WageLine, WageSheet
from wages.workers import policies
from wages.workers.codes import DAYS, SLIP, Code, draw, sealed

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from accounts.models import User

MOST = 400  # printed at once: some ten seconds of hashing


@dataclass(frozen=True, slots=True)
class Printed:
    line: WageLine
    code: Code

    @property
    def days(self) -> str:
        return days_of(self.line)


def lines_to_print(sheet: WageSheet, user: "User", crew: str = "") -> "QuerySet[WageLine]":
    """In the order of the sheet; of one work crew, or all."""
    lines = WageLine.objects.visible_to(user).filter(sheet=sheet)
    return (lines.filter(crew_name=crew) if crew else lines).order_by("number")


def crews_of(sheet: WageSheet, user: "User") -> list[str]:
    """Names of crews, in the order of the sheet."""
    return [name for name in dict.fromkeys(lines_to_print(sheet, user).values_list("crew_name", flat=True)) if name]


def days_of(line: WageLine) -> str:
    """26.5, and not 26.50; "" where nobody wrote any."""
    return "" if line.days is None else f"{line.days.normalize():f}"


def print_slips(sheet: WageSheet, *, by: "User", crew: str = "") -> list[Printed]:
    """New codes for each line. Raises Refused while the sheet is still to be checked, and for too many at once."""
    lines = list(lines_to_print(sheet, by, crew))
    if not lines:
        raise Refused(_("There is no line to print."))
    if len(lines) > MOST:
        said = _("At most %(most)d slips at once. Choose a work crew.") % {"most": MOST}
        raise Refused(said, fields={"crew": said})
    codes = draw(SLIP, len(lines))
    with transaction.atomic():
        _locked(sheet, by)
        now = timezone.now()
        ends_on = timezone.localdate(now) + timedelta(days=DAYS)
        PaySlip.objects.filter(line__in=lines).delete()
        PaySlip.objects.bulk_create(
            PaySlip(line=line, code_hash=code.hashed, printed_at=now, printed_by=by, ends_on=ends_on)
            for line, code in zip(lines, codes, strict=True)
        )
        record(AuditKind.EXPORT, by=by, subject=sheet, what="wages.payslip", rows=len(lines), form="print")
    return [Printed(line, code) for line, code in zip(lines, codes, strict=True)]


def by_code(code: str) -> PaySlip | None:
    """The slip that a code opens today; None for a wrong or old one, or a line that was locked away. The same work for all."""
    found = PaySlip.objects.filter(code_hash=sealed(SLIP, code), ends_on__gte=timezone.localdate())
    found = found.filter(line__engagement__wage_restriction=None)
    return found.select_related("line__sheet__team", "line__sheet__project__site_contact").first() if code else None


def note_opened(slip: PaySlip) -> None:
    """That it was read, not when nor how often."""
    if not slip.is_opened:
        PaySlip.objects.filter(pk=slip.pk).update(is_opened=True)


def _locked(sheet: WageSheet, by: "User") -> WageSheet:
    fresh = WageSheet.objects.visible_to(by).select_for_update(of=("self",)).filter(pk=sheet.pk).first()
    if fresh is None or not policies.can_print_slips(by, fresh):
        raise Refused(_("Your post does not allow this."))
    if fresh.status == WageSheet.Status.RECEIVED:
        raise Refused(_("This sheet is still to be checked. Slips are printed afterwards."))
    return fresh
