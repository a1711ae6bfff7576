"""Who reads and writes health results by name: the health officer of the project. Nobody reads for him, and nobody above him."""

from typing import TYPE_CHECKING

from core.roles import Role
from core.scope import Level
from handbook.models import EntryKind, HandbookEntry

if TYPE_CHECKING:
    from accounts.models import User


def is_officer(user: "User", project_id: int | None) -> bool:
    return project_id is not None and user.scope.holds_at(Level.PROJECT, project_id, Role.HEALTH_OFFICER)


def can_see_results(user: "User", entry: HandbookEntry) -> bool:
    """That there is such a page at all: of a batch that took place, on the officer's own project."""
    stands = entry.kind == EntryKind.HEALTH_CHECK and entry.is_standing and not entry.is_planned
    return stands and is_officer(user, entry.project_id)
