"""The base of every ModelAdmin: in reach, by role, with lifecycles read-only and no way round either.

The admin site is headquarters' back office. A ModelAdmin names its `readers` and `editors` (roles); whoever is neither does not
see the model. Rows, foreign keys, filters and autocompletes come from `visible_to(request.user)`. Deleting is off unless a
ModelAdmin of a structure row says `deletable`; even then the database refuses to lose history (PROTECT).
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, ClassVar

from django.contrib import admin
from django.contrib.admin.checks import ModelAdminChecks
from django.contrib.admin.filters import RelatedFieldListFilter
from django.contrib.admin.widgets import AutocompleteSelect
from django.core.checks import CheckMessage, Error
from django.db import models
from django.forms import Media
from django.http import HttpRequest
from django.utils.decorators import method_decorator
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.audit import AuditKind, record
from core.filters import keep_numbers_out
from core.models import AuditEvent, WorkdayOverride
from core.roles import COMPANY_WIDE, HEADQUARTERS, Role
from core.scope import Scoped


def in_reach(model: type[models.Model], request: HttpRequest) -> models.QuerySet:
    """Rows of `model` that the person may see; a model that lies in nobody's reach (report templates) is open to its readers."""
    rows: Any = model._default_manager
    return rows.visible_to(request.user) if issubclass(model, Scoped) else rows.all()


class ScopedRelatedFilter(RelatedFieldListFilter):
    """A sidebar filter that offers only rows in reach (Django's own offers all)."""

    def field_choices(self, field: Any, request: HttpRequest, model_admin: Any) -> list[tuple[Any, str]]:
        rows: Any = in_reach(field.remote_field.model, request)
        ordered = rows.for_list() if hasattr(rows, "for_list") else rows
        return [(row.pk, str(row)) for row in ordered]


class RoleGate:
    """Who sees and who edits, by role; the same answers for ModelAdmins and inlines."""

    readers: ClassVar[frozenset[str]] = COMPANY_WIDE
    editors: ClassVar[frozenset[str]] = HEADQUARTERS
    deletable: ClassVar[bool] = False

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.scope.holds(*self.readers, *self.editors)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.scope.holds(*self.editors)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.scope.holds(*self.editors)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.deletable and request.user.scope.holds(*self.editors)


class NamedAutocomplete(AutocompleteSelect):
    """A search box that says what it searches while it is empty, also to those who hear it."""

    @property
    def media(self) -> Media:
        return super().media + Media(js=["js/admin.js"])

    def build_attrs(self, base_attrs: dict[str, Any], extra_attrs: dict[str, Any] | None = None) -> dict[str, Any]:
        attrs = super().build_attrs(base_attrs, extra_attrs)
        return attrs | {"data-placeholder": _("Search: %(what)s") % {"what": self.field.remote_field.model._meta.verbose_name}}


class ScopedChoices:
    """Foreign keys offer what is in reach, and refuse anything else that is posted."""

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        kwargs.setdefault("queryset", in_reach(db_field.remote_field.model, request))
        if db_field.name in self.get_autocomplete_fields(request):  # type: ignore[attr-defined]
            kwargs.setdefault("widget", NamedAutocomplete(db_field, self.admin_site))  # type: ignore[attr-defined]
        return super().formfield_for_foreignkey(db_field, request, **kwargs)  # type: ignore[misc]

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """No cross beside a choice: a unit is deleted on its own page, where its consequences stand, or not at all."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)  # type: ignore[misc]
        if field and hasattr(field.widget, "can_delete_related"):
            field.widget.can_delete_related = False
        return field


class ScopedChecks(ModelAdminChecks):
    """A relation in `list_filter` may only be filtered by a class that offers what is in reach."""

    def check(self, admin_obj: Any, **kwargs: Any) -> list[CheckMessage]:
        return [*super().check(admin_obj, **kwargs), *self._check_relation_filters(admin_obj)]

    def _check_relation_filters(self, admin_obj: Any) -> Iterator[CheckMessage]:
        for entry in admin_obj.list_filter:
            if not isinstance(entry, tuple) or not field_along(admin_obj.model, entry[0]).is_relation:
                continue
            if not issubclass(entry[1], ScopedRelatedFilter):
                yield Error(f"The filter on {entry[0]!r} offers rows out of reach.", obj=admin_obj.__class__, id="core.E001")


def field_along(model: type[models.Model], path: str) -> Any:
    """The field at the end of "team__project"."""
    field: Any = None
    for step in path.split("__"):
        field = (field.related_model if field else model)._meta.get_field(step)
    return field


def yes_or_no(field: models.BooleanField) -> Any:
    """A column in words: Django's icons are read aloud as "True" and "False" in every language."""

    @admin.display(description=field.verbose_name, ordering=field.name)
    def words(row: models.Model) -> str:
        return str({True: _("Yes"), False: _("No")}.get(getattr(row, field.name), "—"))

    return words


