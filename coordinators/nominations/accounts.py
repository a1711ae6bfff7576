"""The account of somebody who gets his first post by a nomination."""

from typing import TYPE_CHECKING

from django.utils import timezone

from accounts.workflow import new_account
from core.audit import AuditKind, record

if TYPE_CHECKING:
    from accounts.models import User
    from coordinators.models import Nomination


def account_for(nomination: "Nomination", *, by: "User") -> "User":
    """The running number of the user name is the nomination's."""
    account = new_account(nomination.name, nomination.phone, number=nomination.pk, at=timezone.now())
    record(AuditKind.ACCOUNT, by=by, subject=account, what="add", nomination=nomination.pk)
    return account
