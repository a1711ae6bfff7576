"""Revisits: looked at and taken away here, as far as their cases are seen."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.admin import ReadOnlyAdmin
from core.sheet_admin import ExportAdmin
from feedback.models import Revisit
from feedback.querysets import AT_HEADQUARTERS
from feedback.revisits.resources import RevisitResource


@admin.register(Revisit)
class RevisitAdmin(ReadOnlyAdmin, ExportAdmin):
    readers = AT_HEADQUARTERS
    resource_classes = [RevisitResource]
    fields = ("case", "round", "is_sample", "month", "asked", "due_on", "is_settled", "done_by", "done_at")
    list_display = ("case", "project", "is_sample", "month", "asked", "due_on", "is_settled", "done_at")
    list_filter = ("case__region", "case__project", "month", "is_sample", "is_settled")
    list_select_related = ("case__project", "case__region", "asked", "done_by")
    search_fields = ("case__number", "case__title", "case__project__name", "case__project__code", "asked__name")
    search_help_text = _("Case number, line, project or name")
    date_hierarchy = "due_on"
    ordering = ("-due_on", "-pk")

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).defer("case__words", "case__reply")

    def view_on_site(self, obj: Revisit) -> str:
        return reverse("revisit", args=[obj.pk])

    @admin.display(description=_("project"), ordering="case__project__code")
    def project(self, revisit: Revisit) -> str:
        return str(revisit.case.project or revisit.case.region or "—")
