"""Cases in the admin site: looked at here, moved on their page (the link 「在站点上查看」).

What was said, the answer and the contact are on the case's page, where looks are written down; sensitive cases are there alone.
"""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.admin import MoveInline, ReadOnlyAdmin, ReadOnlyInline
from core.months import Month
from core.sheet_admin import ExportAdmin
from feedback.cases.filters import months_offered
from feedback.cases.intake import categories_offered
from feedback.cases.resources import CaseResource, rows_to_export
from feedback.cases.workflow import LIFECYCLE, label_of
from feedback.models import Case, CaseEvent, CaseExtension, CaseNotice, CaseSight, Promise, Revisit


class MonthFilter(admin.SimpleListFilter):
    """By the month in which it was registered."""

    title = _("month")
    parameter_name = "month"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Any:
        return months_offered()

    def queryset(self, request: HttpRequest, queryset: Any) -> QuerySet:
        if self.value() not in dict(months_offered()):
            return queryset
        month = Month.parse(str(self.value()))
        return queryset.filter(registered_on__range=(month.first, month.last))


class CategoryFilter(admin.SimpleListFilter):
    title = _("category")
    parameter_name = "category"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Any:
        return [(str(category.pk), str(category)) for category in categories_offered()]

    def queryset(self, request: HttpRequest, queryset: Any) -> QuerySet:
        wanted = str(self.value() or "")
        return queryset.filter(category=wanted) if wanted.isdecimal() else queryset


class SightInline(ReadOnlyInline):
    model = CaseSight
    fields = ("tier", "unit_name", "part")
    ordering = ("tier", "pk")

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).select_related("region", "project", "department")

    @admin.display(description=_("unit"))
    def unit_name(self, sight: CaseSight) -> str:
        return str(sight)


class PromiseInline(ReadOnlyInline):
    model = Promise
    fields = ("text", "who", "due_on", "kept_on", "broken_at")
    ordering = ("due_on", "pk")


class ExtensionInline(ReadOnlyInline):
    model = CaseExtension
    fields = ("clock", "days", "reason", "asked_by", "asked_at", "is_given", "decided_by", "word")
    ordering = ("asked_at", "pk")

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).select_related("asked_by", "decided_by")


class NoticeInline(ReadOnlyInline):
    model = CaseNotice
    fields = ("clock", "step", "due_at", "at")
    ordering = ("at", "pk")


class RevisitInline(ReadOnlyInline):
    model = Revisit
    fields = ("round", "is_sample", "asked", "due_on", "is_settled", "done_by", "done_at")
    ordering = ("due_on", "pk")

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).select_related("asked", "done_by")


class EventInline(MoveInline):
    model = CaseEvent
    statuses = dict(Case.Status.choices)

    @admin.display(description=_("move"))
    def what(self, event: Any) -> str:
        return label_of(event.verb) if event.verb in (*LIFECYCLE.moves, "register") else event.verb


@admin.register(Case)
class CaseAdmin(ReadOnlyAdmin, ExportAdmin):
    fields = (
        "number", "title", "kind", "category", "severity", "origin", "region", "project", "team", "registered_on",
        "registered_by", "status", "handler", "route_reason", "refusals", "redos", "outside", "people_count", "amount",
        "is_found_early", "is_direct", "routed_at", "accept_due_at", "accepted_at", "answer_due_at", "first_answer_due_at",
        "replied_at", "delivery", "delivered_at", "settle_due_at", "first_settle_due_at", "settled_on", "settled_by", "closed_at",
    )  # fmt: skip
    resource_classes = [CaseResource]
    inlines = [SightInline, EventInline, PromiseInline, ExtensionInline, RevisitInline, NoticeInline]
    list_display = ("number", "title", "category", "project_or_region", "status", "registered_on", "answer_due_at", "settled_on")
    list_filter = ("region", "project", MonthFilter, "status", CategoryFilter, "kind", "severity", "origin")
    list_select_related = ("category", "project", "region")
    search_fields = ("number", "title", "project__name")
    search_help_text = _("Case number, words of its line, or project")
    date_hierarchy = "registered_on"
    ordering = ("-registered_on", "number")

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).filter(is_sensitive=False)

    def get_export_queryset(self, request: HttpRequest) -> Any:
        return rows_to_export(super().get_export_queryset(request))

    def view_on_site(self, obj: Case) -> str:
        return reverse("case", args=[obj.number])

    @admin.display(description=_("project or region"), ordering="project__code")
    def project_or_region(self, case: Case) -> str:
        return str(case.project or case.region or "—")
