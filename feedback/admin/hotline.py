"""Duty rosters, calls and mailbox openings: looked at and taken away here. A call is seen no further than its case."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.admin import ReadOnlyAdmin
from core.sheet_admin import ExportAdmin
from feedback.hotline.reach import calls_seen_by
from feedback.hotline.resources import HotlineCallResource, HotlineDutyResource, MailboxOpeningResource
from feedback.models import HotlineCall, HotlineDuty, MailboxOpening
from feedback.querysets import AT_HEADQUARTERS


@admin.register(HotlineDuty)
class HotlineDutyAdmin(ReadOnlyAdmin, ExportAdmin):
    resource_classes = [HotlineDutyResource]
    fields = ("region", "person", "starts_at", "ends_at")
    list_display = ("region", "person", "starts_at", "ends_at")
    list_filter = ("region",)
    list_select_related = ("region", "person")
    search_fields = ("person__name", "person__name_pinyin", "person__name_initials", "region__name")
    search_help_text = _("Name, pinyin or region")
    date_hierarchy = "starts_at"
    ordering = ("-starts_at", "pk")

    def view_on_site(self, obj: HotlineDuty) -> str:
        return reverse("duty", args=[obj.region.code])


@admin.register(HotlineCall)
class HotlineCallAdmin(ReadOnlyAdmin, ExportAdmin):
    """Without the caller's number, which stands on the call's page for whoever calls back."""

    readers = AT_HEADQUARTERS
    resource_classes = [HotlineCallResource]
    fields = ("at", "region", "project", "about", "is_missed", "by", "logged_at", "called_back_at", "called_back_by")
    list_display = ("at", "region", "project", "about", "is_missed", "called_back_at", "by")
    list_filter = ("region", "project", "is_missed", ("called_back_at", admin.EmptyFieldListFilter))
    list_select_related = ("region", "project", "by", "called_back_by", "case")
    search_fields = ("about", "project__name", "project__code", "region__name")
    search_help_text = _("The line, project or region")
    date_hierarchy = "at"
    ordering = ("-at", "-pk")

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return calls_seen_by(request.user).order_by(*self.ordering)

    def view_on_site(self, obj: HotlineCall) -> str:
        return reverse("call", args=[obj.pk])


@admin.register(MailboxOpening)
class MailboxOpeningAdmin(ReadOnlyAdmin, ExportAdmin):
    resource_classes = [MailboxOpeningResource]
    fields = ("project", "on", "by", "witness", "letters", "logged_at")
    list_display = ("project", "on", "by", "witness", "letters")
    list_filter = ("project__region", "project")
    list_select_related = ("project__region", "by", "witness")
    search_fields = ("project__name", "project__code", "project__region__name", "by__name", "witness__name")
    search_help_text = _("Project, region or name")
    date_hierarchy = "on"
    ordering = ("-on", "-pk")

    def view_on_site(self, obj: MailboxOpening) -> str:
        return reverse("mailbox", args=[obj.project.code])
