"""用工管理: where the regional labour manager took part, from choosing a team to setting a price."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.attachments import keep_document
from core.months import Month
from core.refusals import Refused
from handbook.entries.forms import EMPTY
from handbook.kinds.base import KindForm, MonthInputField
from handbook.models import EntryKind, HandbookEntry, LabourAct


class LabourActForm(KindForm):
    kind = EntryKind.LABOUR_ACT
    row = LabourAct
    OWN = ("kind", "company", "opinion", "period", "amount")
    ALWAYS_SHOWN = ("place", "on", "title", "sort", "company", "opinion", "period", "amount", "document")
    NOT_ASKED = ("headcount", "dimension")

    ANEW = (*KindForm.ANEW, "opinion", "period", "amount")

    sort = forms.ChoiceField(label=gettext_lazy("What it was about"), choices=[EMPTY, *LabourAct.Kind.choices])
    company = forms.CharField(label=gettext_lazy("Company concerned"), max_length=100, required=False)
    opinion = forms.CharField(
        label=gettext_lazy("Opinion given"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    period = MonthInputField(label=gettext_lazy("Measured month"), required=False)
    amount = forms.DecimalField(
        label=gettext_lazy("Amount (yuan)"),
        min_value=Decimal("0.01"),
        max_digits=14,
        decimal_places=2,
        required=False,
        error_messages={"min_value": gettext_lazy("More than nothing.")},
    )
    document = forms.FileField(
        label=gettext_lazy("Document"),
        required=False,
        help_text=gettext_lazy("A scan or a photo, at most 10 MB."),
        widget=forms.FileInput(attrs={"accept": "application/pdf,image/*"}),
    )

    def clean_period(self) -> Month | None:
        period = self.cleaned_data["period"]
        if period and period > Month.current():
            raise forms.ValidationError(_("This month has not begun: nothing was measured in it yet."))
        return period

    def write_row(self, entry: HandbookEntry) -> Any:
        act = super().write_row(entry)
        if upload := self.cleaned_data["document"]:
            try:
                act.document = keep_document(upload, by=self.user)
            except Refused as refusal:
                raise Refused(refusal.message, fields={"document": refusal.message}) from refusal
            act.save(update_fields=["document"])
        return act
