"""Teams, crews and the roster in the admin site. People come in through the roster import and are never deleted here."""

from collections import Counter
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.utils import NestedObjects
from django.db import DEFAULT_DB_ALIAS, models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.admin import ReadOnlyAdmin, ReadOnlyInline, ScopedInline
from core.roles import COMPANY_WIDE, Role
from core.sheet_admin import ExportAdmin, SheetAdmin
from labour_teams import codes
from labour_teams.models import Engagement, LabourTeam, WorkCrew, Worker, WorkerCertificate
from labour_teams.resources import CertificateResource, CrewResource, RosterResource, TeamResource

STRUCTURE_READERS = COMPANY_WIDE | {Role.SYSTEM_ADMINISTRATOR}
CODED = {
    "ethnicity_code": codes.ETHNICITIES,
    "political_status_code": codes.POLITICAL_STATUSES,
    "education_code": codes.EDUCATIONS,
}


class OnSiteFilter(admin.SimpleListFilter):
    """Whether the dates include today."""

    title = _("on site")
    parameter_name = "on_site"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Any:
        return [("yes", _("On site")), ("no", _("Left, or not yet there"))]

    def queryset(self, request: HttpRequest, queryset: Any) -> models.QuerySet:
        today = timezone.localdate()
        there = queryset.on_site(today) if hasattr(queryset, "on_site") else queryset.current(today)
        if self.value() == "yes":
            return there
        return queryset.exclude(pk__in=there.values("pk")) if self.value() == "no" else queryset


class WorkCrewInline(ScopedInline):
    model = WorkCrew
    readers = STRUCTURE_READERS
    deletable = True
    fields = ("name", "leader_name", "work_point", "is_active")
    ordering = ("name",)


@admin.register(LabourTeam)
class LabourTeamAdmin(SheetAdmin):
    readers = STRUCTURE_READERS
    deletable = True
    resource_classes = [TeamResource]
    inlines = [WorkCrewInline]
    fields = ("project", "name", "kind", "company_name", "manager_name", "entered_on", "left_on")
    autocomplete_fields = ("project",)
    list_display = ("name", "project", "region", "kind", "manager_name", "entered_on", "left_on")
    list_filter = ("project__region", OnSiteFilter, "kind")
    list_select_related = ("project__region",)
    search_fields = ("name", "company_name", "manager_name", "project__name")
    ordering = ("project__region__order", "project__code", "name", "pk")

    @admin.display(description=_("region"), ordering="project__region__order")
    def region(self, team: LabourTeam) -> str:
        return str(team.project.region)


@admin.register(WorkCrew)
class WorkCrewAdmin(SheetAdmin):
    readers = STRUCTURE_READERS
    deletable = True
    resource_classes = [CrewResource]
    fields = ("team", "name", "leader_name", "work_point", "is_active")
    autocomplete_fields = ("team",)
    list_display = ("name", "team", "project", "leader_name", "work_point", "is_active")
    list_filter = ("team__project__region", "is_active")
    list_select_related = ("team__project",)
    search_fields = ("name", "leader_name", "team__name", "team__project__name")
    ordering = ("team__project__code", "team__name", "name", "pk")

    @admin.display(description=_("project"), ordering="team__project__code")
    def project(self, crew: WorkCrew) -> str:
        return str(crew.team.project)


class WrittenDownInline(ReadOnlyInline):
    """What each project wrote down about the person; it is corrected there."""

    model = Engagement
    fields = ("name", "project", "team", "entered_on", "left_on", "ethnicity_name", "native_place")
    ordering = ("-entered_on", "-pk")
    show_change_link = True

    def get_queryset(self, request: HttpRequest) -> models.QuerySet:
        return super().get_queryset(request).select_related("project", "team")

    @admin.display(description=_("ethnicity"))
    def ethnicity_name(self, engagement: Engagement) -> str:
        return engagement.ethnicity or "—"


