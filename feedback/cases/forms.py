"""Taking a case down in under a minute: what it is about, in a line, where. Everything else is optional and folded away."""

import re
from collections.abc import Iterator
from itertools import groupby
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from core.personal import Malformed, Phone
from feedback.cases import intake
from feedback.cases.registering import Matter, Named
from feedback.cases.routing import departments_to_choose
from feedback.models import Case, CaseAccused, CaseCategory, Kind, Severity

if TYPE_CHECKING:
    from accounts.models import User

Who = CaseAccused.Who
EMPTY = ("", "---------")
# How a case comes that is written down here; the other ways in have their own pages.
ORIGINS = [(origin.value, origin.label) for origin in (Case.Origin.VISIT, Case.Origin.MEETING)]
OF_TEAM = (Who.LIAISON, Who.TEAM_BOSS)
LONG_NUMBER = re.compile(r"(?:\d[\s-]?){7,}")  # a phone or an ID number; an amount of wages may stand in the line


class MatterForm(forms.Form):
    """The short form, all that a liaison is asked: his place is known, his words are optional."""

    category = forms.TypedChoiceField(label=gettext_lazy("What it is about"), coerce=int)
    title = forms.CharField(
        label=gettext_lazy("In a line"),
        max_length=80,
        help_text=gettext_lazy("Without names: this line stands in lists."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    place = forms.ChoiceField(label=pgettext_lazy("case", "Where"))
    words = forms.CharField(
        label=gettext_lazy("In his own words"),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    named = forms.MultipleChoiceField(
        label=gettext_lazy("Whom does it name?"),
        choices=Who.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Whoever is named here neither deals with the case nor sees it, nor does his line."),
    )
    is_direct = forms.BooleanField(
        label=gettext_lazy("Straight to the company"),
        required=False,
        help_text=gettext_lazy("Nobody on the project or in the region sees it."),
    )

    ALWAYS_SHOWN = ("category", "title", "place", "words")

    def __init__(self, data: Any = None, *, user: "User") -> None:
        super().__init__(data)
        self.user, self.day = user, timezone.localdate()
        self.categories = {category.pk: category for category in intake.categories_offered()}
        offered = intake.places_offered(user, self.day)
        self.places = dict(entry for group in offered.values() for entry in group)
        self._choices("category", self._pictures())
        self._choices("place", _grouped(offered))
        if len(self.places) == 1:
            self.initial["place"] = next(iter(self.places))
            self.fields["place"].widget = forms.HiddenInput()
            self.fields["place"].required = False

    def _choices(self, name: str, options: Any) -> None:
        field: Any = self.fields[name]
        field.choices = [EMPTY, *options]

    def _pictures(self) -> Iterator[tuple[str, list[tuple[int, str]]]]:
        """Categories under the pictures of the workers' page, so that everybody looks for them in the same place."""
        order = list(CaseCategory.Picture)
        rows = sorted(self.categories.values(), key=lambda row: order.index(CaseCategory.Picture(row.picture)))
        for picture, group in groupby(rows, key=lambda row: row.get_picture_display()):
            yield str(picture), [(row.pk, str(row)) for row in group]

    @property
    def shown(self) -> list[forms.BoundField]:
        return [self[name] for name in self.ALWAYS_SHOWN]

    @property
    def folded(self) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if name not in self.ALWAYS_SHOWN]

    @property
    def is_unfolded(self) -> bool:
        """Open where something in there is wrong or was filled in."""
        return any(field.errors or field.data for field in self.folded)

    def clean_title(self) -> str:
        title = str(self.cleaned_data["title"]).strip()
        if LONG_NUMBER.search(title):
            raise forms.ValidationError(_("No numbers of people in this line: it stands in lists."))
        return title

    def clean_place(self) -> intake.Place:
        key = self.cleaned_data["place"] or (self.initial.get("place", "") if len(self.places) == 1 else "")
        if key not in self.places:
            raise forms.ValidationError(_("Say where."))
        return self.places[key]

    def matter(self) -> Matter:
        """What `registering.register` takes."""
        said = dict(self.cleaned_data)
        place: intake.Place = said.pop("place")
        return Matter(
            category=self.categories[said.pop("category")],
            region=place.region,
            project=place.project,
            team=place.team,
            crew=place.crew,
            named=tuple(self._named(said.pop("named"), place)),
            **self._rest(said),
        )

    def _rest(self, said: dict[str, Any]) -> dict[str, Any]:
        return {"origin": Case.Origin.VISIT, **said}

    def _named(self, ticked: list[str], place: intake.Place) -> Iterator[Named]:
        """Who is of the team is said with the team, where it is known. Departments and people need the longer form."""
        for who in ticked:
            yield Named(who, team=place.team if who in OF_TEAM else None)


class LiaisonMatterForm(MatterForm):
    """A liaison names by tier: he is shown no lists of people and departments."""

    WHO = (Who.TEAM_BOSS, Who.LIAISON, Who.PROJECT, Who.REGION, Who.UNKNOWN)

    def __init__(self, data: Any = None, *, user: "User") -> None:
        super().__init__(data, user=user)
        named: Any = self.fields["named"]
        named.choices = [(who.value, who.label) for who in self.WHO]


class LongMatterForm(MatterForm):
    """With all that a coordinator or headquarters may know already."""

    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=Kind.choices, initial=Kind.PROBLEM)
    severity = forms.ChoiceField(label=gettext_lazy("Severity"), required=False)
    origin = forms.ChoiceField(
        label=gettext_lazy("How it came"), choices=ORIGINS, initial=Case.Origin.VISIT, widget=forms.RadioSelect
    )
    people_count = forms.IntegerField(label=gettext_lazy("People concerned"), min_value=1, max_value=100_000, required=False)
    amount = forms.DecimalField(label=gettext_lazy("Amount (yuan)"), min_value=0, max_digits=12, decimal_places=2, required=False)
    is_found_early = forms.BooleanField(
        label=gettext_lazy("Found early"),
        required=False,
        help_text=gettext_lazy("A dispute or hazard that was noticed before it broke out."),
    )
    named_liaison = forms.TypedChoiceField(label=gettext_lazy("Which liaison"), coerce=int, required=False)
    named_department = forms.TypedChoiceField(label=gettext_lazy("Which department"), coerce=int, required=False)
    named_person = forms.TypedChoiceField(label=gettext_lazy("Who at headquarters"), coerce=int, required=False)
    contact_name = forms.CharField(
        label=gettext_lazy("Name of whoever spoke"),
        max_length=100,
        required=False,
        help_text=gettext_lazy("Only if he wants to be reached. Kept apart and encrypted; every look is written down."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    contact_phone = forms.CharField(
        label=gettext_lazy("His mobile"),
        max_length=20,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"}),
    )

    field_order = (
        *MatterForm.ALWAYS_SHOWN, "named", "named_liaison", "named_department", "named_person", "is_direct", "kind", "severity",
        "origin", "people_count", "amount", "is_found_early", "contact_name", "contact_phone",
    )  # fmt: skip

    def __init__(self, data: Any = None, *, user: "User") -> None:
        super().__init__(data, user=user)
        severity: Any = self.fields["severity"]
        severity.choices = [("", _("As the category says")), *Severity.choices]
        self.liaisons = intake.liaisons_to_name(user, self.day)
        self.departments = {department.pk: department for department in departments_to_choose()}
        self.people = intake.headquarters_to_name(self.day)
        self._choices("named_liaison", _people(self.liaisons))
        self._choices("named_department", [(key, str(row)) for key, row in self.departments.items()])
        self._choices("named_person", _people(self.people))

    @property
    def is_unfolded(self) -> bool:
        usual = {"kind": Kind.PROBLEM, "origin": Case.Origin.VISIT}
        return any(field.errors or field.data not in (None, "", False, [], usual.get(field.name)) for field in self.folded)

    def clean_contact_phone(self) -> Phone | None:
        typed = self.cleaned_data["contact_phone"].strip()
        try:
            return Phone.parse(typed) if typed else None
        except Malformed as error:
            raise forms.ValidationError(error.message) from error

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        named = said.get("named", [])
        if Who.DEPARTMENT in named and not said.get("named_department"):
            self.add_error("named_department", _("Say which department it names, so that it is kept from just that one."))
        if Who.HEADQUARTERS in named and not said.get("named_person"):
            self.add_error("named_person", _("Say whom it names, so that it is kept from just him."))
        return said

    def _rest(self, said: dict[str, Any]) -> dict[str, Any]:
        return {name: value for name, value in said.items() if name not in ("named_liaison", "named_department", "named_person")}

    def _named(self, ticked: list[str], place: intake.Place) -> Iterator[Named]:
        """Somebody chosen without his box being ticked is named all the same: it is the safer reading."""
        said = self.cleaned_data
        liaison = self.liaisons.get(said.get("named_liaison") or 0, (None, ""))[0]
        person = self.people.get(said.get("named_person") or 0, (None, ""))[0]
        department = self.departments.get(said.get("named_department") or 0)
        found = {Who.LIAISON.value: liaison, Who.HEADQUARTERS.value: person, Who.DEPARTMENT.value: department}
        chosen = {who for who, row in found.items() if row}
        for who in [choice for choice in Who.values if choice in {*ticked, *chosen}]:
            yield Named(
                who,
                person={Who.LIAISON.value: liaison, Who.HEADQUARTERS.value: person}.get(who),
                team=place.team if who in OF_TEAM else None,
                department=department if who == Who.DEPARTMENT else None,
            )


def form_for(user: "User") -> type[MatterForm]:
    return LiaisonMatterForm if intake.is_liaison_only(user) else LongMatterForm


def _grouped(offered: dict[str, list[tuple[str, intake.Place]]]) -> Iterator[Any]:
    """Places without a heading stand alone, the others under their project."""
    for heading, entries in offered.items():
        options = [(key, str(place)) for key, place in entries]
        if heading:
            yield heading, options
        else:
            yield from options


def _people(offered: "dict[int, tuple[User, str]]") -> list[tuple[int, str]]:
    return [(key, f"{person.name}·{title}") for key, (person, title) in offered.items()]
