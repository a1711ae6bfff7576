"""医疗服务: what a clinic or a volunteer medical team did, and what was spent, line by line."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from handbook.kinds.base import LineForm, WithLines
from handbook.models import Clinic, EntryKind, HandbookEntry, MedicalService, MedicalSpending, MedicalTeam


class SpendingLine(LineForm):
    NEEDED = ("what", "amount")

    what = forms.CharField(label=gettext_lazy("What for"), max_length=60)
    amount = forms.DecimalField(
        label=gettext_lazy("Amount (yuan)"),
        min_value=Decimal("0.01"),
        max_digits=10,
        decimal_places=2,
        error_messages={"min_value": gettext_lazy("More than nothing.")},
    )
    voucher_no = forms.CharField(label=gettext_lazy("Voucher"), max_length=40)


class MedicalForm(WithLines):
    kind = EntryKind.MEDICAL
    row = MedicalService
    OWN = ("clinic", "medical_team")
    ALWAYS_SHOWN = ("place", "on", "title", "clinic", "medical_team", "headcount", "summary", "photos")
    ANEW = (*WithLines.ANEW, "lines", "summary")
    line_form = SpendingLine
    lines_template = "handbook/kinds/lines_medical.html"

    clinic = forms.ModelChoiceField(label=gettext_lazy("Clinic"), queryset=Clinic.objects.none(), required=False)
    medical_team = forms.ModelChoiceField(label=gettext_lazy("Medical team"), queryset=MedicalTeam.objects.none(), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        today = timezone.localdate()
        self.fields["headcount"].label = gettext_lazy("Person-times treated")
        self.fields["summary"].help_text = gettext_lazy("Without names.")
        self.fields["clinic"].queryset = Clinic.objects.visible_to(self.user).open_on(today).for_list()  # type: ignore[attr-defined]
        teams = MedicalTeam.objects.visible_to(self.user).standing(today).for_list()
        self.fields["medical_team"].queryset = teams  # type: ignore[attr-defined]

    @classmethod
    def lines_of(cls, entry: HandbookEntry) -> list[dict[str, Any]]:
        service = cls.row_of(entry)
        return list(service.spending.order_by("pk").values("what", "amount", "voucher_no")) if service else []

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        clinic, team, place = (cleaned.get(name) for name in ("clinic", "medical_team", "place"))
        if clinic and team:
            self.add_error("medical_team", _("Either the clinic or the medical team: write two entries for two."))
        if clinic and place and (place.project is None or place.project.pk != clinic.project_id):
            self.add_error("clinic", _("This clinic belongs to another project."))
        if team and place and (place.region is None or place.region.pk != team.region_id):
            self.add_error("medical_team", _("This medical team belongs to another region."))
        return cleaned

    def write_row(self, entry: HandbookEntry) -> Any:
        service = super().write_row(entry)
        service.spending.all().delete()
        MedicalSpending.objects.bulk_create(MedicalSpending(service=service, **line.cleaned_data) for line in self.filled)
        return service
