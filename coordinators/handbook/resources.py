"""The texts of the handbook's rules as a table that leaves."""

from django.utils.translation import gettext_lazy as _
from import_export.fields import Field

from coordinators.models import HandbookSection
from core.sheets import ChoiceCell, DayCell, NumberCell, SheetResource, TextCell, YesNoCell


class SectionResource(SheetResource):
    headings = {"region": _("region"), "edition": _("edition"), "from_on": _("in force from"), "published_at": _("published at")}

    region = Field("edition__region__name", widget=TextCell(), readonly=True)
    edition = Field("edition__number", widget=NumberCell(), readonly=True)
    from_on = Field("edition__from_on", widget=DayCell(), readonly=True)
    published_at = Field("edition__published_at", widget=DayCell(), readonly=True)
    level = Field("level", widget=ChoiceCell(HandbookSection.Level.choices))
    kind = Field("kind", widget=ChoiceCell(HandbookSection.Kind.choices))
    text = Field("text", widget=TextCell())
    is_draft = Field("is_draft", widget=YesNoCell())

    class Meta:
        model = HandbookSection
        fields = ("region", "edition", "from_on", "published_at", "level", "kind", "text", "is_draft")
        import_id_fields = ("region", "edition", "level", "kind")
