"""Who chooses who goes, and who says what he saw."""

from typing import Any

from core.roles import Role
from core.scope import NOWHERE
from feedback.cases.standing import supervises
from feedback.models import Revisit
from feedback.querysets import AT_HEADQUARTERS

RATE_SEERS = AT_HEADQUARTERS | {Role.REGIONAL_COORDINATOR}


def can_assign(user: Any, revisit: Revisit) -> bool:
    """Whoever supervises the case, until it is answered: the regional coordinator, headquarters."""
    return revisit.is_settled is None and supervises(user, revisit.case)


def can_answer(user: Any, revisit: Revisit) -> bool:
    """Whoever was asked."""
    return revisit.is_settled is None and revisit.asked_id is not None and revisit.asked_id == getattr(user, "pk", None)


def can_see_rates(user: Any) -> bool:
    """How much of what is called settled is found so: the region and headquarters."""
    return getattr(user, "scope", NOWHERE).holds(*RATE_SEERS)
