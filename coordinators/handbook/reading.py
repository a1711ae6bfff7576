"""Whose handbook somebody reads, and which of its levels concerns him first."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

from django.db.models import QuerySet

from coordinators.handbook.querysets import regions_of
from coordinators.models import HandbookSection
from core.roles import Role
from regions.models import Region

if TYPE_CHECKING:
    from accounts.models import User

Of = HandbookSection.Level
PROJECT_ROLES = (Role.PROJECT_COORDINATOR, Role.PROJECT_COMMITTEE, Role.PROJECT_CLERK, Role.HEALTH_OFFICER)


class LevelTexts(NamedTuple):
    """`is_own`: written for the reader himself."""

    key: str
    label: str
    is_own: bool
    sections: list[HandbookSection]


def regions_read_by(user: "User") -> QuerySet[Region]:
    """All for whoever reaches the whole company, otherwise those in which somebody is at work."""
    regions = Region.objects.for_list()
    return regions if user.scope.whole_company else regions.filter(regions_of(user.scope))


def own_level_first(user: "User", sections: Iterable[HandbookSection]) -> list[LevelTexts]:
    """The texts by level, those of the reader's own levels first; within a level in the order of the handbook."""
    texts = {(row.level, row.kind): row for row in sections}
    own = own_levels(user)
    levels = [
        LevelTexts(
            level.value,
            str(level.label),
            level in own,
            [texts[level, kind] for kind in HandbookSection.Kind if (level, kind) in texts],
        )
        for level in Of
    ]
    return sorted(levels, key=lambda level: not level.is_own)


def own_levels(user: "User") -> set[str]:
    """None for headquarters, who read about others."""
    scope = user.scope
    by_level = {Of.REGION: (Role.REGIONAL_COORDINATOR,), Of.PROJECT: PROJECT_ROLES, Of.LIAISON: (Role.LIAISON,)}
    return {level for level, roles in by_level.items() if scope.holds(*roles)}
