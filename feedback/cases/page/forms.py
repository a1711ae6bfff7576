"""What people type on a case: one form a verb. A form hands over the arguments of its verb as the workflow names them."""

from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from core.refusals import Refused
from feedback.cases import workflow
from feedback.models import Case, CaseExtension, CasePhoto

if TYPE_CHECKING:
    from accounts.models import User

WORD, LINE = 500, 200  # characters
CLOCKS: dict[str, Any] = {
    "accept": pgettext_lazy("clock of a case", "acceptance"),
    "answer": pgettext_lazy("clock of a case", "answer"),
    "settle": pgettext_lazy("clock of a case", "settlement"),
    "promise": pgettext_lazy("clock of a case", "promise"),
    "report": pgettext_lazy("clock of a case", "after-report"),
}


def day_field(label: Any, **options: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **options)


def words(label: Any, length: int = WORD, rows: int = 3, **options: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=length, widget=forms.Textarea(attrs={"rows": rows}), **options)


def photo_field(label: Any, **options: Any) -> forms.FileField:
    picture = forms.FileInput(attrs={"accept": "image/*"})
    return forms.FileField(label=label, widget=picture, help_text=gettext_lazy("JPG or PNG, at most 15 MB."), **options)


class CaseForm(forms.Form):
    """What a verb needs beside the case and the person."""

    def __init__(self, data: Any = None, files: Any = None, *, case: Case, user: "User", initial: Any = None) -> None:
        super().__init__(data, files, initial=initial)
        self.case, self.user = case, user

    @property
    def subject(self) -> Any:
        """What the verb acts on: the case, or something of it."""
        return self.case

    def said(self) -> dict[str, Any]:
        """The verb's own arguments."""
        return dict(self.cleaned_data)

    def blame(self, refusal: Refused) -> None:
        """What the workflow refused, at the field that it names or at the head of the form."""
        for name, text in (refusal.fields or {"": refusal.message}).items():
            self.add_error(name if name in self.fields else None, text)

    @property
    def typed(self) -> bool:
        """Whether there is something to lose with the page."""
        texts = [name for name, field in self.fields.items() if isinstance(field, forms.CharField)]
        return any(self.data.get(name, "").strip() for name in texts)

    def clean_settled_on(self) -> date:
        return not_ahead(self.cleaned_data["settled_on"])

    def clean_on(self) -> date:
        return not_ahead(self.cleaned_data["on"])


def not_ahead(day: date) -> date:
    if day > timezone.localdate():
        raise forms.ValidationError(_("This day has not come yet."))
    return day


class NoForm(CaseForm):
    """Nothing to fill in: the button says it."""


class RefusalForm(CaseForm):
    grounds = words(
        gettext_lazy("Why it is not yours, and whose it is"),
        help_text=gettext_lazy(
            "Whoever dispatched it decides. A case that is sent there a second time cannot be sent back again."
        ),
    )


class WordForm(CaseForm):
    word = words(gettext_lazy("Why"))


class InsistForm(CaseForm):
    word = words(
        gettext_lazy("Why it stays there"), help_text=gettext_lazy("The unit must accept it now and cannot send it back again.")
    )


class QuestionForm(CaseForm):
    question = words(
        gettext_lazy("What the worker is asked"),
        help_text=gettext_lazy("Read with the look-up code. The clock stands still until he answers, at most 5 working days."),
    )


class DeliveryForm(CaseForm):
    HOW = (Case.Delivery.READ_ALOUD, Case.Delivery.IN_PERSON)
    how = forms.ChoiceField(
        label=gettext_lazy("How it was told"), choices=[(how.value, how.label) for how in HOW], widget=forms.RadioSelect
    )
    note = forms.CharField(
        label=gettext_lazy("When, where, before how many"),
        max_length=LINE,
        required=False,
        help_text=gettext_lazy("For instance: at the shift meeting of 1 June, 21 people. No worker's name."),
    )


