"""Nominations that wait for somebody: to be checked, inducted, approved or decided."""

from collections.abc import Iterator
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from coordinators.models import Nomination
from coordinators.nominations.policies import can_see_nominations
from coordinators.nominations.workflow import LIFECYCLE
from core.deadlines import day_and_time
from core.workdays import WorkingDays
from inbox.due import DueItem


def nominations_to_move(user: User, now: datetime, workdays: WorkingDays) -> Iterator[DueItem]:
    """Those on which this person may take the next step; taking one back or saying no is always possible and never owed."""
    if not can_see_nominations(user):
        return
    words = {
        "check": _("%(name)s is proposed as %(post)s: check"),
        "induct": _("%(name)s is to become %(post)s: record the induction"),
        "approve": _("%(name)s is to become %(post)s: say yes or no for your side"),
        "decide": _("%(name)s is to become %(post)s: appoint"),
    }
    for nomination in Nomination.objects.visible_to(user).open().for_list().prefetch_related("approvals"):
        verb = next((verb for verb in words if LIFECYCLE.may(verb, user, nomination)), None)
        if verb:
            yield DueItem(
                what=words[verb] % {"name": nomination.name, "post": nomination.get_post_kind_display()},
                where=_("%(unit)s·proposed %(when)s") % {"unit": nomination.place, "when": day_and_time(nomination.proposed_at)},
                url=reverse("nomination", args=[nomination.pk]),
            )
