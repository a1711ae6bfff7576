"""Who makes boards, cards and armbands, and who may say that a board hangs."""

from typing import Any

from core.roles import HEADQUARTERS, READERS, Role
from core.scope import NOWHERE, Level, Scope
from regions.models import Project, Region

PROJECT_MAKERS = (Role.PROJECT_COORDINATOR, Role.PROJECT_COMMITTEE, Role.PROJECT_CLERK)


def can_make(user: Any, project: Project) -> bool:
    """Set up and print boards, print cards, issue armbands: the project's own people, its region's coordinator, headquarters."""
    return _scope(user).holds_at(Level.PROJECT, project.pk, *PROJECT_MAKERS) or can_make_for_region(user, project.region)


def can_make_for_region(user: Any, region: Region) -> bool:
    scope = _scope(user)
    return scope.holds(*HEADQUARTERS) or scope.holds_at(Level.REGION, region.pk, Role.REGIONAL_COORDINATOR)


def can_check(user: Any) -> bool:
    """Whoever sees a board may say that he stands before it; only those who never write may not."""
    return bool(_scope(user).roles - READERS)


def looks_after(user: Any, project: Project) -> bool:
    """Whose business a wrong board of this project is; headquarters are told of it elsewhere."""
    scope = _scope(user)
    of_project = scope.holds_at(Level.PROJECT, project.pk, *PROJECT_MAKERS)
    return of_project or scope.holds_at(Level.REGION, project.region_id, Role.REGIONAL_COORDINATOR)


def _scope(user: Any) -> Scope:
    return getattr(user, "scope", NOWHERE)
