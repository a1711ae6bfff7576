"""Projects whose people somebody sees: those in his reach, and for a liaison the one on which his crew works."""

from collections.abc import Collection
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet

from handbook.querysets import projects_served
from regions.models import Project

if TYPE_CHECKING:
    from accounts.models import User


def projects_for(user: "User") -> QuerySet[Project]:
    recorded = Project.objects.with_records_for(user)
    served = Q(pk__in=projects_served(user.scope))
    return Project.objects.filter(Q(pk__in=recorded.values("pk")) | served).for_list()


def projects_with(keys: Collection[int]) -> QuerySet[Project]:
    """These ones, in the order of lists: their rows were counted within somebody's reach already."""
    return Project.objects.filter(pk__in=keys).for_list()
