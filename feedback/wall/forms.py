"""What a liaison gives: the photo of the sheet on the wall, and what he read to how many."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from feedback.wall.lines import Line


class PostForm(forms.Form):
    photo = forms.FileField(
        label=gettext_lazy("Photo of the sheet on the wall"),
        widget=forms.FileInput(attrs={"accept": "image/*", "capture": "environment"}),
    )


class ReadingForm(forms.Form):
    """The boxes stand beside the answers on the page; here are their values."""

    cases = forms.MultipleChoiceField(
        label=gettext_lazy("What you read"), error_messages={"required": gettext_lazy("Tick what you read.")}
    )
    listeners = forms.IntegerField(
        label=gettext_lazy("How many people listened"), min_value=1, widget=forms.NumberInput(attrs={"inputmode": "numeric"})
    )

    def __init__(self, data: Any = None, *, lines: list[Line]) -> None:
        super().__init__(data)
        self.by_key = {str(line.case.pk): line.case for line in lines}
        cases: Any = self.fields["cases"]
        cases.choices = [(key, case.title) for key, case in self.by_key.items()]

    @property
    def ticked(self) -> list[str]:
        """Keys of the ticked boxes; all of them before anything was sent."""
        sent: Any = self.data
        return sent.getlist("cases") if self.is_bound else list(self.by_key)

    @property
    def read(self) -> list[Any]:
        return [self.by_key[key] for key in self.cleaned_data["cases"]]
