"""Taking a written list of liaisons back: undone, kept because somebody changed the post since, stuck with the reason."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from accounts.models import User
from coordinators.liaison_import.known import put_back, seen
from coordinators.models import Liaison
from core.references import in_use, unused
from imports.models import ImportJob
from imports.registry import Undone


def undo(job: ImportJob, traces: Iterable[list[Any]], at: datetime) -> Undone:
    undone, kept, stuck = 0, [], []
    for number, trace in (record for records in traces for record in records):
        post = Liaison.objects.filter(pk=number, team__project=job.project).first()
        if post is None or seen(post) != trace["now"]:
            kept.append(number)
        elif trace["was"] is not None:
            put_back(post, trace["was"])
            undone += 1
        elif reasons := [reason for _number, reason in in_use(Liaison.objects.filter(pk=number))]:
            stuck.append((number, reasons[0]))
        else:
            _take_back(post, trace["ended"])
            undone += 1
    User.objects.filter(pk__in=unused(User.objects.filter(created_at=job.written_at, last_login=None)).values("pk")).delete()
    return Undone(undone, kept, stuck)


def _take_back(post: Liaison, ended: list[Any] | None) -> None:
    """The post that a transfer ended goes on, unless somebody has changed it since."""
    post.delete()
    if ended and (before := Liaison.objects.filter(pk=ended[0]).first()) and seen(before) == ended[1]["now"]:
        put_back(before, ended[1]["was"])
