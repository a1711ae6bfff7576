"""What somebody sends to the import wizard."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

MEBIBYTE = 1024 * 1024
ACCEPTED = ".xlsx,.xls,.csv,.txt,.ods,.et"


class UploadForm(forms.Form):
    """One spreadsheet. `sheet` names the sheet to read where the workbook holds more than one roster."""

    file = forms.FileField(
        label=gettext_lazy("Spreadsheet"),
        widget=forms.FileInput(attrs={"accept": ACCEPTED}),
        allow_empty_file=True,  # the reader says what is wrong with an empty one, as with every other file
        max_length=255,
        error_messages={"required": gettext_lazy("Choose a file first."), "missing": gettext_lazy("Choose a file first.")},
    )
    sheet = forms.CharField(label=pgettext_lazy("import", "Sheet"), max_length=100, required=False, widget=forms.HiddenInput)

    def clean_file(self) -> UploadedFile:
        file: UploadedFile = self.cleaned_data["file"]
        if (file.size or 0) > settings.IMPORT_MAX_BYTES:
            limit = settings.IMPORT_MAX_BYTES // MEBIBYTE
            text = _("The file is too big: at most %(limit)d MB. Split it, or delete pictures and sheets that are not needed.")
            raise forms.ValidationError(text % {"limit": limit})
        return file


class DecisionForm(forms.Form):
    """A press on write or drop: which preview the person looked at."""

    version = forms.IntegerField(min_value=1, required=False, widget=forms.HiddenInput)

    def looked_at(self) -> int | None:
        """None where the press carries no version: then the state alone decides."""
        version: Any = self.cleaned_data.get("version") if self.is_valid() else None
        return version
