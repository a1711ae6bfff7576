"""What the page says of a case: its steps with days, the two facts with the clock in words, who this person is to it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext, pgettext_lazy

from core import deadlines
from core.deadlines import day_and_time
from core.scope import Level
from core.workdays import WorkingDays
from feedback.cases import standing
from feedback.cases.clock import dispatch_due_at
from feedback.models import Case, CaseSight, Promise

if TYPE_CHECKING:
    from accounts.models import User

Status = Case.Status
# What core.deadlines calls a deadline → the page's tone.
STATES = {"late": "late", "today": "soon", "": ""}
PARTS = {
    CaseSight.Part.LEAD: pgettext_lazy("who you are to a case", "deals with it"),
    CaseSight.Part.JOINT: pgettext_lazy("who you are to a case", "helps"),
    CaseSight.Part.SUPERVISOR: pgettext_lazy("who you are to a case", "supervises"),
    CaseSight.Part.LOCAL: pgettext_lazy("who you are to a case", "of the place"),
    CaseSight.Part.COPIED: pgettext_lazy("who you are to a case", "was told"),
}


@dataclass(frozen=True, slots=True)
class Step:
    """For includes/_steps.html."""

    word: str
    note: str
    state: str


@dataclass(frozen=True, slots=True)
class Fact:
    """One of the two. `state`: ok, late, soon or ""; `share`: how much of the time has gone, for a bar beside the words."""

    word: str
    lines: tuple[str, ...]
    state: str = ""
    is_reached: bool = False
    share: float | None = None


@dataclass(frozen=True, slots=True)
class Clock:
    """Now, and the working days."""

    now: datetime
    workdays: WorkingDays

    @classmethod
    def read(cls) -> "Clock":
        return cls(timezone.now(), WorkingDays.load())

    @property
    def today(self) -> date:
        return timezone.localdate(self.now)

    def left(self, due: datetime) -> tuple[str, str]:
        """How long until `due` in words, with its state for the page; what is late says since when."""
        found = deadlines.left(due, self.now, self.workdays)
        words = f"{found.words}·{day_and_time(due)}" if found.state == "late" else found.words
        return words, STATES[found.state]

    def left_of_day(self, due_on: date) -> tuple[str, str]:
        """The same for a day without an hour."""
        found = deadlines.left_of_day(due_on, self.today, self.workdays)
        return found.words, STATES[found.state]

    def share(self, since: datetime | None, due: datetime | None) -> float | None:
        """How much of the time has gone: 0 to 1, more where it is over."""
        if since is None or due is None or due <= since:
            return None
        return (self.now - since) / (due - since)


def month_day(day: date) -> str:
    return date_format(day, "MONTH_DAY_FORMAT")


def steps_of(case: Case, revisit_due_on: date | None, clock: Clock) -> list[Step]:
    """登记·转办·受理·回音·落实·回访销号: done with its day, the one that is on with its deadline."""
    is_final = case.status == Status.FINAL_REPLY
    last = pgettext("step of a case", "Final reply") if is_final else pgettext("step of a case", "Revisited and closed")
    way = [
        (pgettext("step of a case", "Registered"), month_day(case.registered_on), ""),
        (pgettext("step of a case", "Dispatched"), _at(case.routed_at), _until(dispatch_due_at(case, clock.workdays))),
        (pgettext("step of a case", "Accepted"), _at(case.accepted_at), _until(case.accept_due_at)),
        (pgettext("step of a case", "Answered"), _at(case.delivered_at), _until(case.answer_due_at)),
        (
            pgettext("step of a case", "Settled"),
            month_day(case.settled_on) if case.settled_on else "",
            _until(case.settle_due_at),
        ),
        (last, _at(case.closed_at), _("by %(day)s") % {"day": month_day(revisit_due_on)} if revisit_due_on else ""),
    ]
    ahead = next((place for place, (_word, done, _due) in enumerate(way) if not done), len(way))
    if is_final or case.status == Status.CLOSED:
        ahead = len(way)
    states = ["done" if done else "now" if place == ahead else "" for place, (_word, done, _due) in enumerate(way)]
    return [
        Step(word, done or (due if state == "now" else ""), state) for (word, done, due), state in zip(way, states, strict=True)
    ]


def answer_of(case: Case, clock: Clock) -> Fact:
    """回音: whether the answer has reached whoever asked."""
    if case.delivered_at:
        kept = pgettext("clock of a case", "late") if case.answer_breached_at else pgettext("clock of a case", "in time")
        how = f"{day_and_time(case.delivered_at)}·{case.get_delivery_display()}"
        return Fact(pgettext("fact of a case", "Answered"), (how, _used(case, clock, kept)), "ok", is_reached=True)
    if case.status == Status.WAITING:
        return Fact(pgettext("fact of a case", "Not answered"), (_("The clock stands still until the worker answers."),))
    if not case.answer_due_at:
        return Fact(pgettext("fact of a case", "Not answered"), (_("The clock begins with the dispatch."),))
    words, state = clock.left(case.answer_due_at)
    said = (_("The answer is approved, and has not reached the worker yet."),) if case.replied_at else ()
    share = clock.share(case.routed_at, case.answer_due_at)
    return Fact(pgettext("fact of a case", "Not answered"), (*said, words), state, share=share)


def settlement_of(case: Case, promises: Sequence[Promise], clock: Clock) -> Fact:
    """落实: whether somebody has seen on site that it is done."""
    if case.settled_on:
        kept = pgettext("clock of a case", "late") if case.settle_breached_at else pgettext("clock of a case", "in time")
        who = f"·{case.settled_by.name}" if case.settled_by else ""
        seen = (f"{month_day(case.settled_on)}{who}·{kept}", case.settled_note)
        return Fact(pgettext("fact of a case", "Settled"), tuple(filter(None, seen)), "ok", is_reached=True)
    word = pgettext("fact of a case", "Not settled")
    if case.status == Status.FINAL_REPLY:
        return Fact(word, (_("Looked into, and ended with a final reply."),))
    due = next(iter(sorted(promise.due_on for promise in promises if promise.kept_on is None)), None)
    share = clock.share(case.routed_at, case.settle_due_at)
    if due:
        words, state = clock.left_of_day(due)
        return Fact(word, (_("Promised for %(day)s") % {"day": month_day(due)} + f"·{words}",), state, share=share)
    if not case.settle_due_at:
        return Fact(word, (_("The clock begins with the dispatch."),))
    words, state = clock.left(case.settle_due_at)
    return Fact(word, (words,), state, share=share)


def parts_of(case: Case, user: "User") -> list[str]:
    """What this person has to do with the case, in words."""
    parts = [pgettext("who you are to a case", "responsible")] if case.handler_id == user.pk else []
    held = standing.parts_of(user, case)
    parts += [str(word) for part, word in PARTS.items() if part in held]
    if case.is_sensitive and not held:
        parts.append(pgettext("who you are to a case", "named for sensitive cases"))
    if not held and case.registered_by_id == user.pk:
        parts.append(pgettext("who you are to a case", "wrote it down"))
    return parts


def units_of(case: Case) -> list[CaseSight]:
    """The units concerned: who deals with it first, who was only told of it last. A sensitive one is seen by people."""
    concerned = [sight for sight in case.sights.all() if not case.is_sensitive or sight.part == CaseSight.Part.LEAD]
    order = {part: place for place, part in enumerate(PARTS)}
    return sorted(concerned, key=lambda sight: (order[CaseSight.Part(sight.part)], str(sight)))


def sees_recusal(user: "User") -> bool:
    """Whom a case names stands there for headquarters alone; the others read only that somebody is left out."""
    return any(grant.level == Level.COMPANY for grant in user.scope.grants)


def _used(case: Case, clock: Clock, kept: str) -> str:
    if not (case.routed_at and case.delivered_at):
        return kept
    days = clock.workdays.between(timezone.localdate(case.routed_at), timezone.localdate(case.delivered_at))
    return _("took %(days)s working days, %(kept)s") % {"days": max(days, 0), "kept": kept}


def _at(moment: datetime | None) -> str:
    return day_and_time(moment) if moment else ""


def _until(due: datetime | None) -> str:
    return _("by %(day)s") % {"day": day_and_time(due)} if due else ""
