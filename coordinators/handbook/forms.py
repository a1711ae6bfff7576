"""The nine texts of an edition with their draft marks, from which edition to begin, and from which day it is in force."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BoundField
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from coordinators.handbook.workflow import PLACES, Place, Wording, fingerprint
from coordinators.models import HandbookEdition, HandbookSection

TEXT_LENGTH = 20_000


class TextField(forms.CharField):
    """Text as it will be stored: one kind of line end."""

    def to_python(self, value: Any) -> str:
        return super().to_python(value).replace("\r\n", "\n")


class SectionsForm(forms.Form):
    """Fields are named for the place: region-rules, region-rules-draft."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: Any = None, *, wordings: Mapping[Place, Wording]) -> None:
        super().__init__(data, auto_id="%s", initial={"seen": fingerprint(wordings)})
        levels, kinds = dict(HandbookSection.Level.choices), dict(HandbookSection.Kind.choices)
        for level, kind in PLACES:
            wording = wordings[(level, kind)]
            self.fields[f"{level}-{kind}"] = TextField(
                label=f"{levels[level]}·{kinds[kind]}",
                required=False,
                max_length=TEXT_LENGTH,
                initial=wording.text,
                widget=forms.Textarea(attrs={"rows": 8, "class": "form-control"}),
            )
            self.fields[f"{level}-{kind}-draft"] = forms.BooleanField(
                label=pgettext_lazy("text", "Draft"),
                required=False,
                initial=wording.is_draft,
                widget=forms.CheckboxInput(attrs={"class": "form-check-input"}),
            )

    def groups(self) -> list[tuple[str, list[tuple[BoundField, BoundField]]]]:
        """Level in words → its three texts, each with its draft mark."""
        return [
            (label, [(self[f"{level}-{kind}"], self[f"{level}-{kind}-draft"]) for kind in HandbookSection.Kind.values])
            for level, label in HandbookSection.Level.choices
        ]

    def wordings(self) -> dict[Place, Wording]:
        cleaned = self.cleaned_data
        return {(level, kind): Wording(cleaned[f"{level}-{kind}"], cleaned[f"{level}-{kind}-draft"]) for level, kind in PLACES}


class BeginForm(forms.Form):
    copy = forms.ModelChoiceField(
        label=gettext_lazy("Start from the texts of"),
        queryset=None,
        required=False,
        empty_label=gettext_lazy("Empty texts"),
    )

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["copy"].queryset = HandbookEdition.objects.visible_to(user).published().for_list()


class PublishForm(forms.Form):
    from_on = forms.DateField(
        label=gettext_lazy("In force from"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def clean_from_on(self) -> date:
        day: date = self.cleaned_data["from_on"]
        if day < timezone.localdate():
            raise ValidationError(_("Rules do not begin in the past."))
        return day
