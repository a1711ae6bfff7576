"""What people give with a verb: the scan and who signed, the photo and its day, the voucher and its day, a word."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.refusals import Refused
from wages.ledger.signing import signing
from wages.models import WageArrears, WageSheet

WORD = 200  # characters
PAPERS = "image/*,application/pdf"


def day_field(label: Any) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget, initial=timezone.localdate)


def paper_field(label: Any) -> forms.FileField:
    widget = forms.FileInput(attrs={"accept": PAPERS})
    return forms.FileField(label=label, widget=widget, help_text=_("PDF or picture, at most 10 MB."))


def word_field(label: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=WORD, widget=forms.Textarea(attrs={"rows": 2}))


class VerbForm(forms.Form):
    """`key` is the verb; `version` that of the row the person looked at: whoever was overtaken is told so."""

    key = ""
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: Any = None, files: Any = None, *, row: WageSheet | WageArrears) -> None:
        super().__init__(data, files, initial={"version": row.version}, auto_id=f"{self.key}-%s")

    def said(self) -> dict[str, Any]:
        """The verb's own arguments."""
        return dict(self.cleaned_data)

    def blame(self, refusal: Refused) -> None:
        """What the workflow refused, at the field that it names or at the head of the form."""
        for name, text in (refusal.fields or {"": refusal.message}).items():
            self.add_error(name if name in self.fields else None, text)


class CheckForm(VerbForm):
    key = "check"


class SignForm(VerbForm):
    """Each member of the leading group who has to sign is ticked by name; his signature stands on the scan."""

    key = "sign"
    members = forms.MultipleChoiceField(
        label=_("Whose signatures stand on it"), widget=forms.CheckboxSelectMultiple, required=False
    )
    scan = paper_field(_("Scan of the signed sheet"))

    def __init__(self, data: Any = None, files: Any = None, *, row: WageSheet) -> None:
        super().__init__(data, files, row=row)
        offered: Any = self.fields["members"]
        offered.choices = [(str(member.pk), f"{member.name}（{member.get_post_display()}）") for member in signing(row)]

    def said(self) -> dict[str, Any]:
        return {**super().said(), "members": {int(key) for key in self.cleaned_data["members"]}}


class PostForm(VerbForm):
    key = "post"
    on = day_field(_("Hung on"))
    photo = forms.FileField(
        label=_("Photo of it on the wall"),
        widget=forms.FileInput(attrs={"accept": "image/*", "capture": "environment"}),
        help_text=_("JPG or PNG, at most 15 MB."),
    )


class PayForm(VerbForm):
    key = "pay"
    on = day_field(_("Paid out on"))
    voucher = paper_field(_("The bank's voucher"))


class SendBackForm(VerbForm):
    key = "send_back"
    word = word_field(_("Why it goes back"))


class SettleForm(VerbForm):
    """Of arrears that workers reported."""

    key = "settle"
    on = day_field(_("Settled on"))
    note = word_field(_("How it was settled"))
    proof = paper_field(_("What proves it: photo or document"))


class ExplainForm(forms.Form):
    word = word_field(_("Why it is right as it stands"))


FORMS: dict[str, type[VerbForm]] = {
    "check": CheckForm,
    "sign": SignForm,
    "post": PostForm,
    "pay": PayForm,
    "send_back": SendBackForm,
}
