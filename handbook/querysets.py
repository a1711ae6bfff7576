"""Which entries of the handbook, and what belongs to them.

Who sees an entry depends on its kind too: acts of labour management are between a region and headquarters, health and
counselling are none of a crew's business, and a liaison sees of others what was done for his team. What was said in a talk, and
a named health result, have narrower circles of their own.
"""

from datetime import date
from typing import Any, Self

from django.db.models import Q

from core.months import Month
from core.roles import Role
from core.scope import NOWHERE, Level, Scope, ScopedQuerySet
from labour_teams.models import LabourTeam

ON_PROJECTS = (Role.PROJECT_COMMITTEE, Role.PROJECT_COORDINATOR, Role.PROJECT_CLERK)
NOT_ON_PROJECTS = ("labour_act",)
OF_HEALTH = ("health_check", "counselling", "medical")
FOR_THE_TEAM = ("training", "activity", "care", "meeting", "customs", "hazard")


def entries_reached(scope: Scope, path: str = "") -> Q:
    """The condition on entries (found along `path`) for one scope that does not reach the whole company."""

    def entry(**conditions: Any) -> Q:
        return Q(**{f"{path}{name}": value for name, value in conditions.items()})

    regions = scope.units(Level.REGION, Role.REGIONAL_COORDINATOR)
    seen = entry(region__in=regions) | entry(project__region__in=regions)
    seen |= entry(project__in=scope.units(Level.PROJECT, *ON_PROJECTS)) & ~entry(kind__in=NOT_ON_PROJECTS)
    seen |= entry(project__in=scope.units(Level.PROJECT, Role.HEALTH_OFFICER), kind__in=OF_HEALTH)
    crews, teams = scope.units(Level.CREW, Role.LIAISON), scope.units(Level.TEAM, Role.LIAISON)
    served = LabourTeam.objects.filter(Q(pk__in=teams) | Q(crews__in=crews)).values("pk")
    return seen | entry(team__in=served, kind__in=FOR_THE_TEAM)


class EntryQuerySet(ScopedQuerySet):
    def visible_to(self, user: Any) -> Self:
        """By unit and kind; and what somebody wrote himself, for as long as he holds any post."""
        scope: Scope = getattr(user, "scope", NOWHERE)
        if scope.whole_company:
            return self.all()
        return self.filter(self.reach_of(scope) | Q(author=user.pk)) if scope.grants else self.none()

    def with_records_for(self, user: Any) -> Self:
        return self.visible_to(user)

    def reach_of(self, scope: Scope) -> Q:
        return entries_reached(scope)

    def standing(self) -> Self:
        return self.filter(withdrawn_at=None)

    def held(self) -> Self:
        """What took place and counts: neither planned nor taken back."""
        return self.standing().filter(is_planned=False)

    def within(self, month: Month) -> Self:
        return self.filter(on__gte=month.first, on__lte=month.last)

    def planned_after(self, day: date) -> Self:
        return self.standing().filter(is_planned=True, on__gte=day)

    def for_list(self) -> Self:
        """The latest first."""
        return self.select_related("region", "project", "team", "crew", "author").order_by("-on", "-pk")


class OfEntryQuerySet(ScopedQuerySet):
    """What belongs to an entry is seen with it. Subclasses say the way to the entry."""

    path = "entry"

    def visible_to(self, user: Any) -> Self:
        scope: Scope = getattr(user, "scope", NOWHERE)
        if scope.whole_company:
            return self.all()
        return self.filter(self.reach_of(scope) | Q(**{f"{self.path}__author": user.pk})) if scope.grants else self.none()

    def with_records_for(self, user: Any) -> Self:
        return self.visible_to(user)

    def reach_of(self, scope: Scope) -> Q:
        return entries_reached(scope, f"{self.path}__")

    def of_held(self, month: Month | None = None) -> Self:
        """Of entries that took place and were not taken back, in a month."""
        within = {"on__gte": month.first, "on__lte": month.last} if month else {}
        conditions = {"withdrawn_at": None, "is_planned": False} | within
        return self.filter(**{f"{self.path}__{name}": value for name, value in conditions.items()})


