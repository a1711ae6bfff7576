"""Schemes with their items, what was ticked, and the register of Party members for the department whose business it is."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from coordinators.models import PartyMemberLink, PartyMemberTick, Scheme, SchemeCheck, SchemeItem
from coordinators.schemes.resources import CheckResource, ItemResource, MemberResource
from core.admin import ReadOnlyAdmin, ReadOnlyInline, ScopedAdmin, ScopedInline
from core.audit import AuditKind
from core.roles import Role
from core.sheet_admin import ExportAdmin

EDITORS = frozenset({Role.PARTY_ORGANISATION})


class SchemeItemInline(ScopedInline):
    """An item that was ticked once stays; one that is no longer wanted goes out of use."""

    model = SchemeItem
    editors = EDITORS
    fields = ("number", "text", "is_draft", "is_active")
    ordering = ("number",)


@admin.register(Scheme)
class SchemeAdmin(ScopedAdmin):
    editors = EDITORS
    audit_kind = AuditKind.SETTING
    inlines = [SchemeItemInline]
    fields = ("name", "key", "use", "order", "source", "is_draft")
    list_display = ("name", "use", "source", "is_draft")
    list_filter = ("use", "is_draft")
    search_fields = ("name", "key", "items__text")
    ordering = ("order", "pk")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """Addresses carry the key, and rows of ticks were made for one use."""
        return ("key", "use") if obj else ()


@admin.register(SchemeItem)
class SchemeItemAdmin(ExportAdmin, ReadOnlyAdmin):
    """All items, to filter and to take away; they are changed on the page of their scheme."""

    resource_classes = [ItemResource]
    fields = ("scheme", "number", "text", "is_draft", "is_active")
    list_display = ("scheme", "number", "text", "is_draft", "is_active")
    list_filter = ("scheme", "is_draft", "is_active")
    list_select_related = ("scheme",)
    search_fields = ("text", "scheme__name")
    ordering = ("scheme__order", "scheme", "number")


@admin.register(SchemeCheck)
class SchemeCheckAdmin(ExportAdmin, ReadOnlyAdmin):
    """Ticked by the project's coordinator on the page of the month."""

    resource_classes = [CheckResource]
    fields = ("month_label", "project", "team", "item", "note", "by", "at")
    list_display = ("month_label", "project", "team", "scheme", "item", "by", "at")
    list_filter = ("item__scheme", "project__region", "month")
    list_select_related = ("project", "team", "item__scheme", "by")
    search_fields = ("project__name", "team__name", "item__text", "note")
    ordering = ("-month", "project__code", "item__scheme__order", "item__number", "pk")

    def view_on_site(self, obj: SchemeCheck) -> str:
        return reverse("scheme-project", args=[obj.item.scheme.key, obj.month, obj.project.code])

    @admin.display(description=_("month"), ordering="month")
    def month_label(self, check: SchemeCheck) -> str:
        return check.month.label

    @admin.display(description=_("scheme"), ordering="item__scheme")
    def scheme(self, check: SchemeCheck) -> str:
        return str(check.item.scheme)


class PartyMemberTickInline(ReadOnlyInline):
    model = PartyMemberTick
    readers = EDITORS
    fields = ("item", "on", "by")
    ordering = ("item__number",)


@admin.register(PartyMemberLink)
class PartyMemberLinkAdmin(ExportAdmin, ReadOnlyAdmin):
    """Not for the other departments, nor for leaders and auditors; the register is kept on the project's page."""

    readers = EDITORS
    exporters = EDITORS
    resource_classes = [MemberResource]
    inlines = [PartyMemberTickInline]
    fields = ("member_name", "project", "branch", "area", "registered_on", "registered_by")
    list_display = ("member_name", "project", "team", "branch", "registered_on")
    list_filter = ("project__region", "project")
    list_select_related = ("engagement__team", "project")
    search_fields = ("engagement__name", "engagement__name_pinyin", "engagement__name_initials", "branch")
    ordering = ("project__code", "engagement__name_pinyin", "pk")

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).prefetch_related("ticks")

    def view_on_site(self, obj: PartyMemberLink) -> str:
        return reverse("party-member", args=[obj.project.code, obj.pk])

    @admin.display(description=_("name"), ordering="engagement__name_pinyin")
    def member_name(self, member: PartyMemberLink) -> str:
        return member.engagement.name

    @admin.display(description=_("labour team"), ordering="engagement__team__name")
    def team(self, member: PartyMemberLink) -> str:
        return str(member.engagement.team)
