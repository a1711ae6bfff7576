"""Nominations in the admin site: looked at here, moved on their page (the link 「在站点上查看」)."""

from typing import Any

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from coordinators.models import Nomination, NominationApproval, NominationEvent
from coordinators.nominations.history import WORDS
from coordinators.nominations.policies import can_see_treatment
from coordinators.nominations.resources import NominationResource
from core.admin import MoveInline, ReadOnlyAdmin, ReadOnlyInline
from core.sheet_admin import ExportAdmin
from regions.models import Region


class RegionFilter(admin.SimpleListFilter):
    """By region, whatever the unit of the post."""

    title = _("region")
    parameter_name = "region"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Any:
        return [(region.code, str(region)) for region in Region.objects.visible_to(request.user).for_list()]

    def queryset(self, request: HttpRequest, queryset: Any) -> QuerySet:
        if not (code := self.value()):
            return queryset
        of_project = Q(project__region__code=code) | Q(team__project__region__code=code)
        return queryset.filter(Q(region__code=code) | of_project)


class ApprovalInline(ReadOnlyInline):
    model = NominationApproval
    fields = ("side", "by", "at")
    ordering = ("at", "pk")

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).select_related("by")


class EventInline(MoveInline):
    model = NominationEvent
    verbs = WORDS
    statuses = dict(Nomination.Status.choices)


@admin.register(Nomination)
class NominationAdmin(ReadOnlyAdmin, ExportAdmin):
    fields = (
        "name", "person", "phone", "post_kind", "region", "project", "team", "crew", "main_job", "is_crew_leader", "is_acting",
        "from_on", "to_on", "reason", "status", "proposed_by", "proposed_at", "criteria_met", "topics_done", "induction_method",
        "inducted_on", "induction_result", "document_no", "treatment_level", "coordinator", "liaison",
    )  # fmt: skip
    resource_classes = [NominationResource]
    inlines = [ApprovalInline, EventInline]
    list_display = ("name", "post_kind", "place", "status", "from_on", "to_on", "proposed_by", "proposed_at")
    list_filter = (RegionFilter, "post_kind", "status")
    list_select_related = ("region", "project", "team__project", "crew", "proposed_by")
    search_fields = ("name", "name_pinyin", "name_initials", "region__name", "project__name", "team__name")
    search_help_text = _("Name, pinyin, initials or unit")
    date_hierarchy = "from_on"
    ordering = ("-proposed_at", "-pk")

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        fields = super().get_fields(request, obj)
        return fields if can_see_treatment(request.user) else [name for name in fields if name != "treatment_level"]

    def view_on_site(self, obj: Nomination) -> str:
        return reverse("nomination", args=[obj.pk])

    @admin.display(description=_("unit"))
    def place(self, nomination: Nomination) -> str:
        return nomination.place

    @admin.display(description=_("criteria met"))
    def criteria_met(self, nomination: Nomination) -> str:
        return "、".join(str(label) for key, label in Nomination.CRITERIA.items() if key in nomination.criteria) or "—"

    @admin.display(description=_("induction topics"))
    def topics_done(self, nomination: Nomination) -> str:
        return "、".join(str(label) for key, label in Nomination.TOPICS.items() if key in nomination.topics) or "—"
