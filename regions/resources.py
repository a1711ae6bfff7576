"""Regions and projects as spreadsheets."""

from django.utils.translation import gettext_lazy as _
from import_export.fields import Field

from core.sheets import ChoiceCell, DayCell, NumberCell, ScopedKey, SheetResource, TextCell
from regions.models import Project, Region


class RegionResource(SheetResource):
    code = Field("code", widget=TextCell())
    name = Field("name", widget=TextCell())
    name_en = Field("name_en", widget=TextCell())
    order = Field("order", widget=NumberCell())
    provinces = Field("provinces", widget=TextCell())
    emphasis = Field("emphasis", widget=TextCell())

    class Meta:
        model = Region
        fields = ("code", "name", "name_en", "order", "provinces", "emphasis")
        import_id_fields = ("code",)


class ProjectResource(SheetResource):
    """The stage is no column: it is dated, and has its own rows on the project's page."""

    headings = {"region": _("region code")}

    code = Field("code", widget=TextCell())
    name = Field("name", widget=TextCell())
    region = Field("region", widget=ScopedKey(Region, "code"))
    sector = Field("sector", widget=ChoiceCell(Project.Sector.choices))
    place = Field("place", widget=TextCell())
    pilot_started_on = Field("pilot_started_on", widget=DayCell())

    class Meta:
        model = Project
        fields = ("code", "name", "region", "sector", "place", "pilot_started_on")
        import_id_fields = ("code",)
