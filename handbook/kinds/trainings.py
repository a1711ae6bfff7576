"""培训: the Work Safety Law, article 28, wants on record when, what, who, and with what result."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from handbook.entries.forms import EMPTY
from handbook.kinds.base import PostsField, WithPosts
from handbook.models import EntryKind, HandbookEntry, TrainingAttendance, TrainingSession, TrainingSubject
from regions.models import Department


class TrainingForm(WithPosts):
    kind = EntryKind.TRAINING
    row = TrainingSession
    OWN = (
        "kind", "subjects", "trainer", "hours", "trainer_post", "is_external", "organiser", "method", "expected", "has_test",
    )  # fmt: skip
    ALWAYS_SHOWN = ("place", "on", "title", "sort", "subjects", "trainer", "hours", "headcount", "summary", "photos")

    sort = forms.ChoiceField(label=_("Kind of training"), choices=[EMPTY, *TrainingSession.Kind.choices])
    subjects = forms.ModelMultipleChoiceField(
        label=_("What it was about"),
        queryset=TrainingSubject.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    trainer = forms.CharField(label=_("Trainer"), max_length=40, required=False)
    hours = forms.DecimalField(
        label=_("Hours"),
        min_value=Decimal("0.5"),
        max_value=200,
        max_digits=4,
        decimal_places=1,
        required=False,
        error_messages={"min_value": _("At least half an hour.")},
    )
    posts = PostsField(label=_("Coordinators and liaisons who attended"))
    trainer_post = forms.CharField(label=_("Trainer's post"), max_length=60, required=False)
    is_external = forms.BooleanField(label=_("Invited from outside"), required=False)
    organiser = forms.ModelChoiceField(label=_("Organiser"), queryset=Department.objects.none(), required=False)
    method = forms.ChoiceField(label=_("Method"), choices=[EMPTY, *TrainingSession.Method.choices], required=False)
    expected = forms.IntegerField(label=_("Expected"), min_value=0, max_value=100_000, required=False)
    has_test = forms.BooleanField(label=_("With a test"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["subjects"].queryset = TrainingSubject.objects.visible_to(self.user).in_use().for_list()  # type: ignore[attr-defined]
        # Not a matter of reach: every department of the company may have been the organiser.
        self.fields["organiser"].queryset = Department.objects.for_list()  # type: ignore[attr-defined]

    def write_row(self, entry: HandbookEntry) -> Any:
        session = super().write_row(entry)
        ticked = set(self.cleaned_data["posts"])
        known = session.attendances.filter(person__isnull=False)
        known.exclude(person__in=ticked).delete()
        new = ticked - set(known.values_list("person", flat=True))
        TrainingAttendance.objects.bulk_create(TrainingAttendance(session=session, person_id=key) for key in sorted(new))
        return session
