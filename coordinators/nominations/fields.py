"""Fields that several forms of nominations have, and how a name and a mobile are read wherever they are typed."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.personal import Malformed, Phone
from imports.cleaners import person_name
from imports.sheets import Level

WORD_LENGTH = 500


def day_field(label: Any, **options: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **options)


class TicksField(forms.MultipleChoiceField):
    """Boxes to tick. The page does not call them optional; what a missing tick means is for the workflow to say."""

    widget = forms.CheckboxSelectMultiple

    def validate(self, value: list[str]) -> None:
        if value:
            super().validate(value)


def letter_field(*, required: bool) -> forms.FileField:
    return forms.FileField(
        label=gettext_lazy("Letter of appointment"),
        required=required,
        help_text=gettext_lazy("PDF or a photo of it, at most 10 MB."),
        widget=forms.FileInput(attrs={"accept": ".pdf,image/*"}),
    )


def words(label: Any, length: int = WORD_LENGTH, **options: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=length, widget=forms.Textarea(attrs={"rows": 3}), **options)


def cleaned_name(typed: str) -> str:
    """As an import would take it; "" for nothing."""
    if not typed.strip():
        return ""
    cleaned = person_name()(typed.strip(), timezone.localdate())
    if cleaned.value is None:
        raise forms.ValidationError([note.text for note in cleaned.notes if note.level == Level.ERROR])
    return str(cleaned.value)


def cleaned_phone(typed: str) -> Phone | None:
    try:
        return Phone.parse(typed) if typed.strip() else None
    except Malformed as error:
        raise forms.ValidationError(error.message) from error


def blame_days(form: forms.Form, said: dict[str, Any]) -> None:
    if said.get("from_on") and said.get("to_on") and said["to_on"] < said["from_on"]:
        form.add_error("to_on", _("The last day is before the first."))
