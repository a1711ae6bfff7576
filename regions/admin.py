"""Regions, projects with their stages, and departments in the admin site."""

from typing import Any

from django.contrib import admin
from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.admin import ScopedAdmin, ScopedInline
from core.roles import COMPANY_WIDE, HEADQUARTERS, Role
from core.sheet_admin import SheetAdmin
from regions.models import Department, Project, ProjectStage, Region
from regions.resources import ProjectResource, RegionResource

# The system administrator reads the structure that accounts and posts refer to.
STRUCTURE_READERS = COMPANY_WIDE | {Role.SYSTEM_ADMINISTRATOR}


@admin.register(Region)
class RegionAdmin(SheetAdmin):
    readers = STRUCTURE_READERS
    deletable = True
    resource_classes = [RegionResource]
    fields = ("code", "name", "name_en", "order", "provinces", "emphasis")
    list_display = ("name", "code", "provinces", "order")
    search_fields = ("name", "code", "provinces")
    ordering = ("order", "pk")


class ProjectStageInline(ScopedInline):
    model = ProjectStage
    readers = STRUCTURE_READERS
    deletable = True
    ordering = ("from_on",)


class StageFilter(admin.SimpleListFilter):
    """By the stage of today."""

    title = _("stage")
    parameter_name = "stage"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Any:
        return ProjectStage.Stage.choices

    def queryset(self, request: HttpRequest, queryset: models.QuerySet) -> models.QuerySet:
        return queryset.filter(stage=self.value()) if self.value() else queryset


@admin.register(Project)
class ProjectAdmin(SheetAdmin):
    readers = STRUCTURE_READERS
    deletable = True
    resource_classes = [ProjectResource]
    inlines = [ProjectStageInline]
    fields = ("code", "name", "region", "sector", "place", "pilot_started_on", "is_placeholder")
    list_display = ("name", "code", "region", "stage_today", "sector", "place", "pilot_started_on", "is_placeholder")
    list_filter = ("region", StageFilter, "sector", "is_placeholder")
    list_select_related = ("region",)
    search_fields = ("name", "code", "place")
    ordering = ("region__order", "code")

    def get_queryset(self, request: HttpRequest) -> models.QuerySet:
        return super().get_queryset(request).with_stage(timezone.localdate())

    @admin.display(description=_("stage"))
    def stage_today(self, project: Project) -> str:
        stage = getattr(project, "stage", None)
        return str(ProjectStage.Stage(stage).label) if stage else ""


@admin.register(Department)
class DepartmentAdmin(ScopedAdmin):
    readers = STRUCTURE_READERS
    editors = HEADQUARTERS
    deletable = True
    fields = ("code", "name", "kind", "order", "is_draft")
    list_display = ("name", "code", "kind", "order", "is_draft")
    list_filter = ("kind", "is_draft")
    search_fields = ("name", "code")
    ordering = ("order", "pk")
