"""Who may enter what the public is told about somebody in post."""

from typing import Any

from coordinators.models import Coordinator, Liaison
from core.roles import HEADQUARTERS, Role
from core.scope import NOWHERE, Level, Scope


def can_edit_profile(actor: Any, post: Coordinator | Liaison) -> bool:
    """Himself; the three departments; the region's coordinator; the project's coordinator and committee for their own people."""
    scope: Scope = getattr(actor, "scope", NOWHERE)
    if actor.pk == post.person_id or scope.holds(*HEADQUARTERS):
        return True
    project = post.team.project if isinstance(post, Liaison) else post.project
    region_id = project.region_id if project else post.region_id  # type: ignore[union-attr]
    if scope.holds_at(Level.REGION, region_id, Role.REGIONAL_COORDINATOR):
        return True
    own = (Role.PROJECT_COORDINATOR, Role.PROJECT_COMMITTEE)
    return project is not None and scope.holds_at(Level.PROJECT, project.pk, *own)
