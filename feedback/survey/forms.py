"""What is typed about a round: counts, how many forms to print, the analysis, a word."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from feedback.models import SurveyRound
from feedback.survey.issuing import MOST_SHEETS

DIGITS = {"inputmode": "numeric", "autocomplete": "off"}
MOST_COUNTED = 9_999


class CountForm(forms.Form):
    """Two numbers, typed on a phone."""

    issued = forms.IntegerField(
        label=_("Forms handed out"), min_value=0, max_value=MOST_COUNTED, widget=forms.NumberInput(attrs=DIGITS)
    )
    returned = forms.IntegerField(
        label=_("Forms given back"),
        min_value=0,
        max_value=MOST_COUNTED,
        required=False,
        help_text=_("Leave it empty while you are still collecting. Leave sealed parts sealed."),
        widget=forms.NumberInput(attrs=DIGITS),
    )


class PrintForm(forms.Form):
    number = forms.IntegerField(
        label=_("How many forms"), min_value=1, max_value=MOST_SHEETS, widget=forms.NumberInput(attrs=DIGITS)
    )


class AnalysisForm(forms.ModelForm):
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    on_workers = forms.CharField(
        label=_("What moves the workers"),
        max_length=3000,
        required=False,
        help_text=_("Mood, wages, living, safety, family: what the forms say, and what you make of it."),
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    on_our_work = forms.CharField(
        label=_("Our own work"),
        max_length=3000,
        required=False,
        help_text=_("What the forms say about us: answers that came late, visits that were not made, what we change."),
        widget=forms.Textarea(attrs={"rows": 5}),
    )

    class Meta:
        model = SurveyRound
        fields = ("on_workers", "on_our_work")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["version"] = self.instance.version


class CloseForm(forms.Form):
    word = forms.CharField(
        label=_("Why some forms are not counted or not keyed"),
        max_length=200,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class ReopenForm(forms.Form):
    word = forms.CharField(label=_("Why it is opened again"), max_length=200, widget=forms.Textarea(attrs={"rows": 2}))
