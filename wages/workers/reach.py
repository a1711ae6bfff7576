"""The projects whose wages somebody reads line by line, and the people there: the same reach as that of a sheet's lines."""

from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet

from core.roles import READERS, Role
from core.scope import Level
from labour_teams.models import Engagement
from regions.models import Project
from wages.querysets import ON_PROJECTS, reads_all_wages

if TYPE_CHECKING:
    from accounts.models import User


def projects_read(user: "User") -> "QuerySet[Project]":
    scope = user.scope
    if reads_all_wages(scope):
        return Project.objects.all()
    held = scope.units(Level.REGION, Role.REGIONAL_COORDINATOR), scope.units(Level.PROJECT, *ON_PROJECTS)
    return Project.objects.filter(Q(region__in=held[0]) | Q(pk__in=held[1]))


def engagements_read(user: "User") -> "QuerySet[Engagement]":
    return Engagement.objects.filter(project__in=projects_read(user))


def reads_lines(user: "User") -> bool:
    """Whether there is any project of which this person reads the lines."""
    scope = user.scope
    return reads_all_wages(scope) or scope.holds(Role.REGIONAL_COORDINATOR, *ON_PROJECTS)


def only_looks(user: "User") -> bool:
    return not user.scope.roles - READERS
