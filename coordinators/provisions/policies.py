"""Who reads the provisions, who prepares an edition, who records that he made use of a right."""

from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from core.roles import Role

if TYPE_CHECKING:
    from accounts.models import User
    from coordinators.models import ProvisionEdition, RightExercise

EDIT_DAYS = 7


def can_read(user: "User") -> bool:
    """Everybody in post above a crew: what coordinators may and must do is no secret from those who work with them."""
    return bool(user.scope.roles - {Role.LIAISON})


def can_prepare(user: "User") -> bool:
    """The Party organisation department keeps the provisions, the schemes and the handbook."""
    return user.scope.holds(Role.PARTY_ORGANISATION)


def is_fixed(edition: "ProvisionEdition | None", today: date) -> bool:
    """An edition stays as it is from the first day of its force."""
    return edition is not None and edition.pk is not None and edition.is_in_force_by(today)


def can_record(user: "User") -> bool:
    """Coordinators, each for his own posts."""
    return user.scope.holds(Role.REGIONAL_COORDINATOR, Role.PROJECT_COORDINATOR)


def can_edit(user: "User", exercise: "RightExercise") -> bool:
    """Its author, for seven days: afterwards it is history."""
    is_recent = timezone.now() - exercise.recorded_at <= timedelta(days=EDIT_DAYS)
    return exercise.recorded_by_id == user.pk and is_recent and can_record(user)
