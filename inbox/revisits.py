"""Revisits on the home page: for whoever was asked to go, and for whoever has to ask somebody."""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import formats
from django.utils.translation import gettext as _

from accounts.models import User
from core.roles import MANAGING_DEPARTMENTS, Role
from core.workdays import WorkingDays, end_of_office
from feedback.cases.standing import supervises
from feedback.models import Case, Revisit
from inbox.due import DueItem

MOST = 50
SUPERVISING = MANAGING_DEPARTMENTS | {Role.REGIONAL_COORDINATOR}
LOOKED_AT = ("case__sights__department", "case__accused__department")


def revisits_to_make(user: User, now: datetime, workdays: WorkingDays) -> Iterator[DueItem]:
    for revisit in _open(user).filter(asked=user.pk)[:MOST]:
        yield _item(revisit, _("Go and ask on site: %(what)s"))


def revisits_to_assign(user: User, now: datetime, workdays: WorkingDays) -> Iterator[DueItem]:
    """Nobody has been asked yet: for the region's coordinator, and where that is barred for headquarters."""
    if not user.scope.holds(*SUPERVISING):
        return
    for revisit in _open(user).filter(asked=None).prefetch_related(*LOOKED_AT)[:MOST]:
        if _is_his(user, revisit.case):
            yield _item(revisit, _("Ask somebody to revisit: %(what)s"))


def revisits_to_decide(user: User, now: datetime, workdays: WorkingDays) -> Iterator[DueItem]:
    """Somebody went who may not move the case himself: whoever supervises it does."""
    if not user.scope.holds(*SUPERVISING):
        return
    waiting = Revisit.objects.visible_to(user).filter(is_settled__isnull=False, case__status=Case.Status.REVISITING)
    for revisit in _listed(waiting.filter(is_sample=False)).prefetch_related(*LOOKED_AT)[:MOST]:
        if revisit.round == revisit.case.redos and _is_his(user, revisit.case):
            words = (
                _("Revisited and found settled, close it: %(what)s")
                if revisit.is_settled
                else _("Revisited, not settled: %(what)s")
            )
            yield _item(revisit, words)


def _open(user: User) -> QuerySet[Revisit]:
    return _listed(Revisit.objects.visible_to(user).filter(is_settled=None))


def _listed(found: QuerySet[Revisit]) -> QuerySet[Revisit]:
    return found.select_related("case__project", "case__region").defer("case__words", "case__reply").order_by("due_on", "pk")


def _is_his(user: User, case: Case) -> bool:
    """Headquarters supervises everything; it is asked where no region does."""
    if not supervises(user, case):
        return False
    by_region = any(sight.tier == "region" for sight in case.sights.all())
    return not by_region or user.scope.holds(Role.REGIONAL_COORDINATOR)


def _item(revisit: Revisit, words: str) -> DueItem:
    due_at = end_of_office(revisit.due_on)
    return DueItem(
        what=words % {"what": revisit.case.title},
        where=str(revisit.case.project or revisit.case.region or ""),
        url=reverse("revisit", args=[revisit.pk]),
        left=_("Due %(when)s") % {"when": formats.date_format(revisit.due_on, "MONTH_DAY_FORMAT")},
        due_at=due_at,
    )


REVISITS = (revisits_to_make, revisits_to_assign, revisits_to_decide)
