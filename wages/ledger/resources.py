"""Every table of wages as it leaves. Numbers of persons print masked by their types; what a worker said or signed stays here."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from import_export.fields import Field

from core.sheets import ChoiceCell, DayCell, NumberCell, SheetResource, TextCell, YesNoCell
from wages.models import (
    AttendanceLine,
    AttendanceSheet,
    ExitCheck,
    PaymentLine,
    PaymentList,
    PaySlip,
    RestrictionRequest,
    WageAccount,
    WageArrears,
    WageFinding,
    WageGroupMember,
    WageLeadingGroup,
    WageLine,
    WageQuestion,
    WageSheet,
)
from wages.words import sentence

UNIT = {"region": _("region"), "project": _("project"), "team": _("labour team"), "name": _("name")}


def text(path: str) -> Field:
    return Field(path, widget=TextCell(), readonly=True)


def number(path: str) -> Field:
    return Field(path, widget=NumberCell(), readonly=True)


def day(path: str) -> Field:
    return Field(path, widget=DayCell(), readonly=True)


def choice(path: str, choices: Any) -> Field:
    return Field(path, widget=ChoiceCell(choices), readonly=True)


class WageResource(SheetResource):
    headings = UNIT


class WageSheetResource(WageResource):
    region, project, team = text("region__name"), text("project__name"), text("team__name")
    month, employer, due_on = text("month"), text("employer"), day("due_on")
    status = choice("status", WageSheet.Status.choices)
    people, gross, deductions, net = number("people"), number("gross"), number("deductions"), number("net")
    posted_on, paid_on = day("posted_on"), day("paid_on")

    class Meta:
        model = WageSheet
        fields = (
            "region", "project", "team", "month", "employer", "due_on", "status", "people", "gross", "deductions", "net",
            "posted_on", "paid_on",
        )  # fmt: skip
        import_id_fields = ("team", "month")


class WageLineResource(WageResource):
    headings = {**UNIT, "month": _("month of work")}

    project, team, month = text("sheet__project__name"), text("sheet__team__name"), text("sheet__month")
    name, id_number, phone, bank_card = text("name"), text("id_number"), text("phone"), text("bank_card")
    crew_name, trade, days = text("crew_name"), text("trade"), number("days")
    gross, deductions, advances, net = number("gross"), number("deductions"), number("advances"), number("net")
    remark = text("remark")

    class Meta:
        model = WageLine
        fields = (
            "project", "team", "month", "name", "id_number", "phone", "crew_name", "trade", "days", "gross", "deductions",
            "advances", "net", "bank_card", "remark",
        )  # fmt: skip
        import_id_fields = ("team", "month", "name")


class WageFindingResource(WageResource):
    headings = {**UNIT, "month": _("month of work"), "words": _("in words")}

    project, team, month = text("sheet__project__name"), text("sheet__team__name"), text("sheet__month")
    kind, level = choice("kind", WageFinding.Kind.choices), choice("level", WageFinding.Level.choices)
    words = Field(widget=TextCell(), readonly=True)
    explanation, explained_by = text("explanation"), text("explained_by__name")
    explained_at = day("explained_at")

    class Meta:
        model = WageFinding
        fields = ("project", "team", "month", "kind", "level", "words", "explanation", "explained_by", "explained_at")
        import_id_fields = ("team", "month", "kind")

    def dehydrate_words(self, finding: WageFinding) -> str:
        return sentence(finding)


class AttendanceSheetResource(WageResource):
    project, team, month = text("project__name"), text("team__name"), text("month")
    imported_by, imported_at = text("imported_by__name"), day("imported_at")

    class Meta:
        model = AttendanceSheet
        fields = ("project", "team", "month", "imported_by", "imported_at")
        import_id_fields = ("team", "month")


class AttendanceLineResource(WageResource):
    headings = {**UNIT, "month": _("month")}

    project, team, month = text("sheet__project__name"), text("sheet__team__name"), text("sheet__month")
    name, crew_name, total = text("name"), text("crew_name"), number("total")

    class Meta:
        model = AttendanceLine
        fields = ("project", "team", "month", "name", "crew_name", "total")
        import_id_fields = ("team", "month", "name")


class PaymentListResource(WageResource):
    project, team, month = text("project__name"), text("team__name"), text("month")
    imported_by, imported_at = text("imported_by__name"), day("imported_at")

    class Meta:
        model = PaymentList
        fields = ("project", "team", "month", "imported_by", "imported_at")
        import_id_fields = ("team", "month")


class PaymentLineResource(WageResource):
    """The ends of numbers, as the bank's list has them."""

    headings = {**UNIT, "month": _("month of work")}

    project, team, month = text("sheet__project__name"), text("sheet__team__name"), text("sheet__month")
    name, id_tail, card_tail, amount = text("name"), text("id_tail"), text("card_tail"), number("amount")

    class Meta:
        model = PaymentLine
        fields = ("project", "team", "month", "name", "id_tail", "card_tail", "amount")
        import_id_fields = ("team", "month", "name")


