"""心理疏导: how many came, and nothing else. What was said, and to whom, is written down nowhere."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from handbook.kinds.base import KindForm
from handbook.models import EntryKind


class CounsellingForm(KindForm):
    kind = EntryKind.COUNSELLING
    ALWAYS_SHOWN = ("place", "on", "title", "headcount")
    NOT_ASKED = ("summary", "photos", "spot")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["title"].help_text = gettext_lazy("Without names. Only the number of people is kept.")

    def clean_summary(self) -> str:
        """Never words, whatever was sent."""
        return ""

    def clean_photos(self) -> list[Any]:
        return []

    def clean_spot(self) -> str:
        return ""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not cleaned.get("is_planned") and not cleaned.get("headcount") and "headcount" not in self.errors:
            self.add_error("headcount", _("Say how many people came."))
        return cleaned
