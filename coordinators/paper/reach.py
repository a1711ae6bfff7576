"""Reach that the models alone do not give: on which projects somebody sees the boards, and who may wear an armband there."""

from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from accounts.models import User
from coordinators.models import Coordinator, Liaison
from core.scope import Level
from regions.models import Project, Region


def projects_with_boards(user: Any) -> QuerySet[Project]:
    """Those whose records he sees; for a liaison the project that he serves."""
    teams, crews = user.scope.units(Level.TEAM), user.scope.units(Level.CREW)
    served = Project.objects.filter(Q(teams__in=teams) | Q(teams__crews__in=crews)).values("pk")
    seen = Project.objects.with_records_for(user).values("pk")
    return Project.objects.filter(Q(pk__in=seen) | Q(pk__in=served)).select_related("region")


def in_post_on_project(project: Project, day: date) -> QuerySet[User]:
    """Its coordinators and liaisons of that day; for whoever reaches the project."""
    coordinators = Coordinator.objects.held_on(day).filter(project=project).values("person")
    liaisons = Liaison.objects.held_on(day).filter(team__project=project).values("person")
    return User.objects.filter(Q(pk__in=coordinators) | Q(pk__in=liaisons)).for_list()


def in_post_for_region(region: Region, day: date) -> QuerySet[User]:
    """Its coordinators of that day; for whoever reaches the region."""
    coordinators = Coordinator.objects.held_on(day).filter(region=region).values("person")
    return User.objects.filter(pk__in=coordinators).for_list()
