"""What the tables of the handbook share: filters by month and place, a resource from a list of paths, rows beside an entry."""

from collections.abc import Mapping
from typing import Any

from django.contrib import admin
from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from import_export.fields import Field

from core.admin import ReadOnlyAdmin, field_along
from core.months import Month
from core.roles import MANAGING_DEPARTMENTS
from core.sheet_admin import ExportAdmin
from core.sheets import DayCell, NumberCell, SheetResource, TextCell, YesNoCell
from feedback.cases.filters import months_offered

EDITORS = frozenset(MANAGING_DEPARTMENTS)
CELLS: Mapping[type[models.Field], type[TextCell]] = {
    models.DateField: DayCell,
    models.BooleanField: YesNoCell,
    models.IntegerField: NumberCell,
    models.DecimalField: NumberCell,
    models.GeneratedField: NumberCell,
}


class MonthFilter(admin.SimpleListFilter):
    """By the month of the day at the end of `path`."""

    title = _("month")
    parameter_name = "month"
    path = "on"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Any:
        return months_offered()

    def queryset(self, request: HttpRequest, queryset: Any) -> QuerySet:
        if self.value() not in dict(months_offered()):
            return queryset
        month = Month.parse(str(self.value()))
        return queryset.filter(**{f"{self.path}__range": (month.first, month.last)})


def month_of(path: str) -> type[MonthFilter]:
    return type("MonthFilter", (MonthFilter,), {"path": path})


def table(model: type[models.Model], *paths: str, headings: Mapping[str, Any] | None = None) -> list[type[SheetResource]]:
    """A table that only leaves: a column for each path, headed and written like the field at its end."""
    columns = {path.replace("__", "_"): path for path in paths}
    said = {name: field_along(model, path).verbose_name for name, path in columns.items()}
    body: dict[str, Any] = {name: _column(model, name, path) for name, path in columns.items()}
    body["headings"] = said | dict(headings or {})
    body["Meta"] = type("Meta", (), {"model": model, "fields": tuple(columns), "import_id_fields": ()})
    body["__doc__"] = f"{model.__name__} as a spreadsheet (out only)."
    return [type(f"{model.__name__}Resource", (SheetResource,), body)]


def _column(model: type[models.Model], name: str, path: str) -> Field:
    field = field_along(model, path)
    if field.choices:
        before, _sign, last = path.rpartition("__")
        path = f"{before}__get_{last}_display" if before else f"get_{last}_display"
        return Field(path, column_name=name, widget=TextCell())
    cell = next((cell for kind, cell in CELLS.items() if isinstance(field, kind)), TextCell)
    return Field(path, column_name=name, widget=cell())


class OfEntryAdmin(ReadOnlyAdmin, ExportAdmin):
    """What stands beside an entry, or belongs to such a row: written on the entry's page, looked at and taken away here."""

    search_help_text = _("What it was, or project")

    def view_on_site(self, obj: Any) -> str:
        return reverse("entry", args=[self.entry_of(obj).pk])

    def entry_of(self, row: Any) -> Any:
        return row.entry


def _shown(model: type[models.Model], path: str) -> Any:
    """A column with what is at the end of `path`, headed like the field there: Django would head it by the path, in English."""
    steps = path.split("__")

    def value(self: Any, row: Any) -> Any:
        for step in steps:
            row = getattr(row, step)
        return row

    return admin.display(description=field_along(model, path).verbose_name, ordering=path, empty_value="—")(value)


def beside(model: type[models.Model], *own: str, path: str = "entry") -> dict[str, Any]:
    """Filters, columns, order and export of rows that belong to an entry along `path`; `own` are their own columns."""
    shared = tuple(f"{path}__{name}" for name in ("on", "title", "region", "project", "team"))
    taken = (*shared, f"{path}__headcount", *own, f"{path}__author", f"{path}__is_planned", f"{path}__withdrawn_at")
    kinds = tuple(name for name in own if field_along(model, name).choices)
    columns = {name.replace("__", "_"): _shown(model, name) for name in shared}
    return columns | {
        "list_display": (*columns, *own),
        "list_filter": (f"{path}__region", f"{path}__project", month_of(f"{path}__on"), *kinds, f"{path}__is_planned"),
        "list_select_related": (f"{path}__region", f"{path}__project", f"{path}__team", f"{path}__author"),
        "search_fields": (f"{path}__title", f"{path}__project__name", f"{path}__project__code", f"{path}__region__name"),
        "date_hierarchy": f"{path}__on",
        "ordering": (f"-{path}__on", "-pk"),
        "resource_classes": table(model, *taken),
    }


def registered(model: type[models.Model], *own: str, path: str = "entry", **more: Any) -> type[OfEntryAdmin]:
    """Put such rows into the admin site. `more`: fields of the page, inlines, joins."""
    joins = more.pop("joins", ())
    facts = beside(model, *own, path=path)
    facts["list_select_related"] = (*facts["list_select_related"], *joins)
    way = path.split("__")

    def entry_of(self: OfEntryAdmin, row: Any) -> Any:
        for step in way:
            row = getattr(row, step)
        return row

    facts = {"fields": (way[0], *own), "entry_of": entry_of, **facts, **more}
    made = type(f"{model.__name__}Admin", (OfEntryAdmin,), facts)
    admin.site.register(model, made)
    return made
