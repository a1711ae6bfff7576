"""Where due items come from: one function for each kind of thing that can be owed. A new kind is a new function in PROVIDERS."""

from collections.abc import Callable, Iterator
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from core.deadlines import day_and_time
from core.scope import Level
from core.workdays import WorkingDays
from imports.models import ImportJob
from imports.policies import can_decide
from inbox.boards import boards_to_mend
from inbox.cases import CASES
from inbox.certificates import CERTIFICATES
from inbox.due import DueItem
from inbox.handbook import HANDBOOK
from inbox.handovers_due import HANDOVERS
from inbox.hotline import HOTLINE
from inbox.nominations import nominations_to_move
from inbox.revisits import REVISITS
from inbox.survey import SURVEYS
from inbox.tasks import TASKS
from inbox.wages import WAGES
from inbox.wall import WALLS
from reports.deadline import deadline_of
from reports.models import MonthlyReport
from reports.policies import can_write, departments_of, departments_to_receive

Provider = Callable[[User, datetime, WorkingDays], Iterator[DueItem]]
MOST = 50
S = ImportJob.Status
UNFINISHED = (S.ASKED, S.PREVIEWED, S.READING, S.WRITING, S.UNDOING)


def reports_to_write(user: User, now: datetime, workdays: WorkingDays) -> Iterator[DueItem]:
    """The region's reports that are owed, begun or returned."""
    for report in MonthlyReport.objects.visible_to(user).unfinished().select_related("region").order_by("due_at")[:MOST]:
        if can_write(user, report):
            yield DueItem(
                what=_what_to_write(report) % {"month": report.month.label},
                where=f"{report.region}·{report.get_status_display()}",
                url=reverse("report", args=[report.region.code, report.month]),
                left=deadline_of(report, now, workdays).words,
                due_at=report.expected_at,
            )


def _what_to_write(report: MonthlyReport) -> str:
    if report.status == MonthlyReport.Status.RETURNED:
        return _("Report of %(month)s returned: mend it and submit again")
    if report.status == MonthlyReport.Status.REOPENED:
        return _("Report of %(month)s reopened: correct it and submit again")
    return _("Report of %(month)s")


def reports_to_receive(user: User, now: datetime, workdays: WorkingDays) -> Iterator[DueItem]:
    """What a managing department has not received yet."""
    if not departments_of(user):
        return
    waiting = MonthlyReport.objects.visible_to(user).with_headquarters().prefetch_related("receipts")
    for report in waiting.for_list()[:MOST]:
        if departments_to_receive(user, report):
            submitted = day_and_time(report.first_submitted_at) if report.first_submitted_at else ""
            yield DueItem(
                what=_("%(region)s: report of %(month)s waits for your receipt")
                % {"region": report.region, "month": report.month.label},
                where=_("Submitted %(when)s") % {"when": submitted},
                url=reverse("report", args=[report.region.code, report.month]),
            )


def imports_to_finish(user: User, now: datetime, workdays: WorkingDays) -> Iterator[DueItem]:
    """Workbooks neither written nor dropped: the business of whoever uploaded them and of his colleagues on the project."""
    own_projects = user.scope.units(Level.PROJECT)
    for job in ImportJob.objects.visible_to(user).filter(status__in=UNFINISHED).for_list()[:MOST]:
        if (job.by_id == user.pk or job.project_id in own_projects) and can_decide(user, job) and (what := _what_to_do(job)):
            yield DueItem(
                what=what % {"file": job.file_name, "number": job.row_count},
                where=f"{job.project}·{day_and_time(job.created_at)}",
                url=reverse("import-job", args=[job.pk]),
            )


def _what_to_do(job: ImportJob) -> str:
    """Nothing as long as it is at work."""
    if job.is_at_work:
        return _("“%(file)s”: the work in the background has stopped, begin it once more") if job.is_silent else ""
    if job.status == S.ASKED:
        return _("“%(file)s” raises a question: say which column is what")
    return (
        _("“%(file)s”: %(number)d rows were left, correct them")
        if job.rest_of_id
        else _("“%(file)s” is uploaded and not written yet")
    )


PROVIDERS: tuple[Provider, ...] = (
    reports_to_write,
    reports_to_receive,
    imports_to_finish,
    *HANDOVERS,
    nominations_to_move,
    boards_to_mend,
    *CASES,
    *HOTLINE,
    *REVISITS,
    *SURVEYS,
    *WALLS,
    *HANDBOOK,
    *WAGES,
    *CERTIFICATES,
    *TASKS,
)


def items_for(user: User, now: datetime) -> list[DueItem]:
    """Everything that this person owes or that waits for him."""
    workdays = WorkingDays.load()
    return [item for provider in PROVIDERS for item in provider(user, now, workdays)]
