"""One sheet as it is typed: a choice for each question, a line for each open question."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from feedback.models import CaseAccused, Kind, SurveyQuestion, SurveyResponse, SurveyRound
from feedback.survey.common import categories_in_use
from feedback.survey.keying import Keyed, Line
from feedback.survey.results import labels_of, value_of

KINDS = (Kind.PROBLEM, Kind.SUGGESTION)
# A department or somebody at headquarters is named on the page of the case, where one can say which.
NAMED = (
    CaseAccused.Who.LIAISON,
    CaseAccused.Who.TEAM_BOSS,
    CaseAccused.Who.PROJECT,
    CaseAccused.Who.REGION,
    CaseAccused.Who.UNKNOWN,
)
PARTS = ("title", "category", "kind", "names", "words")


class SheetForm(forms.Form):
    """`categories` question id → the category chosen last time. Everything may stay empty but the whole sheet."""

    code = forms.CharField(
        label=gettext_lazy("Code of the sheet"),
        max_length=8,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )
    photographed = forms.ModelChoiceField(SurveyResponse.objects.none(), required=False, widget=forms.HiddenInput)
    is_blank = forms.BooleanField(label=gettext_lazy("The sheet is blank"), required=False)

    def __init__(
        self, *args: Any, round_: SurveyRound, user: Any, categories: dict[str, int] | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.questions = list(round_.template.questions.order_by("number"))
        photographed: Any = self.fields["photographed"]
        photographed.queryset = SurveyResponse.objects.visible_to(user).filter(round=round_).waiting_with_photo()
        offered = categories_in_use()
        for question in self.questions:
            if question.kind == SurveyQuestion.Kind.TEXT:
                self._ask_line(question, offered, (categories or {}).get(str(question.pk)))
            else:
                self._ask_choice(question)

    def _ask_choice(self, question: SurveyQuestion) -> None:
        choices = [(value_of(question, place), word) for place, word in enumerate(labels_of(question))]
        self.fields[f"q{question.pk}"] = forms.TypedChoiceField(
            label=question.text, choices=choices, coerce=int, empty_value=None, required=False, widget=forms.RadioSelect
        )

    def _ask_line(self, question: SurveyQuestion, offered: Any, chosen: int | None) -> None:
        name, plain = f"q{question.pk}", {"autocomplete": "off"}
        words = forms.CharField(
            label=_("As it was written"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 1, **plain})
        )
        if question.gathers:
            self.fields[f"{name}-title"] = forms.CharField(
                label=_("In a line, without names"),
                max_length=80,
                required=False,
                widget=forms.TextInput(attrs={"list": "common", **plain}),
            )
            self.fields[f"{name}-category"] = forms.ModelChoiceField(
                offered, label=_("Category"), required=False, initial=chosen or question.category_id
            )
            self.fields[f"{name}-kind"] = forms.ChoiceField(
                label=_("Kind"), choices=[(kind.value, kind.label) for kind in KINDS], initial=question.gathers, required=False
            )
            named = [("", pgettext_lazy("whom a case names", "Nobody")), *((who.value, who.label) for who in NAMED)]
            self.fields[f"{name}-names"] = forms.ChoiceField(label=_("It names"), choices=named, required=False)
        self.fields[f"{name}-words"] = words

    def choices(self) -> Iterator[tuple[SurveyQuestion, BoundField]]:
        for question in self.questions:
            if question.kind != SurveyQuestion.Kind.TEXT:
                yield question, self[f"q{question.pk}"]

    def lines(self) -> Iterator[tuple[SurveyQuestion, int, dict[str, BoundField]]]:
        """Question, which line of the slip it is, its fields by part."""
        texts = [question for question in self.questions if question.kind == SurveyQuestion.Kind.TEXT]
        for line, question in enumerate(texts, start=1):
            names = {part: f"q{question.pk}-{part}" for part in PARTS}
            yield question, line, {part: self[name] for part, name in names.items() if name in self.fields}

    def clean_code(self) -> str:
        code: str = self.cleaned_data["code"].strip().upper()
        return code.partition("-")[0]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        for question in self.questions:
            if question.gathers:
                self._clean_line(f"q{question.pk}", data)
        is_something = any(value not in (None, "") for name, value in data.items() if self._is_said(name))
        if not self.errors and not is_something and not data.get("is_blank"):
            self.add_error("is_blank", _("Nothing is filled in. Tick this if the sheet came back blank."))
        return data

    def _clean_line(self, name: str, data: dict[str, Any]) -> None:
        """Picked from the list, a line is its own words; written words need a line that may stand in lists, and a category."""
        title, words = data.get(f"{name}-title", ""), data.get(f"{name}-words", "")
        if title and not words:
            data[f"{name}-words"] = title
        if words and not title:
            self.add_error(f"{name}-title", _("Say it in a line, without names."))
        if (words or title) and not data.get(f"{name}-category"):
            self.add_error(f"{name}-category", _("Choose a category."))

    def _is_said(self, name: str) -> bool:
        return name.startswith("q") and name.rpartition("-")[2] not in ("category", "kind", "names")

    def keyed(self) -> Keyed:
        data = self.cleaned_data
        values = {question.pk: data[f"q{question.pk}"] for question, _field in self.choices()}
        return Keyed(
            values={key: value for key, value in values.items() if value is not None},
            lines=[self._line(question, line) for question, line, _fields in self.lines()],
            code=data["code"],
            photographed=data["photographed"],
        )

    def _line(self, question: SurveyQuestion, line: int) -> Line:
        data, name = self.cleaned_data, f"q{question.pk}"
        kind = (data.get(f"{name}-kind") or question.gathers) if question.gathers else ""
        return Line(
            question=question,
            line=line,
            words=data[f"{name}-words"],
            kind=kind,
            title=data.get(f"{name}-title", ""),
            category=data.get(f"{name}-category"),
            names=data.get(f"{name}-names", ""),
        )

    def chosen_categories(self) -> dict[str, int]:
        """Question id → category, for the next sheet."""
        found = {
            question.pk: self.cleaned_data.get(f"q{question.pk}-category") for question in self.questions if question.gathers
        }
        return {str(key): category.pk for key, category in found.items() if category}
