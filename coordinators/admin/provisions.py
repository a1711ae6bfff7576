"""Editions of the provisions, prepared here and fixed from their first day; rights exercised, to look at and to take away."""

from datetime import date
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coordinators.models import PostProvision, ProvisionEdition, RightExercise
from coordinators.provisions.policies import is_fixed
from coordinators.provisions.resources import ExerciseResource, ProvisionResource
from coordinators.provisions.workflow import copy_edition
from core.admin import ReadOnlyAdmin, ScopedAdmin, ScopedInline
from core.audit import AuditKind
from core.roles import Role
from core.sheet_admin import ExportAdmin

EDITORS = frozenset({Role.PARTY_ORGANISATION})


class EditionForm(forms.ModelForm):
    def clean_from_on(self) -> date:
        """What holds already is not rewritten: a new edition begins on a day to come."""
        day: date = self.cleaned_data["from_on"]
        if day <= timezone.localdate():
            raise forms.ValidationError(_("A new edition begins on a day to come."))
        return day


class UntilInForce:
    """Changed until the first day of its force, then read. `obj` is the edition that the page is about."""

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_change_permission(request, obj) and not _is_fixed(obj)  # type: ignore[misc]

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_delete_permission(request, obj) and not _is_fixed(obj)  # type: ignore[misc]


def _is_fixed(obj: Any) -> bool:
    return is_fixed(obj, timezone.localdate())


class PostProvisionInline(UntilInForce, ScopedInline):
    model = PostProvision
    editors = EDITORS
    deletable = True
    fields = ("kind", "number", "text", "is_draft")
    ordering = ("kind", "number")

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_add_permission(request, obj) and not _is_fixed(obj)


@admin.register(ProvisionEdition)
class ProvisionEditionAdmin(UntilInForce, ScopedAdmin):
    editors = EDITORS
    deletable = True
    audit_kind = AuditKind.SETTING
    form = EditionForm
    inlines = [PostProvisionInline]
    actions = ["copy_as_new"]
    fields = ("number", "from_on", "document_no", "note")
    list_display = ("number", "from_on", "document_no", "note")
    list_filter = ("from_on",)
    search_fields = ("document_no", "note")
    ordering = ("-from_on",)

    def view_on_site(self, obj: ProvisionEdition) -> str:
        return reverse("provisions-edition", args=[obj.number])

    @admin.action(description=gettext_lazy("Copy as a new edition"), permissions=["add"])
    def copy_as_new(self, request: HttpRequest, queryset: QuerySet) -> HttpResponse | None:
        """Leads to the copy, which is changed until its first day."""
        chosen = list(queryset[:2])
        if len(chosen) != 1:
            self.message_user(request, _("Choose one edition to copy."), messages.ERROR)
            return None
        copy = copy_edition(chosen[0], by=request.user)
        self.message_user(request, _("Copied. Set the day from which it is in force, and change the texts until then."))
        return redirect(reverse("admin:coordinators_provisionedition_change", args=[copy.pk]))


@admin.register(PostProvision)
class PostProvisionAdmin(ExportAdmin, ReadOnlyAdmin):
    """All texts of all editions, to filter and to take away; they are changed on the page of their edition."""

    resource_classes = [ProvisionResource]
    fields = ("edition", "kind", "number", "text", "is_draft")
    list_display = ("number", "kind", "text", "is_draft", "edition")
    list_filter = ("edition", "kind", "is_draft")
    list_select_related = ("edition",)
    search_fields = ("text",)
    ordering = ("-edition__from_on", "kind", "number")


@admin.register(RightExercise)
class RightExerciseAdmin(ExportAdmin, ReadOnlyAdmin):
    """Recorded and corrected by coordinators on their own pages."""

    resource_classes = [ExerciseResource]
    fields = ("coordinator", "kind", "on", "place", "text", "outcome", "duty", "recorded_by", "recorded_at")
    list_display = ("on", "kind", "coordinator", "place", "duty")
    list_filter = ("kind", "coordinator__region", "coordinator__project__region")
    list_select_related = ("coordinator__person", "coordinator__region", "coordinator__project", "duty__edition")
    search_fields = ("coordinator__person__name", "coordinator__person__name_pinyin", "place", "text")
    date_hierarchy = "on"
    ordering = ("-on", "-pk")

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).select_related(*self.list_select_related)

    def view_on_site(self, obj: RightExercise) -> str:
        return reverse("right", args=[obj.pk])
