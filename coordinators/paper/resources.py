"""Boards, their versions and checks, cards and armbands as tables that leave. Phones of people and what was printed stay here."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from import_export.fields import Field

from coordinators.models import ArmbandIssue, BoardCheck, BoardPrinting, ContactCardBatch, NoticeBoard, RightsBoard, SiteContact
from core.sheets import ChoiceCell, DayCell, NumberCell, SheetResource, TextCell

UNIT = {"region": _("region"), "project": _("project")}
OF_BOARD = {**UNIT, "kind": _("kind"), "place": _("place"), "code": _("code")}


class SiteContactResource(SheetResource):
    headings = UNIT

    region = Field("project__region__name", widget=TextCell(), readonly=True)
    project = Field("project__name", widget=TextCell(), readonly=True)
    mailbox_place = Field("mailbox_place", widget=TextCell())
    mailbox_note = Field("mailbox_note", widget=TextCell())

    class Meta:
        model = SiteContact
        fields = ("region", "project", "mailbox_place", "mailbox_note")
        import_id_fields = ("project",)


class RightsBoardResource(SheetResource):
    headings = UNIT

    region = Field("project__region__name", widget=TextCell(), readonly=True)
    project = Field("project__name", widget=TextCell(), readonly=True)
    owner = Field("owner", widget=TextCell())
    contractor = Field("contractor", widget=TextCell())
    subcontractors = Field("subcontractors", widget=TextCell())
    authority = Field("authority", widget=TextCell())
    wage_officer = Field("wage_officer", widget=TextCell())
    minimum_wage = Field("minimum_wage", widget=TextCell())
    pay_day = Field("pay_day", widget=TextCell())
    inspection = Field("inspection", widget=TextCell())
    arbitration = Field("arbitration", widget=TextCell())
    legal_aid = Field("legal_aid", widget=TextCell())

    class Meta:
        model = RightsBoard
        fields = (
            "region", "project", "owner", "contractor", "subcontractors", "authority", "wage_officer", "minimum_wage", "pay_day",
            "inspection", "arbitration", "legal_aid",
        )  # fmt: skip
        import_id_fields = ("project",)


class NoticeBoardResource(SheetResource):
    headings = OF_BOARD

    region = Field("project__region__name", widget=TextCell(), readonly=True)
    project = Field("project__name", widget=TextCell(), readonly=True)
    kind = Field("kind", widget=ChoiceCell(NoticeBoard.Kind.choices))
    place = Field("place", widget=TextCell())
    paper = Field("paper", widget=TextCell())
    code = Field("code", widget=TextCell())
    created_at = Field("created_at", widget=DayCell())
    taken_down_on = Field("taken_down_on", widget=DayCell())

    class Meta:
        model = NoticeBoard
        fields = ("region", "project", "kind", "place", "paper", "code", "created_at", "taken_down_on")
        import_id_fields = ("code",)


class BoardPrintingResource(SheetResource):
    headings = {**OF_BOARD, "printed_by": _("by")}

    region = Field("board__project__region__name", widget=TextCell(), readonly=True)
    project = Field("board__project__name", widget=TextCell(), readonly=True)
    kind = Field("board__kind", widget=ChoiceCell(NoticeBoard.Kind.choices), readonly=True)
    place = Field("board__place", widget=TextCell(), readonly=True)
    code = Field("board__code", widget=TextCell(), readonly=True)
    number = Field("number", widget=NumberCell())
    printed_at = Field("printed_at", widget=DayCell())
    printed_by = Field("printed_by__name", widget=TextCell(), readonly=True)

    class Meta:
        model = BoardPrinting
        fields = ("region", "project", "kind", "place", "code", "number", "printed_at", "printed_by")
        import_id_fields = ("code", "number")


class BoardCheckResource(SheetResource):
    headings = {**OF_BOARD, "number": pgettext_lazy("board", "version"), "by": _("by")}

    region = Field("printing__board__project__region__name", widget=TextCell(), readonly=True)
    project = Field("printing__board__project__name", widget=TextCell(), readonly=True)
    kind = Field("printing__board__kind", widget=ChoiceCell(NoticeBoard.Kind.choices), readonly=True)
    place = Field("printing__board__place", widget=TextCell(), readonly=True)
    number = Field("printing__number", widget=NumberCell(), readonly=True)
    at = Field("at", widget=DayCell())
    by = Field("by__name", widget=TextCell(), readonly=True)
    remark = Field("remark", widget=TextCell())

    class Meta:
        model = BoardCheck
        fields = ("region", "project", "kind", "place", "number", "at", "by", "remark")
        import_id_fields = ("place", "number", "at")


class ContactCardBatchResource(SheetResource):
    headings = {**UNIT, "team": _("labour team"), "crew": _("work crew"), "printed_by": _("by")}

    region = Field("project__region__name", widget=TextCell(), readonly=True)
    project = Field("project__name", widget=TextCell(), readonly=True)
    team = Field("team__name", widget=TextCell(), readonly=True)
    crew = Field("crew__name", widget=TextCell(), readonly=True)
    sheets = Field("sheets", widget=NumberCell())
    printed_at = Field("printed_at", widget=DayCell())
    printed_by = Field("printed_by__name", widget=TextCell(), readonly=True)
    handed_out = Field("handed_out", widget=NumberCell())
    handed_out_on = Field("handed_out_on", widget=DayCell())

    class Meta:
        model = ContactCardBatch
        fields = ("region", "project", "team", "crew", "sheets", "printed_at", "printed_by", "handed_out", "handed_out_on")
        import_id_fields = ("project", "printed_at")


class ArmbandIssueResource(SheetResource):
    headings = {**UNIT, "person": _("person"), "issued_by": _("issued by")}

    number = Field("number", widget=TextCell())
    person = Field("person__name", widget=TextCell(), readonly=True)
    region = Field("region__name", widget=TextCell(), readonly=True)
    project = Field("project__name", widget=TextCell(), readonly=True)
    issued_on = Field("issued_on", widget=DayCell())
    issued_by = Field("issued_by__name", widget=TextCell(), readonly=True)
    returned_on = Field("returned_on", widget=DayCell())
    remark = Field("remark", widget=TextCell())

    class Meta:
        model = ArmbandIssue
        fields = ("number", "person", "region", "project", "issued_on", "issued_by", "returned_on", "remark")
        import_id_fields = ("number", "issued_on")
