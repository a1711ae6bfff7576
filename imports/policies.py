"""Who may look at a project's imports, and who may import into it."""

from typing import TYPE_CHECKING

from core.moves import Clock
from core.scope import Level
from imports.models import ImportJob
from imports.registry import Target, target_for, targets
from regions.models import Project

if TYPE_CHECKING:
    from accounts.models import User


def can_look(user: "User", project: Project) -> bool:
    """What was imported is a record, not structure: whoever sees the project's records (its job rows follow the same reach)."""
    scope = user.scope
    return scope.whole_company or project.pk in scope.units(Level.PROJECT) or project.region_id in scope.units(Level.REGION)


def can_import(user: "User", project: Project, key: str) -> bool:
    return target_for(key).who_may(user, project)


def importable(user: "User", project: Project) -> list[Target]:
    """What this person may import into this project."""
    return [target for target in targets() if target.who_may(user, project)]


def can_decide(user: "User", job: ImportJob) -> bool:
    """Correct it, write it, drop it: whoever could have uploaded it; a colleague may go on where somebody stopped."""
    return can_import(user, job.project, job.target)


def can_drop(actor: "User | Clock", job: ImportJob) -> bool:
    """Time drops what nobody decides."""
    return isinstance(actor, Clock) or can_decide(actor, job)


def can_undo(user: "User", job: ImportJob) -> bool:
    return can_decide(user, job) and job.can_still_be_undone


def can_take_back(user: "User", job: ImportJob) -> bool:
    """The rows as a workbook, with full numbers: they go back to the person who sent them, and to nobody else."""
    return user.pk == job.by_id and can_decide(user, job)


def is_clock(actor: "User | Clock", job: ImportJob) -> bool:
    return isinstance(actor, Clock)
