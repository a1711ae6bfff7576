"""Who may see which of the pages that bring apps together."""

from typing import TYPE_CHECKING

from core.roles import READERS, Role
from core.scope import Level

if TYPE_CHECKING:
    from accounts.models import User

RECORD_LEVELS = (Level.REGION, Level.PROJECT, Level.TEAM, Level.CREW)


def can_see_overview(user: "User") -> bool:
    """The whole company side by side: headquarters, leaders, auditors."""
    return user.scope.whole_company


def can_see_records(user: "User") -> bool:
    """What units recorded (people, figures, imports), as against the units themselves, which the system administrator keeps."""
    return user.scope.whole_company or any(user.scope.units(level) for level in RECORD_LEVELS)


def can_see_reports(user: "User") -> bool:
    return user.scope.whole_company or user.scope.holds(Role.REGIONAL_COORDINATOR)


def can_see_posts(user: "User") -> bool:
    """Lists of coordinators and liaisons: everybody above a single crew."""
    return user.scope.whole_structure or any(user.scope.units(level) for level in (Level.REGION, Level.PROJECT))


def can_export_coverage(user: "User") -> bool:
    """Whoever sees the posts and is no mere reader: an export is written into the audit trail."""
    return can_see_posts(user) and bool(user.scope.roles - READERS)
