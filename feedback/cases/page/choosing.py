"""What people choose on a case: a department, another case, a category, a person, one of its promises."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from feedback.cases import workflow
from feedback.cases.page import choices
from feedback.cases.page.forms import CaseForm, day_field, photo_field
from feedback.models import Case, Kind, Severity


class JointForm(CaseForm):
    department = forms.TypedChoiceField(label=gettext_lazy("Which department helps"), coerce=int)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["department"]
        field.choices = [("", "---------"), *choices.departments_to_join(self.case)]

    def said(self) -> dict[str, Any]:
        return {"department": choices.department(self.cleaned_data["department"])}


class MergeForm(CaseForm):
    into = forms.CharField(
        label=gettext_lazy("Number of the case under which it goes on"),
        max_length=24,
        widget=forms.TextInput(attrs={"list": "cases-like", "autocomplete": "off", "autocapitalize": "characters"}),
        help_text=gettext_lazy("A case of the same project. Both get the same answer, each under its own number."),
    )

    def clean_into(self) -> Case:
        number = self.cleaned_data["into"].strip().upper()
        found = choices.mergeable(self.case, self.user).filter(number=number).first()
        if found is None:
            raise forms.ValidationError(_("There is no open case of this project with this number."))
        return found

    @property
    def suggestions(self) -> list[Case]:
        return list(choices.cases_like(self.case, self.user))


class ReclassifyForm(CaseForm):
    category = forms.TypedChoiceField(label=gettext_lazy("Category"), coerce=int)
    severity = forms.ChoiceField(label=gettext_lazy("Severity"), choices=Severity.choices, widget=forms.RadioSelect)
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=Kind.choices)
    is_sensitive = forms.BooleanField(
        label=gettext_lazy("Sensitive: for named officers only"),
        required=False,
        help_text=gettext_lazy("Everybody else loses sight of it at once; you too, unless you are one of them."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        case, field = self.case, self.fields["category"]
        field.choices = self._categories()  # type: ignore[attr-defined]
        for name, value in (("category", case.category_id), ("severity", case.severity), ("kind", case.kind)):
            self.initial.setdefault(name, value)
        self.initial.setdefault("is_sensitive", case.is_sensitive)

    def _categories(self) -> list[tuple[int, str]]:
        """Its own too, should that be out of use."""
        offered = choices.categories()
        own = (self.case.category_id, self.case.category.name)
        return offered if own in offered else [own, *offered]

    def said(self) -> dict[str, Any]:
        return self.cleaned_data | {"category": choices.category(self.cleaned_data["category"])}


class OfficerForm(CaseForm):
    person = forms.TypedChoiceField(
        label=gettext_lazy("Who deals with it"),
        coerce=int,
        help_text=gettext_lazy("Reads the case from now on. Whoever it names is not offered."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["person"]
        field.choices = [("", "---------"), *choices.people_to_name(self.case)]

    def said(self) -> dict[str, Any]:
        return {"person": choices.person(self.cleaned_data["person"])}


class KeepForm(CaseForm):
    """Which promise was kept; a photo shows it."""

    promise = forms.TypedChoiceField(label=gettext_lazy("Which promise"), coerce=int, widget=forms.RadioSelect)
    on = day_field(gettext_lazy("Seen on site on"))
    photo = photo_field(gettext_lazy("Photo of it"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        drafted = set(workflow.drafted(self.case).values_list("pk", flat=True)) if self.case.status == "under_review" else set()
        rows = sorted(self.case.promises.all(), key=lambda promise: (promise.due_on, promise.pk))
        self.open = {each.pk: each for each in rows if each.kept_on is None and each.pk not in drafted}
        field: Any = self.fields["promise"]
        field.choices = [(key, f"{date_format(each.due_on, 'MONTH_DAY_FORMAT')}·{each.text}") for key, each in self.open.items()]
        self.initial.setdefault("promise", next(iter(self.open), None))
        self.initial.setdefault("on", timezone.localdate())

    @property
    def subject(self) -> Any:
        return self.open[self.cleaned_data["promise"]]

    def said(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("on", "photo")}
