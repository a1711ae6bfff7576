"""Revisits as a table that leaves: which case, who went, what he found; not his words."""

from django.utils.translation import gettext_lazy as _
from import_export.fields import Field

from core.sheets import DayCell, SheetResource, TextCell, YesNoCell
from feedback.models import Revisit


class RevisitResource(SheetResource):
    headings = {
        "region": _("region"),
        "project": _("project"),
        "case": _("case number"),
        "asked": _("who goes"),
        "done_by": _("asked on site by"),
    }

    region = Field("case__region__name", widget=TextCell(), readonly=True)
    project = Field("case__project__name", widget=TextCell(), readonly=True)
    case = Field("case__number", widget=TextCell(), readonly=True)
    is_sample = Field("is_sample", widget=YesNoCell())
    month = Field("month", widget=TextCell())
    asked = Field("asked__name", widget=TextCell(), readonly=True)
    due_on = Field("due_on", widget=DayCell())
    is_settled = Field("is_settled", widget=YesNoCell())
    done_by = Field("done_by__name", widget=TextCell(), readonly=True)
    done_at = Field("done_at", widget=DayCell())

    class Meta:
        model = Revisit
        fields = ("region", "project", "case", "is_sample", "month", "asked", "due_on", "is_settled", "done_by", "done_at")
        import_id_fields = ("case", "due_on")
