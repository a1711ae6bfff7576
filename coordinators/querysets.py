"""Which posts, nominations, boards and cards, and who may read the register of Party members."""

from typing import Any, Self

from django.db.models import Case, Q, When

from accounts.querysets import PostQuerySet
from core.roles import Role
from core.scope import NOWHERE, Level, Scope, ScopedQuerySet
from labour_teams.models import LabourTeam


class CoordinatorQuerySet(PostQuerySet):
    def full_time(self) -> Self:
        return self.filter(project=None)

    def part_time(self) -> Self:
        return self.filter(project__isnull=False)

    def for_list(self) -> Self:
        joins = ("person", "region", "project__region")
        return self.select_related(*joins).order_by("region__order", "project__code", "-from_on", "pk")


class LiaisonQuerySet(PostQuerySet):
    def for_list(self) -> Self:
        joins = ("person", "team__project__region", "crew")
        return self.select_related(*joins).order_by("team__project__code", "team__name", "crew__name", "pk")


class NominationQuerySet(ScopedQuerySet):
    """Nominations are personnel matters: a region's coordinator, a project's and its committee see theirs, nobody else does."""

    def reach_of(self, scope: Scope) -> Q:
        regions = scope.units(Level.REGION, Role.REGIONAL_COORDINATOR)
        projects = scope.units(Level.PROJECT, Role.PROJECT_COORDINATOR, Role.PROJECT_COMMITTEE)
        of_region = Q(region__in=regions) | Q(project__region__in=regions) | Q(team__project__region__in=regions)
        return of_region | Q(project__in=projects) | Q(team__project__in=projects)

    def open(self) -> Self:
        return self.filter(status__in=self.model.OPEN)

    def for_list(self) -> Self:
        """Open ones first, then the latest."""
        joins = ("person", "region", "project__region", "team__project__region", "crew", "proposed_by")
        is_closed = Case(When(status__in=self.model.OPEN, then=0), default=1)
        return self.select_related(*joins).order_by(is_closed, "-proposed_at", "-pk")


class NoticeBoardQuerySet(ScopedQuerySet):
    """A liaison sees the boards of his project too: he is the one who passes them every day."""

    def reach_of(self, scope: Scope) -> Q:
        return super().reach_of(scope) | Q(project__in=_projects_served(scope))

    def hanging(self) -> Self:
        return self.filter(taken_down_on=None)

    def for_list(self) -> Self:
        return self.select_related("project__region").order_by("project__code", "kind", "place", "pk")


class BoardPrintingQuerySet(ScopedQuerySet):
    def reach_of(self, scope: Scope) -> Q:
        return super().reach_of(scope) | Q(board__project__in=_projects_served(scope))

    def latest_first(self) -> Self:
        return self.order_by("board", "-number")


class ContactCardQuerySet(ScopedQuerySet):
    def for_list(self) -> Self:
        return self.select_related("project__region", "team", "crew", "board").order_by("-printed_at", "-pk")


class PartyMemberQuerySet(ScopedQuerySet):
    """Sensitive: read by the Party organisation department, the region's coordinator and the project's committee alone."""

    def visible_to(self, user: Any) -> Self:
        scope: Scope = getattr(user, "scope", NOWHERE)
        return self.all() if scope.holds(Role.PARTY_ORGANISATION) else self.filter(self.reach_of(scope))

    def reach_of(self, scope: Scope) -> Q:
        of_region = Q(project__region__in=scope.units(Level.REGION, Role.REGIONAL_COORDINATOR))
        return of_region | Q(project__in=scope.units(Level.PROJECT, Role.PROJECT_COMMITTEE))


def _projects_served(scope: Scope) -> Any:
    """The projects on which somebody is a liaison, by his team or his crew."""
    teams, crews = scope.units(Level.TEAM), scope.units(Level.CREW)
    return LabourTeam.objects.filter(Q(pk__in=teams) | Q(crews__in=crews)).values("project")