class ScopedAdmin(RoleGate, ScopedChoices, admin.ModelAdmin):
    """Every ModelAdmin of the project. `audit_kind`: what the audit trail calls a change (None: its own history is enough)."""

    checks_class = ScopedChecks
    audit_kind: ClassVar[AuditKind | None] = None
    list_per_page = 50
    list_max_show_all = 500
    show_full_result_count = False

    def get_queryset(self, request: HttpRequest) -> models.QuerySet:
        return in_reach(self.model, request).order_by(*self.get_ordering(request))

    def get_list_display(self, request: HttpRequest) -> list[Any]:
        columns = {field.name: yes_or_no(field) for field in self.opts.fields if isinstance(field, models.BooleanField)}
        return [columns.get(name, name) for name in super().get_list_display(request)]

    def get_list_filter(self, request: HttpRequest) -> list[Any]:
        """Relations in `list_filter` become scoped filters; nobody has to remember the class."""
        return [self._scoped(entry) for entry in super().get_list_filter(request)]

    def _scoped(self, entry: Any) -> Any:
        if isinstance(entry, str) and field_along(self.model, entry).is_relation:
            return entry, ScopedRelatedFilter
        return entry

    def lookup_allowed(self, lookup: str, value: Any, request: HttpRequest) -> bool:
        """Only what the sidebar and the date bar offer: no fishing through `?field__startswith=`."""
        entries = [entry[0] if isinstance(entry, tuple) else entry for entry in self.get_list_filter(request)]
        named = [getattr(entry, "parameter_name", entry) for entry in entries]
        offered = [name for name in [*named, self.date_hierarchy] if isinstance(name, str)]
        return any(lookup == name or lookup.startswith(f"{name}__") for name in offered)

    @method_decorator(keep_numbers_out)
    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        """The list is headed by what it lists; Django would head it by what one might do with it."""
        return super().changelist_view(request, {"title": capfirst(self.opts.verbose_name_plural), **(extra_context or {})})

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        if self.audit_kind:
            record(self.audit_kind, by=request.user, subject=obj, what="change" if change else "add", fields=form.changed_data)

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        """The trail is written first: afterwards the row has no number any more."""
        record(AuditKind.DELETE, by=request.user, subject=obj)
        super().delete_model(request, obj)


class ScopedInline(RoleGate, ScopedChoices, admin.TabularInline):
    """Rows that belong to the row on the page."""

    extra = 0
    template = "admin/tabular.html"

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """A field of a table has no label of its own: it is named after its column."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field:
            field.widget.attrs["aria-label"] = capfirst(field.label or "")
        return field


class ReadOnlyAdmin(ScopedAdmin):
    """Looked at, never changed here: lifecycles have their pages, the audit trail has no change at all."""

    editors = frozenset()
    readers = COMPANY_WIDE

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Iterable[str]:
        return self.get_fields(request, obj)

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Those named; never by default all (a keyed hash is no reading matter)."""
        return self.fields or ()


class ReadOnlyInline(ScopedInline):
    """History and parts of a lifecycle."""

    editors = frozenset()
    readers = COMPANY_WIDE
    can_delete = False

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return self.fields or ()


class MoveInline(ReadOnlyInline):
    """The history of a lifecycle, in words: `verbs` and `statuses` give them."""

    verbs: ClassVar[Mapping[str, Any]] = {}
    statuses: ClassVar[Mapping[str, Any]] = {}
    fields = ("at", "what", "before", "after", "by", "note")
    ordering = ("at", "pk")

    def get_queryset(self, request: HttpRequest) -> models.QuerySet:
        return super().get_queryset(request).select_related("by")

    @admin.display(description=_("move"))
    def what(self, event: Any) -> str:
        return str(self.verbs.get(event.verb, event.verb))

    @admin.display(description=pgettext_lazy("state", "from"))
    def before(self, event: Any) -> str:
        return str(self.statuses.get(event.from_status, event.from_status)) or "—"

    @admin.display(description=pgettext_lazy("state", "to"))
    def after(self, event: Any) -> str:
        return str(self.statuses.get(event.to_status, event.to_status))


@admin.register(AuditEvent)
class AuditEventAdmin(ReadOnlyAdmin):
    readers = frozenset({Role.AUDITOR})
    fields = ("at", "by", "kind", "subject_type", "subject_name", "details")
    list_display = ("at", "by", "kind", "subject_type", "subject_name")
    list_filter = ("kind",)
    search_fields = ("subject_name", "by__name", "by__username")
    search_help_text = _("Subject, name or user name")
    list_select_related = ("by",)
    date_hierarchy = "at"
    ordering = ("-at", "-pk")


@admin.register(WorkdayOverride)
class WorkdayOverrideAdmin(ScopedAdmin):
    readers = COMPANY_WIDE
    editors = HEADQUARTERS | {Role.SYSTEM_ADMINISTRATOR}
    deletable = True
    audit_kind = AuditKind.SETTING
    fields = ("day", "is_working", "reason")
    list_display = ("day", "is_working", "reason")
    list_filter = ("is_working",)
    search_fields = ("reason",)
    date_hierarchy = "day"
    ordering = ("-day",)
