"""Which calls somebody sees, whose duty rosters, for which places he logs a call, and who can be put on duty.

The line of a call may say what a case says, so a call is seen no further than its case: by whoever answered it, the region's
coordinator and headquarters. A project's coordinator sees of other people's calls only those of his project that nobody answered,
without the line. A post that answers no hotline sees none, not even those that somebody took in an earlier post.
"""

from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from accounts.models import StaffPost, User
from coordinators.models import Coordinator, Liaison
from core.roles import Role
from core.scope import Level
from feedback.hotline.policies import ANSWERING
from feedback.models import Case, HotlineCall
from feedback.querysets import AT_HEADQUARTERS
from regions.models import Project, Region


def calls_seen_by(user: Any) -> QuerySet[HotlineCall]:
    scope = user.scope
    missed = Q(is_missed=True, called_back_at=None, project__in=scope.units(Level.PROJECT, Role.PROJECT_COORDINATOR))
    seen = missed | Q(region__in=scope.units(Level.REGION, Role.REGIONAL_COORDINATOR))
    if scope.holds(*AT_HEADQUARTERS):
        seen = Q()
    own = Q(by=user.pk) if scope.holds(*ANSWERING) else Q(pk__in=())
    cases = Case.objects.visible_to(user).values("pk")
    return HotlineCall.objects.filter(own | (seen & (Q(case=None) | Q(case__in=cases))))


def regions_answered(user: Any) -> QuerySet[Region]:
    """Those whose roster he sees: by his posts, and that of his project for a project's coordinator."""
    if user.scope.holds(*AT_HEADQUARTERS):
        return Region.objects.for_list()
    regions = user.scope.units(Level.REGION, Role.REGIONAL_COORDINATOR)
    projects = user.scope.units(Level.PROJECT, Role.PROJECT_COORDINATOR)
    return Region.objects.filter(Q(pk__in=regions) | Q(projects__in=projects)).distinct().for_list()


def projects_answered_for(user: Any) -> QuerySet[Project]:
    """Whoever is on duty answers for every project of the region."""
    return Project.objects.filter(region__in=regions_answered(user).values("pk")).select_related("region").for_list()


def people_to_put_on_duty(region: Region, day: date) -> QuerySet[User]:
    """The coordinators of the region and of its projects on that day."""
    posts = Coordinator.objects.held_on(day).filter(Q(region=region) | Q(project__region=region)).values("person")
    return User.objects.active().filter(pk__in=posts).for_list()


def witnesses_of(project: Project, day: date, but: Any) -> QuerySet[User]:
    """Who can stand by when the project's mailbox is opened: anybody else in post on the project."""
    posts = [
        Coordinator.objects.held_on(day).filter(Q(project=project) | Q(region=project.region_id)),
        Liaison.objects.held_on(day).filter(team__project=project),
        StaffPost.objects.held_on(day).filter(project=project),
    ]
    people = Q()
    for found in posts:
        people |= Q(pk__in=found.values("person"))
    return User.objects.active().filter(people).exclude(pk=but.pk).for_list()
