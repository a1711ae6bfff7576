"""Reply sheets and readings as tables that leave. What stood on a sheet stays here."""

from django.utils.translation import gettext_lazy as _
from import_export.fields import Field

from core.sheets import DayCell, NumberCell, SheetResource, TextCell
from feedback.models import FeedbackSheet, ReadingAloud

UNIT = {"region": _("region"), "project": _("project"), "team": _("labour team")}


class FeedbackSheetResource(SheetResource):
    headings = {**UNIT, "printed_by": _("printed by"), "posted_by": _("photographed by")}

    region = Field("team__project__region__name", widget=TextCell(), readonly=True)
    project = Field("team__project__name", widget=TextCell(), readonly=True)
    team = Field("team__name", widget=TextCell(), readonly=True)
    month = Field("month", widget=TextCell())
    number = Field("number", widget=NumberCell())
    printed_at = Field("printed_at", widget=DayCell())
    printed_by = Field("printed_by__name", widget=TextCell(), readonly=True)
    posted_at = Field("posted_at", widget=DayCell())
    posted_by = Field("posted_by__name", widget=TextCell(), readonly=True)

    class Meta:
        model = FeedbackSheet
        fields = ("region", "project", "team", "month", "number", "printed_at", "printed_by", "posted_at", "posted_by")
        import_id_fields = ("team", "month", "number")


class ReadingAloudResource(SheetResource):
    headings = {**UNIT, "by": _("by")}

    region = Field("team__project__region__name", widget=TextCell(), readonly=True)
    project = Field("team__project__name", widget=TextCell(), readonly=True)
    team = Field("team__name", widget=TextCell(), readonly=True)
    at = Field("at", widget=DayCell())
    by = Field("by__name", widget=TextCell(), readonly=True)
    listeners = Field("listeners", widget=NumberCell())

    class Meta:
        model = ReadingAloud
        fields = ("region", "project", "team", "at", "by", "listeners")
        import_id_fields = ("team", "at")
