"""A result, a consent: short forms for the health officer."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from handbook.entries.forms import EMPTY
from handbook.health.measures import MEASURES
from handbook.health.workflow import Result
from handbook.models import HealthCheck


class ResultForm(forms.Form):
    """Two choices; what was measured is optional."""

    conclusion = forms.ChoiceField(label=gettext_lazy("Conclusion"), choices=[EMPTY, *HealthCheck.Conclusion.choices])
    action = forms.ChoiceField(label=gettext_lazy("Action"), choices=[EMPTY, *HealthCheck.Action.choices])

    def __init__(self, data: Any = None, *, check: HealthCheck | None = None) -> None:
        written = {"conclusion": check.conclusion, "action": check.action, **check.measures} if check else {}
        super().__init__(data, initial=written)
        for one in MEASURES:
            self.fields[one.key] = forms.DecimalField(
                label=f"{one.label} ({one.unit})",
                required=False,
                min_value=one.least,
                max_value=one.most,
                decimal_places=one.places,
                widget=forms.NumberInput(attrs={"inputmode": "decimal"}),
            )

    @property
    def shown(self) -> list[forms.BoundField]:
        return [self["conclusion"], self["action"]]

    @property
    def measured(self) -> list[forms.BoundField]:
        return [self[one.key] for one in MEASURES]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        unfit = cleaned.get("conclusion") == HealthCheck.Conclusion.UNFIT
        if unfit and cleaned.get("action") == HealthCheck.Action.TO_WORK:
            self.add_error("action", _("Whoever is unfit for the plateau is not sent to work there."))
        upper, lower = cleaned.get("systolic"), cleaned.get("diastolic")
        if upper is not None and lower is not None and lower >= upper:
            self.add_error("diastolic", _("The lower value lies below the upper one."))
        return cleaned

    def result(self) -> Result:
        """Numbers go into JSON: whole ones as such, tenths as a fraction."""
        measured = {one.key: self.cleaned_data[one.key] for one in MEASURES if self.cleaned_data[one.key] is not None}
        numbers = {key: int(value) if value == int(value) else float(value) for key, value in measured.items()}
        return Result(self.cleaned_data["conclusion"], self.cleaned_data["action"], numbers)


class ConsentForm(forms.Form):
    """What he signed: which text, when, and who was there."""

    text_version = forms.CharField(label=gettext_lazy("Version of the text"), max_length=20)
    given_on = forms.DateField(label=gettext_lazy("Signed on"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    witness = forms.CharField(label=gettext_lazy("Witness"), max_length=40)

    def __init__(self, data: Any = None, *, version: str = "") -> None:
        super().__init__(data, initial={"given_on": timezone.localdate(), "text_version": version})
