"""The life of a nomination. Every write to one is here.

    (propose) ─▶ proposed ─check─▶ checked ─induct─▶ inducted ─decide (appointed)──────────────▶ decided: the post is there
                     │                │                 │ ⟲ approve (the first side)                ▲
                     │                │                 └─approve (the second side)────────────────┘
                     └────────────────┴─────────────────┴─decline─▶ declined
                     └────────────────┴─────────────────┴─withdraw─▶ withdrawn

Proposed stays proposed when its proposer amends it; decided stays decided when the letter of appointment is added.

Full-time coordinators are appointed (委派): the Party personnel department decides, with a document. Project coordinators and
liaisons are chosen (选聘): the regional coordinator and the project's Party work committee both say yes. The decision makes the
post; from then on its dates alone open and close access.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from coordinators.models import Nomination, NominationApproval, NominationEvent
from coordinators.nominations import policies
from coordinators.nominations.appointing import begin_post, unit_to_lock
from coordinators.posts_workflow import lock_unit
from core.attachments import keep_document
from core.models import Attachment
from core.moves import Lifecycle, Move, Moving
from core.personal import Phone
from core.refusals import Refused

if TYPE_CHECKING:
    from accounts.models import User

Status = Nomination.Status
OPEN = frozenset(Nomination.OPEN)

LIFECYCLE = Lifecycle(
    Nomination,
    NominationEvent,
    "nomination",
    {
        "amend": Move(frozenset({Status.PROPOSED}), Status.PROPOSED, policies.can_amend, gettext_lazy("Amend")),
        "check": Move(frozenset({Status.PROPOSED}), Status.CHECKED, policies.can_check, gettext_lazy("Check")),
        "induct": Move(frozenset({Status.CHECKED}), Status.INDUCTED, policies.can_induct, gettext_lazy("Record the induction")),
        "approve": Move(
            frozenset({Status.INDUCTED}), None, policies.can_approve, pgettext_lazy("verb of a nomination", "Approve")
        ),
        "decide": Move(frozenset({Status.INDUCTED}), Status.DECIDED, policies.can_decide, gettext_lazy("Appoint")),
        "decline": Move(OPEN, Status.DECLINED, policies.can_decline, gettext_lazy("Decline")),
        "withdraw": Move(OPEN, Status.WITHDRAWN, policies.can_withdraw, gettext_lazy("Withdraw")),
        "add_letter": Move(
            frozenset({Status.DECIDED}), Status.DECIDED, policies.can_add_letter, gettext_lazy("Add the letter of appointment")
        ),
    },
)


@dataclass(frozen=True, slots=True)
class Induction:
    """What was gone through, how, when (None: not said), and with what result; `word` says why topics are left out."""

    topics: tuple[str, ...]
    method: str
    on: date | None
    result: str
    word: str = ""


@dataclass(frozen=True, slots=True)
class Appointment:
    """What the Party personnel department decides: the document, the days, the treatment, and the letter as it was uploaded."""

    document_no: str
    from_on: date
    to_on: date | None = None
    treatment_level: str = ""
    letter: UploadedFile | None = None


@dataclass(frozen=True, slots=True)
class Amendment:
    """A proposal as it should have been; name and mobile of somebody with an account are his own, and stay."""

    name: str
    phone: Phone | None
    main_job: str
    from_on: date
    to_on: date | None
    reason: str

    def for_(self, nomination: Nomination) -> dict[str, Any]:
        """The fields of this nomination that it may set."""
        said: dict[str, Any] = {"from_on": self.from_on, "to_on": self.to_on, "reason": self.reason}
        if nomination.person_id is None:
            said |= {"name": self.name, "phone": self.phone or nomination.phone}
        return said | ({"main_job": self.main_job} if nomination.project_id else {})


def propose(nomination: Nomination, *, by: "User") -> Nomination:
    """Save a new nomination (unsaved until here) with its first history row. Nobody proposes himself, or somebody twice."""
    _require_proposable(nomination, by)
    with transaction.atomic():
        lock_unit(unit_to_lock(nomination))
        if _open_twin(nomination):
            raise Refused(_("This person is proposed for this post already, and nothing is decided yet."))
        nomination.proposed_by, nomination.proposed_at = by, timezone.now()
        nomination.save()
        NominationEvent.objects.create(
            nomination=nomination,
            verb="propose",
            from_status="",
            to_status=nomination.status,
            by=by,
            at=nomination.proposed_at,
        )
    return nomination


def amend(nomination: Nomination, *, by: "User", amendment: Amendment) -> Nomination:
    """Mend what was proposed before anybody has checked it; the history says which entries, not what stood in them."""
    with transaction.atomic():
        lock_unit(unit_to_lock(nomination))
        with LIFECYCLE.moving(nomination, "amend", by=by) as move:
            row: Nomination = move.row
            changed = [name for name, value in amendment.for_(row).items() if getattr(row, name) != value]
            if not changed:
                raise Refused(_("Nothing was changed."))
            for name in changed:
                setattr(row, name, amendment.for_(row)[name])
            _require_proposable(row, by)
            if _open_twin(row):
                raise Refused(_("This person is proposed for this post already, and nothing is decided yet."))
            labels = (str(Nomination._meta.get_field(name).verbose_name) for name in changed)  # type: ignore[union-attr]
            move.note = pgettext("between items of a list", ", ").join(labels)
    return row


def add_letter(nomination: Nomination, *, by: "User", letter: UploadedFile) -> Nomination:
    """The letter of appointment, which was not at hand when it was decided."""
    with transaction.atomic():
        LIFECYCLE.check(nomination, "add_letter", by=by)
        kept = _kept(letter, by)
        with LIFECYCLE.moving(nomination, "add_letter", by=by) as move:
            move.row.letter = kept
    return move.row


def check(nomination: Nomination, *, by: "User", criteria: Iterable[str], word: str = "") -> Nomination:
    """Tick what the person meets; with one missing, a word why it goes on all the same."""
    with LIFECYCLE.moving(nomination, "check", by=by) as move:
        ticked = set(criteria)
        move.row.criteria = [key for key in Nomination.CRITERIA if key in ticked]
        if len(move.row.criteria) < len(Nomination.CRITERIA) and not word.strip():
            words = _("Not everything is ticked. Say in a word why the nomination goes on all the same.")
            raise Refused(words, fields={"word": words})
        move.note = word.strip()
    return move.row


def induct(nomination: Nomination, *, by: "User", induction: Induction) -> Nomination:
    """Record the training before the post (岗前培训); with a topic missing, a word why."""
    with LIFECYCLE.moving(nomination, "induct", by=by) as move:
        row: Nomination = move.row
        row.topics = [key for key in Nomination.TOPICS if key in induction.topics]
        if problems := _induction_problems(induction, row.topics):
            raise Refused(next(iter(problems.values())), fields=problems)
        row.induction_method, row.inducted_on = induction.method, induction.on
        row.induction_result = induction.result.strip()
        move.note = induction.word.strip()
    return row


def approve(nomination: Nomination, *, by: "User") -> Nomination:
    """One side's yes; the second one decides, and the post is there."""
    with LIFECYCLE.moving(nomination, "approve", by=by) as move:
        row: Nomination = move.row
        side = policies.sides_to_approve(by, row)[0]
        NominationApproval.objects.create(nomination=row, side=side, by=by, at=move.at)
        if row.approvals.count() == len(NominationApproval.Side):
            begin_post(row, by=by)
            move.to(Status.DECIDED)
    return row


