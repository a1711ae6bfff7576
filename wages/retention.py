"""How long the wage ledger is kept, and what is done instead of deleting before.

Regulation on Ensuring Wage Payments to Rural Migrant Workers (State Council Decree 724), articles 15 and 28: until three years
after the project is completed and all wages are settled. Asked to delete before that, the company stops every other use of the
data instead (Personal Information Protection Law, article 47): they are locked away. Once the time is over, papers that name
people (the signed sheet, the photo of the wall, the bank's voucher) go with the lines that they prove; sums and states stay.
"""

from datetime import date
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.db import transaction
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from core.audit import AuditKind, record
from core.models import Attachment
from core.refusals import Refused
from labour_teams.models import Engagement
from regions.models import Project
from wages.models import (
    AttendanceLine,
    AttendanceSheet,
    PaymentLine,
    PaymentList,
    PaySlip,
    RestrictionRequest,
    WageAccount,
    WageArrears,
    WageFinding,
    WageLine,
    WageQuestion,
    WageSheet,
)
from wages.papers import drop_free
from wages.policies import can_supervise

if TYPE_CHECKING:
    from accounts.models import User

YEARS = 3
PAPERS = ("signed_scan", "posted_photo", "voucher")  # of a sheet


def retention_until(project: Project) -> date | None:
    """The last day on which the ledger must be there; None while the three years have not begun."""
    account = WageAccount.objects.filter(project=project).first()
    if account is None or account.completed_on is None or account.settled_on is None:
        return None
    return years_later(max(account.completed_on, account.settled_on))


def years_later(day: date, years: int = YEARS) -> date:
    """The same day so many years on; from 29 February to 1 March, rather a day too long than one too short."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)


def why_kept(project: Project, today: date | None = None) -> str:
    """Why nothing of this project's wages may be deleted today; "" once it may."""
    until = retention_until(project)
    if until is None:
        return _("The wage ledger is kept until three years after completion and full settlement; that time has not begun.")
    if (today or timezone.localdate()) <= until:
        day = formats.date_format(until, "SHORT_DATE_FORMAT")
        return _("The wage ledger is kept until %(day)s, three years after completion and full settlement.") % {"day": day}
    return ""


def lock_away(engagement: Engagement, *, by: "User", asked_on: date) -> RestrictionRequest:
    """From now on nobody sees his lines, here or in any export; sums stay as they are. Raises Refused."""
    project = engagement.project
    if asked_on > timezone.localdate():
        raise Refused(_("This day has not come yet."), fields={"asked_on": _("This day has not come yet.")})
    with transaction.atomic():
        Engagement.objects.select_for_update(of=("self",)).get(pk=engagement.pk)
        if not can_supervise(by, project):
            raise Refused(_("Your post does not allow this."))
        known = RestrictionRequest.objects.filter(engagement=engagement).first()
        if known:
            return known
        request = RestrictionRequest.objects.create(project=project, engagement=engagement, asked_on=asked_on, by=by)
        PaySlip.objects.filter(line__engagement=engagement).delete()
        record(AuditKind.SETTING, by=by, subject=request, what="wages.restriction")
    return request


def due_for_purge(today: date) -> list[Project]:
    """Projects whose three years are over and that still have something to delete."""
    accounts = WageAccount.objects.exclude(completed_on=None).exclude(settled_on=None).select_related("project")
    over = [account.project for account in accounts.order_by("project__code") if not why_kept(account.project, today)]
    return [project for project in over if any(rows.exists() for rows in _personal(project).values()) or _papers(project)]


def purge(project: Project) -> dict[str, int]:
    """Delete what names people; the sheets stay with their sums and states. Says how many rows of what. Raises Refused."""
    if why := why_kept(project):
        raise Refused(why)
    with transaction.atomic():
        counts = to_purge(project)
        for rows in _personal(project).values():
            rows.delete()
        _drop_papers(project)
        record(AuditKind.DELETE, by=None, subject=project, what="wages", **counts)
    return counts


def to_purge(project: Project) -> dict[str, int]:
    return {**{name: rows.count() for name, rows in _personal(project).items()}, "papers": len(_papers(project))}


def _papers(project: Project) -> set[int]:
    """Attachments that prove what the project's sheets and arrears say."""
    sheets = WageSheet.objects.filter(project=project).values_list(*PAPERS)
    proofs = WageArrears.objects.filter(project=project).values_list("proof")
    return {key for keys in (*sheets, *proofs) for key in keys if key is not None}


def _drop_papers(project: Project) -> None:
    """Let go of them, and delete each, with its files, to which nothing else refers."""
    papers = _papers(project)
    held = Q(signed_scan__isnull=False) | Q(posted_photo__isnull=False) | Q(voucher__isnull=False)
    sheets = WageSheet.objects.filter(held, project=project)
    sheets.update(**dict.fromkeys(PAPERS), purged_on=timezone.localdate())
    WageArrears.objects.filter(project=project).update(proof=None)
    drop_free(Attachment.objects.filter(pk__in=papers))


def _personal(project: Project) -> dict[str, Any]:
    """Rows that tell what somebody earned or said, in the order in which they can go."""
    return {
        "slips": PaySlip.objects.filter(line__sheet__project=project),
        "findings": WageFinding.objects.filter(sheet__project=project),  # their numbers name people
        "lines": WageLine.objects.filter(sheet__project=project),
        "attendance_lines": AttendanceLine.objects.filter(sheet__project=project),
        "attendance": AttendanceSheet.objects.filter(project=project),
        "payments": PaymentLine.objects.filter(sheet__project=project),
        "payment_lists": PaymentList.objects.filter(project=project),
        "questions": WageQuestion.objects.filter(engagement__project=project),
        "restrictions": RestrictionRequest.objects.filter(project=project),
    }


class KeptWhileTheLawWants:
    """For a ModelAdmin of rows with wages, before ScopedAdmin: a deletion that comes too early says why it is refused."""

    def delete_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        row = self.get_object(request, unquote(object_id))  # type: ignore[attr-defined]
        is_seen = row is not None and self.has_view_permission(request, row)  # type: ignore[attr-defined]
        if is_seen and (why := why_kept(_project_of(row))):
            messages.error(request, why)
            options = row._meta
            return redirect(f"admin:{options.app_label}_{options.model_name}_change", row.pk)
        found: HttpResponse = super().delete_view(request, object_id, extra_context)  # type: ignore[misc]
        return found


def _project_of(row: Any) -> Project:
    """Along `project`, or the sheet's, or the engagement's."""
    for name in ("sheet", "line", "engagement"):
        if hasattr(row, name) and not hasattr(row, "project"):
            return _project_of(getattr(row, name))
    project: Project = row.project
    return project