class WageArrearsResource(WageResource):
    region, project, team = text("region__name"), text("project__name"), text("team__name")
    month, source = text("month"), choice("source", WageArrears.Source.choices)
    since, amount, people, settled_on = day("since"), number("amount"), number("people"), day("settled_on")

    class Meta:
        model = WageArrears
        fields = ("region", "project", "team", "month", "source", "since", "amount", "people", "settled_on")
        import_id_fields = ("team", "month", "source")


class WageAccountResource(WageResource):
    """Without the number of the account."""

    region, project, bank = text("project__region__name"), text("project__name"), text("bank")
    opened_on, pay_day = day("opened_on"), number("pay_day")
    completed_on, settled_on = day("completed_on"), day("settled_on")

    class Meta:
        model = WageAccount
        fields = ("region", "project", "bank", "opened_on", "pay_day", "completed_on", "settled_on")
        import_id_fields = ("project",)


class WageLeadingGroupResource(WageResource):
    headings = {**UNIT, "members": _("members")}

    region, project = text("project__region__name"), text("project__name")
    formed_on, dissolved_on, document_no = day("formed_on"), day("dissolved_on"), text("document_no")
    members = Field(widget=TextCell(), readonly=True)

    class Meta:
        model = WageLeadingGroup
        fields = ("region", "project", "formed_on", "dissolved_on", "document_no", "members")
        import_id_fields = ("project", "formed_on")

    def dehydrate_members(self, group: WageLeadingGroup) -> str:
        return "、".join(f"{member.name}（{WageGroupMember.Post(member.post).label}）" for member in group.members.all())


class PersonResource(WageResource):
    """Rows of a worker: his project, team and name."""

    region, project = text("engagement__project__region__name"), text("engagement__project__name")
    team, name = text("engagement__team__name"), text("engagement__name")


class RestrictionResource(PersonResource):
    asked_on, by = day("asked_on"), text("by__name")

    class Meta:
        model = RestrictionRequest
        fields = ("region", "project", "team", "name", "asked_on", "by")
        import_id_fields = ("name", "asked_on")


class WageQuestionResource(PersonResource):
    month, drawn_at = text("month"), day("drawn_at")
    answer, way = choice("answer", WageQuestion.Answer.choices), choice("way", WageQuestion.Way.choices)
    answered_on = day("answered_on")

    class Meta:
        model = WageQuestion
        fields = ("region", "project", "team", "name", "month", "drawn_at", "answer", "way", "answered_on")
        import_id_fields = ("name", "month")


class ExitCheckResource(PersonResource):
    """Without what he said at last."""

    wages_settled = Field("wages_settled", widget=YesNoCell(), readonly=True)
    certificates_returned = Field("certificates_returned", widget=YesNoCell(), readonly=True)
    health_checked = Field("health_checked", widget=YesNoCell(), readonly=True)
    done_on, done_by = day("done_on"), text("done_by__name")

    class Meta:
        model = ExitCheck
        fields = (
            "region", "project", "team", "name", "wages_settled", "certificates_returned", "health_checked", "done_on", "done_by",
        )  # fmt: skip
        import_id_fields = ("name",)


class PaySlipResource(WageResource):
    headings = {**UNIT, "month": _("month of work")}

    project, team = text("line__sheet__project__name"), text("line__sheet__team__name")
    month, name = text("line__sheet__month"), text("line__name")
    printed_at, printed_by, ends_on = day("printed_at"), text("printed_by__name"), day("ends_on")
    is_opened = Field("is_opened", widget=YesNoCell(), readonly=True)

    class Meta:
        model = PaySlip
        fields = ("project", "team", "month", "name", "printed_at", "printed_by", "ends_on", "is_opened")
        import_id_fields = ("name", "month")
