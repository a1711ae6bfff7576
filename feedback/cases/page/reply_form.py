"""The answer to a worker: his words answered, and a fact or up to three promises, so that no answer is only words."""

from datetime import date
from typing import Any

from django import forms
from django.db.models import TextChoices
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from feedback.cases import workflow
from feedback.cases.page.forms import CaseForm, day_field, words
from feedback.models import Promise

MOST_PROMISES = 3
PARTS = ("text", "who", "due_on")


class Outcome(TextChoices):
    DONE = "done", pgettext_lazy("outcome of an answer", "It is done")
    PROMISED = "promised", pgettext_lazy("outcome of an answer", "It is promised, with a day")
    EXPLAINED = "explained", pgettext_lazy("outcome of an answer", "There is nothing to do: only an explanation")


class ReplyForm(CaseForm):
    text = words(
        pgettext_lazy("reply", "Answer"),
        2000,
        6,
        help_text=gettext_lazy("As you would say it to him. It is read by code, hangs on the wall and is read aloud: no names."),
    )
    outcome = forms.ChoiceField(
        label=gettext_lazy("How it stands"),
        choices=Outcome.choices,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Is it done, or what is promised by when? Choose one.")},
    )
    is_final = forms.BooleanField(
        label=gettext_lazy("This is the final reply"),
        required=False,
        help_text=gettext_lazy("For what has been looked into and cannot be met: the case ends with it."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number in range(1, MOST_PROMISES + 1):
            self.fields[f"text_{number}"] = forms.CharField(
                label=pgettext_lazy("promise", "What"), max_length=Promise._meta.get_field("text").max_length, required=False
            )
            self.fields[f"who_{number}"] = forms.CharField(
                label=pgettext_lazy("promise", "Who does it"),
                max_length=Promise._meta.get_field("who").max_length,
                required=False,
            )
            self.fields[f"due_on_{number}"] = day_field(_("By when"), required=False)
        self.initial.setdefault("text", self.case.reply)

    @property
    def promise_rows(self) -> list[tuple[int, list[forms.BoundField], bool]]:
        """Number of the line, its three fields, and whether it lies open."""
        rows = [(number, [self[f"{part}_{number}"] for part in PARTS]) for number in range(1, MOST_PROMISES + 1)]
        return [(number, fields, number == 1 or any(field.data for field in fields)) for number, fields in rows]

    @property
    def plain_fields(self) -> list[forms.BoundField]:
        return [self["text"], self["outcome"]]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        self.promises = [given for number in range(1, MOST_PROMISES + 1) if (given := self._promise(number, said))]
        has_words = any(said.get(f"{part}_{number}") for part in PARTS for number in range(1, MOST_PROMISES + 1))
        if said.get("outcome") == Outcome.PROMISED and not has_words:
            self.add_error("text_1", _("Write down what is promised."))
        if said.get("outcome") in (Outcome.DONE, Outcome.EXPLAINED) and has_words:
            self.add_error("outcome", _("There is a promise below: choose “It is promised”, or clear its line."))
        return said

    def _promise(self, number: int, said: dict[str, Any]) -> workflow.PromiseGiven | None:
        """A line of three; a line that was begun is filled in whole."""
        names = {part: f"{part}_{number}" for part in PARTS}
        given: dict[str, Any] = {part: said.get(name) for part, name in names.items()}
        if not any(given.values()):
            return None
        missing = {"text": _("Write down what is promised."), "who": _("Who does it?"), "due_on": _("By which day?")}
        for part, name in names.items():
            if not given[part] and name not in self.errors:
                self.add_error(name, missing[part])
        if isinstance(given["due_on"], date) and given["due_on"] < timezone.localdate():
            self.add_error(names["due_on"], _("This day is over."))
        return workflow.PromiseGiven(**given)

    def said(self) -> dict[str, Any]:
        reply = workflow.Reply(
            text=self.cleaned_data["text"], promises=tuple(self.promises), is_final=self.cleaned_data["is_final"]
        )
        return {"reply": reply}
