"""Taking a written list of people in post back: undone, kept because somebody changed the post since, stuck with the reason."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from accounts.models import User
from coordinators.post_import.kinds import InPost, Kind
from core.references import in_use, unused
from imports.models import ImportJob
from imports.registry import Undone


def undo_of(kind: Kind) -> Callable[[ImportJob, Iterable[list[Any]], datetime], Undone]:
    """For Target.undo."""

    def undo(job: ImportJob, traces: Iterable[list[Any]], at: datetime) -> Undone:
        undone, kept, stuck = 0, [], []
        for number, trace in (record for records in traces for record in records):
            post = kind.posts(job.project).filter(pk=number).first()
            if post is None or kind.seen(post) != trace["now"]:
                kept.append(number)
            elif trace["was"] is not None:
                kind.put_back(post, trace["was"])
                undone += 1
            elif reasons := [reason for _number, reason in in_use(kind.model.objects.filter(pk=number))]:
                stuck.append((number, reasons[0]))
            else:
                _take_back(kind, post, trace["ended"])
                undone += 1
        made = User.objects.filter(created_at=job.written_at, last_login=None)
        User.objects.filter(pk__in=unused(made).values("pk")).delete()
        return Undone(undone, kept, stuck)

    return undo


def _take_back(kind: Kind, post: InPost, ended: list[Any] | None) -> None:
    """The post that a transfer ended goes on, unless somebody has changed it since."""
    post.delete()
    if ended and (before := kind.model.objects.filter(pk=ended[0]).first()) and kind.seen(before) == ended[1]["now"]:
        kind.put_back(before, ended[1]["was"])
