"""Items, ticks and the register of Party members as tables that leave."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from import_export.fields import Field

from coordinators.models import PartyMemberLink, SchemeCheck, SchemeItem
from core.sheets import DayCell, NumberCell, SheetResource, TextCell, YesNoCell


class ItemResource(SheetResource):
    headings = {"scheme": _("scheme"), "source": _("source")}

    scheme = Field("scheme__name", widget=TextCell(), readonly=True)
    source = Field("scheme__source", widget=TextCell(), readonly=True)
    number = Field("number", widget=NumberCell())
    text = Field("text", widget=TextCell())
    is_draft = Field("is_draft", widget=YesNoCell())
    is_active = Field("is_active", widget=YesNoCell())

    class Meta:
        model = SchemeItem
        fields = ("scheme", "source", "number", "text", "is_draft", "is_active")
        import_id_fields = ("scheme", "number")


class CheckResource(SheetResource):
    headings = {
        "scheme": _("scheme"),
        "item": _("item of a scheme"),
        "region": _("region"),
        "project": _("project"),
        "team": _("labour team"),
    }

    month = Field("month", widget=TextCell())
    region = Field("project__region__name", widget=TextCell(), readonly=True)
    project = Field("project__name", widget=TextCell(), readonly=True)
    team = Field("team__name", widget=TextCell(), readonly=True)
    scheme = Field("item__scheme__name", widget=TextCell(), readonly=True)
    item = Field("item__text", widget=TextCell(), readonly=True)
    note = Field("note", widget=TextCell())
    by = Field("by__name", widget=TextCell(), readonly=True)
    at = Field("at", widget=DayCell(), readonly=True)

    class Meta:
        model = SchemeCheck
        fields = ("month", "region", "project", "team", "scheme", "item", "note", "by", "at")
        import_id_fields = ("month", "project", "team", "item")


class MemberResource(SheetResource):
    headings = {
        "name": _("name"),
        "region": _("region"),
        "project": _("project"),
        "team": _("labour team"),
        "political_status": _("political status"),
        "ticks": _("inclusions"),
    }

    name = Field("engagement__name", widget=TextCell(), readonly=True)
    region = Field("project__region__name", widget=TextCell(), readonly=True)
    project = Field("project__name", widget=TextCell(), readonly=True)
    team = Field("engagement__team__name", widget=TextCell(), readonly=True)
    political_status = Field("engagement__political_status", widget=TextCell(), readonly=True)
    branch = Field("branch", widget=TextCell())
    area = Field("area", widget=TextCell())
    registered_on = Field("registered_on", widget=DayCell())
    ticks = Field(widget=NumberCell(), readonly=True)

    class Meta:
        model = PartyMemberLink
        fields = ("name", "region", "project", "team", "political_status", "branch", "area", "registered_on", "ticks")
        import_id_fields = ("name", "project")

    def dehydrate_ticks(self, member: Any) -> int:
        """How many of the inclusions hold."""
        return len(member.ticks.all())
