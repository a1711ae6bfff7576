"""Monthly reports (read-only, with their history) and the templates that they are written on."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.admin import MoveInline, ReadOnlyAdmin, ReadOnlyInline, ScopedAdmin, ScopedInline
from core.audit import AuditKind
from reports.content import plain
from reports.history import WORDS
from reports.models import (
    MonthlyReport,
    ReportEvent,
    ReportLine,
    ReportReceipt,
    ReportRemark,
    ReportSection,
    ReportTemplate,
    ReportValue,
)


def is_in_use(template: ReportTemplate | None) -> bool:
    """Reports keep the wording they were written on, so a template stays as it is from its first report on."""
    return template is not None and template.pk is not None and template.reports.exists()


class UnusedOnly:
    """Parts of a template: changed only until the first report stands on it. `obj` is the row that the page is about."""

    def _is_free(self, obj: Any) -> bool:
        return not is_in_use(obj.template if isinstance(obj, ReportSection) else obj)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_add_permission(request, obj) and self._is_free(obj)  # type: ignore[misc]

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_change_permission(request, obj) and self._is_free(obj)  # type: ignore[misc]

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_delete_permission(request, obj) and self._is_free(obj)  # type: ignore[misc]


class ReportSectionInline(UnusedOnly, ScopedInline):
    model = ReportSection
    deletable = True
    show_change_link = True
    fields = ("order", "title_zh", "title_en", "hint_zh", "hint_en")
    ordering = ("order",)


class ReportLineInline(UnusedOnly, ScopedInline):
    model = ReportLine
    deletable = True
    fields = ("order", "kind", "key", "label_zh", "label_en", "hint_zh", "hint_en", "unit_zh", "unit_en", "is_required")
    ordering = ("order",)


@admin.register(ReportTemplate)
class ReportTemplateAdmin(UnusedOnly, ScopedAdmin):
    deletable = True
    audit_kind = AuditKind.SETTING
    inlines = [ReportSectionInline]
    fields = ("number", "title", "valid_from", "is_draft")
    list_display = ("title", "number", "valid_from", "is_draft")
    list_filter = ("is_draft",)
    search_fields = ("title",)
    ordering = ("-number",)


@admin.register(ReportSection)
class ReportSectionAdmin(UnusedOnly, ScopedAdmin):
    """The lines of a section; sections themselves begin on their template's page."""

    audit_kind = AuditKind.SETTING
    inlines = [ReportLineInline]
    fields = ("template", "order", "title_zh", "title_en", "hint_zh", "hint_en")
    readonly_fields = ("template",)
    list_display = ("title_zh", "template", "order")
    list_filter = ("template",)
    list_select_related = ("template",)
    search_fields = ("title_zh", "title_en")
    ordering = ("-template__number", "order")

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class ReportValueInline(ReadOnlyInline):
    model = ReportValue
    fields = ("line_label", "state", "written", "text", "reason", "counted", "snapshot_at")
    ordering = ("line__section__order", "line__order")

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).select_related("line__section")

    @admin.display(description=_("line"))
    def line_label(self, value: ReportValue) -> str:
        return value.line.label

    @admin.display(description=_("number"))
    def written(self, value: ReportValue) -> Any:
        return plain(value.number)

    @admin.display(description=_("number in the records"))
    def counted(self, value: ReportValue) -> Any:
        return plain(value.snapshot)


class ReportRemarkInline(ReadOnlyInline):
    model = ReportRemark
    fields = ("at", "by", "department", "line_label", "text", "answered_at")
    ordering = ("at", "pk")

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).select_related("line__section", "by")

    @admin.display(description=_("line"))
    def line_label(self, remark: ReportRemark) -> str:
        return remark.line.label if remark.line else "—"


class ReportReceiptInline(ReadOnlyInline):
    model = ReportReceipt
    fields = ("department", "by", "at")
    ordering = ("at", "pk")


class ReportEventInline(MoveInline):
    model = ReportEvent
    verbs = WORDS
    statuses = dict(MonthlyReport.Status.choices)


@admin.register(MonthlyReport)
class MonthlyReportAdmin(ReadOnlyAdmin):
    """Looked at here, moved on its page (the link 「在站点上查看」)."""

    fields = (
        "region", "month", "template", "status", "due_at", "first_submitted_at", "is_late", "locked_at",
        "exempt_because", "reopened_until", "reopened_lines", "saved_at", "saved_by",
    )  # fmt: skip
    inlines = [ReportReceiptInline, ReportRemarkInline, ReportValueInline, ReportEventInline]
    list_display = ("region", "month_label", "status", "due_at", "first_submitted_at", "is_late", "locked_at")
    list_filter = ("status", "is_late", "region", "month")
    list_select_related = ("region",)
    search_fields = ("region__name", "region__code", "month")
    date_hierarchy = "due_at"
    ordering = ("-month", "region__order", "pk")

    def view_on_site(self, obj: MonthlyReport) -> str:
        return reverse("report", args=[obj.region.code, obj.month])

    @admin.display(description=_("month"), ordering="month")
    def month_label(self, report: MonthlyReport) -> str:
        return report.month.label