class OfSessionQuerySet(OfEntryQuerySet):
    path = "session__entry"


class OfInspectionQuerySet(OfEntryQuerySet):
    path = "inspection__entry"


class OfEventQuerySet(OfEntryQuerySet):
    path = "event__entry"


class OfServiceQuerySet(OfEntryQuerySet):
    path = "service__entry"


class VisitQuerySet(OfEntryQuerySet):
    """What was said: for its author, the coordinator of the region, and the Party organisation department. For nobody else."""

    def visible_to(self, user: Any) -> Self:
        scope: Scope = getattr(user, "scope", NOWHERE)
        if scope.holds(Role.PARTY_ORGANISATION):
            return self.all()
        return self.filter(self.reach_of(scope) | Q(entry__author=user.pk)) if scope.grants else self.none()

    def reach_of(self, scope: Scope) -> Q:
        regions = scope.units(Level.REGION, Role.REGIONAL_COORDINATOR)
        return Q(entry__region__in=regions) | Q(entry__project__region__in=regions)


class OfficerQuerySet(ScopedQuerySet):
    """For the health officer of the project, and for nobody else, headquarters included."""

    project = ""

    def visible_to(self, user: Any) -> Self:
        return self.filter(self.reach_of(getattr(user, "scope", NOWHERE)))

    def with_records_for(self, user: Any) -> Self:
        return self.visible_to(user)

    def reach_of(self, scope: Scope) -> Q:
        return Q(**{f"{self.project}__in": scope.units(Level.PROJECT, Role.HEALTH_OFFICER)})


class HealthQuerySet(OfficerQuerySet):
    """Named health results. A worker who took his consent back is read of no more: what was written is kept, and that is all."""

    project = "batch__entry__project"

    def reach_of(self, scope: Scope) -> Q:
        consents = "engagement__health_consents"
        stands = Q(**{f"{consents}__isnull": False, f"{consents}__withdrawn_on": None})
        return super().reach_of(scope) & stands

    def for_list(self) -> Self:
        return self.select_related("engagement__team", "engagement__worker").order_by("engagement__name_pinyin", "pk")


class ConsentQuerySet(OfficerQuerySet):
    project = "engagement__project"

    def standing(self) -> Self:
        return self.filter(withdrawn_on=None)

    def for_list(self) -> Self:
        return self.select_related("engagement__team").order_by("engagement__name_pinyin", "-given_on", "-pk")


class CatalogueQuerySet(ScopedQuerySet):
    """Lists that the departments keep and everybody with a post chooses from (topics, goods, lines of the checklist …)."""

    def visible_to(self, user: Any) -> Self:
        return self.all() if getattr(user, "scope", NOWHERE).grants else self.none()

    def in_use(self) -> Self:
        return self.filter(is_active=True)

    def for_list(self) -> Self:
        """As the departments ordered them, where they did."""
        ordered = any(field.name == "order" for field in self.model._meta.fields)
        return self.order_by("order", "pk") if ordered else self.order_by("pk")


class ClinicQuerySet(ScopedQuerySet):
    def open_on(self, day: date) -> Self:
        return self.filter(Q(closed_on=None) | Q(closed_on__gte=day), opened_on__lte=day)

    def for_list(self) -> Self:
        return self.select_related("project__region").order_by("project__code", "name", "pk")


class MedicalTeamQuerySet(ScopedQuerySet):
    """A region's team serves the region's projects, whose people write down what it did there."""

    def reach_of(self, scope: Scope) -> Q:
        return super().reach_of(scope) | Q(region__projects__in=[*scope.units(Level.PROJECT)])

    def visible_to(self, user: Any) -> Self:
        return super().visible_to(user).distinct()

    def standing(self, day: date) -> Self:
        return self.filter(Q(dissolved_on=None) | Q(dissolved_on__gte=day), formed_on__lte=day)

    def for_list(self) -> Self:
        return self.select_related("region").order_by("region__order", "name", "pk")


