"""Reply sheets and readings: looked at and taken away here, made on the teams' pages."""

from django.contrib import admin
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.admin import ReadOnlyAdmin, ReadOnlyInline
from core.sheet_admin import ExportAdmin
from feedback.models import FeedbackItem, FeedbackSheet, ReadingAloud
from feedback.wall.resources import FeedbackSheetResource, ReadingAloudResource

OF_TEAM = ("team__name", "team__project__name", "team__project__code", "team__project__region__name")
HELP = _("Labour team, project or region")


class ItemInline(ReadOnlyInline):
    """As it was printed. Its case stands behind the code; whoever may see it finds it by that."""

    model = FeedbackItem
    fields = ("order", "is_apart", "title", "reply")
    ordering = ("order",)


@admin.register(FeedbackSheet)
class FeedbackSheetAdmin(ReadOnlyAdmin, ExportAdmin):
    resource_classes = [FeedbackSheetResource]
    inlines = [ItemInline]
    fields = ("team", "month", "number", "printed_at", "printed_by", "posted_at", "posted_by")
    list_display = ("team", "project", "month", "number", "printed_at", "posted_at")
    list_filter = ("team__project__region", "team__project", "month", ("posted_at", admin.EmptyFieldListFilter))
    list_select_related = ("team__project__region", "printed_by", "posted_by")
    search_fields = OF_TEAM
    search_help_text = HELP
    date_hierarchy = "printed_at"
    ordering = ("-printed_at", "-pk")

    def view_on_site(self, obj: FeedbackSheet) -> str:
        return reverse("wall-sheet", args=[obj.pk])

    @admin.display(description=_("project"), ordering="team__project__code")
    def project(self, sheet: FeedbackSheet) -> str:
        return str(sheet.team.project)


@admin.register(ReadingAloud)
class ReadingAloudAdmin(ReadOnlyAdmin, ExportAdmin):
    """How many answers were read, not which: they stand on the team's sheets."""

    resource_classes = [ReadingAloudResource]
    fields = ("team", "at", "by", "listeners")
    list_display = ("team", "project", "at", "by", "listeners")
    list_filter = ("team__project__region", "team__project")
    list_select_related = ("team__project__region", "by")
    search_fields = OF_TEAM
    search_help_text = HELP
    date_hierarchy = "at"
    ordering = ("-at", "-pk")

    @admin.display(description=_("project"), ordering="team__project__code")
    def project(self, reading: ReadingAloud) -> str:
        return str(reading.team.project)
