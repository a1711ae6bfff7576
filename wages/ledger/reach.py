"""Whose ledger somebody looks at. The finance department reaches projects by wages alone, nowhere else on the site."""

from typing import Any

from django.db.models import Q, QuerySet

from core.roles import Role
from core.scope import Level
from labour_teams.models import LabourTeam
from regions.models import Project, Region
from wages.querysets import ON_PROJECTS, reads_all_wages, units_with_wages


def sees_all_sums(user: Any) -> bool:
    return user.scope.whole_company or reads_all_wages(user.scope)


def teams_with_wages(user: Any) -> QuerySet[LabourTeam]:
    reach = Q() if sees_all_sums(user) else units_with_wages(user.scope, "project")
    return LabourTeam.objects.filter(reach).for_list()


def projects_with_wages(user: Any) -> QuerySet[Project]:
    if sees_all_sums(user):
        return Project.objects.for_list()
    regions = user.scope.units(Level.REGION, Role.REGIONAL_COORDINATOR)
    projects = user.scope.units(Level.PROJECT, *ON_PROJECTS)
    return Project.objects.filter(Q(region__in=regions) | Q(pk__in=projects)).for_list()


def regions_with_wages(user: Any) -> QuerySet[Region]:
    return Region.objects.filter(projects__in=projects_with_wages(user)).distinct().for_list()
