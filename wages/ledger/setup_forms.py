"""Setting up a project: its leading group with its members, its special account."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wages.ledger.setting_up import Seat
from wages.models import WageAccount, WageGroupMember, WageLeadingGroup

EMPTY_SEATS = 3


def day() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class GroupForm(forms.ModelForm):
    class Meta:
        model = WageLeadingGroup
        fields = ("formed_on", "document_no")
        widgets = {"formed_on": day()}


class SeatForm(forms.Form):
    """A row of the list. A row without a name is no member."""

    member = forms.IntegerField(widget=forms.HiddenInput, required=False)
    name = forms.CharField(label=_("name"), max_length=60, required=False)
    post = forms.ChoiceField(label=_("post"), choices=WageGroupMember.Post.choices)
    must_sign = forms.BooleanField(label=_("signs every sheet"), required=False)

    def seat(self) -> Seat:
        said = self.cleaned_data
        return Seat(said["name"].strip(), said["post"], said["must_sign"], said["member"])


SeatFormSet = forms.formset_factory(SeatForm, extra=EMPTY_SEATS, max_num=20, absolute_max=20)


def seats_of(group: WageLeadingGroup | None) -> list[dict[str, Any]]:
    """As they stand; for a group that is to be formed, the posts that belong in it."""
    if group is None:
        return [{"post": post, "must_sign": True} for post in WageGroupMember.Post.values]
    members = group.members.order_by("pk")
    return [{"member": each.pk, "name": each.name, "post": each.post, "must_sign": each.must_sign} for each in members]


class AccountForm(forms.ModelForm):
    """The number is not shown again: left empty, it stays."""

    number = forms.CharField(
        label=_("account number"),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        help_text=_("Left empty, the number on record stays."),
    )

    class Meta:
        model = WageAccount
        fields = ("bank", "opened_on", "pay_day", "completed_on", "settled_on")
        widgets = {"opened_on": day(), "completed_on": day(), "settled_on": day()}

    field_order = ("bank", "number", "opened_on", "pay_day", "completed_on", "settled_on")

    def clean_pay_day(self) -> int:
        chosen: int = self.cleaned_data["pay_day"]
        if not 1 <= chosen <= 28:
            raise forms.ValidationError(_("A day from 1 to 28."))
        return chosen

    def save(self, commit: bool = True) -> WageAccount:
        """Not to the database: wages/ledger/setting_up.py does that."""
        account: WageAccount = super().save(commit=False)
        if number := self.cleaned_data["number"].strip():
            account.number = number
        return account
