"""Which mailboxes there are, when each was opened last, and which wait too long."""

from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.db.models import F, Max, Q

from regions.querysets import ProjectQuerySet


def with_mailbox(projects: ProjectQuerySet, day: date) -> ProjectQuerySet:
    """Projects under construction whose boards say where the box hangs, with `opened_on`: when it was opened last."""
    hanging = projects.under_construction(day).exclude(site_contact__mailbox_place="").filter(site_contact__isnull=False)
    return hanging.annotate(opened_on=Max("mailbox_openings__on"), place_of_box=F("site_contact__mailbox_place"))


def neglected(projects: ProjectQuerySet, day: date) -> ProjectQuerySet:
    """Those that nobody has opened for more than MAILBOX_DAYS days, or ever."""
    return with_mailbox(projects, day).filter(Q(opened_on=None) | Q(opened_on__lt=last_allowed(day)))


def last_allowed(day: date) -> date:
    """The day on which a box that need not be opened before `day` was opened at the latest."""
    return day - timedelta(days=settings.MAILBOX_DAYS)


def days_closed(project: Any, day: date) -> int | None:
    return (day - project.opened_on).days if project.opened_on else None
