"""Who prints a team's reply sheet, and who says that it hangs or reads from it."""

from typing import Any

from django.utils import timezone

from coordinators.models import Liaison
from core.roles import Role
from core.scope import NOWHERE, Level, Scope
from labour_teams.models import LabourTeam, WorkCrew


def can_print(user: Any, team: LabourTeam) -> bool:
    """The coordinator of the team's project."""
    return _scope(user).holds_at(Level.PROJECT, team.project_id, Role.PROJECT_COORDINATOR)


def can_post(user: Any, team: LabourTeam) -> bool:
    """The team's liaison hangs and photographs it; where it has none today, whoever printed it does."""
    return can_read_aloud(user, team) or (can_print(user, team) and not _has_liaison(team))


def can_read_aloud(user: Any, team: LabourTeam) -> bool:
    """The team's own liaison, also one who serves one crew of it."""
    scope = _scope(user)
    if scope.holds_at(Level.TEAM, team.pk, Role.LIAISON):
        return True
    crews = scope.units(Level.CREW, Role.LIAISON)
    return bool(crews) and WorkCrew.objects.filter(team=team, pk__in=crews).exists()


def _has_liaison(team: LabourTeam) -> bool:
    return Liaison.objects.held_on(timezone.localdate()).filter(team=team).exists()


def _scope(user: Any) -> Scope:
    return getattr(user, "scope", NOWHERE)
