"""Who reads the handbook's rules, and who writes them. A published text never changes: there is the next edition for that."""

from typing import TYPE_CHECKING

from coordinators.handbook.querysets import writes
from core.scope import Level

if TYPE_CHECKING:
    from accounts.models import User
    from coordinators.models import HandbookEdition

AT_WORK = (Level.REGION, Level.PROJECT, Level.TEAM, Level.CREW)


def can_read(user: "User") -> bool:
    """Whoever is at work in a region reads that region's; whoever reaches the whole company, all of them."""
    return user.scope.whole_company or any(user.scope.units(level) for level in AT_WORK)


def can_begin(user: "User") -> bool:
    """The Party organisation department issues the handbook."""
    return writes(user)


def can_write(user: "User", edition: "HandbookEdition") -> bool:
    return writes(user) and edition.published_at is None
