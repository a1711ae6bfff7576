"""How far a handover is, for its page: the steps with their stamps, and what somebody else wrote meanwhile."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import pgettext

from core.deadlines import day_and_time
from inbox.handover.forms import NotesForm
from inbox.models import Handover

if TYPE_CHECKING:
    from accounts.models import User

S = Handover.Status


@dataclass(frozen=True, slots=True)
class Step:
    """For includes/_steps.html."""

    word: str
    note: str
    state: str


def steps_of(handover: Handover) -> list[Step]:
    """Begun, handed over, accepted; the one that waits is the current one."""
    open_, handed = handover.status == S.OPEN, handover.status == S.HANDED_OVER
    return [
        Step(pgettext("handover", "Begun"), _stamp(handover.begun_at, handover.begun_by), "done"),
        Step(str(S.HANDED_OVER.label), _stamp(handover.handed_over_at, handover.handed_over_by), "now" if open_ else "done"),
        Step(
            str(S.ACCEPTED.label),
            _stamp(handover.accepted_at, handover.accepted_by),
            "" if open_ else "now" if handed else "done",
        ),
    ]


def theirs(form: NotesForm, handover: Handover) -> list[tuple[str, str]]:
    """What is stored now and differs from what was typed: label and their text."""
    typed = form.notes()
    return [
        (str(label), handover.notes.get(key, ""))
        for key, label in Handover.NOTES.items()
        if handover.notes.get(key, "").strip() != typed[key].strip()
    ]


def _stamp(at: datetime | None, by: "User | None") -> str:
    return f"{by}·{day_and_time(at)}" if at and by else ""
