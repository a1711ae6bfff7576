"""Somebody was to be looked after again: when that was, and how it stands now."""

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from handbook.entries.forms import has_id_number
from handbook.kinds.base import DateInput
from handbook.models import EntryKind, HandbookEntry, VisitRecord


class FollowUpForm(forms.Form):
    """Begins with what was said before; else with the day on which the same person was with the same team again."""

    on = forms.DateField(label=gettext_lazy("Day of the follow-up"), widget=DateInput())
    words = forms.CharField(
        label=gettext_lazy("How it stands now"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Read by you, the region's coordinator and the Party organisation department; by nobody else."),
    )

    def __init__(self, data: Any = None, *, visit: VisitRecord, user: Any) -> None:
        known = {"on": visit.followed_up_on, "words": visit.followed_up_words}
        super().__init__(
            data, initial=known if visit.followed_up_on else {"on": there_again(visit, user) or timezone.localdate()}
        )

    def clean_words(self) -> str:
        words: str = self.cleaned_data["words"]
        if has_id_number(words):
            raise forms.ValidationError(_("There is an ID number in this text. Please take it out; the name is enough."))
        return words


def there_again(visit: VisitRecord, user: Any) -> date | None:
    """The day of the latest visit of `user` to the team since; another visit may have been about somebody else."""
    entry = visit.entry
    if entry.team_id is None:
        return None
    own = HandbookEntry.objects.visible_to(user).held().filter(kind=EntryKind.VISIT, author=user.pk, team=entry.team_id)
    return own.filter(on__gt=entry.on).order_by("-on").values_list("on", flat=True).first()
