"""A month's ticks of one project; candidates for the register; what is kept of one Party member."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BoundField
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coordinators.models import PartyMemberLink, SchemeCheck, SchemeItem
from coordinators.schemes.workflow import Cell, Sheet, fingerprint
from labour_teams.models import LabourTeam

Line = tuple[SchemeItem, BoundField, BoundField, SchemeCheck | None]


class TickForm(forms.Form):
    """Fields are named for the cell: tick-3-0 (item 3, the project as a whole), tick-3-17 and note-3-17 (of team 17)."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: Any = None, *, sheet: Sheet, checks: Mapping[Cell, SchemeCheck]) -> None:
        super().__init__(data, auto_id="%s", initial={"seen": fingerprint(checks)})
        self.sheet, self.checks = sheet, checks
        for cell in sheet.cells:
            check = checks.get(cell)
            self.fields[_name("tick", cell)] = forms.BooleanField(
                required=False, initial=check is not None, widget=forms.CheckboxInput(attrs={"class": "form-check-input"})
            )
            self.fields[_name("note", cell)] = forms.CharField(
                label=gettext_lazy("Note"),
                required=False,
                max_length=200,
                initial=check.note if check else "",
                widget=forms.TextInput(attrs={"class": "form-control", "autocomplete": "off"}),
            )

    def groups(self, items: list[SchemeItem], teams: list[LabourTeam]) -> list[tuple[LabourTeam | None, list[Line], int]]:
        """A group for each team, or one for the project: its lines, and how many of them are ticked on the page."""
        groups: list[tuple[LabourTeam | None, list[Line], int]] = []
        for team in teams or (None,):
            cells = [(item, (item.pk, team.pk if team else None)) for item in items]
            lines = [
                (item, self[_name("tick", cell)], self[_name("note", cell)], self.checks.get(cell))
                for item, cell in cells
                if cell in self.sheet.cells
            ]
            groups.append((team, lines, sum(bool(tick.value()) for _item, tick, _note, _check in lines)))
        return groups

    def ticked(self) -> dict[Cell, str]:
        """The cells that are ticked, with their notes; the note of a cell that is not ticked goes with its tick."""
        cleaned = self.cleaned_data
        return {cell: cleaned[_name("note", cell)] for cell in self.sheet.cells if cleaned[_name("tick", cell)]}


def _name(what: str, cell: Cell) -> str:
    item, team = cell
    return f"{what}-{item}-{team or 0}"


class CandidatesForm(forms.Form):
    people = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Candidates"),
        queryset=None,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Tick at least one."), "invalid_choice": gettext_lazy("Choose from the list.")},
    )

    def __init__(self, *args: Any, candidates: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["people"]
        field.queryset = candidates
        field.label_from_instance = lambda each: f"{each.name}·{each.team}·{each.political_status}"


class MemberForm(forms.ModelForm):
    """Branch and area, and for each inclusion whether it holds, and since when."""

    class Meta:
        model = PartyMemberLink
        fields = ("branch", "area")

    def __init__(self, *args: Any, items: list[SchemeItem], **kwargs: Any) -> None:
        super().__init__(*args, auto_id="%s", **kwargs)
        self.items = items
        ticks = {tick.item_id: tick for tick in self.instance.ticks.all()}
        for item in items:
            tick = ticks.get(item.pk)
            self.fields[f"tick-{item.pk}"] = forms.BooleanField(
                label=item.text,
                required=False,
                initial=tick is not None,
                widget=forms.CheckboxInput(attrs={"class": "form-check-input"}),
            )
            self.fields[f"on-{item.pk}"] = forms.DateField(
                label=gettext_lazy("Holds since"),
                required=False,
                initial=tick.on if tick else None,
                widget=forms.DateInput(attrs={"type": "date", "class": "form-control lx-day"}, format="%Y-%m-%d"),
            )

    def lines(self) -> list[tuple[SchemeItem, BoundField, BoundField]]:
        return [(item, self[f"tick-{item.pk}"], self[f"on-{item.pk}"]) for item in self.items]

    def clean(self) -> Any:
        """A tick without a day is of today; no day lies ahead."""
        cleaned = super().clean()
        today = timezone.localdate()
        for item in self.items:
            day = cleaned.get(f"on-{item.pk}")
            if cleaned.get(f"tick-{item.pk}") and day and day > today:
                self.add_error(f"on-{item.pk}", ValidationError(_("This day is still to come.")))
        return cleaned

    def ticked(self) -> dict[int, Any]:
        cleaned, today = self.cleaned_data, timezone.localdate()
        return {item.pk: cleaned[f"on-{item.pk}"] or today for item in self.items if cleaned[f"tick-{item.pk}"]}
