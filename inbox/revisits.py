"""Revisits on the home page: for whoever was asked to go, whoever has to ask somebody, and whoever decides what follows."""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Exists, F, OuterRef, QuerySet
from django.urls import reverse
from django.utils import formats
from django.utils.translation import gettext as _

from accounts.models import User
from core.roles import MANAGING_DEPARTMENTS, Role
from core.workdays import WorkingDays, end_of_office
from feedback.cases import policies
from feedback.cases.intake import can_see_cases
from feedback.cases.standing import is_regional, leads, parts_of, supervises
from feedback.models import Case, CaseEvent, CaseSight, Revisit
from inbox.due import DueItem

MOST = 50
SUPERVISING = MANAGING_DEPARTMENTS | {Role.REGIONAL_COORDINATOR}
LOOKED_AT = ("case__sights__department", "case__accused__department", "case__revisits")
SUPERVISOR = CaseSight.Part.SUPERVISOR
SETTLED = (Case.Status.REVISITING, Case.Status.CLOSED)


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


def samples_to_decide(user: User, now: datetime, workdays: WorkingDays) -> Iterator[DueItem]:
    """A sample found a closed case not settled: for whoever decides, and for whoever dealt with it until he has said a word."""
    if not can_see_cases(user):
        return
    found = Revisit.objects.visible_to(user).filter(is_sample=True, is_settled=False, case__status=Case.Status.CLOSED)
    since = CaseEvent.objects.filter(case=OuterRef("case"), at__gte=OuterRef("done_at"))
    undecided = found.filter(~Exists(since.filter(verb="let_stand")), round=F("case__redos"))
    waiting = undecided.annotate(is_answered=Exists(since.filter(verb="remark", by=user.pk)))
    for revisit in _listed(waiting).prefetch_related(*LOOKED_AT)[:MOST]:
        if _decides(user, revisit.case):
            yield _of_case(revisit, _("Revisited, not settled: have it done again? %(what)s"))
        elif leads(user, revisit.case) and not revisit.is_answered:
            yield _of_case(revisit, _("Revisited, not settled: do it again, or say why not: %(what)s"))


def _open(user: User) -> QuerySet[Revisit]:
    """What can still be asked: not of a case that is done again since, nor of one that is to be settled first."""
    asked = Revisit.objects.visible_to(user).filter(is_settled=None, round=F("case__redos"), case__status__in=SETTLED)
    return _listed(asked)


def _listed(found: QuerySet[Revisit]) -> QuerySet[Revisit]:
    joins = ("case__project", "case__region", "case__settled_by", "case__replied_by", "case__handler")
    return found.select_related(*joins).defer("case__words", "case__reply").order_by("due_on", "pk")


def _is_his(user: User, case: Case) -> bool:
    """Headquarters supervises everything; it is asked where no region does."""
    by_region = any(sight.tier == "region" and sight.part == SUPERVISOR for sight in case.sights.all())
    return supervises(user, case) and (not by_region or SUPERVISOR in parts_of(user, case))


def _decides(user: User, case: Case) -> bool:
    """Whoever supervises; headquarters also where the region's own coordinator saw it settled or answered it."""
    if not policies.can_let_stand(user, case):
        return False
    hands = [person for person in (case.settled_by, case.replied_by, case.handler) if person is not None]
    return _is_his(user, case) or any(is_regional(person, case) for person in hands)


def _of_case(revisit: Revisit, words: str) -> DueItem:
    """On the case's page are both ways on."""
    said = {"what": revisit.case.title}
    where = "·".join(str(part) for part in (revisit.case.project or revisit.case.region, revisit.case.number) if part)
    return DueItem(what=words % said, where=where, url=reverse("case", args=[revisit.case.number]))


def _item(revisit: Revisit, words: str) -> DueItem:
    due_at = end_of_office(revisit.due_on)
    return DueItem(
        what=words % {"what": revisit.case.title},
        where=str(revisit.case.project or revisit.case.region or ""),
        url=reverse("revisit", args=[revisit.pk]),
        left=_("Due %(when)s") % {"when": formats.date_format(revisit.due_on, "MONTH_DAY_FORMAT")},
        due_at=due_at,
    )


REVISITS = (revisits_to_make, revisits_to_assign, revisits_to_decide, samples_to_decide)
