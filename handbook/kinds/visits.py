"""走访谈心: the entry says that a visit took place; what was heard is written into a row that few read."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from handbook.entries.forms import EMPTY, EntryForm
from handbook.kinds.people import room_for_the_named
from handbook.models import EntryKind, HandbookEntry, VisitRecord, VisitTopic


class VisitForm(EntryForm):
    kind = EntryKind.VISIT
    ALWAYS_SHOWN = ("place", "on", "title", "way", "topics", "mood", "words", "photos")

    way = forms.ChoiceField(label=_("Way"), choices=VisitRecord.Way.choices, initial=VisitRecord.Way.VISIT)
    topics = forms.ModelMultipleChoiceField(
        label=_("What it was about"),
        queryset=VisitTopic.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    mood = forms.ChoiceField(label=_("Mood"), choices=[EMPTY, *VisitRecord.Mood.choices], required=False)
    words = forms.CharField(
        label=_("What was said"),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Read by you, the region's coordinator and the Party organisation department; by nobody else."),
    )
    shared = forms.ChoiceField(label=_("Shared with them"), choices=[EMPTY, *VisitRecord.Shared.choices], required=False)
    follow_up_on = forms.DateField(
        label=_("Look after it again on"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["topics"].queryset = VisitTopic.objects.visible_to(self.user).in_use().for_list()

    @classmethod
    def initial_of(cls, entry: HandbookEntry | None) -> dict[str, Any]:
        initial = super().initial_of(entry)
        if entry is None:
            return initial
        visit = entry.visit
        names = ("way", "mood", "words", "shared", "follow_up_on")
        return initial | {name: getattr(visit, name) for name in names} | {"topics": visit.topics.all()}

    def write_detail(self, entry: HandbookEntry) -> None:
        said = {name: self.cleaned_data[name] for name in ("way", "mood", "words", "shared", "follow_up_on")}
        visit, _created = VisitRecord.objects.update_or_create(entry=entry, defaults=said)
        if visit.followed_up_on and said["follow_up_on"] and said["follow_up_on"] > visit.followed_up_on:
            visit.followed_up_on, visit.followed_up_words = None, ""  # once more, on a later day
            visit.save(update_fields=["followed_up_on", "followed_up_words"])
        visit.topics.set(self.cleaned_data["topics"])
        room_for_the_named(entry)
