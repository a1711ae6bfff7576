"""What is typed about a revisit: who goes, and what he found."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from feedback.models import Case
from feedback.revisits.candidates import candidates

if TYPE_CHECKING:
    from accounts.models import User


class AssignForm(forms.Form):
    """People outside the handling line of this case."""

    person = forms.ChoiceField(
        label=gettext_lazy("Who goes"), help_text=gettext_lazy("Only people who had no part in dealing with it are offered.")
    )

    def __init__(self, data: Any = None, *, case: Case) -> None:
        super().__init__(data)
        self.people: dict[str, User] = {}
        choices = [("", _("Choose"))]
        for person, title in candidates(case):
            self.people[str(person.pk)] = person
            choices.append((str(person.pk), f"{person.name}·{title}"))
        field: Any = self.fields["person"]
        field.choices = choices

    @property
    def chosen(self) -> "User":
        return self.people[self.cleaned_data["person"]]


class AnswerForm(forms.Form):
    """Two buttons say yes or no; a no needs a line."""

    words = forms.CharField(
        label=gettext_lazy("What you saw, in a line"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("Without the name of whoever you asked."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    photo = forms.FileField(
        label=gettext_lazy("Photo"),
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/*", "capture": "environment"}),
    )
