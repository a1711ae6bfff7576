"""Which handovers."""

from typing import Any, Self

from django.db.models import Case, IntegerField, Q, Value, When

from core.roles import Role
from core.scope import NOWHERE, Level, Scope, ScopedQuerySet

OPEN_FIRST = {"open": 0, "handed_over": 1, "accepted": 2}
# Who manages the people of a project, and so reads what they hand to one another.
PROJECT_READERS = (Role.PROJECT_COORDINATOR, Role.PROJECT_COMMITTEE)


class HandoverQuerySet(ScopedQuerySet):
    """Personnel matters with what was said in confidence: the region and the project's two managers; a liaison his own alone."""

    def visible_to(self, user: Any) -> Self:
        scope: Scope = getattr(user, "scope", NOWHERE)
        if scope.whole_company:
            return self.all()
        theirs = Q(coordinator__person=user.pk) | Q(liaison__person=user.pk)
        return self.filter(self.reach_of(scope) | (super().reach_of(scope) & theirs))

    def reach_of(self, scope: Scope) -> Q:
        regions = scope.units(Level.REGION, Role.REGIONAL_COORDINATOR)
        projects = scope.units(Level.PROJECT, *PROJECT_READERS)
        crews, teams = scope.units(Level.CREW, Role.LIAISON), scope.units(Level.TEAM, Role.LIAISON)
        of_region = Q(coordinator__region__in=regions) | Q(coordinator__project__region__in=regions)
        of_project = Q(coordinator__project__in=projects) | Q(liaison__team__project__in=projects)
        # Whoever serves the crew (or the team without crews) today takes over from whoever served it.
        served = Q(liaison__crew__in=crews) | Q(liaison__crew=None, liaison__team__in=teams)
        return of_region | Q(liaison__team__project__region__in=regions) | of_project | served

    def unfinished(self) -> Self:
        return self.exclude(status="accepted")

    def of_region(self, region: Any) -> Self:
        """Of the regional coordinator, of the projects' coordinators, of the liaisons."""
        return self.filter(
            Q(coordinator__region=region) | Q(coordinator__project__region=region) | Q(liaison__team__project__region=region)
        )

    def for_list(self) -> Self:
        """What is still open first, then the latest."""
        rank = Case(*(When(status=key, then=Value(place)) for key, place in OPEN_FIRST.items()), output_field=IntegerField())
        posts = ("coordinator", "next_coordinator", "liaison", "next_liaison")
        units = ("coordinator__region", "coordinator__project__region", "liaison__team__project__region", "liaison__crew")
        people = tuple(f"{post}__person" for post in posts)
        return self.select_related(*units, *people).annotate(rank=rank).order_by("rank", "-begun_at", "-pk")
