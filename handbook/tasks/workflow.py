"""The life of a task. Every write to one is here.

    (give) ─▶ given ─receive─▶ received ─answer─▶ answered ─close─▶ closed
                │                 │  ▲                │
                └─────answer──────┼──┼───────────────▶│
                │                 │  └────return──────┘
                └────withdraw─────┴─▶ withdrawn

Whether it was late is written once, at the first answer: a task that is given back stays as late as it was.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from accounts.models import User as Account
from coordinators.models import Coordinator, Liaison
from core.moves import Lifecycle, Move
from core.refusals import Refused
from handbook.models import Task, TaskEvent
from handbook.tasks import policies

if TYPE_CHECKING:
    from accounts.models import User

Status = Task.Status
OPEN = frozenset(Task.OPEN)
ANSWERED = frozenset({Status.ANSWERED})

LIFECYCLE = Lifecycle(
    Task,
    TaskEvent,
    "task",
    {
        "receive": Move(
            frozenset({Status.GIVEN}), Status.RECEIVED, policies.is_holder, pgettext_lazy("verb of a task", "Receive")
        ),
        "answer": Move(OPEN, Status.ANSWERED, policies.is_holder, pgettext_lazy("verb of a task", "Answer")),
        "close": Move(ANSWERED, Status.CLOSED, policies.can_judge, pgettext_lazy("verb of a task", "Close")),
        "return": Move(ANSWERED, Status.RECEIVED, policies.can_judge, pgettext_lazy("verb of a task", "Give back")),
        "withdraw": Move(OPEN, Status.WITHDRAWN, policies.can_withdraw, pgettext_lazy("verb of a task", "Withdraw")),
    },
)


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be done, until when, and by which posts: each gets a task of its own."""

    title: str
    due_on: date
    posts: Sequence[Coordinator | Liaison]
    text: str = ""


def give(order: Order, *, by: "User") -> list[Task]:
    """A task for each post; the one that stands already, where the same was given and is still owed. Raises Refused."""
    if order.due_on < timezone.localdate():
        raise Refused(_("This day is past."), fields={"due_on": _("This day is past.")})
    if not order.posts or not all(policies.can_give_to(by, post) for post in order.posts):
        raise Refused(
            _("Choose posts that you may give a task to."), fields={"to": _("Choose posts that you may give a task to.")}
        )
    with transaction.atomic():
        Account.objects.select_for_update(of=("self",)).get(pk=by.pk)  # a form that is sent twice at the same moment waits here
        return [_given(order, post, by) for post in order.posts]


def _given(order: Order, post: Coordinator | Liaison, by: "User") -> Task:
    to = {"to_liaison": post} if isinstance(post, Liaison) else {"to_coordinator": post}
    same = {"given_by": by, "title": order.title.strip(), "due_on": order.due_on, **to}
    if known := Task.objects.open().filter(**same).first():
        return known
    project = policies.project_of(post)
    assert project is not None  # noqa: S101 - can_give_to
    facts = {"region": project.region, "text": order.text.strip(), "given_at": timezone.now()}
    return Task.objects.create(project=project, **facts, **same)


def receive(task: Task, *, by: "User") -> Task:
    """Read, and taken on."""
    with LIFECYCLE.moving(task, "receive", by=by) as move:
        row: Task = move.row
        row.received_at = move.at
    return row


def answer(task: Task, *, by: "User", text: str) -> Task:
    """What was done. Raises Refused for an empty answer."""
    said = _said(text, "text")
    with LIFECYCLE.moving(task, "answer", by=by) as move:
        row: Task = move.row
        row.received_at = row.received_at or move.at
        row.answer, row.answered_at, move.note = said, move.at, said
        if row.was_late is None:
            row.was_late = row.due_on < timezone.localdate(move.at)
    return row


def close(task: Task, *, by: "User", word: str = "") -> Task:
    """The answer will do."""
    with LIFECYCLE.moving(task, "close", by=by) as move:
        row: Task = move.row
        move.note = word.strip()
    return row


def return_(task: Task, *, by: "User", word: str) -> Task:
    """The answer will not do: it is owed again, with a word that says what is missing."""
    said = _said(word, "word")
    with LIFECYCLE.moving(task, "return", by=by) as move:
        row: Task = move.row
        move.note = said
    return row


def withdraw(task: Task, *, by: "User", word: str) -> Task:
    """Nobody owes it any more."""
    said = _said(word, "word")
    with LIFECYCLE.moving(task, "withdraw", by=by) as move:
        row: Task = move.row
        move.note = said
    return row


def _said(text: str, field: str) -> str:
    if not (said := text.strip()):
        raise Refused(_("Say it in a sentence."), fields={field: _("Say it in a sentence.")})
    return said
