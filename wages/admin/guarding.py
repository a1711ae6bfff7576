"""What guards the wages of a project: accounts, leading groups, arrears, restrictions."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse

from core.admin import MoveInline, ReadOnlyInline
from core.roles import COMPANY_WIDE
from wages.admin.base import READS_LINES, WageAdmin, of_team
from wages.ledger.resources import RestrictionResource, WageAccountResource, WageArrearsResource, WageLeadingGroupResource
from wages.models import (
    RestrictionRequest,
    WageAccount,
    WageArrears,
    WageArrearsEvent,
    WageGroupMember,
    WageLeadingGroup,
)
from wages.workflow import ARREARS_MOVES

OF_PROJECT = ("project__name", "project__code", "project__region__name")


class SettlingInline(MoveInline):
    model = WageArrearsEvent
    verbs = {verb: move.label for verb, move in ARREARS_MOVES.items()}
    statuses = dict(WageArrears.Status.choices)


@admin.register(WageArrears)
class WageArrearsAdmin(WageAdmin):
    readers = COMPANY_WIDE
    resource_classes = [WageArrearsResource]
    inlines = [SettlingInline]
    fields = ("project", "region", "team", "month", "source", "since", "amount", "people", "settled_on")
    list_display = ("team", "project", "month", "source", "since", "amount", "people", "settled_on")
    list_filter = ("region", "project", "month", "source", ("settled_on", admin.EmptyFieldListFilter))
    list_select_related = ("region", "project", "team")
    search_fields = of_team("team")
    date_hierarchy = "since"
    ordering = ("-since", "pk")

    def view_on_site(self, obj: WageArrears) -> str:
        return f"{reverse('wages-arrears')}?project={obj.project_id}"


@admin.register(WageAccount)
class WageAccountAdmin(WageAdmin):
    """Without the number, which stands nowhere in full."""

    resource_classes = [WageAccountResource]
    fields = ("project", "bank", "opened_on", "pay_day", "completed_on", "settled_on")
    list_display = ("project", "bank", "opened_on", "pay_day", "completed_on", "settled_on")
    list_filter = ("project__region", "project")
    list_select_related = ("project__region",)
    search_fields = ("bank", *OF_PROJECT)
    ordering = ("project__code",)

    def view_on_site(self, obj: WageAccount) -> str:
        return reverse("wage-account", args=[obj.project.code])


class MemberInline(ReadOnlyInline):
    model = WageGroupMember
    readers = READS_LINES
    fields = ("name", "post", "must_sign")
    ordering = ("pk",)


@admin.register(WageLeadingGroup)
class WageLeadingGroupAdmin(WageAdmin):
    resource_classes = [WageLeadingGroupResource]
    inlines = [MemberInline]
    fields = ("project", "formed_on", "dissolved_on", "document_no")
    list_display = ("project", "formed_on", "dissolved_on", "document_no")
    list_filter = ("project__region", "project", ("dissolved_on", admin.EmptyFieldListFilter))
    list_select_related = ("project__region",)
    search_fields = ("document_no", *OF_PROJECT)
    ordering = ("project__code", "-formed_on")

    def get_export_queryset(self, request: HttpRequest) -> Any:
        return super().get_export_queryset(request).prefetch_related("members")

    def view_on_site(self, obj: WageLeadingGroup) -> str:
        return reverse("wage-group", args=[obj.project.code])


@admin.register(RestrictionRequest)
class RestrictionRequestAdmin(WageAdmin):
    resource_classes = [RestrictionResource]
    fields = ("project", "engagement", "asked_on", "by", "at")
    list_display = ("engagement", "project", "asked_on", "by")
    list_filter = ("project__region", "project")
    list_select_related = ("project", "engagement__project__region", "engagement__team", "by")
    search_fields = ("engagement__name", *OF_PROJECT)
    date_hierarchy = "asked_on"
    ordering = ("-asked_on", "pk")
