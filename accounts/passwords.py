"""What a password may not be, beyond length and the list of common ones."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from core.names import pinyin_of

CONTEXT_WORDS = ("lianxin", "dangqun", "xieliyuan", "jixiehua", "连心", "党群", "协理员")


class ContextWordsValidator:
    """Refuses words that anybody here would try first: the system, the work, one's own name in pinyin, the units' codes."""

    def validate(self, password: str, user: Any = None) -> None:
        lowered = password.lower()
        own = [pinyin_of(user.name).replace(" ", ""), user.username.lower()] if user else []
        if any(word and len(word) > 3 and word in lowered for word in own) or any(word in lowered for word in CONTEXT_WORDS):
            raise ValidationError(
                _("This password contains a name or a word that is easy to guess here."), code="password_context"
            )

    def get_help_text(self) -> str:
        return _("No name of yours, and no word that everybody here knows.")
