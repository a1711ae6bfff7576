"""Looking a person up by a full number, and asking to see one. Both are posted; neither number ever stands in an address."""

from collections.abc import Iterable, Iterator
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.personal import IdNumber, Malformed, Personal, Phone
from labour_teams.models import Engagement

MIN_REASON = 4


class LookUpForm(forms.Form):
    """A full ID number or mobile number."""

    number = forms.CharField(
        label=gettext_lazy("Full ID number or mobile number"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "text"}),
        help_text=gettext_lazy("It is sent once, never stands in the address and is not kept."),
    )

    def clean_number(self) -> Personal:
        text = self.cleaned_data["number"]
        for kind in (Phone, IdNumber):
            try:
                return kind.parse(text)
            except Malformed as malformed:
                message = malformed.message
        raise forms.ValidationError(message)


def _named(name: str, number: Personal) -> tuple[str, Personal]:
    """What the choice is called, with the mask that tells it from others; and the number."""
    return f"{name} {number}", number


class RevealForm(forms.Form):
    """Which of a person's numbers, and why. `engagements` are those whose numbers the person asking may see."""

    number = forms.ChoiceField(label=gettext_lazy("Which number"), widget=forms.RadioSelect)
    reason = forms.CharField(
        label=gettext_lazy("What for"),
        min_length=MIN_REASON,
        max_length=200,
        help_text=gettext_lazy("Goes into the audit trail with your name and the time."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, *args: Any, engagements: Iterable[Engagement], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.numbers = dict(self._numbers(list(engagements)))
        self.fields["number"].choices = [(key, label) for key, (label, _number) in self.numbers.items()]

    @staticmethod
    def _numbers(engagements: list[Engagement]) -> Iterator[tuple[str, tuple[str, Personal]]]:
        """Key of the choice → what it is called, and the number."""
        for each in engagements[:1]:
            yield "id_number", _named(_("ID number"), each.worker.id_number)
        for each in engagements:
            where = {"project": each.project}
            if each.phone:
                yield f"phone-{each.pk}", _named(_("Mobile, %(project)s") % where, each.phone)
            if each.bank_card:
                yield f"bank_card-{each.pk}", _named(_("Wage card, %(project)s") % where, each.bank_card)

    def chosen(self) -> tuple[str, Personal]:
        """What it is called, and the number asked for."""
        return self.numbers[self.cleaned_data["number"]]
