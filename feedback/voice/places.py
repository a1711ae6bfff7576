"""The teams that a worker can name: those on site, whose names stand on the board as well."""

from datetime import date

from django.db.models import Q, QuerySet

from labour_teams.models import LabourTeam
from regions.models import Project


def teams_of(project: Project, day: date) -> "QuerySet[LabourTeam]":
    return project.teams.filter(Q(left_on=None) | Q(left_on__gte=day)).order_by("name")