class SettlementForm(CaseForm):
    settled_on = day_field(gettext_lazy("Seen on site on"))
    note = forms.CharField(label=gettext_lazy("What was seen"), max_length=LINE)
    photo = photo_field(gettext_lazy("Photo of it"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("settled_on", timezone.localdate())
        self.fields["photo"].required = workflow.needs_photo(self.case)


class OnTheSpotForm(CaseForm):
    reply = words(gettext_lazy("What the worker was told"), 2000, 5)
    settled_note = forms.CharField(
        label=gettext_lazy("What was done"),
        max_length=LINE,
        help_text=gettext_lazy("Within 24 hours a short report is due; it is asked for on this page."),
    )
    photo = photo_field(gettext_lazy("Photo of it"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["photo"].required = workflow.needs_photo(self.case)


class AfterReportForm(CaseForm):
    text = words(gettext_lazy("What happened, what was done, what is left to do"), 2000, 8)


class ExtensionForm(CaseForm):
    clock = forms.ChoiceField(
        label=gettext_lazy("More time for what"),
        choices=[(clock.value, CLOCKS[clock]) for clock in CaseExtension.Clock],
        widget=forms.RadioSelect,
    )
    days = forms.IntegerField(label=gettext_lazy("How many working days more"), min_value=1, max_value=30)
    reason = words(
        gettext_lazy("Why it takes longer"),
        LINE,
        help_text=gettext_lazy("Only once, and before the deadline. The first one stays."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        has_answer = self.case.replied_at is not None
        self.initial.setdefault("clock", CaseExtension.Clock.SETTLE if has_answer else CaseExtension.Clock.ANSWER)


class DecisionForm(CaseForm):
    """Yes or no to the extension that was asked for."""

    is_given = forms.TypedChoiceField(
        label=gettext_lazy("Decision"),
        choices=[("yes", pgettext_lazy("extension", "Give it")), ("no", pgettext_lazy("extension", "Refuse it"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    word = forms.CharField(label=gettext_lazy("A word to it"), max_length=LINE, required=False)

    @property
    def subject(self) -> CaseExtension | None:
        return next((each for each in self.case.extensions.all() if each.is_given is None), None)

    @property
    def asked_for(self) -> Any:
        """Of which clock more is wanted, in words."""
        return CLOCKS[self.subject.clock] if self.subject else ""

    def clean(self) -> Any:
        if self.subject is None:
            raise forms.ValidationError(_("This was decided already."))
        return super().clean()


class OutsideForm(CaseForm):
    body = forms.CharField(
        label=gettext_lazy("Which body"),
        max_length=100,
        help_text=gettext_lazy(
            "For instance the labour inspectorate, an arbitration commission, the subcontractor's own company."
        ),
    )
    word = words(gettext_lazy("What was handed over, and who follows it up here"))


class RemarkForm(CaseForm):
    text = words(gettext_lazy("What is to be remembered"), 1000)
    is_public = forms.BooleanField(
        label=gettext_lazy("The worker reads it too, with his look-up code"),
        required=False,
        help_text=gettext_lazy("Then without names, and in words that he understands."),
    )
    photo = photo_field(gettext_lazy("Photo"), required=False)
    caption = forms.CharField(
        label=gettext_lazy("What it shows"),
        max_length=CasePhoto._meta.get_field("caption").max_length,
        required=False,
        help_text=gettext_lazy("For those who do not see the photo. The worker does not get it."),
    )


class LetStandForm(CaseForm):
    word = words(
        gettext_lazy("Why it is not done again"),
        help_text=gettext_lazy("Whoever went there, and everybody who sees the case, reads it."),
    )


class UrgeForm(CaseForm):
    """One press; a word is not needed."""

    word = forms.CharField(label=gettext_lazy("A word to it"), max_length=LINE, required=False)


class TranscriptForm(forms.Form):
    """What a voice note says, written down by somebody who listened."""

    transcript = words(gettext_lazy("What the note says"), 2000, 4, required=False)


class RevealForm(forms.Form):
    """Why somebody needs to know how to reach whoever spoke."""

    reason = forms.CharField(
        label=gettext_lazy("What for"),
        min_length=4,
        max_length=LINE,
        help_text=gettext_lazy("Goes into the audit trail with your name and the time."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
