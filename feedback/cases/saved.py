"""The saved views of the list of cases: mine, to route, unanswered, overdue, … Each is a condition, so that one query counts all.

What is mine follows the sights: a unit deals with a case (lead), or supervises it; both are asked through the person's own posts.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Count, DateTimeField, F, IntegerField, Q, Value, When
from django.db.models.functions import Coalesce, ExtractDay, ExtractMonth, ExtractYear
from django.utils import timezone
from django.utils.translation import pgettext_lazy

from core.roles import MANAGING_DEPARTMENTS, READERS, Role
from core.workdays import WorkingDays
from feedback.cases.clock import DISPATCH_DAYS
from feedback.cases.policies import FOR_THE_LEAD, HEADQUARTERS_DECIDES
from feedback.models import Case, CaseExtension, CaseSight, Promise, Tier
from feedback.querysets import CaseQuerySet, sights_of

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    from accounts.models import User

S, Part = Case.Status, CaseSight.Part
TO_ROUTE = (S.REGISTERED, S.REFUSED)
WITHIN = timedelta(days=7)
# A case without a deadline stands behind those that have one.
NEVER = datetime(9999, 1, 1, tzinfo=UTC)
NONE = Q(pk__in=())
# A promise in an answer that nobody has approved yet is no promise.
GIVEN = Q(case__replied_at__isnull=False, given_at__lte=F("case__replied_at"))


@dataclass(frozen=True, slots=True)
class SavedView:
    """`condition(user, now)` on Case; `order` for keyset paging over the columns and the annotations of `in_order`."""

    key: str
    label: "_StrPromise"
    condition: Callable[["User", datetime], Q]
    order: tuple[str, ...] = ("due", "number")


def _seen_as(user: "User", *parts: Part) -> Q:
    """Cases in which one of the person's units has one of these parts."""
    return Q(pk__in=CaseSight.objects.filter(sights_of(user.scope), part__in=parts).values("case"))


def _if(condition: bool) -> Q:
    return Q() if condition else NONE


def mine(user: "User", now: datetime) -> Q:
    """What waits for this person: his units deal with it, or it waits for his judgement (the rules are in policies.py)."""
    if user.scope.roles <= READERS:
        return NONE
    acts = _seen_as(user, Part.LEAD) & Q(status__in=FOR_THE_LEAD)
    goes_and_sees = _seen_as(user, Part.LOCAL) & Q(status=S.ANSWERED)
    return Q(lead=None) & (acts | goes_and_sees | _to_dispatch(user) | _to_review(user) | _to_extend(user))


def _to_dispatch(user: "User") -> Q:
    """Those that are somebody's turn to route; headquarters could route all, and must where nobody else can."""
    second_refusal = Q(refusals__gte=HEADQUARTERS_DECIDES) & _if(user.scope.holds(*MANAGING_DEPARTMENTS))
    turn = _seen_as(user, Part.SUPERVISOR, Part.LOCAL) & Q(refusals__lt=HEADQUARTERS_DECIDES)
    return Q(status__in=TO_ROUTE) & (turn | second_refusal)


def _to_review(user: "User") -> Q:
    """Never one's own answer. A department's is judged by the project coordinator too, a final reply by headquarters alone."""
    by_department = CaseSight.objects.filter(part=Part.LEAD, tier=Tier.DEPARTMENT).values("case")
    judges = _seen_as(user, Part.SUPERVISOR) | (_seen_as(user, Part.LOCAL) & Q(pk__in=by_department))
    final = Q(is_final=True) & _if(user.scope.holds(*MANAGING_DEPARTMENTS))
    return Q(status=S.UNDER_REVIEW) & ~Q(replied_by=user.pk) & ((Q(is_final=False) & judges) | final)


def _to_extend(user: "User") -> Q:
    asked = CaseExtension.objects.filter(is_given=None).exclude(asked_by=user.pk).values("case")
    return _seen_as(user, Part.SUPERVISOR) & Q(pk__in=asked)


