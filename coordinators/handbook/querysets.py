"""Which editions of the handbook, and whose region's."""

from datetime import date
from typing import Any, Self

from django.db.models import Q

from core.roles import Role
from core.scope import NOWHERE, Level, Scope, ScopedQuerySet
from labour_teams.models import LabourTeam, WorkCrew
from regions.models import Project


def regions_of(scope: Scope) -> Q:
    """The regions in which somebody is at work: a liaison's handbook is his region's as much as its coordinator's."""
    teams = Q(pk__in=scope.units(Level.TEAM)) | Q(pk__in=WorkCrew.objects.filter(pk__in=scope.units(Level.CREW)).values("team"))
    served = LabourTeam.objects.filter(teams).values("project")
    projects = Project.objects.filter(Q(pk__in=scope.units(Level.PROJECT)) | Q(pk__in=served))
    return Q(pk__in=scope.units(Level.REGION)) | Q(pk__in=projects.values("region"))


def writes(user: Any) -> bool:
    return getattr(user, "scope", NOWHERE).holds(Role.PARTY_ORGANISATION)


class HandbookQuerySet(ScopedQuerySet):
    """Published editions of one's own region; what is being written is seen by the department that writes it."""

    def visible_to(self, user: Any) -> Self:
        visible = super().visible_to(user)
        return visible if writes(user) else visible.published()

    def reach_of(self, scope: Scope) -> Q:
        regions = self.model._meta.get_field("region").related_model
        return Q(region__in=regions.objects.filter(regions_of(scope)))

    def published(self) -> Self:
        return self.filter(published_at__isnull=False)

    def in_force(self, day: date) -> Self:
        """The edition of `day` stands first in each region; of two that begin on one day, the later number."""
        return self.published().filter(from_on__lte=day).order_by("region__order", "region", "-from_on", "-number")

    def for_list(self) -> Self:
        return self.select_related("region", "published_by").order_by("region__order", "region", "-number")


class HandbookSectionQuerySet(ScopedQuerySet):
    def visible_to(self, user: Any) -> Self:
        editions = self.model._meta.get_field("edition").related_model.objects.visible_to(user)
        return self.filter(edition__in=editions)

    def for_list(self) -> Self:
        joins = ("edition__region",)
        return self.select_related(*joins).order_by("edition__region__order", "-edition__number", "level", "kind", "pk")