def decide(nomination: Nomination, *, by: "User", appointment: Appointment) -> Nomination:
    """Appoint: with the document's number, and only where nobody else holds the region's post in these days."""
    with transaction.atomic():
        LIFECYCLE.check(nomination, "decide", by=by)
        letter = _kept(appointment.letter, by)
        with LIFECYCLE.moving(nomination, "decide", by=by) as move:
            _appoint(move, appointment, letter, by)
    return move.row


def decline(nomination: Nomination, *, by: "User", word: str) -> Nomination:
    """Either side, or the Party personnel department, says no, and why."""
    with LIFECYCLE.moving(nomination, "decline", by=by) as move:
        move.note = _said(word, _("Say why this is declined."))
    return move.row


def withdraw(nomination: Nomination, *, by: "User", word: str) -> Nomination:
    """Whoever proposed takes it back, and says why."""
    with LIFECYCLE.moving(nomination, "withdraw", by=by) as move:
        move.note = _said(word, _("Say why this is withdrawn."))
    return move.row


def _require_proposable(nomination: Nomination, by: "User") -> None:
    if policies.is_himself(by, nomination):
        raise Refused(_("Nobody proposes himself. Ask a colleague who may."))
    if not policies.can_propose(by, nomination):
        raise Refused(_("Your post does not allow this."))
    if nomination.to_on and nomination.to_on < nomination.from_on:
        words = _("The last day is before the first.")
        raise Refused(words, fields={"to_on": words})


def _open_twin(nomination: Nomination) -> bool:
    """Whether just this is open already (a double click, an answer that never arrived)."""
    same = (
        Nomination.objects.open()
        .filter(
            post_kind=nomination.post_kind,
            region=nomination.region,
            project=nomination.project,
            team=nomination.team,
            crew=nomination.crew,
            person=nomination.person,
        )
        .exclude(pk=nomination.pk or 0)
    )
    return any(twin.name == nomination.name and twin.phone == nomination.phone for twin in same)


def _induction_problems(induction: Induction, topics: list[str]) -> dict[str, str]:
    problems = {}
    if not induction.method:
        problems["method"] = _("Say how it was done.")
    if induction.on is None:
        problems["on"] = _("Say on which day.")
    elif induction.on > timezone.localdate():
        problems["on"] = _("The induction cannot lie in the future.")
    if not induction.result.strip():
        problems["result"] = _("Say with what result.")
    if len(topics) < len(Nomination.TOPICS) and not induction.word.strip():
        problems["word"] = _("Not every topic is ticked. Say in a word why.")
    return problems


def _appoint(move: Moving, appointment: Appointment, letter: Attachment | None, by: "User") -> None:
    row: Nomination = move.row
    problems = {}
    if not appointment.document_no.strip():
        problems["document_no"] = _("An appointment has a document number.")
    if appointment.to_on and appointment.to_on < appointment.from_on:
        problems["to_on"] = _("The last day is before the first.")
    if problems:
        raise Refused(next(iter(problems.values())), fields=problems)
    row.document_no, row.letter = appointment.document_no.strip(), letter
    row.from_on, row.to_on = appointment.from_on, appointment.to_on
    row.treatment_level = appointment.treatment_level
    begin_post(row, by=by)


def _kept(upload: UploadedFile | None, by: "User") -> Attachment | None:
    """What cannot be kept is said at its field."""
    if upload is None:
        return None
    try:
        return keep_document(upload, by=by)
    except Refused as refusal:
        raise Refused(refusal.message, fields={"letter": refusal.message}) from refusal


def _said(word: str, otherwise: str) -> str:
    if not word.strip():
        raise Refused(otherwise, fields={"word": otherwise})
    return word.strip()
