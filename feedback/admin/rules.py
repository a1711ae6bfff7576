"""The rules of cases as rows: categories, deadlines, dispatching, and who reads sensitive cases. Every change is audited."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from core.admin import ScopedAdmin
from core.audit import AuditKind
from core.roles import MANAGING_DEPARTMENTS, Role
from feedback.cases.routing import conditions_of
from feedback.models import CaseCategory, DeadlineRule, RoutingRule, SensitiveOfficer

EDITORS = frozenset(MANAGING_DEPARTMENTS)


@admin.register(CaseCategory)
class CaseCategoryAdmin(ScopedAdmin):
    """A category that was used goes out of use; its key stays, programs refer to it."""

    editors = EDITORS
    audit_kind = AuditKind.SETTING
    fields = ("name", "name_en", "key", "picture", "severity", "is_sensitive", "order", "is_active", "is_draft")
    list_display = ("name", "picture", "severity", "is_sensitive", "order", "is_active", "is_draft")
    list_filter = ("picture", "severity", "is_sensitive", "is_active", "is_draft")
    search_fields = ("name", "name_en", "key")
    ordering = ("order", "pk")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return ("key",) if obj else ()


@admin.register(DeadlineRule)
class DeadlineRuleAdmin(ScopedAdmin):
    """A change holds for what is dispatched from then on; deadlines that were given stay."""

    editors = EDITORS
    deletable = True
    audit_kind = AuditKind.SETTING
    fields = (
        "severity", "category", "accept_days", "answer_days", "answer_hours", "settle_days", "most_extensions", "extension_days",
        "is_draft",
    )  # fmt: skip
    list_display = ("severity", "category", "accept_days", "answer_days", "answer_hours", "settle_days", "is_draft")
    list_filter = ("severity", "is_draft")
    list_select_related = ("category",)
    search_fields = ("category__name",)
    ordering = ("severity", "category__order", "pk")

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A category's own row may go; without the row for all others no case could be dispatched."""
        is_general = obj is not None and obj.category_id is None
        return super().has_delete_permission(request, obj) and not is_general


@admin.register(RoutingRule)
class RoutingRuleAdmin(ScopedAdmin):
    """Tried in their order; the page 「试一试」 says what they do."""

    editors = EDITORS
    deletable = True
    audit_kind = AuditKind.SETTING
    change_list_template = "admin/feedback/routingrule/change_list.html"
    fields = ("order", "category", "kind", "severity", "region", "project", "tier", "department", "is_active", "is_draft")
    list_display = ("order", "when", "goes_to", "is_active", "is_draft")
    list_filter = ("tier", "department", "is_active", "is_draft")
    list_select_related = ("category", "region", "project", "department")
    search_fields = ("category__name", "department__name", "project__name")
    ordering = ("order",)

    @admin.display(description=_("for what"))
    def when(self, rule: RoutingRule) -> str:
        return "·".join(conditions_of(rule)) or str(_("every case"))

    @admin.display(description=_("goes to"))
    def goes_to(self, rule: RoutingRule) -> str:
        return str(rule.department or rule.get_tier_display())


@admin.register(SensitiveOfficer)
class SensitiveOfficerAdmin(ScopedAdmin):
    """Named by the Party organisation department alone, from a day to a day; who was named stays on record."""

    readers = frozenset({Role.AUDITOR})
    editors = frozenset({Role.PARTY_ORGANISATION})
    audit_kind = AuditKind.SETTING
    fields = ("person", "from_on", "to_on", "named_by", "named_at")
    readonly_fields = ("named_by", "named_at")
    autocomplete_fields = ("person",)
    list_display = ("person", "from_on", "to_on", "named_by", "named_at")
    list_select_related = ("person", "named_by")
    search_fields = ("person__name", "person__name_pinyin", "person__name_initials")
    ordering = ("-from_on", "-pk")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """Whoever was named stays named; a mistake is ended, not rewritten."""
        return ("person", "from_on", *self.readonly_fields) if obj else self.readonly_fields

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        if not change:
            obj.named_by = request.user
        super().save_model(request, obj, form, change)
