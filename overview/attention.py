"""What needs headquarters' attention, worst first: for the overview and for the first page of the admin site.

Everything is asked through the reader's own reach: the system administrator sees gaps in the structure, nothing of the reports.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from core.months import Month
from core.scope import Level
from core.workdays import WorkingDays
from imports.models import ImportJob
from overview.boards_attention import wrong_boards
from overview.measures import figure
from regions.models import Region
from reports.deadline import deadline_of
from reports.models import MonthlyReport
from reports.policies import departments_of

if TYPE_CHECKING:
    from accounts.models import User

RANKS = {"late": 0, "soon": 1, "": 2}
RECENT = timedelta(days=14)
RESTING = timedelta(days=1)
SETTLED = (MonthlyReport.Status.LOCKED, MonthlyReport.Status.EXEMPT)


@dataclass(frozen=True, slots=True)
class Attention:
    """One thing: what, where, the page where it can be seen to, and how urgent (late, soon or "")."""

    what: str
    where: str
    url: str
    tone: str = ""


def needing_attention(user: "User", now: datetime) -> list[Attention]:
    found = [*_reports(user, now), *_projects(user), *_teams(user), *_imports(user, now)]
    found += [Attention(*wrong, tone="soon") for wrong in wrong_boards(user, now)]
    return sorted(found, key=lambda item: RANKS[item.tone])


def _reports(user: "User", now: datetime) -> Iterator[Attention]:
    reports = MonthlyReport.objects.visible_to(user).for_list().exclude(status__in=SETTLED)
    workdays = WorkingDays.load()
    for report in reports.prefetch_related("receipts"):
        deadline = deadline_of(report, now, workdays)
        url = reverse("report", args=[report.region.code, report.month])
        name = {"report": _("%(region)s, report of %(month)s") % {"region": report.region, "month": report.month.label}}
        if report.is_open and deadline.state == "late":
            yield Attention(_("%(report)s: overdue") % name, f"{report.get_status_display()}·{deadline.words}", url, "late")
        elif report.status == MonthlyReport.Status.RETURNED:
            yield Attention(_("%(report)s: returned, not yet back") % name, deadline.words, url, "soon")
        elif not report.is_open:
            yield _waiting(user, report, name, url)


def _waiting(user: "User", report: MonthlyReport, name: dict[str, str], url: str) -> Attention:
    """A report that one or both departments have still to receive; one's own turn is more urgent than the other's."""
    received = {receipt.department for receipt in report.receipts.all()}
    ours = set(departments_of(user)) - received
    words = _("%(report)s: waits for your receipt") if ours else _("%(report)s: waits for a receipt")
    return Attention(words % name, report.get_status_display(), url, "soon" if ours else "")


def _projects(user: "User") -> Iterator[Attention]:
    for project in figure("projects_without_coordinator").rows(Month.current()).visible_to(user):
        words = _("%(project)s: no coordinator") % {"project": project}
        yield Attention(words, str(project.region), reverse("project", args=[project.code]), "soon")


def _teams(user: "User") -> Iterator[Attention]:
    """Teams by region: one line a region, which opens the teams."""
    month = Month.current()
    gaps = figure("teams_without_liaison").counts_by(Level.REGION, month)
    for region in Region.objects.visible_to(user).for_list():
        if number := gaps.get(region.pk):
            words = _("%(number)s teams without a liaison") % {"number": number}
            url = reverse("figure-rows", args=["teams_without_liaison", "region", region.code, month])
            yield Attention(words, str(region), url, "soon")


def _imports(user: "User", now: datetime) -> Iterator[Attention]:
    """Files that could not be read, and previews that nobody has written or dropped since yesterday."""
    jobs = ImportJob.objects.visible_to(user).for_list().filter(created_at__gte=now - RECENT)
    for job in jobs.filter(status__in=(ImportJob.Status.REFUSED, ImportJob.Status.ASKED, ImportJob.Status.PREVIEWED)):
        url = reverse("import-job", args=[job.pk])
        if job.status == ImportJob.Status.REFUSED:
            yield Attention(_("%(project)s: a roster could not be read") % {"project": job.project}, job.file_name, url)
        elif job.created_at < now - RESTING:
            yield Attention(_("%(project)s: an import was begun and not finished") % {"project": job.project}, job.file_name, url)
