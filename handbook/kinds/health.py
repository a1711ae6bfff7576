"""体检: a batch as numbers. Person-times checked are the heads of the entry; names are the health officer's (handbook/health)."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from handbook.health.workflow import room_for_results
from handbook.kinds.base import KindForm
from handbook.models import EntryKind, HandbookEntry, HealthCheckBatch

SUMMITS = 6000  # metres; nobody builds higher


class HealthCheckForm(KindForm):
    kind = EntryKind.HEALTH_CHECK
    row = HealthCheckBatch
    OWN = ("occasion", "advised_to_return", "altitude", "doctor")
    ALWAYS_SHOWN = ("place", "on", "title", "occasion", "headcount", "advised_to_return", "photos")

    ANEW = (*KindForm.ANEW, "advised_to_return", "summary")

    occasion = forms.ChoiceField(
        label=gettext_lazy("Occasion"),
        choices=HealthCheckBatch.Occasion.choices,
        initial=HealthCheckBatch.Occasion.ON_POST,
    )
    advised_to_return = forms.IntegerField(
        label=gettext_lazy("Advised to return home"),
        min_value=0,
        max_value=100_000,
        required=False,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )
    altitude = forms.IntegerField(label=gettext_lazy("Altitude (m)"), min_value=0, max_value=SUMMITS, required=False)
    doctor = forms.CharField(label=gettext_lazy("Doctor"), max_length=40, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["headcount"].label = gettext_lazy("Person-times checked")
        self.fields["headcount"].help_text = gettext_lazy("Somebody who is checked twice is counted twice.")
        self.fields["summary"].help_text = gettext_lazy("Without names: results by name are the health officer's alone.")

    def clean_advised_to_return(self) -> int:
        return self.cleaned_data["advised_to_return"] or 0

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        checked, advised = cleaned.get("headcount"), cleaned.get("advised_to_return") or 0
        if not cleaned.get("is_planned") and not checked and "headcount" not in self.errors:
            self.add_error("headcount", _("Say how many were checked."))
        elif advised > (checked or 0):
            self.add_error("advised_to_return", _("No more can be advised to return than were checked."))
        return cleaned

    def write_row(self, entry: HandbookEntry) -> Any:
        batch = super().write_row(entry)
        room_for_results(entry)
        return batch
