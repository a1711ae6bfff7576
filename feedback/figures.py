"""Figures of cases: how many there were, how many got their answer, how many are settled, and in time.

A rate is two figures: 回音率 is `cases_answered` of `cases_to_answer`, 落实率 `cases_settled` of `cases_to_settle`, in time
`cases_answered_in_time` of `cases_to_answer`, promises kept `promises_kept` of `promises_due`. All are counted for a reader:
whoever may not see a case finds no trace of it in any number (AC-13).
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.months import Month
from core.scope import Level
from feedback.cases.disputes import DISPUTES, WAGES
from feedback.cases.saved import GIVEN
from feedback.models import Case, CaseEvent, Promise
from figures.registry import Column, Direction, Figure, Unit, as_of, figures

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

OF_CASE = {Level.REGION: "region", Level.PROJECT: "project"}
OF_PROMISE = {Level.REGION: "case__region", Level.PROJECT: "case__project"}
CASE_COLUMNS = (
    Column(_("Case number"), lambda row: row.number, lambda row: reverse("case", args=[row.number])),
    Column(_("In a line"), lambda row: row.title),
    Column(_("Project"), lambda row: row.project or row.region or ""),
    Column(_("Category"), lambda row: row.category),
    Column(_("State"), lambda row: row.get_status_display()),
    Column(_("Registered on"), lambda row: row.registered_on),
)
PROMISE_COLUMNS = (
    Column(_("Promise"), lambda row: row.text, lambda row: reverse("case", args=[row.case.number])),
    Column(_("Who does it"), lambda row: row.who),
    Column(_("By when"), lambda row: row.due_on),
    Column(_("Kept on"), lambda row: row.kept_on or ""),
    Column(_("Project"), lambda row: row.case.project or row.case.region or ""),
)


Rows = Callable[[Month], Any]


def registered(month: Month) -> Any:
    return Case.objects.filter(registered_on__range=(month.first, month.last)).for_list()


def until_now(month: Month, field: str) -> Q:
    """In the month, as far as it has gone."""
    return Q(**{f"{field}__date__range": (month.first, as_of(month))})


def to_answer(month: Month) -> Any:
    return Case.objects.filter(until_now(month, "first_answer_due_at")).for_list()


def to_settle(month: Month) -> Any:
    """A final reply says that there is nothing to settle."""
    due = Case.objects.filter(until_now(month, "first_settle_due_at"))
    return due.exclude(status=Case.Status.FINAL_REPLY).for_list()


def overdue(month: Month) -> Any:
    """A deadline was missed in the month: a fact, whatever came afterwards."""
    return Case.objects.filter(until_now(month, "answer_breached_at") | until_now(month, "settle_breached_at")).for_list()


def redone(month: Month) -> Any:
    redos = CaseEvent.objects.filter(until_now(month, "at"), verb="redo").values("case")
    return Case.objects.filter(pk__in=redos).for_list()


def open_then(month: Month) -> Any:
    """Registered by the last day counted, and not closed by then."""
    day = as_of(month)
    return Case.objects.filter(Q(closed_at=None) | Q(closed_at__date__gt=day), registered_on__lte=day).for_list()


def promises(month: Month) -> Any:
    return _given().filter(due_on__range=(month.first, as_of(month)))


def promises_made(month: Month) -> Any:
    return _given().filter(until_now(month, "given_at"))


def _given() -> Any:
    return Promise.objects.filter(GIVEN).select_related("case__project", "case__region")


@dataclass(frozen=True, slots=True)
class Told:
    """What a figure is called and what it counts."""

    key: str
    label: "_StrPromise"
    definition: "_StrPromise"
    rows: Rows
    direction: Direction = Direction.NEITHER


MORE, LESS = Direction.MORE_IS_BETTER, Direction.MORE_IS_WORSE
OF_CASES = (
    Told("cases_registered", _("Cases registered"), _("Cases registered in the month, whatever way they came."), registered),
    Told(
        "cases_open",
        _("Cases open"),
        _("Cases registered and not closed, on the last day of the month (today, while it runs)."),
        open_then,
    ),
    Told(
        "cases_to_answer",
        _("Cases due to be answered"),
        _("Cases whose first deadline for the answer fell into the month: of these the answer rate is taken."),
        to_answer,
    ),
    Told(
        "cases_answered",
        _("Cases answered"),
        _("Of the cases due to be answered in the month: those whose answer has reached the worker."),
        lambda month: to_answer(month).filter(delivered_at__isnull=False),
        MORE,
    ),
    Told(
        "cases_answered_in_time",
        _("Cases answered in time"),
        _("Of the cases due to be answered in the month: those whose answer was approved before its deadline."),
        lambda month: to_answer(month).filter(replied_at__isnull=False, answer_breached_at=None),
        MORE,
    ),
    Told(
        "cases_to_settle",
        _("Cases due to be settled"),
        _("Cases whose first deadline for the settlement fell into the month; a final reply leaves nothing to settle."),
        to_settle,
    ),
    Told(
        "cases_settled",
        _("Cases settled"),
        _("Of the cases due to be settled in the month: those that somebody saw settled on site."),
        lambda month: to_settle(month).filter(settled_on__isnull=False),
        MORE,
    ),
    Told(
        "cases_overdue",
        _("Cases that missed a deadline"),
        _("Cases that missed the deadline for answer or settlement in the month."),
        overdue,
        LESS,
    ),
    Told("cases_redone", _("Cases done again"), _("Cases that were sent to be done again in the month."), redone, LESS),
    Told(
        "disputes",
        _("Disputes"),
        _("Disputes registered in the month."),
        lambda month: registered(month).filter(DISPUTES),
        LESS,
    ),
    Told(
        "wage_cases",
        _("Cases about wages"),
        _("Cases about wages, measurement and payment registered in the month."),
        lambda month: registered(month).filter(WAGES),
        LESS,
    ),
)
OF_PROMISES = (
    Told("promises_made", _("Promises made"), _("Promises given in the month, in answers that were approved."), promises_made),
    Told("promises_due", _("Promises due"), _("Promises that fell due in the month."), promises),
    Told(
        "promises_kept",
        _("Promises kept"),
        _("Of the promises due in the month: those that a photo shows as kept."),
        lambda month: promises(month).filter(kept_on__isnull=False),
        MORE,
    ),
)


def _declare(told: Told, unit: Unit, paths: dict[Level, str], columns: tuple[Column, ...], order: tuple[str, ...]) -> None:
    figures.add(
        Figure(
            key=told.key,
            label=told.label,
            unit=unit,
            definition=told.definition,
            rows=told.rows,
            paths=paths,
            columns=columns,
            order=order,
            direction=told.direction,
            for_reader=True,
        )
    )


for told in OF_CASES:
    _declare(told, Unit.CASES, OF_CASE, CASE_COLUMNS, ("number",))
for told in OF_PROMISES:
    _declare(told, Unit.PROMISES, OF_PROMISE, PROMISE_COLUMNS, ("due_on", "pk"))
