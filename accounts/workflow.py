"""What happens to an account beyond saving a form: each with its audit event, each ending the sessions it must end."""

import re
import secrets
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from core.audit import AuditKind, record
from core.names import pinyin_of
from core.personal import Phone
from core.refusals import Refused
from core.roles import Role

ONE_TIME_BYTES = 12
LONGEST_PINYIN = 40


def one_time_password() -> str:
    """Random, for one sign-in: it must be changed there."""
    return secrets.token_urlsafe(ONE_TIME_BYTES)


def may_manage_accounts(user: User) -> bool:
    return user.scope.holds(Role.SYSTEM_ADMINISTRATOR, Role.PARTY_PERSONNEL)


def new_account(name: str, phone: Phone | None, *, number: int, at: datetime) -> User:
    """For somebody's first post: without a usable password, until the system administrator gives a first one.

    Whoever calls has seen to it that no account has this mobile (coordinators/mobiles.py). The user name is the pinyin with a
    `number` that says nothing of namesakes: 「单雅琴」, 27 → "shanyaqin27".
    """
    account = User(username=_free_username(name, number), name=name, phone=phone, created_at=at)
    account.set_unusable_password()
    account.save()
    return account


def _free_username(name: str, number: int) -> str:
    letters = re.sub("[^a-z]", "", pinyin_of(name))[:LONGEST_PINYIN] or "user"
    username = f"{letters}{number}"
    while User.objects.filter(username=username).exists():
        username += "x"
    return username


def _locked(user: User, by: User) -> User:
    if not may_manage_accounts(by):
        raise Refused(_("Your post does not allow this."))
    return User.objects.select_for_update().get(pk=user.pk)


def deactivate(user: User, *, by: User) -> User:
    """No sign-in from the next request on; old sessions stay dead even after a later activation (the epoch has moved)."""
    with transaction.atomic():
        account = _locked(user, by)
        if account.pk == by.pk:
            raise Refused(_("Nobody deactivates his own account."))
        account.is_active = False
        account.session_epoch += 1
        account.save()
        record(AuditKind.ACCOUNT, by=by, subject=account, what="deactivate")
    return account


def activate(user: User, *, by: User) -> User:
    """May sign in again, with a new session."""
    with transaction.atomic():
        account = _locked(user, by)
        account.is_active = True
        account.save()
        record(AuditKind.ACCOUNT, by=by, subject=account, what="activate")
    return account


def reset_password(user: User, *, by: User) -> str:
    """A one-time password, shown once to whoever resets it; it must be changed at the next sign-in. Ends all sessions."""
    with transaction.atomic():
        account = _locked(user, by)
        one_time = one_time_password()
        account.set_password(one_time)
        account.must_change_password = True
        account.session_epoch += 1
        account.save()
        record(AuditKind.PASSWORD, by=by, subject=account, what="reset")
    return one_time


def password_changed(user: User) -> None:
    """After somebody chose his own password; every other session of his ends because the password is part of its seal."""
    user.must_change_password = False
    user.save(update_fields=["must_change_password"])
    record(AuditKind.PASSWORD, by=user, subject=user, what="change")
