"""What happened to a case, newest first: its moves with what was said in them, notices of the ladder, revisits, photos.

A worker's word has no hour: what is kept of it is the quarter of a day (core/untraceable.py), and the page says the day.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from accounts.scope import titles_held
from core.deadlines import day_and_time
from core.untraceable import HOURS, rounded
from feedback.cases import workflow
from feedback.cases.page.forms import CLOCKS
from feedback.cases.page.story import Clock, month_day
from feedback.models import Case, CaseEvent, CaseMessage, CaseNotice, CasePhoto, Promise, Revisit

if TYPE_CHECKING:
    from accounts.models import User

STEPS = Case.Status.values  # in the order in which a case goes through them
ANSWERS = ("approve_reply", "close_on_spot", "follow")
# Moves that say something to the worker in a message of the same moment.
SPEAKING = (*ANSWERS, "ask_worker", "worker_says")
# A worker's word in the same quarter of a day comes after these: they are what he speaks to.
SPOKEN_TO = ("ask_worker", "approve_reply", "deliver", "settle")
ASKING = frozenset({"refuse", "return_reply", "redo", "ask_extension", "ask_worker"})
GOOD = frozenset({"approve_reply", "deliver", "settle", "keep_promise", "confirm_settled", "close_on_spot"})


@dataclass(frozen=True, slots=True)
class Shot:
    """A photo: the attachment's key, and what it shows."""

    pk: int
    caption: str


@dataclass(slots=True)
class Entry:
    """One thing that happened. `tone`: ask (waits for somebody), good, or ""; `says` are whole paragraphs."""

    at: datetime
    who: str
    title: str
    when: str
    word: str = ""
    tone: str = ""
    says: list[str] = field(default_factory=list)
    promises: list[Promise] = field(default_factory=list)
    shots: list[Shot] = field(default_factory=list)
    is_public: bool = False
    waits: bool = False


@dataclass(frozen=True, slots=True)
class Rows:
    """What belongs to a case, each kind oldest first; one query a kind."""

    events: list[CaseEvent]
    messages: list[CaseMessage]
    notices: list[CaseNotice]
    promises: list[Promise]
    revisits: list[Revisit]
    photos: list[CasePhoto]

    @classmethod
    def of(cls, case: Case) -> "Rows":
        return cls(
            sorted(case.events.select_related("by"), key=step),
            list(case.messages.select_related("by").order_by("at", "pk")),
            list(case.notices.order_by("at", "pk")),
            sorted(case.promises.all(), key=lambda promise: (promise.due_on, promise.pk)),
            sorted(case.revisits.all(), key=lambda revisit: (revisit.due_on, revisit.pk)),
            list(case.photos.select_related("by").order_by("at", "pk")),
        )

    def people(self) -> "set[User]":
        """Everybody who did or said something."""
        authors: list[Any] = [row.by for rows in (self.events, self.messages, self.photos) for row in rows]
        return {person for person in (*authors, *(visit.done_by for visit in self.revisits)) if person}


def waits_for_word(case: Case, rows: Rows) -> CaseMessage | None:
    """The worker's last word, where nobody has said anything to him since and the case is open."""
    said = [message for message in rows.messages if message.is_from_worker]
    if not said or not case.is_open:
        return None
    ours = [message.at for message in rows.messages if not message.is_from_worker]
    ours += [event.at for event in rows.events if event.verb == "remark" and event.is_public]
    return None if any(at > said[-1].at for at in ours) else said[-1]


def by_worker(event: CaseEvent) -> bool:
    """Nobody's act at the beginning of a quarter of a day is the worker's; the clock's has its own moment, but where the rules
    sent on at once what a worker had said."""
    return event.by_id is None and event.verb != "route" and event.at == rounded(event.at)


def step(event: CaseEvent) -> tuple[datetime, bool, int]:
    """Its place among a case's events. Those of one quarter of a day stand in the order in which they can only have come."""
    return event.at, event.from_status != "", STEPS.index(event.to_status)


