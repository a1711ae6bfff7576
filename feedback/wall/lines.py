"""What stands on a team's reply sheet (回音墙), and what may be read aloud to it.

    matter of the team, answered ─┬─ may be said to all ─▶ item code, title, answer, promises, until it is delivered
                                  │                        and its promises are kept
                                  └─ may not (sensitive, from the workers' page, straight to the company, names somebody)
                                       ─▶ 「已单独回复」 beside its code, in the month in which that happened

Never who spoke, and never a word of his: the line is the staff's title of the matter.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from core.months import Month
from feedback.models import Case, CaseAccused, CaseSight, FeedbackItem, Promise, Tier
from labour_teams.models import LabourTeam

S = Case.Status
REPLIED = (S.ANSWERED, S.REVISITING, S.CLOSED, S.FINAL_REPLY)
TAIL = 5  # characters of a case number that stand for it where there is no slip


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the sheet; `reply` is the answer with its promises, each on a line of its own, and empty if `is_apart`."""

    case: Case
    is_apart: bool = False
    title: str = ""
    reply: str = ""

    @property
    def code(self) -> str:
        return code_of(self.case)


def code_of(case: Case) -> str:
    """What whoever asked knows his matter by: the code on his slip, or the end of its number."""
    return case.item_code or case.number[-TAIL:]


def sayable(teams: Iterable[LabourTeam | int]) -> QuerySet[Case]:
    """Answered matters that may be said to everybody in the team: the project sees them, and they name nobody."""
    shown = CaseSight.objects.filter(case=OuterRef("pk"), tier=Tier.PROJECT, project=OuterRef("project"))
    named = CaseAccused.objects.filter(case=OuterRef("pk"))
    answered = Case.objects.filter(team__in=teams, status__in=REPLIED, is_sensitive=False, is_direct=False)
    return answered.exclude(origin=Case.Origin.QR).filter(Exists(shown), ~Exists(named))


def still_to_say(teams: Iterable[LabourTeam | int]) -> QuerySet[Case]:
    """Of those, what has reached nobody yet, or promises something that is not done."""
    owed = Promise.objects.filter(case=OuterRef("pk"), kept_on=None)
    return sayable(teams).filter(Q(delivered_at=None) | Exists(owed))


def unsaid(teams: Iterable[LabourTeam | int]) -> QuerySet[Case]:
    """Of those, what has reached nobody and stands on no printed sheet that waits to be hung."""
    waiting = FeedbackItem.objects.filter(case=OuterRef("pk"), is_apart=False, sheet__posted_at=None)
    return sayable(teams).filter(~Exists(waiting), delivered_at=None)


def lines_of(team: LabourTeam, month: Month, by: Any) -> list[Line]:
    """The lines that a sheet of the running month would have if `by` printed it now, in the order of registration."""
    kept = Promise.objects.filter(case=OuterRef("pk"), kept_on__gte=month.first, kept_on__lt=month.after)
    owed = Promise.objects.filter(case=OuterRef("pk"), kept_on=None)
    fresh = Q(delivered_at=None) | _delivered_in(month)
    seen = Case.objects.visible_to(by).filter(team=team).values("pk")
    said = sayable([team]).filter(fresh | Exists(kept) | Exists(owed), pk__in=seen)
    return [*_said(_in_order(said)), *_apart(team, month, by)]


def reading_of(team: LabourTeam) -> list[Line]:
    """What a liaison has to read to his crew now."""
    return _said(_in_order(still_to_say([team])))


def _said(cases: Iterable[Case]) -> list[Line]:
    return [Line(case, title=case.title, reply=_reply_of(case)) for case in cases]


def _apart(team: LabourTeam, month: Month, by: Any) -> list[Line]:
    """Matters of which the sheet says no more than that they were answered; the answer had another way, and has gone it.

    Of a sensitive one whoever prints knows nothing but the code on the slip: he keyed it himself. One that names somebody
    stands here only if he sees it.
    """
    answered = Case.objects.filter(_delivered_in(month), team=team, status__in=REPLIED)
    seen = answered.filter(pk__in=Case.objects.visible_to(by).values("pk")).exclude(pk__in=sayable([team]).values("pk"))
    named = CaseAccused.objects.filter(case=OuterRef("pk"))
    slips = answered.filter(~Exists(named), is_sensitive=True, is_direct=False, origin=Case.Origin.SURVEY).exclude(item_code="")
    return [Line(case, is_apart=True) for case in _in_order(answered.filter(Q(pk__in=seen) | Q(pk__in=slips)))]


def _delivered_in(month: Month) -> Q:
    return Q(delivered_at__gte=_midnight(month.first), delivered_at__lt=_midnight(month.after))


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def _in_order(cases: QuerySet[Case]) -> QuerySet[Case]:
    promises = Prefetch("promises", Promise.objects.order_by("due_on", "pk"))
    return cases.order_by("registered_on", "number").prefetch_related(promises)


def _reply_of(case: Case) -> str:
    return "\n".join([case.reply, *(_promise_words(promise) for promise in case.promises.all())])


def _promise_words(promise: Promise) -> str:
    facts = {"what": promise.text, "who": promise.who}
    if promise.kept_on:
        return _("Kept on %(day)s: %(what)s (%(who)s)") % {"day": _day(promise.kept_on), **facts}
    return _("Promised by %(day)s: %(what)s (%(who)s)") % {"day": _day(promise.due_on), **facts}


def _day(day: date) -> str:
    return formats.date_format(day, "MONTH_DAY_FORMAT")
