"""The table of a case's moves. The drawing is in the package's docstring; who may is in feedback/cases/policies.py."""

import copy
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db.models import Q, prefetch_related_objects
from django.utils.translation import pgettext, pgettext_lazy

from core.attachments import keep_photo
from core.models import Attachment
from core.moves import CLOCK, NOBODY, WORKER, Lifecycle, Move, Moving
from core.refusals import Refused
from core.untraceable import rounded
from feedback.cases import policies
from feedback.cases.clock import write_breaches
from feedback.models import Case, CaseEvent, Revisit

Status = Case.Status
ANY = frozenset(Status)
DISPATCHED = frozenset({Status.ROUTED, Status.ACCEPTED, Status.WAITING, Status.UNDER_REVIEW, Status.ANSWERED})
ANSWERED = frozenset({Status.ANSWERED, Status.REVISITING, Status.CLOSED})
REPLIED = ANSWERED | {Status.FINAL_REPLY}
# What the look-up code shows, as a step and a day: their notes are for those who deal with the case, but for `remark`.
PUBLIC = frozenset(
    {"route", "accept", "escalate", "ask_worker", "resume", "approve_reply", "settle", "confirm_settled", "redo"}
    | {"close_on_spot", "hand_outside", "worker_says", "follow"}
)
# What a move ends by itself: its own clock is judged even while more time is asked for.
ENDS_A_CLOCK = frozenset({"accept", "approve_reply", "settle", "close_on_spot", "follow"})
# What the policies look at, so that the verbs of a page cost a handful of queries.
LOOKED_AT = ("sights__department", "accused__department", "extensions", "promises", "revisits")


class CaseLifecycle(Lifecycle):
    """The engine, with three rules of its own: what a worker sets going carries the quarter of a day, whoever is asked to go
    for a revisit reaches the case for his answer, and what is late is written before anything else happens."""

    @contextmanager
    def moving(self, row: Any, verb: str, *, by: Any, version: int | None = None) -> Iterator[Moving]:
        with super().moving(row, verb, by=by, version=version) as move:
            write_breaches(move.row, move.at, asking_counts=verb not in ENDS_A_CLOCK)
            if by is WORKER or _came_this_moment(move.row, verb, by):
                move.at = rounded(move.at)
            move.details["is_public"] = verb in PUBLIC
            yield move

    def _reachable(self, row: Any, by: Any) -> Any:
        if by in NOBODY:
            return Case.objects.filter(pk=row.pk)
        asked = Revisit.objects.asked_of(by).values("case")
        return Case.objects.filter(Q(pk__in=Case.objects.visible_to(by).values("pk")) | Q(pk__in=asked), pk=row.pk)


def _came_this_moment(case: Case, verb: str, by: Any) -> bool:
    """The rules send on what comes through the workers' page as soon as it comes: when that was, nobody is to know."""
    return by is CLOCK and verb == "route" and case.is_anonymous


