"""To which posts somebody may give a task, who holds a post today, and what is owed by, or was given by, a person."""

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, Value, When

from coordinators.models import Coordinator, Liaison
from core.roles import Role
from core.scope import Level
from handbook.models import Task
from handbook.tasks.policies import can_give_to, project_of
from regions.models import Project

if TYPE_CHECKING:
    from accounts.models import User

Post = Coordinator | Liaison
OPEN_FIRST, ANSWERED_NEXT, DONE_LAST = range(3)


def posts_to_give(user: "User", day: date) -> Mapping[Project, list[tuple[str, Post]]]:
    """Project → (key, post) of those held on `day`: its coordinators first, then its liaisons, by team."""
    coordinators = Coordinator.objects.visible_to(user).part_time().held_on(day).for_list()
    liaisons = Liaison.objects.visible_to(user).held_on(day).for_list()
    offered: dict[Project, list[tuple[str, Post]]] = {}
    for kind, posts in (("coordinator", coordinators), ("liaison", liaisons)):
        for post in posts:
            project = project_of(post)
            if project and can_give_to(user, post):
                offered.setdefault(project, []).append((f"{kind}-{post.pk}", post))
    return dict(sorted(offered.items(), key=lambda entry: entry[0].code))


def holders_of(task: Task, day: date) -> list[Post]:
    """Who holds the post of the task on `day`: nobody, where it is vacant."""
    if task.to_liaison is None:
        return list(Coordinator.objects.filter(project=task.project_id).held_on(day).for_list())
    at = {"crew": task.to_liaison.crew_id} if task.to_liaison.crew_id else {"team": task.to_liaison.team_id, "crew": None}
    return list(Liaison.objects.filter(**at).held_on(day).for_list())


def owed_by(user: "User") -> Q:
    """Tasks of the posts that this person holds today."""
    scope = user.scope
    crews, teams = scope.units(Level.CREW, Role.LIAISON), scope.units(Level.TEAM, Role.LIAISON)
    of_project = Q(to_coordinator__project__in=scope.units(Level.PROJECT, Role.PROJECT_COORDINATOR))
    return of_project | Q(to_liaison__crew__in=crews) | Q(to_liaison__crew=None, to_liaison__team__in=teams)


def looked_after_by(user: "User", day: date) -> Q:
    """Tasks whose answer this person looks at: those that he gave, and those of his region whose giver gives there no longer."""
    regions = user.scope.units(Level.REGION, Role.REGIONAL_COORDINATOR)
    own = Q(project__in=user.scope.units(Level.PROJECT, Role.PROJECT_COORDINATOR)) | Q(project__region__in=regions)
    holding = Coordinator.objects.held_on(day).filter(person=OuterRef("given_by"))
    here = Q(project=OuterRef("project")) | Q(region=OuterRef("project__region"))
    orphaned = Q(project__region__in=regions) & ~Q(Exists(holding.filter(here)))
    return (Q(given_by=user.pk) & own) | orphaned


def in_order(tasks: QuerySet) -> QuerySet:
    """What is owed first, then what is answered, each by its day; what is done last, the latest first."""
    rank = Case(
        When(status__in=Task.OPEN, then=Value(OPEN_FIRST)),
        When(status=Task.Status.ANSWERED, then=Value(ANSWERED_NEXT)),
        default=Value(DONE_LAST),
    )
    upward = Case(When(status__in=(*Task.OPEN, Task.Status.ANSWERED), then=F("due_on")))
    joins = (
        "region", "project__region", "given_by", "to_coordinator__person", "to_coordinator__project", "to_liaison__person",
        "to_liaison__team", "to_liaison__crew",
    )  # fmt: skip
    return tasks.select_related(*joins).order_by(rank, upward, "-due_on", "-pk")
