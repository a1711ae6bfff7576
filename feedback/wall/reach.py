"""Which teams' walls somebody sees: those whose records he sees, and for a liaison the team that he serves."""

from typing import Any

from django.db.models import Q, QuerySet

from core.scope import Level
from labour_teams.models import LabourTeam


def teams_with_wall(user: Any) -> QuerySet[LabourTeam]:
    seen = LabourTeam.objects.with_records_for(user).values("pk")
    teams, crews = user.scope.units(Level.TEAM), user.scope.units(Level.CREW)
    return LabourTeam.objects.filter(Q(pk__in=seen) | Q(pk__in=teams) | Q(crews__in=crews)).distinct().for_list()


def teams_served(user: Any) -> QuerySet[LabourTeam]:
    """Those to which he is the liaison."""
    teams, crews = user.scope.units(Level.TEAM), user.scope.units(Level.CREW)
    return LabourTeam.objects.filter(Q(pk__in=teams) | Q(crews__in=crews)).distinct().for_list()
