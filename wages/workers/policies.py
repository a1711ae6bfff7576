"""Who prints slips, asks workers, checks those who leave, packs for the inspection, locks away."""

from typing import TYPE_CHECKING

from core.scope import Level
from feedback.cases.intake import can_register
from regions.models import Project
from wages.models import WageSheet
from wages.policies import ON_PROJECTS, can_advance, can_supervise, may_export

if TYPE_CHECKING:
    from accounts.models import User


def can_print_slips(user: "User", sheet: WageSheet) -> bool:
    return can_advance(user, sheet)


def can_ask_on(user: "User", project: Project) -> bool:
    """The random question: never anybody of the project itself."""
    return can_supervise(user, project)


def can_check_exits(user: "User", project: Project) -> bool:
    return user.scope.holds_at(Level.PROJECT, project.pk, *ON_PROJECTS) or can_supervise(user, project)


def can_open_matter(user: "User", project: Project) -> bool:
    return can_check_exits(user, project) and can_register(user)


def can_pack(user: "User", project: Project) -> bool:
    """Whoever reads the project's lines (the caller's business) and may take a table away."""
    return may_export(user)


def can_lock_away(user: "User", project: Project) -> bool:
    """Whoever stands above the project: it cannot be undone here."""
    return can_supervise(user, project)
