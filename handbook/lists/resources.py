"""Entries as a spreadsheet (out only). Of a visit only that it took place: what was heard or noted of it stays here."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from import_export.fields import Field

from core.sheets import DayCell, NumberCell, SheetResource, TextCell, YesNoCell
from handbook.models import HOLDS, EntryKind, HandbookEntry


class DayOfMomentCell(TextCell):
    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> Any:
        return timezone.localdate(value) if value else None


class EntryResource(SheetResource):
    on = Field("on", widget=DayCell())
    hold = Field(column_name="hold", widget=TextCell())
    kind = Field("get_kind_display", column_name="kind", widget=TextCell())
    title = Field("title", widget=TextCell())
    region = Field("region", widget=TextCell())
    project = Field("project", widget=TextCell())
    team = Field("team", widget=TextCell())
    crew = Field("crew", widget=TextCell())
    place = Field("place", widget=TextCell())
    headcount = Field("headcount", widget=NumberCell())
    summary = Field(column_name="summary", widget=TextCell())
    dimension = Field("get_dimension_display", column_name="dimension", widget=TextCell())
    is_planned = Field("is_planned", widget=YesNoCell())
    author = Field("author__name", column_name="author", widget=TextCell())
    written_at = Field("written_at", column_name="written_at", widget=DayOfMomentCell())
    withdrawn_at = Field("withdrawn_at", column_name="withdrawn_at", widget=DayOfMomentCell())
    withdrawn_reason = Field("withdrawn_reason", widget=TextCell())

    headings = {
        "hold": _("Task (of the five)"),
        "on": pgettext_lazy("column", "Day"),
        "written_at": pgettext_lazy("column", "Written on"),
        "withdrawn_at": pgettext_lazy("column", "Withdrawn on"),
    }

    class Meta:
        model = HandbookEntry
        fields = (
            "on", "hold", "kind", "title", "region", "project", "team", "crew", "place", "headcount", "summary", "dimension",
            "is_planned", "author", "written_at", "withdrawn_at", "withdrawn_reason",
        )  # fmt: skip
        import_id_fields = ()

    def dehydrate_hold(self, entry: HandbookEntry) -> str:
        return str(HOLDS[EntryKind(entry.kind)].label)

    def dehydrate_summary(self, entry: HandbookEntry) -> str:
        return "" if entry.kind == EntryKind.VISIT else entry.summary