class CampaignQuerySet(ScopedQuerySet):
    """The company's campaigns are everybody's; a region's, its projects'."""

    def reach_of(self, scope: Scope) -> Q:
        projects = [*scope.units(Level.PROJECT)]
        of_region = Q(region__projects__in=projects) | Q(region__projects__in=projects_served(scope))
        everybody = Q(region=None, project=None) if scope.grants else Q(pk__in=())
        return super().reach_of(scope) | Q(project__in=projects_served(scope)) | of_region | everybody

    def visible_to(self, user: Any) -> Self:
        return super().visible_to(user).distinct()

    def running(self, day: date) -> Self:
        return self.filter(Q(starts_on=None) | Q(starts_on__lte=day), Q(ends_on=None) | Q(ends_on__gte=day), is_active=True)

    def for_list(self) -> Self:
        return self.select_related("region", "project").order_by("-is_active", "region__order", "project__code", "name", "pk")


class GroupQuerySet(ScopedQuerySet):
    """A liaison sees the groups of his project: he reports dangers to them."""

    def reach_of(self, scope: Scope) -> Q:
        return super().reach_of(scope) | Q(project__in=projects_served(scope))

    def standing(self, day: date) -> Self:
        return self.filter(Q(dissolved_on=None) | Q(dissolved_on__gte=day), formed_on__lte=day)

    def for_list(self) -> Self:
        return self.select_related("project__region").order_by("project__code", "kind", "name", "pk")


class SafetyMemberQuerySet(ScopedQuerySet):
    def for_list(self) -> Self:
        return self.select_related("engagement__team", "group").order_by("-is_leader", "pk")


class EvaluationQuerySet(ScopedQuerySet):
    """What is thought of a team is not for its own liaison."""

    def reach_of(self, scope: Scope) -> Q:
        regions = scope.units(Level.REGION, Role.REGIONAL_COORDINATOR)
        projects = scope.units(Level.PROJECT, *ON_PROJECTS)
        return Q(team__project__region__in=regions) | Q(team__project__in=projects)

    def for_list(self) -> Self:
        return self.select_related("team__project__region", "by").order_by("-quarter", "team__project__code", "team__name", "pk")


class TaskQuerySet(ScopedQuerySet):
    """A liaison sees the tasks of his post, whoever held it when they were given."""

    def reach_of(self, scope: Scope) -> Q:
        regions = scope.units(Level.REGION, Role.REGIONAL_COORDINATOR)
        projects = scope.units(Level.PROJECT, Role.PROJECT_COMMITTEE, Role.PROJECT_COORDINATOR)
        crews, teams = scope.units(Level.CREW, Role.LIAISON), scope.units(Level.TEAM, Role.LIAISON)
        of_liaison = Q(to_liaison__crew__in=crews) | Q(to_liaison__crew=None, to_liaison__team__in=teams)
        return Q(region__in=regions) | Q(project__region__in=regions) | Q(project__in=projects) | of_liaison

    def open(self) -> Self:
        return self.filter(status__in=self.model.OPEN)

    def for_list(self) -> Self:
        joins = ("region", "project", "to_coordinator__person", "to_liaison__person", "to_liaison__team", "given_by")
        return self.select_related(*joins).order_by("due_on", "pk")


def projects_served(scope: Scope) -> Any:
    """The projects on which somebody is a liaison, by his team or his crew."""
    crews, teams = scope.units(Level.CREW, Role.LIAISON), scope.units(Level.TEAM, Role.LIAISON)
    return LabourTeam.objects.filter(Q(pk__in=teams) | Q(crews__in=crews)).values("project")
