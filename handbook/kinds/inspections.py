"""队伍检查: a team, line by line of the checklist: in order, to be put right, or not looked at."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from handbook.kinds.base import KindForm
from handbook.models import EntryKind, HandbookEntry, InspectionFinding, InspectionItem, TeamInspection

IN_ORDER, WANTING = "yes", "no"
VERDICTS = [("", gettext_lazy("Not looked at")), (IN_ORDER, gettext_lazy("In order")), (WANTING, gettext_lazy("To be put right"))]
LONGEST_NOTE = 200


class Line(NamedTuple):
    """A line of the checklist on the page."""

    item: InspectionItem
    verdict: forms.BoundField
    note: forms.BoundField


class InspectionForm(KindForm):
    kind = EntryKind.INSPECTION
    row = TeamInspection
    ALWAYS_SHOWN = ("place", "on", "title", "summary", "photos")
    NOT_ASKED = ("headcount", "dimension")
    lines_template = "handbook/kinds/lines_inspection.html"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = InspectionItem.objects.visible_to(self.user)
        lines = offered.in_use() | offered.filter(findings__inspection__entry=self.entry) if self.entry else offered.in_use()
        self.items = list(lines.distinct().for_list())
        for item in self.items:
            self.fields[f"verdict-{item.pk}"] = forms.ChoiceField(
                label=item.text, choices=VERDICTS, required=False, widget=forms.RadioSelect
            )
            self.fields[f"note-{item.pk}"] = forms.CharField(
                label=_("What was found: %(line)s") % {"line": item.text}, max_length=LONGEST_NOTE, required=False
            )

    @classmethod
    def initial_of(cls, entry: HandbookEntry | None) -> dict[str, Any]:
        initial = super().initial_of(entry)
        inspection = cls.row_of(entry) if entry else None
        for finding in inspection.findings.all() if inspection else ():
            initial[f"verdict-{finding.item_id}"] = IN_ORDER if finding.is_in_order else WANTING
            initial[f"note-{finding.item_id}"] = finding.note
        return initial

    @classmethod
    def initial_like(cls, entry: HandbookEntry) -> dict[str, Any]:
        """What was found then was found then."""
        taken = super().initial_like(entry)
        return {name: value for name, value in taken.items() if not name.startswith(("verdict-", "note-"))}

    @property
    def checklist(self) -> Iterator[Line]:
        for item in self.items:
            yield Line(item, self[f"verdict-{item.pk}"], self[f"note-{item.pk}"])

    @property
    def folded(self) -> list[forms.BoundField]:
        of_lines = {f"{name}-{item.pk}" for item in self.items for name in ("verdict", "note")}
        return [field for field in super().folded if field.name not in of_lines]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if (place := cleaned.get("place")) and place.team is None:
            self.add_error("place", _("Say which team was inspected."))
        looked_at = [item for item in self.items if cleaned.get(f"verdict-{item.pk}")]
        if not looked_at and not cleaned.get("is_planned"):
            self.add_error(None, _("Look at one line of the checklist at least."))
        for item in looked_at:
            if cleaned[f"verdict-{item.pk}"] == WANTING and not cleaned.get(f"note-{item.pk}"):
                self.add_error(f"note-{item.pk}", _("Say what has to be put right."))
        return cleaned

    def write_row(self, entry: HandbookEntry) -> Any:
        """The counts stand in the row; a line that was looked at before keeps the words that it had then."""
        inspection = super().write_row(entry)
        found = {item: self.cleaned_data[f"verdict-{item.pk}"] for item in self.items}
        found = {item: verdict for item, verdict in found.items() if verdict}
        inspection.findings.exclude(item__in=found).delete()
        for item, verdict in found.items():
            said = {"is_in_order": verdict == IN_ORDER, "note": self.cleaned_data[f"note-{item.pk}"]}
            InspectionFinding.objects.update_or_create(
                inspection=inspection, item=item, defaults=said, create_defaults=said | {"text": item.text}
            )
        inspection.found_in_order = sum(verdict == IN_ORDER for verdict in found.values())
        inspection.found_wanting = sum(verdict == WANTING for verdict in found.values())
        inspection.save(update_fields=["found_in_order", "found_wanting"])
        return inspection
