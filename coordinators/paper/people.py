"""The people shown on the paper of many projects: what `disclosure.people_shown` says for one, in three queries for all."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from coordinators.disclosure import Shown, shown_of
from coordinators.models import Coordinator, Liaison
from regions.models import Project


def shown_by_project(projects: Iterable[Project], day: date) -> dict[int, list[Shown]]:
    """Project → the people in post on `day` who agreed to be shown, in the order of `people_shown`."""
    projects = list(projects)
    of_region: dict[int | None, list[Coordinator]] = defaultdict(list)
    of_project: dict[int | None, list[Coordinator | Liaison]] = defaultdict(list)
    agreed = {"person__disclosure_agreed_on__isnull": False}
    coordinators = Coordinator.objects.held_on(day).filter(**agreed)
    for post in coordinators.filter(region__in=[project.region_id for project in projects]).for_list():
        of_region[post.region_id].append(post)
    for post in coordinators.filter(project__in=projects).for_list():
        of_project[post.project_id].append(post)
    for liaison in Liaison.objects.held_on(day).filter(team__project__in=projects, **agreed).for_list():
        of_project[liaison.team.project_id].append(liaison)
    return {
        project.pk: [shown_of(post) for post in [*of_region[project.region_id], *of_project[project.pk]]] for project in projects
    }
