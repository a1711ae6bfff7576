"""Certificates and the gate on the home page: for the clerk and the coordinator of a project."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Min
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.models import User
from core.scope import Level
from core.workdays import WorkingDays, end_of_office
from handbook.gate.certificates import LATER, SOON, ends_by, with_end
from handbook.gate.policies import KEEPERS
from handbook.gate.queries import standings
from handbook.gate.reach import projects_with
from inbox.due import DueItem
from labour_teams.models import Engagement, WorkerCertificate
from regions.models import Project


def certificates_within_30_days(user: User, now: datetime, workdays: WorkingDays) -> Iterator[DueItem]:
    """A line a project: what has run out, and what does within 30 days."""
    last = timezone.localdate(now) + SOON
    for project, number, first in _ending(user, timezone.localdate(now), None, last):
        yield DueItem(
            what=_("%(number)d certificates run out within 30 days, or have") % {"number": number},
            where=str(project),
            url=f"{reverse('certificates')}?project={project.pk}",
            left=_("The first on %(when)s") % {"when": date_format(first, "MONTH_DAY_FORMAT")},
            due_at=end_of_office(first),
        )


def certificates_within_90_days(user: User, now: datetime, workdays: WorkingDays) -> Iterator[DueItem]:
    """A line a project: renewals to see about in time."""
    today = timezone.localdate(now)
    for project, number, first in _ending(user, today, today + SOON + timedelta(days=1), today + LATER):
        yield DueItem(
            what=_("%(number)d certificates run out in 31 to 90 days") % {"number": number},
            where=str(project),
            url=f"{reverse('certificates')}?project={project.pk}&state=later",
            left=_("The first on %(when)s") % {"when": date_format(first, "MONTH_DAY_FORMAT")},
            due_at=end_of_office(first),
        )


def people_to_induct(user: User, now: datetime, workdays: WorkingDays) -> Iterator[DueItem]:
    """A line a project: people at work whom nobody has inducted."""
    if not (projects := user.scope.units(Level.PROJECT, *KEEPERS)):
        return
    found = standings(Engagement.objects.visible_to(user).filter(project__in=projects), timezone.localdate(now))
    waiting = {project: standing.missing for project, standing in found.items() if standing.missing}
    for project in projects_with(waiting):
        yield DueItem(
            what=_("%(number)d people on site were never inducted") % {"number": waiting[project.pk]},
            where=str(project),
            url=f"{reverse('induction', args=[project.code])}?state=missing",
        )


def _ending(user: User, today: date, first: date | None, last: date) -> Iterator[tuple[Project, int, date]]:
    """Projects of whoever keeps the certificates, how many end between these days, and the first of them."""
    if not (projects := user.scope.units(Level.PROJECT, *KEEPERS)):
        return
    rows = _standing(WorkerCertificate.objects.visible_to(user).filter(engagement__project__in=projects), today)
    ending = (
        ends_by(rows, last, since=first)
        .order_by()
        .values("engagement__project")
        .annotate(number=Count("pk"), first=Min("ends_on"))
    )
    found = {row["engagement__project"]: row for row in ending}
    for project in projects_with(found):
        yield project, found[project.pk]["number"], found[project.pk]["first"]


def _standing(certificates: Any, today: date) -> Any:
    return with_end(certificates.in_force().held_by_current(today))


CERTIFICATES = (certificates_within_30_days, certificates_within_90_days, people_to_induct)
