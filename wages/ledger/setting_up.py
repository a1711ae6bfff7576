"""The leading group and the special account of a project: written together with the trail of who set them.

A member who signed a sheet stays in the group's list; he is set to sign no more. Raises Refused.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.audit import AuditKind, record
from core.refusals import Refused
from regions.models import Project
from wages.models import WageAccount, WageGroupMember, WageLeadingGroup
from wages.policies import can_set_up

if TYPE_CHECKING:
    from accounts.models import User


@dataclass(frozen=True, slots=True)
class Seat:
    """A member as he stands on the form. `member` is the key of one who is in the group already; without `name` he leaves it."""

    name: str
    post: str
    must_sign: bool
    member: int | None = None


def standing_group(project: Project) -> WageLeadingGroup | None:
    return WageLeadingGroup.objects.filter(project=project, dissolved_on=None).first()


def save_group(
    project: Project, *, by: "User", formed_on: date, document_no: str = "", seats: Sequence[Seat] = ()
) -> WageLeadingGroup:
    """Form the group, or write what has changed in it."""
    _require(by, project)
    if not any(seat.name and seat.must_sign for seat in seats):
        raise Refused(_("At least one member signs every sheet."))
    with transaction.atomic():
        held = Project.objects.select_for_update(of=("self",)).get(pk=project.pk)
        group = standing_group(held) or WageLeadingGroup(project=held)
        group.formed_on, group.document_no = formed_on, document_no
        group.save()
        for seat in seats:
            _seat(group, seat)
        record(AuditKind.SETTING, by=by, subject=group, what="wage_group")
    return group


def dissolve_group(project: Project, *, by: "User") -> WageLeadingGroup:
    """From today on nobody signs for this project until a new group is formed."""
    _require(by, project)
    with transaction.atomic():
        group = WageLeadingGroup.objects.select_for_update(of=("self",)).filter(project=project, dissolved_on=None).first()
        if group is None:
            raise Refused(_("This project has no leading group."))
        group.dissolved_on = max(timezone.localdate(), group.formed_on)
        group.save(update_fields=["dissolved_on"])
        record(AuditKind.SETTING, by=by, subject=group, what="wage_group_dissolved")
    return group


def save_account(account: WageAccount, *, by: "User", changed: Sequence[str]) -> WageAccount:
    _require(by, account.project)
    with transaction.atomic():
        account.save()
        record(AuditKind.SETTING, by=by, subject=account, what="wage_account", fields=list(changed))
    return account


def _require(by: "User", project: Project) -> None:
    if not can_set_up(by, project):
        raise Refused(_("Your post does not allow this."))


def _seat(group: WageLeadingGroup, seat: Seat) -> None:
    member = WageGroupMember.objects.filter(group=group, pk=seat.member).first() if seat.member else None
    if not seat.name:
        if member is not None:
            _leave(member)
        return
    member = member or WageGroupMember(group=group)
    member.name, member.post, member.must_sign = seat.name, seat.post, seat.must_sign
    if WageGroupMember.objects.filter(group=group, name=seat.name).exclude(pk=member.pk).exists():
        raise Refused(_("%(name)s stands in the list twice.") % {"name": seat.name})
    member.save()


def _leave(member: WageGroupMember) -> None:
    if member.signatures.exists():
        raise Refused(_("%(name)s has signed sheets. Take the tick off instead.") % {"name": member.name})
    member.delete()
