"""Tasks downward on the home page: what one's own post owes, answers to look at, and what others owe too long."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from core.deadlines import day_and_time, left_of_day
from core.workdays import WorkingDays, end_of_office
from handbook.models import Task
from handbook.tasks.policies import can_give, can_see_tasks
from handbook.tasks.posts import in_order, looked_after_by, owed_by
from inbox.due import DueItem

MOST = 50


def tasks_to_answer(user: User, now: datetime, workdays: WorkingDays) -> Iterator[DueItem]:
    """Owed by the posts that this person holds today, whoever held them when the task was given."""
    if not can_see_tasks(user):
        return
    for task in _of(user).filter(owed_by(user)).open()[:MOST]:
        yield DueItem(
            what=_("Task: %(title)s") % {"title": task.title},
            where=f"{task.project}·{task.given_by.name}",
            url=reverse("task", args=[task.pk]),
            left=left_of_day(task.due_on, timezone.localdate(now), workdays).words,
            due_at=end_of_office(task.due_on),
        )


def tasks_to_look_at(user: User, now: datetime, workdays: WorkingDays) -> Iterator[DueItem]:
    """Answered: close it, or give it back."""
    if not can_give(user):
        return
    answered = _of(user).filter(looked_after_by(user, timezone.localdate(now)), status=Task.Status.ANSWERED)
    for task in answered[:MOST]:
        when = day_and_time(task.answered_at) if task.answered_at else ""
        yield DueItem(
            what=_("Answered, look at it: %(title)s") % {"title": task.title},
            where=f"{task.project}·{task.post.title}·{when}",
            url=reverse("task", args=[task.pk]),
        )


def tasks_overdue(user: User, now: datetime, workdays: WorkingDays) -> Iterator[DueItem]:
    """Not answered in time, for whoever gave them."""
    if not can_give(user):
        return
    today = timezone.localdate(now)
    late = _of(user).filter(looked_after_by(user, today), due_on__lt=today).open().exclude(owed_by(user))
    for task in late[:MOST]:
        yield DueItem(
            what=_("Not answered in time: %(title)s") % {"title": task.title},
            where=f"{task.project}·{task.post.title}",
            url=reverse("task", args=[task.pk]),
            left=left_of_day(task.due_on, today, workdays).words,
            due_at=end_of_office(task.due_on),
        )


def _of(user: User) -> Any:
    return in_order(Task.objects.visible_to(user))


TASKS = (tasks_to_answer, tasks_to_look_at, tasks_overdue)
