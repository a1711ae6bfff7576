"""Whom and what somebody may propose: people in post within his reach, and the units that he may fill.

What a choice says of a person comes from the posts in reach alone: posts that somebody holds elsewhere must not show.
"""

from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Q

from accounts.scope import post_models
from coordinators.nominations.policies import ON_PROJECTS
from core.roles import Role
from core.scope import Level
from labour_teams.models import LabourTeam, WorkCrew
from regions.models import Project

if TYPE_CHECKING:
    from accounts.models import User
    from labour_teams.querysets import CrewQuerySet, TeamQuerySet
    from regions.querysets import ProjectQuerySet


def people_in_post(user: "User", day: date) -> dict[int, tuple["User", str]]:
    """Person's key → the person and his posts in words, by name; oneself left out. One query a kind of post."""
    found: dict[int, tuple[User, list[str]]] = {}
    for model in post_models():
        held = model.objects.visible_to(user).held_on(day).filter(person__is_active=True).exclude(person=user)
        for post in held.select_related("person", *model.title_joins):
            found.setdefault(post.person_id, (post.person, []))[1].append(post.title)
    by_name = sorted(found.items(), key=lambda entry: (entry[1][0].name_pinyin, entry[0]))
    return {key: (person, "、".join(titles)) for key, (person, titles) in by_name}


def projects_to_fill(user: "User", day: date) -> "ProjectQuerySet":
    """Projects under construction for which somebody may propose people."""
    grants = user.scope.grants
    regions = [grant.unit_id for grant in grants if grant.level == Level.REGION and grant.role == Role.REGIONAL_COORDINATOR]
    projects = [grant.unit_id for grant in grants if grant.level == Level.PROJECT and grant.role in ON_PROJECTS]
    visible = Project.objects.visible_to(user).under_construction(day)
    return visible.filter(Q(region__in=regions) | Q(pk__in=projects)).for_list()


def crews_to_fill(user: "User", day: date) -> "CrewQuerySet":
    """Crews at work of the teams on site there: each has its liaison."""
    return WorkCrew.objects.filter(is_active=True, team__in=_teams(user, day)).for_list()


def teams_to_fill(user: "User", day: date) -> "TeamQuerySet":
    """Teams on site without crews at work: the liaison is the team's."""
    return _teams(user, day).exclude(crews__is_active=True).for_list()


def _teams(user: "User", day: date) -> "TeamQuerySet":
    return LabourTeam.objects.on_site(day).filter(project__in=projects_to_fill(user, day).values("pk"))
