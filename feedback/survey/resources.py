"""Survey rounds as a spreadsheet: counts, never answers."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from import_export.fields import Field
from import_export.widgets import Widget

from core.sheets import DayCell, SheetResource, TextCell
from feedback.models import SurveyRound
from feedback.survey.numbers import percent


class CountCell(Widget):
    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> Any:
        return value


class RoundResource(SheetResource):
    headings = {
        "on_site": _("On site"),
        "issued": _("Forms handed out"),
        "returned": _("Forms given back"),
        "keyed": _("Sheets keyed"),
        "rate": _("Return rate (%)"),
    }

    month = Field("month", widget=TextCell())
    region = Field("region", widget=TextCell())
    project = Field("project", widget=TextCell())
    status = Field("get_status_display", column_name="status", widget=TextCell())
    due_on = Field("due_on", widget=DayCell())
    on_site = Field("on_site", widget=CountCell())
    issued = Field("issued", widget=CountCell())
    returned = Field("returned", widget=CountCell())
    keyed = Field("keyed", widget=CountCell())
    rate = Field(widget=CountCell())

    class Meta:
        model = SurveyRound
        fields = ("month", "region", "project", "status", "due_on", "on_site", "issued", "returned", "keyed", "rate")
        import_id_fields = ()

    def get_queryset(self) -> QuerySet:
        rounds: Any = super().get_queryset()
        return rounds.for_list()

    def dehydrate_rate(self, round_: SurveyRound) -> int | None:
        counted: Any = round_
        return percent(counted.returned, counted.issued)