@admin.register(Worker)
class WorkerAdmin(ReadOnlyAdmin):
    """Who a person is follows from the ID number, which nobody changes. The age instead of the birthday, which the mask hides."""

    fields = ("id_number", "sex_code", "age")
    inlines = [WrittenDownInline]
    list_display = ("id_number", "names", "sex_code", "age")
    list_filter = ("sex_code",)
    search_fields = ("engagements__name", "engagements__name_pinyin", "engagements__name_initials", "=engagements__phone_tail")
    search_help_text = _("Name, pinyin, initials or the last four digits of the phone; never a full number")
    ordering = ("-pk",)

    def get_queryset(self, request: HttpRequest) -> models.QuerySet:
        return super().get_queryset(request).prefetch_related("engagements")

    @admin.display(description=_("name"))
    def names(self, worker: Worker) -> str:
        """Two projects may have written two names."""
        return "、".join(sorted({engagement.name for engagement in worker.engagements.all()}))

    @admin.display(description=_("age"), ordering="-born_on")
    def age(self, worker: Worker) -> int:
        return worker.id_number.age_on(timezone.localdate())


@admin.register(Engagement)
class EngagementAdmin(ExportAdmin):
    """The roster. Who, where, from when to when, and the numbers come from the import; the rest may be corrected."""

    resource_classes = [RosterResource]
    import_export_change_list_template = "admin/labour_teams/engagement/change_list.html"
    fields = (
        "worker", "name", "ethnicity_code", "political_status_code", "education_code", "native_place", "branch", "project",
        "team", "crew", "region", "entered_on", "left_on", "follows", "phone", "bank_card", "employment_type", "trade",
        "is_crew_leader", "contract_type", "contract_signed_on", "remark",
    )  # fmt: skip
    readonly_fields = (
        "worker", "project", "team", "crew", "region", "entered_on", "left_on", "follows", "phone", "bank_card",
    )  # fmt: skip
    list_display = ("name", "id_number", "project", "team", "crew", "trade", "phone", "entered_on", "left_on")
    list_filter = ("project__region", "project", OnSiteFilter, "employment_type", "branch")
    list_select_related = ("worker", "project", "team", "crew")
    search_fields = ("name", "name_pinyin", "name_initials", "=phone_tail")
    search_help_text = _("Name, pinyin, initials or the last four digits of the phone; never a full number")
    date_hierarchy = "entered_on"
    ordering = ("name_pinyin", "pk")

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Codes are chosen by their names."""
        if table := CODED.get(db_field.name):
            return forms.ChoiceField(label=db_field.verbose_name, choices=[("", "—"), *table.items()], required=False)
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """The page before it opens, to say what stands in the way."""
        return obj is not None and self.has_change_permission(request, obj)

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """Nobody is deleted here; what hangs on him is said by kind and number, since single rows are not everybody's to read."""
        words = gettext("%(name)s: nobody is deleted from the roster. The import writes his last day, or is undone.")
        never = [words % {"name": one} for one in objs]
        return [], {}, set(), [*never, *self._hanging_on(objs, request)]

    def _hanging_on(self, objs: Any, request: HttpRequest) -> list[str]:
        collector = NestedObjects(using=DEFAULT_DB_ALIAS)
        collector.collect(objs)
        found = Counter(type(row) for row in collector.protected)
        seen = {model for model in found if (own := admin.site._registry.get(model)) and own.has_view_permission(request)}
        said = {capfirst(str(model._meta.verbose_name)): found[model] for model in seen}
        rows = [gettext("%(kind)s: %(count)d") % {"kind": kind, "count": count} for kind, count in sorted(said.items())]
        return rows if seen == set(found) else [*rows, gettext("and what your post does not see")]

    @admin.display(description=_("ID number"))
    def id_number(self, engagement: Engagement) -> str:
        return str(engagement.worker.id_number)


@admin.register(WorkerCertificate)
class WorkerCertificateAdmin(ReadOnlyAdmin, ExportAdmin):
    """Without the number, which often is the ID number."""

    resource_classes = [CertificateResource]
    fields = (
        *("engagement", "trade", "issuer", "issued_on", "valid_until", "review_due_on", "reviewed_on", "paid_by", "returned_on"),
    )
    list_display = ("engagement", "project", "trade", "issuer", "issued_on", "valid_until", "review_due_on", "paid_by")
    list_filter = ("engagement__project__region", "engagement__project", "issuer", "paid_by")
    list_select_related = ("engagement__team", "engagement__project")
    search_fields = ("engagement__name", "engagement__name_pinyin", "engagement__name_initials", "trade")
    search_help_text = _("Name, pinyin, initials or operation")
    date_hierarchy = "valid_until"
    ordering = ("valid_until", "pk")

    @admin.display(description=_("project"), ordering="engagement__project__code")
    def project(self, certificate: WorkerCertificate) -> str:
        return str(certificate.engagement.project)
