"""Entries in the admin site: looked at and taken away here; written, and taken back, on their page (「在站点上查看」)."""

from django.contrib import admin
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.admin import ReadOnlyAdmin
from core.sheet_admin import ExportAdmin
from handbook.admin.tables import MonthFilter
from handbook.lists.resources import EntryResource
from handbook.models import HandbookEntry


@admin.register(HandbookEntry)
class HandbookEntryAdmin(ReadOnlyAdmin, ExportAdmin):
    """Of a visit only that it took place: the words stand with whoever may read them, on its page."""

    resource_classes = [EntryResource]
    fields = (
        "kind", "on", "title", "region", "project", "team", "crew", "place", "headcount", "role_played", "dimension", "duty",
        "is_planned", "author", "coordinator", "liaison", "written_at", "amended_at", "withdrawn_at", "withdrawn_by",
        "withdrawn_reason",
    )  # fmt: skip
    list_display = ("on", "kind", "title", "region", "project", "team", "headcount", "author", "withdrawn_at")
    list_filter = (
        "region", "project", MonthFilter, "kind", "dimension", "is_planned", ("withdrawn_at", admin.EmptyFieldListFilter),
    )  # fmt: skip
    list_select_related = ("region", "project", "team", "crew", "author")
    search_fields = ("title", "project__name", "project__code", "region__name", "author__name", "author__name_pinyin")
    search_help_text = _("What it was, project, or who wrote it")
    date_hierarchy = "on"
    ordering = ("-on", "-pk")

    def view_on_site(self, obj: HandbookEntry) -> str:
        return reverse("entry", args=[obj.pk])
