"""Signing in."""

from typing import Any

from django.contrib.auth.forms import AuthenticationForm
from django.utils.translation import gettext_lazy as _


class SignInForm(AuthenticationForm):
    """The same words for an unknown name, a wrong password and an account that may not sign in."""

    error_messages = {
        "invalid_login": _("User name or password is wrong. Passwords distinguish capital and small letters."),
        "inactive": _("User name or password is wrong. Passwords distinguish capital and small letters."),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].label = _("User name")
