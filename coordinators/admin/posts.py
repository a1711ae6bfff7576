"""Coordinators and liaisons in the admin site."""

from typing import Any

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from accounts.admin import HeldFilter, PostAdmin, PostForm
from coordinators.models import Coordinator, Liaison
from coordinators.policies import crew_problems, unit_problems
from coordinators.resources import CoordinatorResource, LiaisonResource
from core.roles import COMPANY_WIDE, HEADQUARTERS, Role
from core.sheet_admin import SheetAdmin

PEOPLE = ("person__name", "person__name_pinyin", "person__name_initials", "=person__phone_tail")
HELP = _("Name, pinyin, initials, unit or the last four digits of the phone")


class CoordinatorForm(PostForm):
    def clean(self) -> Any:
        cleaned = super().clean()
        said = {name: cleaned.get(name) for name in ("kind", "region", "project", "is_labour_manager")}
        for name, words in unit_problems(**said).items():
            self.add_error(name, words)
        return cleaned


class LiaisonForm(PostForm):
    def clean(self) -> Any:
        cleaned = super().clean()
        for name, words in crew_problems(team=cleaned.get("team"), crew=cleaned.get("crew")).items():
            self.add_error(name, words)
        return cleaned


@admin.register(Coordinator)
class CoordinatorAdmin(PostAdmin, SheetAdmin):
    readers = COMPANY_WIDE | {Role.SYSTEM_ADMINISTRATOR}
    editors = HEADQUARTERS
    form = CoordinatorForm
    resource_classes = [CoordinatorResource]
    fields = (
        "person", "kind", "region", "project", "is_labour_manager", "main_job", "from_on", "to_on", "is_acting", "document_no",
    )  # fmt: skip
    autocomplete_fields = ("person", "project")
    list_display = ("person", "kind", "region", "project", "main_job", "from_on", "to_on", "is_acting", "document_no")
    list_filter = (HeldFilter, "kind", "region", "project__region")
    list_select_related = ("person", "region", "project")
    search_fields = (*PEOPLE, "region__name", "project__name")
    search_help_text = HELP
    ordering = ("region__order", "project__code", "-from_on", "pk")


@admin.register(Liaison)
class LiaisonAdmin(PostAdmin, SheetAdmin):
    readers = COMPANY_WIDE | {Role.SYSTEM_ADMINISTRATOR}
    editors = HEADQUARTERS
    form = LiaisonForm
    resource_classes = [LiaisonResource]
    fields = ("person", "team", "crew", "is_crew_leader", "from_on", "to_on", "is_acting", "document_no")
    autocomplete_fields = ("person", "team", "crew")
    list_display = ("person", "project", "team", "crew", "is_crew_leader", "from_on", "to_on", "document_no")
    list_filter = (HeldFilter, "team__project__region", "is_crew_leader")
    list_select_related = ("person", "team__project", "crew")
    search_fields = (*PEOPLE, "team__name", "team__project__name")
    search_help_text = HELP
    ordering = ("team__project__code", "team__name", "crew__name", "pk")

    @admin.display(description=_("project"), ordering="team__project__code")
    def project(self, liaison: Liaison) -> str:
        return str(liaison.team.project)
