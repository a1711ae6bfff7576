"""A matter as the look-up code shows it: the steps in plain words, the answers, what was promised, and what can be said now.

Looking writes nothing: not whether, not when, not how often.
"""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from core.deadlines import day_and_time
from feedback.models import Case, CaseEvent, CaseMessage, Promise
from feedback.voice.codes import sealed
from feedback.voice.receipt import where_it_is
from feedback.voice.sequence import in_order, spoken_in_order

Status = Case.Status
OVER = (Status.CLOSED, Status.FINAL_REPLY)


@dataclass(frozen=True, slots=True)
class Step:
    """One line of what happened. `day` only: nobody has to know the minute."""

    words: str
    day: date
    note: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """`next_words` say what comes next and by when; the two questions are asked where the answer can do something."""

    number: str
    steps: list[Step]
    messages: list[CaseMessage]
    promises: list[Promise]
    next_words: str
    is_asked: bool
    asks_settled: bool
    asks_unsettled: bool


def by_code(code: str) -> Case | None:
    """The case that opens to a code. As slow for one that opens nothing, or that is none."""
    return Case.objects.filter(code_hash=sealed(code)).first()


def matter_of(case: Case) -> Found:
    """Everything that the page shows."""
    events = in_order(case.events.all())
    promises = case.promises.order_by("due_on", "pk")
    return Found(
        number=case.number,
        steps=[_step(event) for event in events if event.is_public],
        messages=spoken_in_order(events, case.messages.all()),
        promises=list(promises.filter(given_at__lte=case.replied_at)) if case.replied_at else [],
        next_words=_next(case),
        is_asked=case.status == Status.WAITING,
        asks_settled=case.status in (Status.ANSWERED, Status.REVISITING),
        asks_unsettled=case.status in (Status.ANSWERED, Status.REVISITING, Status.CLOSED),
    )


def _step(event: CaseEvent) -> Step:
    words = {
        "register": _("It has come in"),
        "route": _("Given to those who deal with it"),
        "accept": _("Somebody has taken it on"),
        "escalate": _("Passed up one level"),
        "ask_worker": _("A question for you: it stands below"),
        "resume": _("It goes on"),
        "approve_reply": _("There is an answer: it stands below"),
        "settle": _("Seen on site: done"),
        "confirm_settled": _("Closed: asked on site, it is done"),
        "redo": _("Not done: it is done again"),
        "close_on_spot": _("Dealt with on the spot"),
        "hand_outside": _("Handed to a body outside the company"),
        "worker_says": _("You said something"),
        "remark": _("A word on it"),
    }
    if event.verb == "follow":
        return Step(_followed(event.to_status), timezone.localdate(event.at))
    note = event.note if event.verb == "remark" else ""
    return Step(words.get(event.verb) or _("It goes on"), timezone.localdate(event.at), note)


def _followed(status: str) -> str:
    """A matter that others raised too goes the way of theirs."""
    words = {
        Status.ANSWERED: _("There is an answer: it stands below"),
        Status.FINAL_REPLY: _("There is an answer: it stands below"),
        Status.REVISITING: _("Seen on site: done"),
        Status.CLOSED: _("Closed: asked on site, it is done"),
    }
    return words.get(Status(status)) or _("Others said the same: it is dealt with together")


def _next(case: Case) -> str:
    if case.status in OVER:
        return _("This matter is closed.")
    if case.status == Status.WAITING:
        return _("Your answer is waited for. After five working days it goes on without it.")
    if case.status == Status.REVISITING:
        return _("Is it really done? You say so.")
    if case.status == Status.ANSWERED:
        return _dated(_("Still to be done, by %(when)s."), case.settle_due_at) or _("Still to be done.")
    answer = _dated(_("It is with %(place)s. You get an answer by %(when)s."), case.answer_due_at, where_it_is(case))
    return answer or _("It is with %(place)s.") % {"place": where_it_is(case)}


def _dated(words: str, when: object, place: str = "") -> str:
    return words % {"when": day_and_time(when), "place": place} if isinstance(when, datetime) else ""
