"""The survey in the back office: forms with their questions, rounds with their counts. Answers are on no list."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.admin import MoveInline, ReadOnlyAdmin, ReadOnlyInline, ScopedAdmin, ScopedInline
from core.audit import AuditKind
from core.sheet_admin import ExportAdmin
from feedback.models import SurveyQuestion, SurveyRound, SurveyRoundEvent, SurveyTeam, SurveyTemplate
from feedback.survey.policies import EDITORS
from feedback.survey.resources import RoundResource
from feedback.survey.templates import copy_template, is_in_use

WORDS = {"open": gettext_lazy("Opened"), "close": gettext_lazy("Closed"), "reopen": gettext_lazy("Opened again")}


class UnusedOnly:
    """A form is changed until the first round stands on it; then a new version is made. `obj` is the form of the page."""

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_change_permission(request, obj) and not is_in_use(obj)  # type: ignore[misc]

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_delete_permission(request, obj) and not is_in_use(obj)  # type: ignore[misc]


class SurveyQuestionInline(UnusedOnly, ScopedInline):
    model = SurveyQuestion
    editors = EDITORS
    deletable = True
    fields = ("number", "kind", "text", "text_en", "choices", "gathers", "category")
    ordering = ("number",)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_add_permission(request, obj) and not is_in_use(obj)


@admin.register(SurveyTemplate)
class SurveyTemplateAdmin(UnusedOnly, ScopedAdmin):
    editors = EDITORS
    deletable = True
    audit_kind = AuditKind.SETTING
    inlines = [SurveyQuestionInline]
    actions = ["copy_as_new"]
    fields = ("number", "title", "opening", "valid_from", "is_draft")
    list_display = ("title", "number", "valid_from", "is_draft")
    list_filter = ("is_draft",)
    search_fields = ("title",)
    ordering = ("-number",)

    @admin.action(description=gettext_lazy("Copy as a new version"), permissions=["add"])
    def copy_as_new(self, request: HttpRequest, queryset: QuerySet) -> HttpResponse | None:
        """Leads to the copy, which is changed until its first round opens."""
        chosen = list(queryset[:2])
        if len(chosen) != 1:
            self.message_user(request, _("Choose one form to copy."), messages.ERROR)
            return None
        copy = copy_template(chosen[0], by=request.user)
        self.message_user(request, _("Copied. Set the month from which it holds, and change the questions until then."))
        return redirect(reverse("admin:feedback_surveytemplate_change", args=[copy.pk]))


class SurveyTeamInline(ReadOnlyInline):
    model = SurveyTeam
    fields = ("team", "on_site", "printed", "issued", "returned", "keyed", "counted_by", "counted_at")
    ordering = ("team__name", "pk")

    def get_queryset(self, request: HttpRequest) -> Any:
        rows: Any = super().get_queryset(request)
        return rows.with_sheets().select_related("team", "counted_by")

    @admin.display(description=gettext_lazy("printed"))
    def printed(self, row: Any) -> int:
        return row.printed

    @admin.display(description=gettext_lazy("keyed"))
    def keyed(self, row: Any) -> int:
        return row.keyed


class SurveyRoundEventInline(MoveInline):
    model = SurveyRoundEvent
    verbs = WORDS
    statuses = dict(SurveyRound.Status.choices)


@admin.register(SurveyRound)
class SurveyRoundAdmin(ReadOnlyAdmin, ExportAdmin):
    """Moved on their pages; the analysis is read there too."""

    resource_classes = [RoundResource]
    inlines = [SurveyTeamInline, SurveyRoundEventInline]
    fields = (
        "project",
        "region",
        "month",
        "template",
        "status",
        "opened_at",
        "due_on",
        "closed_at",
        "analysed_by",
        "analysed_at",
    )
    list_display = ("month", "project", "region", "status", "issued", "returned", "keyed")
    list_filter = ("region", "status")
    list_select_related = ("project", "region")
    search_fields = ("project__name", "project__code")
    ordering = ("-month", "project__code", "pk")

    def get_queryset(self, request: HttpRequest) -> Any:
        rows: Any = super().get_queryset(request)
        return rows.with_counts().select_related("project", "region")

    def view_on_site(self, obj: SurveyRound) -> str:
        return reverse("survey-round", args=[obj.project.code, obj.month])

    @admin.display(description=gettext_lazy("handed out"))
    def issued(self, row: Any) -> int | None:
        return row.issued

    @admin.display(description=gettext_lazy("given back"))
    def returned(self, row: Any) -> int | None:
        return row.returned

    @admin.display(description=gettext_lazy("keyed"))
    def keyed(self, row: Any) -> int:
        return row.keyed
