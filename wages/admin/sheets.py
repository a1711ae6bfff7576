"""Wage sheets with their history and findings, their lines, attendance."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.admin import MoveInline, ReadOnlyInline
from core.roles import COMPANY_WIDE
from wages.admin.base import HELP, READS_LINES, WageAdmin, along, of_team
from wages.ledger.resources import (
    AttendanceLineResource,
    AttendanceSheetResource,
    WageFindingResource,
    WageLineResource,
    WageSheetResource,
)
from wages.models import AttendanceLine, AttendanceSheet, SheetSignature, WageFinding, WageLine, WageSheet, WageSheetEvent
from wages.words import sentence
from wages.workflow import MOVES


class EventInline(MoveInline):
    model = WageSheetEvent
    verbs = {verb: move.label for verb, move in MOVES.items()}
    statuses = dict(WageSheet.Status.choices)


class SignatureInline(ReadOnlyInline):
    model = SheetSignature
    readers = READS_LINES
    fields = ("member", "on")
    ordering = ("pk",)

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).select_related("member")


@admin.register(WageSheet)
class WageSheetAdmin(WageAdmin):
    """Sums and states, for all of headquarters."""

    readers = COMPANY_WIDE
    resource_classes = [WageSheetResource]
    inlines = [SignatureInline, EventInline]
    fields = (
        "project", "region", "team", "month", "employer", "due_on", "status", "people", "gross", "deductions", "net",
        "posted_on", "paid_on", "imported_by", "imported_at",
    )  # fmt: skip
    list_display = ("team", "project", "month", "status", "people", "net", "due_on", "paid_on")
    list_filter = ("region", "project", "month", "status")
    list_select_related = ("region", "project", "team", "imported_by")
    search_fields = of_team("team")
    ordering = ("-month", "project__code", "team__name", "pk")

    def view_on_site(self, obj: WageSheet) -> str:
        return reverse("wage-sheet", args=[obj.pk])


@admin.register(WageLine)
class WageLineAdmin(WageAdmin):
    """Numbers are masked by their types."""

    resource_classes = [WageLineResource]
    fields = (
        "sheet", "number", "name", "id_number", "phone", "bank_card", "crew_name", "trade", "days", "unit_price", "quantity",
        "overtime", "gross", "deductions", "advances", "net", "has_signed", "remark",
    )  # fmt: skip
    list_display = ("name", "id_number", "team", "month", "days", "gross", "net", "bank_card")
    list_filter = ("sheet__project__region", "sheet__project", "sheet__month")
    list_select_related = ("sheet__project", "sheet__team")
    search_fields = ("name", *of_team("sheet__team"))
    search_help_text = _("Name, labour team, project or region")
    ordering = ("-sheet__month", "sheet__project__code", "sheet__team__name", "number", "pk")
    team, month = along(WageLine, "sheet__team"), along(WageLine, "sheet__month")

    def view_on_site(self, obj: WageLine) -> str:
        return f"{reverse('wage-sheet', args=[obj.sheet_id])}#line-{obj.number}"


@admin.register(WageFinding)
class WageFindingAdmin(WageAdmin):
    resource_classes = [WageFindingResource]
    fields = ("sheet", "kind", "level", "words", "explained_at", "explained_by", "explanation")
    list_display = ("words", "team", "month", "kind", "level", "explained_at")
    list_filter = (
        "sheet__project__region", "sheet__project", "sheet__month", "level", "kind", ("explained_at", admin.EmptyFieldListFilter),
    )  # fmt: skip
    list_select_related = ("sheet__project", "sheet__team", "line", "engagement", "explained_by")
    search_fields = of_team("sheet__team")
    search_help_text = HELP
    ordering = ("-sheet__month", "sheet__project__code", "sheet__team__name", "pk")
    team, month = along(WageFinding, "sheet__team"), along(WageFinding, "sheet__month")

    @admin.display(description=_("in words"))
    def words(self, finding: WageFinding) -> str:
        return sentence(finding)

    def view_on_site(self, obj: WageFinding) -> str:
        return f"{reverse('wage-sheet', args=[obj.sheet_id])}#finding-{obj.pk}"


@admin.register(AttendanceSheet)
class AttendanceSheetAdmin(WageAdmin):
    resource_classes = [AttendanceSheetResource]
    fields = ("project", "team", "month", "imported_by", "imported_at")
    list_display = ("team", "project", "month", "imported_at")
    list_filter = ("project__region", "project", "month")
    list_select_related = ("project", "team", "imported_by")
    search_fields = of_team("team")
    ordering = ("-month", "project__code", "team__name", "pk")

    def view_on_site(self, obj: AttendanceSheet) -> str:
        return reverse("attendance-sheet", args=[obj.pk])


@admin.register(AttendanceLine)
class AttendanceLineAdmin(WageAdmin):
    resource_classes = [AttendanceLineResource]
    fields = ("sheet", "number", "name", "crew_name", "total")
    list_display = ("name", "crew_name", "team", "month", "total")
    list_filter = ("sheet__project__region", "sheet__project", "sheet__month")
    list_select_related = ("sheet__project", "sheet__team")
    search_fields = ("name", *of_team("sheet__team"))
    search_help_text = _("Name, labour team, project or region")
    ordering = ("-sheet__month", "sheet__project__code", "sheet__team__name", "number", "pk")
    team, month = along(AttendanceLine, "sheet__team"), along(AttendanceLine, "sheet__month")

    def view_on_site(self, obj: AttendanceLine) -> str:
        return reverse("attendance-sheet", args=[obj.sheet_id])
