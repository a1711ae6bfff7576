"""会议: the monthly one of the liaisons, heads of departments with crew leaders, hearings. A forum at the camp is a visit."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from handbook.kinds.base import PostsField, WithPosts
from handbook.models import EntryKind, HandbookEntry, MeetingRecord


class MeetingForm(WithPosts):
    kind = EntryKind.MEETING
    row = MeetingRecord
    OWN = ("kind", "decided")
    ALWAYS_SHOWN = ("place", "on", "title", "sort", "headcount", "decided", "photos")

    sort = forms.ChoiceField(label=_("Kind of meeting"), choices=MeetingRecord.Kind.choices, initial=MeetingRecord.Kind.LIAISONS)
    decided = forms.CharField(
        label=_("What was decided"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    posts = PostsField(label=_("Coordinators and liaisons who were there"))

    def write_row(self, entry: HandbookEntry) -> Any:
        record = super().write_row(entry)
        record.people.set(self.cleaned_data["posts"])
        return record
