"""The notes of whoever leaves, one box for each kind."""

from collections.abc import Mapping
from typing import Any

from django import forms

from inbox.models import Handover

LONGEST = 2_000


class NoteField(forms.CharField):
    """Wanted, and yet saved half-written: a note that is missing stands only in the way of handing over."""

    def validate(self, value: str) -> None:
        """Nothing is missing yet."""


class NotesForm(forms.Form):
    """Beside the notes the version that was read, so that two people who write at once lose nothing."""

    use_required_attribute = False

    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    def __init__(self, data: Mapping[str, Any] | None = None, *, handover: Handover) -> None:
        super().__init__(data, initial={"version": handover.version})
        for key, label in Handover.NOTES.items():
            self.fields[key] = NoteField(
                label=label,
                max_length=LONGEST,
                initial=handover.notes.get(key, ""),
                widget=forms.Textarea(attrs={"rows": 4}),
            )

    def notes(self) -> dict[str, str]:
        return {key: self.cleaned_data[key] for key in Handover.NOTES}

    def blame(self, problems: Mapping[str, str]) -> None:
        """Say at each field what stands in the way."""
        for name, words in problems.items():
            self.add_error(name, words)
