"""Duty rosters, calls and mailbox openings as tables that leave. Numbers of callers stay here."""

from django.utils.translation import gettext_lazy as _
from import_export.fields import Field

from core.sheets import DayCell, NumberCell, SheetResource, TextCell, YesNoCell
from feedback.models import HotlineCall, HotlineDuty, MailboxOpening

UNIT = {"region": _("region"), "project": _("project")}


class HotlineDutyResource(SheetResource):
    headings = {**UNIT, "person": _("on duty")}

    region = Field("region__name", widget=TextCell(), readonly=True)
    person = Field("person__name", widget=TextCell(), readonly=True)
    starts_at = Field("starts_at", widget=DayCell())
    ends_at = Field("ends_at", widget=DayCell())

    class Meta:
        model = HotlineDuty
        fields = ("region", "person", "starts_at", "ends_at")
        import_id_fields = ("region", "starts_at")


class HotlineCallResource(SheetResource):
    headings = {**UNIT, "by": _("logged by"), "called_back_by": _("called back by"), "case": _("case")}

    region = Field("region__name", widget=TextCell(), readonly=True)
    project = Field("project__name", widget=TextCell(), readonly=True)
    at = Field("at", widget=DayCell())
    about = Field("about", widget=TextCell())
    is_missed = Field("is_missed", widget=YesNoCell())
    by = Field("by__name", widget=TextCell(), readonly=True)
    called_back_at = Field("called_back_at", widget=DayCell())
    called_back_by = Field("called_back_by__name", widget=TextCell(), readonly=True)
    case = Field("case__number", widget=TextCell(), readonly=True)

    class Meta:
        model = HotlineCall
        fields = ("region", "project", "at", "about", "is_missed", "by", "called_back_at", "called_back_by", "case")
        import_id_fields = ("region", "at")


class MailboxOpeningResource(SheetResource):
    headings = {**UNIT, "by": _("opened by"), "witness": _("together with")}

    region = Field("project__region__name", widget=TextCell(), readonly=True)
    project = Field("project__name", widget=TextCell(), readonly=True)
    on = Field("on", widget=DayCell())
    by = Field("by__name", widget=TextCell(), readonly=True)
    witness = Field("witness__name", widget=TextCell(), readonly=True)
    letters = Field("letters", widget=NumberCell())

    class Meta:
        model = MailboxOpening
        fields = ("region", "project", "on", "by", "witness", "letters")
        import_id_fields = ("project", "on")
