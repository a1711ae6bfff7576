"""The ladder: what the calendar does to open cases. It adds notices and people, and rewrites nothing that happened.

    a working day before      reminded
    the working day after     copied to the superior of whoever deals with it
    five working days later   listed

    plan = planned(now)     what there is to do; reads only
    carry_out(plan)         does it; twice, or two at once, is the same as once

The moment of a missed deadline is written whenever it is noticed, and is always the deadline itself. Notices are made in office
hours alone: nobody is reminded at night.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, time

from django.db import models, transaction
from django.db.models import F, Q
from django.utils import timezone

from core.moves import CLOCK
from core.refusals import Refused
from core.workdays import END_OF_DAY, WorkingDays
from feedback.cases import workflow
from feedback.cases.clock import RUNNING, broken_at, dispatch_due_at, running, waits_until
from feedback.cases.workflow.sights import tell_superior
from feedback.models import Case, CaseExtension, CaseNotice, Promise

START_OF_DAY = time(9)
REMINDED_BEFORE, COPIED_AFTER, LISTED_AFTER = 1, 1, 6  # working days from the deadline: listed five after it was copied
SEALED = ("words", "reply")  # encrypted, and of no concern to the calendar
CLOCKS = ("accept", "answer", "settle")
Status, Step = Case.Status, CaseNotice.Step


@dataclass(frozen=True, slots=True)
class Notice:
    case: Case
    clock: str
    step: str
    due_at: datetime


@dataclass(frozen=True, slots=True)
class Plan:
    """What there is to do at `at`: breaches as (clock, case number), promises broken, cases that wait no longer, notices."""

    at: datetime
    breaches: list[tuple[str, str]] = field(default_factory=list)
    broken: list[Promise] = field(default_factory=list)
    resumed: list[Case] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)


def planned(now: datetime) -> Plan:
    """What is to be done now. Writes nothing."""
    workdays = WorkingDays.load()
    breaches = [(clock, number) for clock in CLOCKS for number in missed(clock, now).values_list("number", flat=True)]
    waiting = Case.objects.filter(status=Status.WAITING, waiting_since__isnull=False).order_by("pk")
    resumed = [case for case in waiting if case.waiting_since and waits_until(case.waiting_since, workdays) <= now]
    notices = _notices(now, workdays) if in_office_hours(now, workdays) else []
    return Plan(now, breaches, list(broken_promises(now)), resumed, notices)


def carry_out(plan: Plan) -> None:
    """Do what was planned. Each step asks anew whether it still holds, so whoever came first has done it."""
    for clock in CLOCKS:
        missed(clock, plan.at).update(**{f"{clock}_breached_at": F(f"{clock}_due_at")})
    for promise in plan.broken:
        Promise.objects.filter(pk=promise.pk, kept_on=None, broken_at=None).update(broken_at=broken_at(promise.due_on))
    for case in plan.resumed:
        _resume(case)
    for notice in plan.notices:
        _give(notice, plan.at)


def missed(clock: str, now: datetime) -> "models.QuerySet[Case]":
    """The cases whose running clock has passed its deadline unwritten, and for which no more time is asked."""
    states = [status for status, clocks in RUNNING.items() if clock in clocks]
    asked = CaseExtension.objects.filter(is_given=None, clock=clock).values("case")
    late = Case.objects.filter(**{"status__in": states, f"{clock}_due_at__lt": now, f"{clock}_breached_at": None})
    return late.exclude(pk__in=asked)


def broken_promises(now: datetime) -> "models.QuerySet[Promise]":
    """Given, not kept, and their day is over."""
    given = Q(case__replied_at__isnull=False, given_at__lte=F("case__replied_at"))
    return Promise.objects.filter(given, kept_on=None, broken_at=None, due_on__lt=timezone.localdate(now)).order_by("pk")


def in_office_hours(now: datetime, workdays: WorkingDays) -> bool:
    local = timezone.localtime(now)
    return workdays.is_working(local.date()) and START_OF_DAY <= local.time() < END_OF_DAY


def _notices(now: datetime, workdays: WorkingDays) -> list[Notice]:
    """The steps that are due and not taken yet. Past a deadline for which more time is asked, the decision is waited for."""
    asked = set(CaseExtension.objects.filter(is_given=None).values_list("case", "clock"))
    steps = [
        Notice(case, clock, step, due_at)
        for case, clock, due_at in _duties(workdays)
        if now <= due_at or (case.pk, clock) not in asked
        for step in steps_due(due_at, now, workdays, only_listed=clock == "report")
    ]
    rows = CaseNotice.objects.filter(case__in={notice.case.pk for notice in steps})
    taken = set(rows.values_list("case", "clock", "step", "due_at"))
    return [each for each in steps if (each.case.pk, each.clock, each.step, each.due_at) not in taken]


def steps_due(due_at: datetime, now: datetime, workdays: WorkingDays, *, only_listed: bool = False) -> list[str]:
    """The steps that a deadline has reached. A reminder is for what is not late yet; a missing after-report is listed at once."""
    if only_listed:
        return [Step.LISTED] if now > due_at else []
    due, today = timezone.localdate(due_at), timezone.localdate(now)
    if now <= due_at:
        return [Step.REMINDED] if workdays.between(today, due) <= REMINDED_BEFORE else []
    late = workdays.between(due, today)
    return [step for step, after in ((Step.COPIED, COPIED_AFTER), (Step.LISTED, LISTED_AFTER)) if late >= after]


def _duties(workdays: WorkingDays) -> Iterator[tuple[Case, str, datetime]]:
    """(case, clock, deadline) of all that is owed. What follows another case is dealt with there."""
    for case in Case.objects.open().leading().defer(*SEALED).order_by("pk"):
        if case.status == Status.REGISTERED:
            yield case, "dispatch", dispatch_due_at(case, workdays)
        for clock, due_at in running(case).items():
            yield case, clock, due_at
    yield from _promised()
    reports = Case.objects.filter(after_report_due_at__isnull=False, after_reported_at=None).defer(*SEALED).order_by("pk")
    for case in reports:
        if case.after_report_due_at is not None:
            yield case, "report", case.after_report_due_at


def _promised() -> Iterator[tuple[Case, str, datetime]]:
    given = Q(case__replied_at__isnull=False, given_at__lte=F("case__replied_at"))
    seen = set()
    for promise in Promise.objects.filter(given, kept_on=None).select_related("case").order_by("pk"):
        duty = (promise.case_id, broken_at(promise.due_on))
        if duty not in seen:  # two promises of one day are one notice
            seen.add(duty)
            yield promise.case, "promise", broken_at(promise.due_on)


def _resume(case: Case) -> None:
    """Whoever answered or went on in between has done it already."""
    try:
        workflow.resume(case, by=CLOCK)
    except Refused:
        return


def _give(notice: Notice, at: datetime) -> None:
    """Unless it was done in between."""
    with transaction.atomic():
        case = Case.objects.select_for_update().get(pk=notice.case.pk)
        if notice.clock in CLOCKS and running(case).get(notice.clock) != notice.due_at:
            return
        _row, is_new = CaseNotice.objects.get_or_create(
            case=case, clock=notice.clock, step=notice.step, due_at=notice.due_at, defaults={"at": at}
        )
        if is_new and notice.step == Step.COPIED:
            tell_superior(case)


def in_lines(plan: Plan) -> Iterable[str]:
    """The plan as a list, for whoever tries it out first: numbers of cases, never what they say."""
    yield from (f"{number} {clock}_breached_at" for clock, number in plan.breaches)
    yield from (f"{promise.case.number} broken_at" for promise in plan.broken)
    yield from (f"{case.number} resume" for case in plan.resumed)
    yield from (f"{notice.case.number} {notice.clock} {notice.step}" for notice in plan.notices)
