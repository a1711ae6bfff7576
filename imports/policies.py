"""Who may look at a project's imports, and who may import into it."""

from typing import TYPE_CHECKING

from core.scope import Level
from imports.models import ImportJob
from imports.registry import target_for, targets
from regions.models import Project

if TYPE_CHECKING:
    from accounts.models import User


def can_look(user: "User", project: Project) -> bool:
    """What was imported is a record, not structure: whoever sees the project's records (its job rows follow the same reach)."""
    scope = user.scope
    return scope.whole_company or project.pk in scope.units(Level.PROJECT) or project.region_id in scope.units(Level.REGION)


def can_import(user: "User", project: Project, key: str) -> bool:
    return target_for(key).who_may(user, project)


def can_import_something(user: "User", project: Project) -> bool:
    return any(target.who_may(user, project) for target in targets())


def can_decide(user: "User", job: ImportJob) -> bool:
    """Write it, drop it, compare it again: whoever could have uploaded it; a colleague may go on where somebody stopped."""
    return can_import(user, job.project, job.target)