LIFECYCLE = CaseLifecycle(
    Case,
    CaseEvent,
    "case",
    {
        "route": Move(
            frozenset({Status.REGISTERED, Status.REFUSED}),
            Status.ROUTED,
            policies.can_route,
            pgettext_lazy("verb of a case", "Route"),
        ),
        "insist": Move(
            frozenset({Status.REFUSED}), Status.ROUTED, policies.can_insist, pgettext_lazy("verb of a case", "Insist")
        ),
        "accept": Move(
            frozenset({Status.ROUTED}), Status.ACCEPTED, policies.can_accept, pgettext_lazy("verb of a case", "Accept")
        ),
        "refuse": Move(
            frozenset({Status.ROUTED}), Status.REFUSED, policies.can_refuse, pgettext_lazy("verb of a case", "Send back")
        ),
        "submit_reply": Move(
            ANSWERED | {Status.ACCEPTED},
            Status.UNDER_REVIEW,
            policies.can_submit_reply,
            pgettext_lazy("verb of a case", "Write the answer"),
        ),
        "approve_reply": Move(
            frozenset({Status.UNDER_REVIEW}), None, policies.can_approve_reply, pgettext_lazy("verb of a case", "Approve")
        ),
        "return_reply": Move(
            frozenset({Status.UNDER_REVIEW}),
            Status.ACCEPTED,
            policies.can_return_reply,
            pgettext_lazy("verb of a case", "Return the answer"),
        ),
        "deliver": Move(REPLIED, None, policies.can_deliver, pgettext_lazy("verb of a case", "Record the delivery")),
        "settle": Move(
            frozenset({Status.ANSWERED}),
            Status.REVISITING,
            policies.can_settle,
            pgettext_lazy("verb of a case", "Seen on site: settled"),
        ),
        "confirm_settled": Move(
            frozenset({Status.REVISITING}),
            Status.CLOSED,
            policies.can_confirm_settled,
            pgettext_lazy("verb of a case", "Confirm and close"),
        ),
        "redo": Move(ANSWERED, Status.ACCEPTED, policies.can_redo, pgettext_lazy("verb of a case", "Have it done again")),
        "ask_worker": Move(
            frozenset({Status.ACCEPTED}),
            Status.WAITING,
            policies.can_ask_worker,
            pgettext_lazy("verb of a case", "Ask the worker"),
        ),
        "resume": Move(
            frozenset({Status.WAITING}), Status.ACCEPTED, policies.can_resume, pgettext_lazy("verb of a case", "Go on")
        ),
        "escalate": Move(
            frozenset({Status.REGISTERED, Status.ROUTED, Status.ACCEPTED}),
            Status.ROUTED,
            policies.can_escalate,
            pgettext_lazy("verb of a case", "I cannot solve this"),
        ),
        "close_on_spot": Move(
            frozenset({Status.REGISTERED, Status.ROUTED, Status.ACCEPTED}),
            Status.CLOSED,
            policies.can_close_on_spot,
            pgettext_lazy("verb of a case", "Close on the spot"),
        ),
        "file_after_report": Move(
            ANY, None, policies.can_file_after_report, pgettext_lazy("verb of a case", "File the after-report")
        ),
        "ask_extension": Move(DISPATCHED, None, policies.can_ask_extension, pgettext_lazy("verb of a case", "Ask for more time")),
        "decide_extension": Move(
            ANY, None, policies.can_decide_extension, pgettext_lazy("verb of a case", "Decide on more time")
        ),
        "keep_promise": Move(ANY, None, policies.can_keep_promise, pgettext_lazy("verb of a case", "Promise kept")),
        "hand_outside": Move(
            DISPATCHED, None, policies.can_hand_outside, pgettext_lazy("verb of a case", "Hand to an outside body")
        ),
        "add_joint": Move(
            DISPATCHED - {Status.ANSWERED},
            None,
            policies.can_add_joint,
            pgettext_lazy("verb of a case", "Call in a department"),
        ),
        "merge": Move(
            frozenset({Status.REGISTERED, Status.ROUTED, Status.REFUSED, Status.ACCEPTED}),
            None,
            policies.can_merge,
            pgettext_lazy("verb of a case", "Merge"),
        ),
        "reclassify": Move(frozenset(Case.OPEN), None, policies.can_reclassify, pgettext_lazy("verb of a case", "Classify anew")),
        "name_officer": Move(ANY, None, policies.can_name_officer, pgettext_lazy("verb of a case", "Name an officer")),
        "urge": Move(
            policies.FOR_THE_LEAD | policies.FOR_THE_SUPERVISOR,
            None,
            policies.can_urge,
            pgettext_lazy("verb of a case", "Urge"),
        ),
        "let_stand": Move(
            frozenset({Status.CLOSED}), None, policies.can_let_stand, pgettext_lazy("verb of a case", "Leave it closed")
        ),
        "remark": Move(ANY, None, policies.can_remark, pgettext_lazy("verb of a case", "Remark")),
        "worker_says": Move(ANY, None, policies.can_worker_says, pgettext_lazy("verb of a case", "The worker says")),
        "follow": Move(ANY, None, policies.can_follow, pgettext_lazy("verb of a case", "Dealt with together")),
    },
)


def allowed_moves(case: Case, user: Any) -> list[str]:
    """The verbs that somebody may use on a case within his reach now, in the order of the table: buttons come from here."""
    looked_at = copy.copy(case)  # what is fetched for the looking stays with the copy
    looked_at.__dict__.pop("_prefetched_objects_cache", None)
    prefetch_related_objects([looked_at], *LOOKED_AT)
    return LIFECYCLE.allowed_moves(looked_at, user)


def label_of(verb: str) -> str:
    """What a verb is called in a case's story; `register` too, which is no move."""
    if verb == "register":
        return pgettext("verb of a case", "Registered")
    return str(LIFECYCLE.moves[verb].label)


def kept_photo(upload: UploadedFile, by: Any) -> Attachment:
    """A photo of a move, drawn anew. What cannot be kept is said at its field."""
    try:
        return keep_photo(upload, by=by)
    except Refused as refusal:
        raise Refused(refusal.message, fields={"photo": refusal.message}) from refusal


def with_word(what: str, why: str) -> str:
    """A note that says what, and somebody's word to it if there is one."""
    return pgettext("note of a move", "%(what)s: %(why)s") % {"what": what, "why": why} if why else what


def said(words: str, field: str, missing: str) -> str:
    """What somebody wrote, without spaces round it. Raises Refused at `field` where there is nothing."""
    if not words.strip():
        raise Refused(missing, fields={field: missing})
    return words.strip()
