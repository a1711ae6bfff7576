"""The base of every ModelAdmin: in reach, by role, with lifecycles read-only and no way round either.

The admin site is headquarters' back office. A ModelAdmin names its `readers` and `editors` (roles); whoever is neither does not see the
model. Rows, foreign keys, filters and autocompletes come from `visible_to(request.user)`.
"""

from collections.abc import Iterable
from typing import Any, ClassVar

from django.contrib import admin
from django.contrib.admin.filters import RelatedFieldListFilter
from django.db import models
from django.http import HttpRequest

from core.models import AuditEvent, WorkdayOverride
from core.roles import COMPANY_WIDE, HEADQUARTERS, Role
from core.scope import Scoped


def _in_reach(model: type[models.Model], request: HttpRequest) -> models.QuerySet:
    rows: Any = model._default_manager
    return rows.visible_to(request.user) if issubclass(model, Scoped) else rows.all()


class ScopedRelatedFilter(RelatedFieldListFilter):
    """A sidebar filter that offers only rows in reach (Django's own offers all)."""

    def field_choices(self, field: Any, request: HttpRequest, model_admin: Any) -> list[tuple[Any, str]]:
        return [(row.pk, str(row)) for row in _in_reach(field.remote_field.model, request)]


class RoleGate:
    """Who sees and who edits, by role; the same four answers for ModelAdmins and inlines."""

    readers: ClassVar[frozenset[str]] = COMPANY_WIDE
    editors: ClassVar[frozenset[str]] = HEADQUARTERS

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.scope.holds(*self.readers, *self.editors)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.scope.holds(*self.editors)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.scope.holds(*self.editors)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.scope.holds(*self.editors)


class ScopedChoices:
    """Foreign keys offer what is in reach, and refuse anything else that is posted."""

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        kwargs.setdefault("queryset", _in_reach(db_field.remote_field.model, request))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)  # type: ignore[misc]


class ScopedAdmin(RoleGate, ScopedChoices, admin.ModelAdmin):
    """Every ModelAdmin of the project."""

    list_per_page = 50
    show_full_result_count = False

    def get_queryset(self, request: HttpRequest) -> models.QuerySet:
        return _in_reach(self.model, request)

    def get_list_filter(self, request: HttpRequest) -> list[Any]:
        """Relations in `list_filter` become scoped filters; nobody has to remember the class."""
        return [self._scoped(entry) for entry in super().get_list_filter(request)]

    def _scoped(self, entry: Any) -> Any:
        if not isinstance(entry, str):
            return entry
        field: Any = self.model
        for step in entry.split("__"):
            field = field._meta.get_field(step) if isinstance(field, type) else field.related_model._meta.get_field(step)
        return (entry, ScopedRelatedFilter) if field.is_relation else entry


class ScopedInline(RoleGate, ScopedChoices, admin.TabularInline):
    """Rows that belong to the row on the page."""

    extra = 0


class ReadOnlyAdmin(ScopedAdmin):
    """Looked at, never changed here: lifecycles have their pages, the audit trail has no change at all."""

    editors = frozenset()
    readers = COMPANY_WIDE

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Iterable[str]:
        return [field.name for field in self.model._meta.fields]


class ReadOnlyInline(ScopedInline):
    """History and parts of a lifecycle."""

    editors = frozenset()
    readers = COMPANY_WIDE
    can_delete = False


@admin.register(AuditEvent)
class AuditEventAdmin(ReadOnlyAdmin):
    readers = frozenset({Role.AUDITOR})
    list_display = ("at", "by", "kind", "subject_type", "subject_name")
    list_filter = ("kind",)
    search_fields = ("subject_name", "by__name", "by__username")
    list_select_related = ("by",)
    date_hierarchy = "at"
    ordering = ("-at", "-pk")


@admin.register(WorkdayOverride)
class WorkdayOverrideAdmin(ScopedAdmin):
    readers = COMPANY_WIDE
    editors = HEADQUARTERS | {Role.SYSTEM_ADMINISTRATOR}
    list_display = ("day", "is_working", "reason")
    list_filter = ("is_working",)
    date_hierarchy = "day"
    ordering = ("-day",)
