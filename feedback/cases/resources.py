"""Cases as a spreadsheet (out only). Never what was said, who said it or whom it names; sensitive ones never at all."""

from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from import_export.fields import Field

from core.sheets import DayCell, SheetResource, TextCell, YesNoCell
from feedback.cases.rows import with_lead
from feedback.models import Case, Tier


class NumberCell(TextCell):
    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> int | Decimal | None:
        return value


class MomentCell(TextCell):
    """The day of a moment: the hour is nobody's business outside."""

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> Any:
        return timezone.localdate(value) if value else None


class CaseResource(SheetResource):
    number = Field("number", widget=TextCell())
    registered_on = Field("registered_on", widget=DayCell())
    origin = Field("get_origin_display", column_name="origin", widget=TextCell())
    region = Field("region", widget=TextCell())
    project = Field("project", widget=TextCell())
    team = Field("team", widget=TextCell())
    kind = Field("get_kind_display", column_name="kind", widget=TextCell())
    category = Field("category", widget=TextCell())
    severity = Field("get_severity_display", column_name="severity", widget=TextCell())
    title = Field("title", widget=TextCell())
    people_count = Field("people_count", widget=NumberCell())
    amount = Field("amount", widget=NumberCell())
    is_found_early = Field("is_found_early", widget=YesNoCell())
    status = Field("get_status_display", column_name="status", widget=TextCell())
    dealt_with_by = Field(column_name="dealt_with_by", widget=TextCell())
    answer_due = Field("answer_due_at", column_name="answer_due", widget=MomentCell())
    delivered = Field("delivered_at", column_name="delivered", widget=MomentCell())
    settle_due = Field("settle_due_at", column_name="settle_due", widget=MomentCell())
    settled_on = Field("settled_on", widget=DayCell())
    redos = Field("redos", widget=NumberCell())

    headings = {
        "dealt_with_by": _("Dealt with by"),
        "answer_due": _("To be answered by (day)"),
        "delivered": _("Answer reached the worker on"),
        "settle_due": _("To be settled by (day)"),
        "title": pgettext_lazy("column", "In a line"),
    }

    class Meta:
        model = Case
        fields = (
            "number", "registered_on", "origin", "region", "project", "team", "kind", "category", "severity", "title",
            "people_count", "amount", "is_found_early", "status", "dealt_with_by", "answer_due", "delivered", "settle_due",
            "settled_on", "redos",
        )  # fmt: skip
        import_id_fields = ()

    def dehydrate_dealt_with_by(self, case: Case) -> str:
        name = getattr(case, "lead_name", None)
        return str(Tier.COMPANY.label) if name == "" else name or ""


def rows_to_export(cases: Any) -> Any:
    """Those of `cases` (from `visible_to`) that may leave, with what the columns need."""
    return with_lead(cases.filter(is_sensitive=False))
