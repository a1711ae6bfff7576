"""What headquarters say when a report is not asked for, or is reopened for correction."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from reports.content import Content
from reports.correction import LONGEST
from reports.forms import REASON_LENGTH, WordsField
from reports.models import ReportLine

USUAL = 7  # days


class ExemptForm(forms.Form):
    reason = WordsField(
        label=_("Why is this report not asked for?"),
        max_length=REASON_LENGTH,
        help_text=_("Such as: the region was opened in the middle of the month."),
        widget=forms.TextInput(attrs={"class": "form-control"}),
    )

    def __init__(self, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data, prefix="exempt", auto_id="%s")


class ReopenForm(forms.Form):
    """`lines`: none ticked opens the whole report."""

    until = forms.DateField(
        label=_("Open until"),
        help_text=_("The end of office on this day. What is not submitted by then stays as it was."),
        widget=forms.DateInput(attrs={"type": "date", "class": "form-control"}, format="%Y-%m-%d"),
    )
    reason = WordsField(
        label=_("What is to be corrected, and why?"),
        max_length=REASON_LENGTH,
        widget=forms.TextInput(attrs={"class": "form-control"}),
    )
    lines = forms.ModelMultipleChoiceField(
        label=_("Only these lines"),
        queryset=ReportLine.objects.none(),
        required=False,
        help_text=_("Tick none to open the whole report."),
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, data: Mapping[str, Any] | None = None, *, content: Content) -> None:
        super().__init__(data, prefix="reopen", auto_id="%s")
        today = timezone.localdate()
        until: Any = self.fields["until"]
        until.initial = today + timedelta(days=USUAL)
        until.widget.attrs |= {"min": str(today), "max": str(today + timedelta(days=LONGEST))}
        lines: Any = self.fields["lines"]
        lines.queryset = ReportLine.objects.filter(pk__in=[entry.line.pk for entry in content.entries]).select_related("section")
        lines.queryset = lines.queryset.order_by("section__order", "order")
        lines.label_from_instance = lambda line: line.label
