"""When a case is due, and how that is said.

The time runs from dispatch, in working days with make-up days (core/workdays.py), or in hours for what cannot wait. A row of
DeadlineRule for the category holds before the one for its severity alone. Whatever moves a deadline on counts working days as
well, so that no holiday and no override ever brings one nearer.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from core.deadlines import day_and_time, left
from core.refusals import Refused
from core.workdays import WorkingDays
from feedback.models import Case, DeadlineRule

MOST_WAITING = 5  # working days for which the clock stops while the worker is asked
DISPATCH_DAYS = 1  # working days from registration (107b)
Status = Case.Status

# Which clocks run in which state. While the worker is asked none does; from the settlement on none is left.
RUNNING: dict[str, tuple[str, ...]] = {
    Status.ROUTED: ("accept", "answer", "settle"),
    Status.REFUSED: ("answer", "settle"),
    Status.ACCEPTED: ("answer", "settle"),
    Status.UNDER_REVIEW: ("answer", "settle"),
    Status.ANSWERED: ("settle",),
}


@dataclass(frozen=True, slots=True)
class Deadlines:
    accept_due_at: datetime
    answer_due_at: datetime
    settle_due_at: datetime


@dataclass(frozen=True, slots=True)
class Due:
    """The clock that matters now. `clock`: dispatch, accept, answer, settle or ""; `state`: "late", "today", "stopped" or ""."""

    words: str = ""
    state: str = ""
    clock: str = ""
    at: datetime | None = None

    @property
    def is_late(self) -> bool:
        return self.state == "late"


def rule_for(case: Case) -> DeadlineRule:
    """Raises Refused where headquarters has not said how long such a case may take."""
    fitting = DeadlineRule.objects.filter(Q(category=None) | Q(category=case.category_id), severity=case.severity)
    rule = fitting.order_by(F("category").asc(nulls_last=True)).first()
    if rule is None:
        raise Refused(_("No deadline is set for this severity. Ask headquarters to set one."))
    return rule


def deadlines(rule: DeadlineRule, at: datetime, workdays: WorkingDays) -> Deadlines:
    """The deadlines of what is dispatched at `at`."""
    day = timezone.localdate(at)
    answer = at + timedelta(hours=rule.answer_hours) if rule.answer_hours else workdays.due_at(day, rule.answer_days or 0)
    return Deadlines(workdays.due_at(day, rule.accept_days), answer, workdays.due_at(day, rule.settle_days))


def later(due: datetime, days: int, workdays: WorkingDays) -> datetime:
    """`due`, so many working days later at the same time of day; never earlier."""
    if days <= 0:
        return due
    local = timezone.localtime(due)
    return due + (workdays.add(local.date(), days) - local.date())


def waited(since: datetime, until: datetime, workdays: WorkingDays) -> int:
    """The working days for which the clock stood still, five at most."""
    days = workdays.between(timezone.localdate(since), timezone.localdate(until))
    return min(max(days, 0), MOST_WAITING)


def waits_until(since: datetime, workdays: WorkingDays) -> datetime:
    """When a case that waits for the worker goes on by itself."""
    return later(since, MOST_WAITING, workdays)


def dispatch_due_at(case: Case, workdays: WorkingDays) -> datetime:
    """By when somebody is to route a registered case."""
    return workdays.due_at(case.registered_on, DISPATCH_DAYS)


def broken_at(due_on: date) -> datetime:
    """From when on a promise is late: the end of its day."""
    return timezone.make_aware(datetime.combine(due_on + timedelta(days=1), time()))


def running(case: Case) -> dict[str, datetime]:
    """The clocks that run now: name → deadline, the nearest duty first."""
    found = {clock: getattr(case, f"{clock}_due_at") for clock in RUNNING.get(case.status, ())}
    return {clock: due for clock, due in found.items() if due is not None}


def start(case: Case, at: datetime) -> None:
    """Start the clocks of the case in hand, if they never were: the first deadlines are written once."""
    if case.routed_at is not None:
        return
    due = deadlines(rule_for(case), at, WorkingDays.load())
    case.routed_at, case.accept_due_at = at, due.accept_due_at
    case.answer_due_at, case.first_answer_due_at = due.answer_due_at, due.answer_due_at
    case.settle_due_at, case.first_settle_due_at = due.settle_due_at, due.settle_due_at


def write_breaches(case: Case, now: datetime, *, asking_counts: bool = True) -> None:
    """Write, once, when a clock that runs was missed: the moment of the deadline, on the row in hand.

    While more time is asked for nothing is late yet (`asking_counts`): the decision says which deadline holds.
    """
    asked = set()
    if asking_counts and case.status in RUNNING:
        asked = {extension.clock for extension in case.extensions.all() if extension.is_given is None}
    for clock, due in running(case).items():
        if due < now and clock not in asked and getattr(case, f"{clock}_breached_at") is None:
            setattr(case, f"{clock}_breached_at", due)


def due_of(case: Case, now: datetime, workdays: WorkingDays) -> Due:
    """The next duty, how long is left, or since when it is late."""
    if case.status == Status.WAITING and case.waiting_since is not None:
        end = waits_until(case.waiting_since, workdays)
        return Due(_("The clock stands still until %(when)s") % {"when": day_and_time(end)}, "stopped", "", end)
    clocks = running(case)
    if case.status == Status.REGISTERED:
        clocks = {"dispatch": dispatch_due_at(case, workdays)}
    if not clocks:
        return Due()
    clock = next(iter(clocks))
    found = left(clocks[clock], now, workdays)
    return Due(found.words, found.state, clock, clocks[clock])
