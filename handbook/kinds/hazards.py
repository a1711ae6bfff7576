"""隐患: a danger that somebody saw. What cannot be put right on the spot becomes a matter, on the page of the entry."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from handbook.kinds.base import KindForm
from handbook.models import EntryKind, HazardRecord, SafetyGroup


class HazardForm(KindForm):
    kind = EntryKind.HAZARD
    row = HazardRecord
    OWN = ("severity", "is_removed", "group")
    ALWAYS_SHOWN = ("place", "on", "title", "severity", "is_removed", "summary", "photos")
    NOT_ASKED = ("headcount", "dimension")

    ANEW = (*KindForm.ANEW, "is_removed", "summary")

    severity = forms.ChoiceField(
        label=gettext_lazy("Severity"), choices=HazardRecord.Severity.choices, initial=HazardRecord.Severity.GENERAL
    )
    is_removed = forms.BooleanField(label=gettext_lazy("Put right on the spot"), required=False)
    group = forms.ModelChoiceField(label=gettext_lazy("Found by"), queryset=SafetyGroup.objects.none(), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        groups = SafetyGroup.objects.visible_to(self.user).standing(timezone.localdate()).for_list()
        self.fields["group"].queryset = groups  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        group, place = cleaned.get("group"), cleaned.get("place")
        if group and place and (place.project is None or place.project.pk != group.project_id):
            self.add_error("group", _("This group belongs to another project."))
        return cleaned
