"""What everybody chooses from: the two managing departments keep it. What was used goes out of use, and is never deleted."""

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.admin import ScopedInline
from core.audit import AuditKind
from core.sheet_admin import ExportAdmin
from handbook.admin.tables import EDITORS, table
from handbook.kinds.care import MONEY
from handbook.models import (
    Campaign,
    CareItem,
    EntryTemplate,
    EthnicFestival,
    FestivalDay,
    InspectionItem,
    TrainingSubject,
    VisitTopic,
)
from labour_teams.codes import ETHNICITIES


class CatalogueAdmin(ExportAdmin):
    editors = EDITORS
    audit_kind = AuditKind.SETTING


class KeyedAdmin(CatalogueAdmin):
    """The key stays once it is there: programs refer to it."""

    fields = ("name", "key", "order", "is_active")
    list_display = ("name", "order", "is_active")
    list_filter = ("is_active",)
    search_fields = ("name", "key")
    ordering = ("order", "pk")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return ("key",) if obj else ()


@admin.register(VisitTopic)
class VisitTopicAdmin(KeyedAdmin):
    resource_classes = table(VisitTopic, "name", "order", "is_active")


@admin.register(TrainingSubject)
class TrainingSubjectAdmin(KeyedAdmin):
    resource_classes = table(TrainingSubject, "name", "order", "is_active")


class CareItemForm(forms.ModelForm):
    class Meta:
        model = CareItem
        fields = ("name", "kind", "unit", "order", "is_active")

    def clean_unit(self) -> str:
        unit: str = self.cleaned_data["unit"].strip()
        if unit in MONEY:
            raise forms.ValidationError(_("Money is no goods: an allowance is paid with the wages, and stands there."))
        return unit


@admin.register(CareItem)
class CareItemAdmin(CatalogueAdmin):
    form = CareItemForm
    resource_classes = table(CareItem, "name", "kind", "unit", "order", "is_active")
    fields = ("name", "kind", "unit", "order", "is_active")
    list_display = ("name", "kind", "unit", "order", "is_active")
    list_filter = ("kind", "is_active")
    search_fields = ("name",)
    ordering = ("kind", "order", "pk")


@admin.register(InspectionItem)
class InspectionItemAdmin(CatalogueAdmin):
    """A line that is changed stays as it was where it was looked at."""

    resource_classes = table(InspectionItem, "goal", "text", "order", "is_active", "is_draft")
    fields = ("goal", "text", "order", "is_active", "is_draft")
    list_display = ("text", "goal", "order", "is_active", "is_draft")
    list_filter = ("goal", "is_active", "is_draft")
    search_fields = ("text",)
    ordering = ("order", "pk")


@admin.register(EntryTemplate)
class EntryTemplateAdmin(CatalogueAdmin):
    deletable = True
    resource_classes = table(EntryTemplate, "kind", "title", "order", "is_active")
    fields = ("kind", "title", "order", "is_active")
    list_display = ("title", "kind", "order", "is_active")
    list_filter = ("kind", "is_active")
    search_fields = ("title",)
    ordering = ("kind", "order", "pk")


@admin.register(Campaign)
class CampaignAdmin(CatalogueAdmin):
    resource_classes = table(Campaign, "name", "kind", "region", "project", "starts_on", "ends_on", "target", "is_active")
    fields = ("name", "kind", "region", "project", "starts_on", "ends_on", "target", "is_active")
    autocomplete_fields = ("project",)
    list_display = ("name", "kind", "region", "project", "starts_on", "ends_on", "is_active")
    list_filter = ("region", "project", "kind", "is_active")
    list_select_related = ("region", "project")
    search_fields = ("name", "project__name", "region__name")
    date_hierarchy = "starts_on"
    ordering = ("-is_active", "name", "pk")


class FestivalForm(forms.ModelForm):
    """Peoples are ticked by their names; the row keeps the codes."""

    ethnicities = forms.MultipleChoiceField(
        label=gettext_lazy("Peoples"), choices=list(ETHNICITIES.items()), widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = EthnicFestival
        fields = ("name", "ethnicities", "when", "advice", "is_active", "is_draft")


class FestivalDayInline(ScopedInline):
    model = FestivalDay
    editors = EDITORS
    deletable = True
    fields = ("on",)
    ordering = ("-on",)


@admin.register(EthnicFestival)
class EthnicFestivalAdmin(CatalogueAdmin):
    form = FestivalForm
    inlines = [FestivalDayInline]
    resource_classes = table(EthnicFestival, "name", "when", "advice", "is_active", "is_draft")
    fields = ("name", "ethnicities", "when", "advice", "is_active", "is_draft")
    list_display = ("name", "peoples", "when", "is_active", "is_draft")
    list_filter = ("is_active", "is_draft")
    search_fields = ("name", "advice")
    ordering = ("pk",)

    @admin.display(description=gettext_lazy("peoples"))
    def peoples(self, festival: EthnicFestival) -> str:
        return "、".join(ETHNICITIES.get(code, code) for code in festival.ethnicities)
