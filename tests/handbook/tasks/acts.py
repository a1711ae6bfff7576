"""The verbs of a task, as tests call them, and tasks in each state."""

from typing import Any

from django.utils import timezone

from accounts.models import User
from handbook.models import Task
from handbook.tasks import workflow
from tests.factories import TaskFactory

SAID = "三个班组的意见都收齐了，共 12 条。"


def act(verb: str, task: Task, by: User) -> Task:
    if verb == "receive":
        return workflow.receive(task, by=by)
    if verb == "answer":
        return workflow.answer(task, by=by, text=SAID)
    if verb == "close":
        return workflow.close(task, by=by, word="可以")
    if verb == "return":
        return workflow.return_(task, by=by, word="还差一个班组")
    return workflow.withdraw(task, by=by, word="不用收了")


def task_in(status: str, **facts: Any) -> Task:
    """As the moves leave it."""
    now = timezone.now()
    received = {} if status in (Task.Status.GIVEN, Task.Status.WITHDRAWN) else {"received_at": now}
    is_answered = status in (Task.Status.ANSWERED, Task.Status.CLOSED)
    answered = {"answer": SAID, "answered_at": now, "was_late": False} if is_answered else {}
    return TaskFactory(status=status, **received, **answered, **facts)
