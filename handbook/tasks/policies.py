"""Who gives a task, who owes it, who judges the answer.

A task is owed by a post, that is by whoever holds the post today: a project's coordinator, the liaison of a crew or of a team.
Whoever gave it judges the answer for as long as he still gives there; so does the coordinator of the region, who stands above.
"""

from typing import TYPE_CHECKING, Any

from coordinators.models import Coordinator, Liaison
from core.roles import Role
from core.scope import NOWHERE, Level, Scope
from handbook.models import Task
from regions.models import Project

if TYPE_CHECKING:
    from accounts.models import User

Actor = Any  # a User, or core.moves.CLOCK, which holds no post and so may do none of these
GIVERS = (Role.REGIONAL_COORDINATOR, Role.PROJECT_COORDINATOR)
OWED_BY = (Role.PROJECT_COORDINATOR, Role.LIAISON)
SEERS = frozenset({*GIVERS, *OWED_BY, Role.PROJECT_COMMITTEE})


def can_see_tasks(user: "User") -> bool:
    """That there are tasks at all; which ones is a matter of reach."""
    return user.scope.whole_company or user.scope.holds(*SEERS)


def can_give(user: "User") -> bool:
    return user.scope.holds(*GIVERS)


def can_give_to(user: "User", post: Coordinator | Liaison) -> bool:
    """The region's coordinator to both, the project's to its liaisons; nobody to himself."""
    scope, project = user.scope, project_of(post)
    if project is None or post.person_id == user.pk:
        return False
    is_local = isinstance(post, Liaison) and scope.holds_at(Level.PROJECT, project.pk, Role.PROJECT_COORDINATOR)
    return is_local or scope.holds_at(Level.REGION, project.region_id, Role.REGIONAL_COORDINATOR)


def is_holder(actor: Actor, task: Task) -> bool:
    """Whoever holds the post today, whether or not it was he to whom the task was given."""
    scope = _scope(actor)
    if task.to_liaison is None:
        return scope.holds_at(Level.PROJECT, task.project_id, Role.PROJECT_COORDINATOR)
    if task.to_liaison.crew_id:
        return scope.holds_at(Level.CREW, task.to_liaison.crew_id, Role.LIAISON)
    return scope.holds_at(Level.TEAM, task.to_liaison.team_id, Role.LIAISON)


def can_judge(actor: Actor, task: Task) -> bool:
    """Close it, or give it back with a word."""
    return is_giver(actor, task) or _stands_above(actor, task)


def can_withdraw(actor: Actor, task: Task) -> bool:
    """The giver; the region's coordinator once the giver gives there no longer."""
    return is_giver(actor, task) or (_stands_above(actor, task) and not is_giver(task.given_by, task))


def is_giver(actor: Actor, task: Task) -> bool:
    """Whoever gave it, for as long as his posts let him give on this project."""
    scope = _scope(actor)
    is_regional = scope.holds_at(Level.REGION, task.project.region_id, Role.REGIONAL_COORDINATOR)
    is_local = scope.holds_at(Level.PROJECT, task.project_id, Role.PROJECT_COORDINATOR) and task.to_liaison_id is not None
    return task.given_by_id == getattr(actor, "pk", None) and (is_regional or is_local)


def project_of(post: Coordinator | Liaison) -> Project | None:
    return post.team.project if isinstance(post, Liaison) else post.project


def _stands_above(actor: Actor, task: Task) -> bool:
    return _scope(actor).holds_at(Level.REGION, task.project.region_id, Role.REGIONAL_COORDINATOR)


def _scope(actor: Actor) -> Scope:
    scope: Scope = getattr(actor, "scope", NOWHERE)
    return scope
