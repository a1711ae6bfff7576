"""The story of a nomination: its steps, what both sides said, what happened, and what it waits for."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from coordinators.models import Nomination, NominationApproval, NominationEvent

Status = Nomination.Status
WORDS: dict[str, Any] = {
    "propose": pgettext_lazy("nomination", "Proposed"),
    "check": pgettext_lazy("nomination", "Checked"),
    "induct": gettext_lazy("Induction done"),
    "approve": pgettext_lazy("nomination", "Approved"),
    "decide": pgettext_lazy("nomination", "Appointed"),
    "decline": pgettext_lazy("nomination", "Declined"),
    "withdraw": pgettext_lazy("nomination", "Withdrawn"),
    "amend": pgettext_lazy("nomination", "Amended"),
    "add_letter": gettext_lazy("Letter of appointment added"),
}
WAY = ("propose", "check", "induct")


@dataclass(frozen=True, slots=True)
class Step:
    """For includes/_steps.html."""

    word: str
    note: str
    state: str


@dataclass(frozen=True, slots=True)
class Happened:
    event: NominationEvent
    side: str

    @property
    def word(self) -> str:
        return str(WORDS.get(self.event.verb, self.event.verb))


@dataclass(frozen=True, slots=True)
class Approval:
    """One of the two sides, and its yes if it is there."""

    side: str
    given: NominationApproval | None


def steps_of(nomination: Nomination, events: Sequence[NominationEvent]) -> list[Step]:
    """Proposed, checked, inducted, decided; or as far as it came, and how it ended."""
    at = {event.verb: event.at for event in events}
    steps = [Step(str(WORDS[verb]), _day(at[verb]), "done") for verb in WAY if verb in at]
    if nomination.status in (Status.DECLINED, Status.WITHDRAWN):
        return [*steps, Step(nomination.get_status_display(), _day(events[-1].at if events else None), "now")]
    words = {"check": _("To be checked"), "induct": _("Induction to come")}
    steps += [Step(words[verb], "", "") for verb in WAY if verb not in at and verb in words]
    steps.append(_last_step(nomination, events))
    ahead = next((place for place, step in enumerate(steps) if not step.state), None)
    if ahead is not None:
        steps[ahead] = Step(steps[ahead].word, waiting_for(nomination), "now")
    return steps


def _last_step(nomination: Nomination, events: Sequence[NominationEvent]) -> Step:
    if nomination.status == Status.DECIDED:
        word = WORDS["decide"] if nomination.is_appointed else Status.DECIDED.label
        at = next((event.at for event in events if event.to_status == Status.DECIDED), None)
        return Step(str(word), _day(at), "done")
    return Step(_("Appointment") if nomination.is_appointed else _("Yes of both sides"), "", "")


def waiting_for(nomination: Nomination) -> str:
    """Who is to do what next; "" when nobody is. Needs the approvals."""
    personnel, region = _("Party personnel department"), _("Regional coordinator")
    if nomination.status == Status.PROPOSED:
        return personnel if nomination.is_appointed else _("either side")
    if nomination.status == Status.CHECKED:
        return personnel if nomination.is_appointed else region
    if nomination.status != Status.INDUCTED:
        return ""
    if nomination.is_appointed:
        return personnel
    given = {approval.side for approval in nomination.approvals.all()}
    missing = [str(side.label) for side in NominationApproval.Side if side.value not in given]
    return pgettext("between items of a list", ", ").join(missing)


def approvals_of(nomination: Nomination) -> list[Approval]:
    """Both sides, with or without their yes; none for a post that is appointed."""
    if nomination.is_appointed:
        return []
    given = {approval.side: approval for approval in nomination.approvals.all()}
    return [Approval(str(side.label), given.get(side.value)) for side in NominationApproval.Side]


def happened(nomination: Nomination, events: Sequence[NominationEvent]) -> list[Happened]:
    """Newest first; an approval says for which side."""
    sides = {approval.at: str(approval.get_side_display()) for approval in nomination.approvals.all()}
    return [Happened(event, sides.get(event.at, "") if event.verb == "approve" else "") for event in reversed(events)]


def ticked(choices: Sequence[tuple[str, Any]], keys: Sequence[str]) -> list[tuple[Any, bool]]:
    """Each label with whether it is ticked."""
    return [(label, key in keys) for key, label in choices]


def _day(at: datetime | None) -> str:
    return date_format(localtime(at), "SHORT_DATE_FORMAT") if at else ""
