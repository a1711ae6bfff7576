"""Groups, clinics, medical teams; what is thought of teams; tasks. Each has its page; here it is looked at and taken away."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from core.admin import MoveInline, ReadOnlyAdmin, ReadOnlyInline
from core.sheet_admin import ExportAdmin
from handbook.admin.tables import month_of, table
from handbook.models import Clinic, MedicalTeam, SafetyGroup, SafetyMember, Task, TaskEvent, TeamEvaluation


class MemberInline(ReadOnlyInline):
    model = SafetyMember
    fields = ("engagement", "staff_name", "area", "is_leader")
    ordering = ("-is_leader", "pk")

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).select_related("engagement__team")


@admin.register(SafetyGroup)
class SafetyGroupAdmin(ReadOnlyAdmin, ExportAdmin):
    resource_classes = table(SafetyGroup, "project", "kind", "name", "area", "formed_on", "dissolved_on")
    inlines = [MemberInline]
    fields = ("project", "kind", "name", "area", "formed_on", "dissolved_on")
    list_display = ("name", "kind", "project", "area", "formed_on", "dissolved_on")
    list_filter = ("project__region", "project", "kind")
    list_select_related = ("project__region",)
    search_fields = ("name", "project__name", "project__code")
    date_hierarchy = "formed_on"
    ordering = ("project__code", "kind", "name", "pk")


@admin.register(Clinic)
class ClinicAdmin(ReadOnlyAdmin, ExportAdmin):
    resource_classes = table(Clinic, "project", "name", "doctor", "is_full_time", "opened_on", "closed_on")
    fields = ("project", "name", "doctor", "is_full_time", "opened_on", "closed_on")
    list_display = ("name", "project", "doctor", "is_full_time", "opened_on", "closed_on")
    list_filter = ("project__region", "project", "is_full_time")
    list_select_related = ("project__region",)
    search_fields = ("name", "project__name", "project__code")
    ordering = ("project__code", "name", "pk")


@admin.register(MedicalTeam)
class MedicalTeamAdmin(ReadOnlyAdmin, ExportAdmin):
    resource_classes = table(MedicalTeam, "region", "name", "leader", "members", "formed_on", "dissolved_on")
    fields = ("region", "name", "leader", "members", "formed_on", "dissolved_on")
    list_display = ("name", "region", "leader", "members", "formed_on", "dissolved_on")
    list_filter = ("region",)
    list_select_related = ("region",)
    search_fields = ("name", "region__name")
    ordering = ("region__order", "name", "pk")


@admin.register(TeamEvaluation)
class TeamEvaluationAdmin(ReadOnlyAdmin, ExportAdmin):
    resource_classes = table(
        TeamEvaluation, "quarter", "team__project", "team", "safety", "quality", "schedule", "benefit", "note", "by"
    )
    fields = ("team", "quarter", "safety", "quality", "schedule", "benefit", "note", "by", "at")
    list_display = ("team", "project", "quarter", "safety", "quality", "schedule", "benefit", "by")
    list_filter = ("team__project__region", "team__project", "quarter")
    list_select_related = ("team__project__region", "by")
    search_fields = ("team__name", "team__project__name", "team__project__code")
    ordering = ("-quarter", "team__project__code", "team__name", "pk")

    @admin.display(description=_("project"), ordering="team__project__code")
    def project(self, evaluation: TeamEvaluation) -> str:
        return str(evaluation.team.project)


class TaskEventInline(MoveInline):
    model = TaskEvent
    statuses = dict(Task.Status.choices)


@admin.register(Task)
class TaskAdmin(ReadOnlyAdmin, ExportAdmin):
    resource_classes = table(
        Task, "region", "project", "title", "to_coordinator", "to_liaison", "due_on", "status", "given_by", "was_late", "answer"
    )
    inlines = [TaskEventInline]
    fields = (
        "title", "text", "region", "project", "to_coordinator", "to_liaison", "due_on", "status", "given_by", "given_at",
        "received_at", "answer", "answered_at", "was_late",
    )  # fmt: skip
    list_display = ("title", "project", "post_name", "due_on", "status", "was_late", "given_by")
    list_filter = ("region", "project", month_of("due_on"), "status", "was_late")
    list_select_related = (
        "region", "project", "given_by", "to_coordinator__person", "to_coordinator__region", "to_coordinator__project",
        "to_liaison__person", "to_liaison__team", "to_liaison__crew",
    )  # fmt: skip
    search_fields = ("title", "project__name", "project__code")
    date_hierarchy = "due_on"
    ordering = ("-due_on", "-pk")

    @admin.display(description=_("to"))
    def post_name(self, task: Any) -> str:
        return str(task.post)
