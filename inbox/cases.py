"""Cases that wait for somebody: to dispatch, accept, answer, judge, see settled; promises, after-reports, copied notices."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.models import User
from core.deadlines import day_and_time
from core.workdays import WorkingDays, end_of_office
from feedback.cases import policies, saved
from feedback.cases.clock import due_of
from feedback.cases.intake import can_see_cases
from feedback.cases.urged import urged_first
from feedback.cases.workflow import LIFECYCLE
from feedback.models import Case, CaseNotice, Promise
from inbox.due import DueItem

MOST = 50
# What the policies look at.
LOOKED_AT = ("sights__department", "accused__department", "extensions", "promises", "revisits")


def where_of(case: Case) -> str:
    """As near as it is known, and the number by which everybody calls it."""
    return "·".join(str(part) for part in (case.project or case.region, case.team, case.number) if part)


def cases_to_move(user: User, now: datetime, workdays: WorkingDays) -> Iterator[DueItem]:
    """Those on which this person may take the next step, with the clock that runs for it."""
    if not can_see_cases(user):
        return
    words = {
        "decide_extension": _("More time is asked for: %(title)s"),
        "route": _("Dispatch: %(title)s"),
        "accept": _("Accept or send back: %(title)s"),
        "submit_reply": _("Answer: %(title)s"),
        "approve_reply": _("Judge the answer: %(title)s"),
        "settle": _("Go and see whether it is settled: %(title)s"),
    }
    waiting = Case.objects.visible_to(user).filter(saved.mine(user, now)).for_list().prefetch_related(*LOOKED_AT)
    for case in urged_first(waiting)[:MOST]:
        verb = next((verb for verb in words if LIFECYCLE.may(verb, user, case)), None)
        if verb:
            due = due_of(case, now, workdays)
            yield DueItem(
                what=words[verb] % {"title": case.title},
                where=where_of(case),
                url=reverse("case", args=[case.number]),
                left=due.words,
                due_at=due.at,
                urged=_urged(case),
            )


def _urged(case: Any) -> str:
    """Who urged it, when, and his word."""
    if case.urged_at is None:
        return ""
    said = {"name": case.urged_by, "when": day_and_time(case.urged_at), "word": case.urged_word}
    return (_("%(name)s urged this %(when)s: %(word)s") if case.urged_word else _("%(name)s urged this %(when)s")) % said


def promises_to_keep(user: User, now: datetime, workdays: WorkingDays) -> Iterator[DueItem]:
    """Promises that fall due within a week or are late, for whoever can go and see."""
    if not can_see_cases(user):
        return
    due = Promise.objects.visible_to(user).filter(saved.promises_due(now)).order_by("due_on", "pk")
    cases = {promise.case_id for promise in due}
    found = Case.objects.visible_to(user).filter(pk__in=cases).select_related("project", "region", "team")
    by_key = {case.pk: case for case in found.prefetch_related(*LOOKED_AT)}
    for promise in due[:MOST]:
        case = by_key[promise.case_id]
        if policies.can_keep_promise(user, case):
            day = {"day": date_format(promise.due_on, "MONTH_DAY_FORMAT"), "who": promise.who}
            yield DueItem(
                what=_("Promised: %(what)s") % {"what": promise.text},
                where=where_of(case),
                url=reverse("case", args=[case.number]),
                left=_("By %(day)s, %(who)s") % day,
                due_at=end_of_office(promise.due_on),
            )


def after_reports_to_file(user: User, now: datetime, workdays: WorkingDays) -> Iterator[DueItem]:
    """Urgent cases that were closed on the spot, and whose report is still missing."""
    if not can_see_cases(user):
        return
    owed = Case.objects.visible_to(user).filter(after_report_due_at__isnull=False, after_reported_at=None)
    for case in owed.for_list().prefetch_related(*LOOKED_AT)[:MOST]:
        if policies.can_file_after_report(user, case):
            yield DueItem(
                what=_("Closed on the spot, report is due: %(title)s") % {"title": case.title},
                where=where_of(case),
                url=reverse("case", args=[case.number]),
                due_at=case.after_report_due_at,
            )


def notices_copied(user: User, now: datetime, workdays: WorkingDays) -> Iterator[DueItem]:
    """Cases that are late and were brought before whoever supervises them; they stand here until they are late no more."""
    if not can_see_cases(user):
        return
    copied = CaseNotice.objects.filter(step__in=(CaseNotice.Step.COPIED, CaseNotice.Step.LISTED)).values("case")
    late = Case.objects.visible_to(user).filter(saved.supervised(user), saved.overdue(user, now), lead=None, pk__in=copied)
    for case in late.exclude(saved.mine(user, now)).for_list()[:MOST]:
        due = due_of(case, now, workdays)
        yield DueItem(
            what=_("Late, see that it moves: %(title)s") % {"title": case.title},
            where=f"{where_of(case)}·{case.get_status_display()}",
            url=reverse("case", args=[case.number]),
            left=due.words,
            due_at=due.at,
        )


CASES = (cases_to_move, promises_to_keep, after_reports_to_file, notices_copied)
