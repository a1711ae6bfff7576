"""Coordinators and liaisons in the admin site."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.admin import HeldFilter, PostAdmin, PostForm
from coordinators.models import Coordinator, Liaison
from coordinators.nominations.policies import can_see_treatment
from coordinators.policies import begins_problem, can_change_dates, crew_problems, second_holder_problem, unit_problems
from coordinators.posts_workflow import lock_unit
from coordinators.resources import CoordinatorResource, LiaisonResource
from core.roles import COMPANY_WIDE, HEADQUARTERS, Role
from core.sheet_admin import SheetAdmin

PEOPLE = ("person__name", "person__name_pinyin", "person__name_initials", "=person__phone_tail")
HELP = _("Name, pinyin, initials, unit or the last four digits of the phone")


class CoordinatorForm(PostForm):
    def clean(self) -> Any:
        cleaned = super().clean()
        said = {name: cleaned.get(name) for name in ("region", "project", "is_labour_manager")}
        said["kind"] = cleaned.get("kind", self.instance.kind)
        for name, words in unit_problems(**said).items():
            self.add_error(name, words)
        if self.instance.pk is None and (words := begins_problem(self.by, said["kind"])):
            self.add_error("kind", words)
        if cleaned.get("treatment_level") and said["kind"] == Coordinator.Kind.PART_TIME:
            self.add_error("treatment_level", gettext("Leave this empty for this kind of post."))
        if not self.errors and cleaned["region"] and (words := self._second_holder(cleaned)):
            self.add_error("region", words)
        return cleaned

    def _second_holder(self, cleaned: dict[str, Any]) -> str:
        """The lock holds until the page's transaction has written."""
        lock_unit(cleaned["region"])
        days = [cleaned.get(name, getattr(self.instance, name)) for name in ("from_on", "to_on")]
        is_acting = bool(cleaned.get("is_acting"))
        return second_holder_problem(cleaned["region"], *days, is_acting=is_acting, but=self.instance.pk)


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
        "person", "kind", "region", "project", "is_labour_manager", "main_job", "from_on", "to_on", "end_reason", "is_acting",
        "document_no", "treatment_level",
    )  # fmt: skip
    autocomplete_fields = ("person", "project")
    list_display = ("person", "kind", "region", "project", "main_job", "from_on", "to_on", "is_acting", "document_no")
    list_filter = (HeldFilter, "kind", "region", "project__region")
    list_select_related = ("person", "region", "project")
    search_fields = (*PEOPLE, "region__name", "project__name")
    search_help_text = HELP
    ordering = ("region__order", "project__code", "-from_on", "pk")

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """The treatment level is there for those alone who may see it."""
        return [name for name in self.fields if name != "treatment_level" or can_see_treatment(request.user)]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """What comes with an appointment, the department that appoints sets: treatment level, and days of a full-time post."""
        fixed = super().get_readonly_fields(request, obj)
        if obj and not can_change_dates(request.user, obj):
            fixed = (*fixed, "kind", "from_on", "to_on", "end_reason")
        return fixed if request.user.scope.holds(Role.PARTY_PERSONNEL) else (*fixed, "treatment_level")


@admin.register(Liaison)
class LiaisonAdmin(PostAdmin, SheetAdmin):
    readers = COMPANY_WIDE | {Role.SYSTEM_ADMINISTRATOR}
    editors = HEADQUARTERS
    form = LiaisonForm
    resource_classes = [LiaisonResource]
    fields = ("person", "team", "crew", "is_crew_leader", "from_on", "to_on", "end_reason", "is_acting", "document_no")
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
