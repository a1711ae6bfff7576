"""延期: more time, asked for before the deadline, within what the rule gives, decided by whoever supervises."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from core.moves import Moving
from core.refusals import Refused
from core.workdays import WorkingDays
from feedback.cases.clock import later, rule_for, running, write_breaches
from feedback.cases.workflow.lifecycle import LIFECYCLE, said
from feedback.models import Case, CaseExtension

if TYPE_CHECKING:
    from accounts.models import User


def ask_extension(case: Case, *, by: "User", clock: str, days: int, reason: str) -> CaseExtension:
    """Ask for so many working days more, for the answer or the settlement. Raises Refused past the deadline or the cap."""
    with LIFECYCLE.moving(case, "ask_extension", by=by) as move:
        _require_in_time(move, clock)
        _require_within(move.row, clock, days)
        reason = said(reason, "reason", _("Say what the time is needed for."))
        extension = CaseExtension.objects.create(
            case=move.row, clock=clock, days=days, reason=reason, asked_by=by, asked_at=move.at
        )
        move.note = f"{extension.get_clock_display()} +{days}: {reason}"
    return extension


def decide_extension(extension: CaseExtension, *, by: "User", is_given: bool, word: str) -> CaseExtension:
    """Give it or not; a no says why. The first deadline stays written on the case."""
    with LIFECYCLE.moving(extension.case, "decide_extension", by=by) as move:
        fresh: CaseExtension = move.row.extensions.get(pk=extension.pk)
        if fresh.is_given is not None:
            raise Refused(_("This was decided already."))
        fresh.is_given, fresh.decided_by, fresh.decided_at = is_given, by, move.at
        fresh.word = word.strip() if is_given else said(word, "word", _("Say why there is no more time."))
        fresh.save()
        if is_given:
            _move_on(move.row, fresh)
        write_breaches(move.row, move.at)  # with a no, what was waiting for the decision is late
        answer = pgettext("more time", "Given") if is_given else pgettext("more time", "Not given")
        move.note = f"{answer}: {fresh.get_clock_display()} +{fresh.days} {fresh.word}".strip()
    return fresh


def _move_on(case: Case, extension: CaseExtension) -> None:
    name = f"{extension.clock}_due_at"
    if (due := getattr(case, name)) is not None:
        setattr(case, name, later(due, extension.days, WorkingDays.load()))


def _require_in_time(move: Moving, clock: str) -> None:
    due = running(move.row).get(clock) if clock in CaseExtension.Clock.values else None
    if move.row.status == Case.Status.WAITING and clock in CaseExtension.Clock.values:
        due = getattr(move.row, f"{clock}_due_at")
    if due is None:
        words = _("This deadline does not run now.")
        raise Refused(words, fields={"clock": words})
    if due <= move.at:
        words = _("The deadline is past. More time is asked for before.")
        raise Refused(words, fields={"clock": words})


def _require_within(case: Case, clock: str, days: int) -> None:
    rule = rule_for(case)
    if not 1 <= days <= rule.extension_days:
        words = _("At most %(days)d working days more.") % {"days": rule.extension_days}
        raise Refused(words, fields={"days": words})
    if case.extensions.filter(clock=clock, is_given=True).count() >= rule.most_extensions:
        words = _("More time was given already, as often as the rule allows.")
        raise Refused(words, fields={"clock": words})
