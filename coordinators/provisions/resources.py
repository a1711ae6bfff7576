"""Provisions and rights exercised as tables that leave; neither comes in from a sheet."""

from django.utils.translation import gettext_lazy as _
from import_export.fields import Field

from coordinators.models import PostProvision, RightExercise
from core.sheets import ChoiceCell, DayCell, NumberCell, SheetResource, TextCell, YesNoCell


class ProvisionResource(SheetResource):
    headings = {"edition": _("edition"), "from_on": _("in force from")}

    edition = Field("edition__number", widget=NumberCell(), readonly=True)
    from_on = Field("edition__from_on", widget=DayCell(), readonly=True)
    kind = Field("kind", widget=ChoiceCell(PostProvision.Kind.choices))
    number = Field("number", widget=NumberCell())
    text = Field("text", widget=TextCell())
    is_draft = Field("is_draft", widget=YesNoCell())

    class Meta:
        model = PostProvision
        fields = ("edition", "from_on", "kind", "number", "text", "is_draft")
        import_id_fields = ("edition", "kind", "number")


class ExerciseResource(SheetResource):
    headings = {"coordinator": _("coordinator"), "unit": _("unit"), "duty": _("evidence of the duty")}

    kind = Field("kind", widget=ChoiceCell(RightExercise.Kind.choices))
    on = Field("on", widget=DayCell())
    coordinator = Field("coordinator__person__name", widget=TextCell(), readonly=True)
    unit = Field("coordinator__unit", widget=TextCell(), readonly=True)
    place = Field("place", widget=TextCell())
    text = Field("text", widget=TextCell())
    outcome = Field("outcome", widget=TextCell())
    duty = Field("duty", widget=TextCell(), readonly=True)

    class Meta:
        model = RightExercise
        fields = ("kind", "on", "coordinator", "unit", "place", "text", "outcome", "duty")
        import_id_fields = ("coordinator", "kind", "on")
