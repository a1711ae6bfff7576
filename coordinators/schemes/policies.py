"""Who ticks a month, who sees what was ticked, and who may open the register of Party members at all."""

from datetime import date, timedelta
from typing import TYPE_CHECKING

from core.months import Month
from core.roles import Role
from core.scope import Level

if TYPE_CHECKING:
    from accounts.models import User
    from regions.models import Project

# A month stays open for so many days after its last one; then its ticks are history.
GRACE_DAYS = 31
REGISTER_ROLES = (Role.PARTY_ORGANISATION, Role.REGIONAL_COORDINATOR, Role.PROJECT_COMMITTEE)


def can_see_ticks(user: "User") -> bool:
    """Whoever sees what projects recorded."""
    return user.scope.whole_company or any(user.scope.units(level) for level in (Level.REGION, Level.PROJECT))


def can_tick(user: "User", project: "Project") -> bool:
    """The project's coordinator of today, acting or not."""
    return user.scope.holds_at(Level.PROJECT, project.pk, Role.PROJECT_COORDINATOR)


def is_open(month: Month, today: date) -> bool:
    """A month that has begun, and is not over by more than 31 days."""
    return month.first <= today <= month.last + timedelta(days=GRACE_DAYS)


def can_open_register(user: "User") -> bool:
    """Those of whom some register of Party members is the business; for everybody else there is none."""
    return user.scope.holds(*REGISTER_ROLES)


def can_keep_register(user: "User", project: "Project") -> bool:
    """The Party organisation department, the region's coordinator and the project's committee: those who also read it."""
    scope = user.scope
    return (
        scope.holds(Role.PARTY_ORGANISATION)
        or scope.holds_at(Level.REGION, project.region_id, Role.REGIONAL_COORDINATOR)
        or scope.holds_at(Level.PROJECT, project.pk, Role.PROJECT_COMMITTEE)
    )
