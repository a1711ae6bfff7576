"""The account of somebody who gets his first post by a nomination."""

from typing import TYPE_CHECKING

from django.utils import timezone

from accounts.workflow import new_account
from coordinators.mobiles import TAKEN, accounts_by_phone, owner_of
from core.audit import AuditKind, record
from core.refusals import Refused

if TYPE_CHECKING:
    from accounts.models import User
    from coordinators.models import Nomination


def account_for(nomination: "Nomination", *, by: "User") -> "User":
    """The one with that mobile and name, or a new one with the nomination's number in its user name.

    Raises Refused where the mobile is another's.
    """
    phone = nomination.phone
    there = accounts_by_phone([phone]).get(phone.hashed, []) if phone else []
    if owner := owner_of(nomination.name, there):
        return owner
    if there:
        raise Refused(str(TAKEN), fields={"phone": str(TAKEN)})
    account = new_account(nomination.name, phone, number=nomination.pk, at=timezone.now())
    record(AuditKind.ACCOUNT, by=by, subject=account, what="add", nomination=nomination.pk)
    return account
