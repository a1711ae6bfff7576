"""Who keeps the units that entries refer to, and who says and reads what is thought of a team.

Groups and clinics are a project's; medical teams a region's; campaigns the company's, a region's or a project's. The coordinator
of the region stands above his projects.
"""

from typing import TYPE_CHECKING, Any

from core.roles import MANAGING_DEPARTMENTS, Role
from core.scope import Level, Scope
from handbook.models import Campaign, Clinic, MedicalTeam, SafetyGroup
from handbook.policies import can_see_handbook
from handbook.querysets import ON_PROJECTS
from regions.models import Project

if TYPE_CHECKING:
    from accounts.models import User

Unit = Campaign | Clinic | MedicalTeam | SafetyGroup
KEEPERS = (Role.PROJECT_COORDINATOR, Role.PROJECT_COMMITTEE)
OF_RECORDS = (Role.REGIONAL_COORDINATOR, *ON_PROJECTS)


def can_see_groups(user: "User") -> bool:
    """Liaisons too: they report dangers to them."""
    return can_see_handbook(user)


def can_see_campaigns(user: "User") -> bool:
    return can_see_handbook(user)


def can_see_clinics(user: "User") -> bool:
    return user.scope.whole_company or user.scope.holds(*OF_RECORDS, Role.HEALTH_OFFICER)


def can_see_members(user: "User", group: SafetyGroup) -> bool:
    """Workers of all teams by name: for whoever reads the roster of the project, not for the liaison of one team."""
    return _is_above(user.scope, group.project) or user.scope.holds_at(
        Level.PROJECT, group.project_id, *ON_PROJECTS, Role.HEALTH_OFFICER
    )


def can_keep_on(user: "User", project: Project) -> bool:
    """Groups and clinics of a project: its coordinator, its committee, the coordinator of its region."""
    is_regional = user.scope.holds_at(Level.REGION, project.region_id, Role.REGIONAL_COORDINATOR)
    return is_regional or user.scope.holds_at(Level.PROJECT, project.pk, *KEEPERS)


def can_keep_groups(user: "User") -> bool:
    """Somewhere."""
    return user.scope.holds(Role.REGIONAL_COORDINATOR, *KEEPERS)


def can_keep_medical_teams(user: "User") -> bool:
    return user.scope.holds(Role.REGIONAL_COORDINATOR)


def can_keep_campaigns(user: "User") -> bool:
    return user.scope.holds(*MANAGING_DEPARTMENTS, Role.REGIONAL_COORDINATOR, Role.PROJECT_COORDINATOR)


def can_keep(user: "User", unit: Unit) -> bool:
    """Found it, write over it, say when it ended."""
    held = user.scope.holds_at
    if isinstance(unit, SafetyGroup | Clinic):
        return can_keep_on(user, unit.project)
    if isinstance(unit, MedicalTeam) or unit.region_id:
        return held(Level.REGION, unit.region_id, Role.REGIONAL_COORDINATOR)
    if unit.project_id:
        return held(Level.PROJECT, unit.project_id, Role.PROJECT_COORDINATOR)
    return user.scope.holds(*MANAGING_DEPARTMENTS)


def can_see_evaluations(user: "User") -> bool:
    """Never a liaison: what is thought of a team is not for its own people."""
    return user.scope.whole_company or user.scope.holds(*OF_RECORDS)


def can_read_evaluations(user: "User", project: Project) -> bool:
    return _is_above(user.scope, project) or user.scope.holds_at(Level.PROJECT, project.pk, *ON_PROJECTS)


def can_evaluate(user: "User", project: Project) -> bool:
    """The coordinator of the region, who is its labour manager, and the labour centre."""
    is_regional = user.scope.holds_at(Level.REGION, project.region_id, Role.REGIONAL_COORDINATOR)
    return is_regional or user.scope.holds(Role.LABOUR_CENTRE)


def can_see_uninspected(user: "User") -> bool:
    """Whoever inspects teams, and those above him."""
    return user.scope.whole_company or user.scope.holds(
        Role.REGIONAL_COORDINATOR, Role.PROJECT_COORDINATOR, Role.PROJECT_COMMITTEE
    )


def _is_above(scope: Scope, project: Any) -> bool:
    return scope.whole_company or scope.holds_at(Level.REGION, project.region_id, Role.REGIONAL_COORDINATOR)
