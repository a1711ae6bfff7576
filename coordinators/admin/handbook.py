"""The handbook's editions and texts: looked at and taken away here, written and published on their own pages."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from coordinators.handbook.resources import SectionResource
from coordinators.models import HandbookEdition, HandbookSection
from core.admin import ReadOnlyAdmin, ReadOnlyInline
from core.sheet_admin import ExportAdmin


class HandbookSectionInline(ReadOnlyInline):
    model = HandbookSection
    fields = ("level", "kind", "text", "is_draft")
    ordering = ("pk",)


@admin.register(HandbookEdition)
class HandbookEditionAdmin(ReadOnlyAdmin):
    inlines = [HandbookSectionInline]
    fields = ("region", "number", "from_on", "published_at", "published_by")
    list_display = ("region", "number", "from_on", "published_at", "published_by")
    list_filter = ("region", ("published_at", admin.EmptyFieldListFilter))
    list_select_related = ("region", "published_by")
    search_fields = ("region__name", "region__code")
    ordering = ("region__order", "-number")

    def view_on_site(self, obj: HandbookEdition) -> str:
        return reverse("handbook-edition", args=[obj.region.code, obj.number])


@admin.register(HandbookSection)
class HandbookSectionAdmin(ExportAdmin, ReadOnlyAdmin):
    resource_classes = [SectionResource]
    fields = ("edition", "level", "kind", "text", "is_draft")
    list_display = ("edition_label", "level", "kind", "is_draft")
    list_filter = ("edition__region", "level", "kind", "is_draft")
    list_select_related = ("edition__region",)
    search_fields = ("text", "edition__region__name")
    ordering = ("edition__region__order", "-edition__number", "pk")

    @admin.display(description=_("edition"), ordering="edition__number")
    def edition_label(self, section: HandbookSection) -> str:
        return str(section.edition)

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).select_related("edition__region")
