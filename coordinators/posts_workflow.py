"""What happens to a post beyond saving a form: decisions about one unit take turns, and a post ends."""

from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from coordinators.models import Coordinator, Liaison
from coordinators.policies import can_end_post, ending_problems
from core.audit import AuditKind, record
from core.refusals import Refused
from labour_teams.models import LabourTeam
from regions.models import Project, Region

if TYPE_CHECKING:
    from accounts.models import User


def lock_unit(unit: Region | Project | LabourTeam) -> None:
    """Keep every other decision about the unit's posts waiting until this transaction ends, so that each sees the one before."""
    rows = type(unit)._default_manager.select_for_update(of=("self",), no_key=True)
    list(rows.filter(pk=unit.pk).values_list("pk"))


def end_post(post: Coordinator | Liaison, *, by: "User", last_day: date | None, reason: str) -> Coordinator | Liaison:
    """Set the last day (which still counts) and the reason; access ends with that day, with no other step. Raises Refused."""
    with transaction.atomic():
        held = type(post).objects.visible_to(by).select_for_update(of=("self",)).filter(pk=post.pk).first()
        if held is None:
            raise Refused(_("This does not exist (any more) within your reach."))
        if held.person_id == by.pk:
            raise Refused(_("Nobody ends his own post. Ask a colleague who may."))
        if not can_end_post(by, held):
            raise Refused(_("Your post does not allow this."))
        problems = ending_problems(held, last_day=last_day, reason=reason, today=timezone.localdate())
        if problems:
            raise Refused(next(iter(problems.values())), fields=problems)
        held.to_on, held.end_reason = last_day, reason.strip()
        held.save(update_fields=["to_on", "end_reason"])
        record(AuditKind.POST, by=by, subject=held, what="end", last_day=f"{last_day}")
    return held
