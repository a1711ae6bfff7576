"""What stands under the due list: each role's own way into the day's work."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from accounts.models import User
from core.deadlines import day_and_time
from core.months import Month
from core.roles import COMPANY_WIDE, Role
from core.scope import Level
from figures.registry import Figure, figures
from imports.policies import can_import
from labour_teams.models import WorkCrew
from regions.models import Project
from reports.content import Content, content_of
from reports.models import MonthlyReport
from reports.policies import can_write

COMPARED = ("workers_on_site", "teams_on_site", "teams_without_liaison")
MOST_PROJECTS = 30


@dataclass(frozen=True, slots=True)
class ProjectRow:
    """A project in the comparison: its figures with the numbers of the month."""

    project: Project
    numbers: list[tuple[Figure, int]]


def report_in_hand(user: User) -> tuple[MonthlyReport, Content] | None:
    """The region's report that is nearest to its deadline, and how far it has written itself."""
    open_reports = MonthlyReport.objects.visible_to(user).unfinished().select_related("region", "template").order_by("due_at")
    report = next((report for report in open_reports[:MOST_PROJECTS] if can_write(user, report)), None)
    return (report, content_of(report)) if report else None


def projects_to_import_into(user: User) -> list[Project]:
    if not user.scope.holds(Role.PROJECT_CLERK, Role.PROJECT_COORDINATOR):
        return []
    return [
        project for project in Project.objects.visible_to(user).for_list()[:MOST_PROJECTS] if can_import(user, project, "roster")
    ]


def compared_projects(user: User, month: Month) -> list[ProjectRow]:
    """The coordinator's projects beside each other; as many queries as figures, however many projects."""
    if not user.scope.holds(Role.REGIONAL_COORDINATOR):
        return []
    columns = [(figure, figure.counts_by(Level.PROJECT, month)) for key in COMPARED if (figure := figures.get(key))]
    return [
        ProjectRow(project, [(figure, counts.get(project.pk, 0)) for figure, counts in columns])
        for project in Project.objects.visible_to(user).for_list()[:MOST_PROJECTS]
    ]


def crews_of(user: User) -> list[WorkCrew]:
    if not user.scope.holds(Role.LIAISON):
        return []
    return list(WorkCrew.objects.visible_to(user).for_list()[:MOST_PROJECTS])


def next_words(user: User, now: datetime) -> str:
    """What comes next and when, for somebody who owes nothing now."""
    if user.scope.holds(*COMPANY_WIDE, Role.REGIONAL_COORDINATOR):
        report = MonthlyReport.objects.visible_to(user).unfinished().filter(due_at__gte=now).order_by("due_at").first()
        if report:
            words = {"month": report.month.label, "when": day_and_time(report.due_at)}
            return _("Next: the reports of %(month)s, due %(when)s.") % words
    if user.scope.holds(Role.PROJECT_CLERK, Role.PROJECT_COORDINATOR):
        return _("When a team hands you a new roster, import it from here.")
    return _("What is assigned to you will stand here, the most urgent first.")
