"""What is typed about slips, answers on site, exits, packs and locked-away data."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.months import Month
from wages.models import ExitCheck, WageQuestion
from wages.pack import MOST_MONTHS, Period
from wages.workers.exits import ANSWERS


class SlipsForm(forms.Form):
    """Of which work crew; all, unless one is chosen."""

    crew = forms.ChoiceField(label=gettext_lazy("Work crew"), required=False)

    def __init__(self, data: Any = None, *, crews: list[str]) -> None:
        super().__init__(data)
        field: Any = self.fields["crew"]
        field.choices = [("", _("All work crews")), *[(name, name) for name in crews]]


class TalkForm(forms.Form):
    answer = forms.ChoiceField(choices=WageQuestion.Answer.choices)


def _yes_or_no(label: Any, help_text: Any = "") -> forms.TypedChoiceField:
    """Nothing chosen: not asked yet."""
    return forms.TypedChoiceField(
        label=label,
        help_text=help_text,
        required=False,
        choices=[("yes", gettext_lazy("Yes")), ("no", gettext_lazy("No")), ("", gettext_lazy("Not asked yet"))],
        coerce={"yes": True, "no": False}.get,
        empty_value=None,
        widget=forms.RadioSelect,
    )


class ExitForm(forms.Form):
    wages_settled = _yes_or_no(gettext_lazy("Has he all his wages?"))
    certificates_returned = _yes_or_no(gettext_lazy("Does he have his certificates and papers back?"))
    health_checked = _yes_or_no(gettext_lazy("Has somebody looked after his health, and told him what was found?"))
    words = forms.CharField(
        label=gettext_lazy("Is there anything left to say?"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    @classmethod
    def of(cls, check: ExitCheck | None) -> "ExitForm":
        """As it was written so far."""
        if check is None:
            return cls()
        known = {name: {True: "yes", False: "no", None: ""}[getattr(check, name)] for name in ANSWERS}
        return cls(initial={**known, "words": check.words})

    @property
    def answers(self) -> dict[str, bool | None]:
        return {name: self.cleaned_data[name] for name in ANSWERS}


class MonthInput(forms.DateInput):
    input_type = "month"


class PackForm(forms.Form):
    """Months from–to."""

    first = forms.CharField(label=gettext_lazy("First month"), widget=MonthInput)
    last = forms.CharField(label=gettext_lazy("Last month"), widget=MonthInput)

    def clean_first(self) -> Month:
        return self._month("first")

    def clean_last(self) -> Month:
        return self._month("last")

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if not self.errors and not 1 <= self.period.months <= MOST_MONTHS:
            self.add_error("last", _("The last month comes after the first, at most %(most)d months.") % {"most": MOST_MONTHS})
        return found

    @property
    def period(self) -> Period:
        return Period(self.cleaned_data["first"], self.cleaned_data["last"])

    def _month(self, name: str) -> Month:
        try:
            return Month.parse(self.cleaned_data[name])
        except ValueError as error:
            raise forms.ValidationError(_("Write a month like 2026-05.")) from error


class LockAwayForm(forms.Form):
    asked_on = forms.DateField(
        label=gettext_lazy("He asked on"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
