"""Who may take what from the roster. Seeing a row is a matter of reach; its full numbers and its export are one of post."""

from typing import TYPE_CHECKING

from core.roles import HEADQUARTERS, Role
from core.scope import Level

if TYPE_CHECKING:
    from accounts.models import User
    from labour_teams.models import Engagement

EXPORTERS = HEADQUARTERS | {Role.REGIONAL_COORDINATOR, Role.PROJECT_COORDINATOR, Role.PROJECT_CLERK}


def can_reveal(user: "User", engagement: "Engagement") -> bool:
    """Full numbers: the project's clerk and coordinator, the region's coordinator, the labour centre, and nobody else."""
    scope = user.scope
    return (
        scope.holds(Role.LABOUR_CENTRE)
        or scope.holds_at(Level.PROJECT, engagement.project_id, Role.PROJECT_CLERK, Role.PROJECT_COORDINATOR)
        or scope.holds_at(Level.REGION, engagement.project.region_id, Role.REGIONAL_COORDINATOR)
    )


def can_export_roster(user: "User") -> bool:
    """The rows in reach as a file, masked."""
    return user.scope.holds(*EXPORTERS)


def can_see_id_numbers(user: "User") -> bool:
    """Even masked they are no business of a liaison, who knows his people by name."""
    return bool(user.scope.roles - {Role.LIAISON})


def can_see_headcount(user: "User") -> bool:
    """How many people a team has: not part of the bare structure that the system administrator keeps."""
    return bool(user.scope.roles - {Role.SYSTEM_ADMINISTRATOR, Role.DEPARTMENT_OFFICER})