def to_route(user: "User", now: datetime) -> Q:
    """All that this person may route: headquarters every case that it sees."""
    if user.scope.holds(*MANAGING_DEPARTMENTS):
        return Q(lead=None, status__in=TO_ROUTE)
    if user.scope.roles <= READERS | {Role.LIAISON}:
        return NONE
    return Q(lead=None) & _to_dispatch(user)


def unanswered(user: "User", now: datetime) -> Q:
    return Q(status__in=Case.UNANSWERED)


def overdue(user: "User", now: datetime) -> Q:
    """A deadline of what comes next is over; whether somebody has been reminded yet makes no difference."""
    late_to_dispatch = Q(status=S.REGISTERED, registered_on__lte=_last_day_to_be_late(now))
    late_to_accept = Q(status=S.ROUTED, accept_due_at__lt=now)
    running = [status for status in Case.UNANSWERED if status != S.WAITING]
    late_to_answer = Q(status__in=running, answer_due_at__lt=now)
    late_to_settle = Q(status=S.ANSWERED, settle_due_at__lt=now)
    return late_to_dispatch | late_to_accept | late_to_answer | late_to_settle


def _last_day_to_be_late(now: datetime) -> date:
    """What was registered on this day or before should have been dispatched by now."""
    workdays, day = WorkingDays.load(), timezone.localdate(now)
    while workdays.due_at(day, DISPATCH_DAYS) >= now:
        day -= timedelta(days=1)
    return day


def reopened(user: "User", now: datetime) -> Q:
    return Q(redos__gt=0)


def promised(user: "User", now: datetime) -> Q:
    return Q(pk__in=Promise.objects.filter(promises_due(now)).values("case"))


def promises_due(now: datetime) -> Q:
    """Promises that were given (not merely drafted), are not kept, and fall due within a week or are late."""
    return GIVEN & Q(kept_on=None, due_on__lte=timezone.localdate(now + WITHIN))


def supervised(user: "User") -> Q:
    """Cases that one of the person's units supervises; nobody who only reads."""
    return NONE if user.scope.roles <= READERS else _seen_as(user, Part.SUPERVISOR)


def everything(user: "User", now: datetime) -> Q:
    return Q()


NEWEST_FIRST, OLDEST_FIRST = ("age", "number"), ("registered_on", "number")
VIEWS: dict[str, SavedView] = {
    view.key: view
    for view in (
        SavedView("mine", pgettext_lazy("saved view", "For me to do"), mine),
        SavedView("to-route", pgettext_lazy("saved view", "To dispatch"), to_route, OLDEST_FIRST),
        SavedView("unanswered", pgettext_lazy("saved view", "Unanswered"), unanswered),
        SavedView("overdue", pgettext_lazy("saved view", "Overdue"), overdue),
        SavedView("reopened", pgettext_lazy("saved view", "Done again"), reopened, NEWEST_FIRST),
        SavedView("promised", pgettext_lazy("saved view", "Promises due"), promised),
        SavedView("all", pgettext_lazy("saved view", "All"), everything, NEWEST_FIRST),
    )
}


def counts(cases: CaseQuerySet, user: "User", now: datetime) -> dict[str, int]:
    """View → number, of cases that came from `visible_to(user)`, in one query."""
    wanted = {key.replace("-", "_"): Count("pk", filter=view.condition(user, now)) for key, view in VIEWS.items()}
    found = cases.order_by().aggregate(**wanted)
    return {key: found[key.replace("-", "_")] for key in VIEWS}


def in_order(cases: CaseQuerySet) -> Any:
    """Annotates `due` (what comes next is due then) and `age` (smaller is newer), which keyset paging walks along."""
    upcoming = models.Case(
        When(status=S.ROUTED, then=F("accept_due_at")),
        When(status__in=Case.UNANSWERED, then=F("answer_due_at")),
        When(status=S.ANSWERED, then=F("settle_due_at")),
        output_field=DateTimeField(),
    )
    day = ExtractYear("registered_on") * 10_000 + ExtractMonth("registered_on") * 100 + ExtractDay("registered_on")
    age = Value(0, output_field=IntegerField()) - day
    return cases.annotate(due=Coalesce(upcoming, Value(NEVER, output_field=DateTimeField())), age=age)