class Thread:
    """Puts the rows of a case, which its page has fetched, in one order."""

    def __init__(self, case: Case, clock: Clock, rows: Rows) -> None:
        self.case, self.clock, self.rows = case, clock, rows
        self.titles = titles_held(rows.people(), clock.today)
        self.unsaid = list(rows.messages)
        self.waiting = waits_for_word(case, rows)

    def entries(self) -> list[Entry]:
        happened = [self._event(event) for event in self.rows.events]
        happened += [self._message(message) for message in self.unsaid]
        happened += [self._notice(notice) for notice in self.rows.notices]
        for revisit in self.rows.revisits:
            self._revisit(revisit, happened)
        for photo in self.rows.photos:
            self._photo(photo, happened)
        return sorted(happened, key=self._place)[::-1]  # of one moment, too, what came later stands above

    def _event(self, event: CaseEvent) -> Entry:
        message = self._said_in(event)
        by = message.by if message and event.verb == "approve_reply" else event.by
        entry = self._entry(event.at, by, is_worker=by_worker(event))
        entry.word, entry.is_public = self._word(event), event.is_public
        entry.tone = "good" if event.verb in GOOD else "ask" if event.verb in ASKING else ""
        entry.says = [text for text in (message.words if message else self._draft(event), event.note) if text]
        entry.promises = [promise for promise in self.rows.promises if self._given_in(promise) == event.pk]
        entry.shots = self._shown(event)
        self._mark(entry, message)
        return entry

    def _word(self, event: CaseEvent) -> str:
        if event.verb != "approve_reply":
            return workflow.label_of(event.verb)
        approved = {"name": event.by.name if event.by else ""}
        return pgettext("fact of a case", "Answered") + "·" + _("approved by %(name)s") % approved

    def _message(self, message: CaseMessage) -> Entry:
        entry = self._entry(message.at, message.by, is_worker=message.is_from_worker)
        entry.says, entry.is_public = [message.words], True
        self._mark(entry, message)
        return entry

    def _notice(self, notice: CaseNotice) -> Entry:
        due = {"clock": CLOCKS.get(notice.clock, notice.clock), "when": day_and_time(notice.due_at)}
        word = _("%(clock)s was due %(when)s") % due
        return Entry(notice.at, notice.get_step_display(), "", day_and_time(notice.at), word, "ask")

    def _revisit(self, revisit: Revisit, happened: list[Entry]) -> None:
        """What was said on site, beside the move that it led to; a sample leads to none."""
        if revisit.done_at is None:
            return
        beside = next((entry for entry in happened if entry.at == revisit.done_at), None)
        if beside is None:
            beside = self._entry(revisit.done_at, revisit.done_by, is_worker=False)
            beside.word = _("revisited: it is settled") if revisit.is_settled else _("revisited: it is not settled")
            beside.tone = "good" if revisit.is_settled else "ask"
            happened.append(beside)
        beside.says += [revisit.words] if revisit.words else []

    def _photo(self, photo: CasePhoto, happened: list[Entry]) -> None:
        """To what happened in the same moment, or as something by itself."""
        beside = next((entry for entry in happened if entry.at == photo.at), None)
        if beside is None:
            beside = self._entry(photo.at, photo.by, is_worker=False)
            happened.append(beside)
        beside.shots.append(Shot(photo.photo_id, photo.caption))

    def _entry(self, at: datetime, by: "User | None", *, is_worker: bool) -> Entry:
        if is_worker:
            day = timezone.localdate(at)
            return Entry(at, _("The worker"), "", _("today") if day == self.clock.today else month_day(day))
        return Entry(at, by.name if by else _("By the clock"), self.titles.get(by.pk, "") if by else "", day_and_time(at))

    def _said_in(self, event: CaseEvent) -> CaseMessage | None:
        """The message of the same moment, taken from those that stand by themselves."""
        if event.verb not in SPEAKING:
            return None
        found = [each for each in self.unsaid if each.at == event.at and each.is_from_worker == (event.verb == "worker_says")]
        if not found:
            return None
        self.unsaid.remove(found[0])
        return found[0]

    def _draft(self, event: CaseEvent) -> str:
        """An answer that is written and not approved yet stands where it was handed in last."""
        answers = [each.pk for each in self.rows.events if each.verb in (*ANSWERS, "submit_reply")]
        return self.case.reply if event.verb == "submit_reply" and answers[-1] == event.pk else ""

    def _given_in(self, promise: Promise) -> int | None:
        """The move with which a promise went out, or was handed in."""
        giving = [event for event in self.rows.events if event.verb in (*ANSWERS, "submit_reply")]
        same = [event.pk for event in giving if event.at == promise.given_at]
        return same[-1] if same else giving[-1].pk if giving else None

    def _shown(self, event: CaseEvent) -> list[Shot]:
        last = [each.pk for each in self.rows.events if each.verb in ("settle", "close_on_spot")][-1:]
        has_photo = self.case.settled_photo_id is not None and event.pk in last
        return [Shot(self.case.settled_photo_id, _("Photo of it"))] if has_photo else []  # type: ignore[arg-type]

    def _mark(self, entry: Entry, message: CaseMessage | None) -> None:
        if message is not None and message is self.waiting:
            entry.waits, entry.tone = True, "ask"

    def _place(self, entry: Entry) -> tuple[datetime, bool]:
        """Where an entry stands: a worker's word after what it was said to; his first one before everything."""
        if entry.who != _("The worker") or entry.word == workflow.label_of("register"):
            return entry.at, False
        until = entry.at + timedelta(hours=HOURS)
        asked = [
            event.at for event in self.rows.events if event.verb in SPOKEN_TO and entry.at <= event.at < until and event.by_id
        ]
        return max([entry.at, *asked]), True
