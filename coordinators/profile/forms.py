"""What is typed into a profile."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coordinators.models import Coordinator
from core.personal import Malformed, Phone


class PhoneField(forms.CharField):
    """A mobile number as people type it; nothing typed is None."""

    def to_python(self, value: Any) -> Phone | None:  # type: ignore[override]
        text = super().to_python(value)
        if not text:
            return None
        try:
            return Phone.parse(text)
        except Malformed as error:
            raise ValidationError(error.message, code=error.code) from error

    def run_validators(self, value: Any) -> None:
        """Its form has been judged; the validators of texts measure lengths."""


class ProfileForm(forms.Form):
    """The number that is stored is never sent to a browser: the field is empty, and stays so where nothing is to change."""

    phone = PhoneField(
        label=gettext_lazy("Mobile"),
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off", "maxlength": 30}),
    )
    duties = forms.CharField(
        label=gettext_lazy("Duties in a line"),
        required=False,
        max_length=Coordinator._meta.get_field("duties").max_length,
        help_text=gettext_lazy("As workers will read it, for example: wages, board and lodging, safety."),
    )

    def __init__(self, *args: Any, current: Phone | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if current:
            kept = _("Now %(number)s. Leave this empty to keep it.") % {"number": current.masked}
            self.fields["phone"].help_text = kept


class ConsentForm(forms.Form):
    """One tick, by whoever it is about or on his word."""

    agreed = forms.BooleanField(label=gettext_lazy("I agree to this"))

    def __init__(self, *args: Any, is_own: bool, name: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agreed"].error_messages["required"] = _("Please tick this first: nobody is shown without having agreed.")
        if not is_own:
            self.fields["agreed"].label = _("%(name)s has read this and agreed to it") % {"name": name}
