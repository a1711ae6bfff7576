"""Who manages somebody in post (dual management, SYSTEM row 25), by name.

Names and posts of those who manage are no secret from those whom they manage (the three disclosures, row 48), so the reader's
reach is not asked: a liaison reaches his crew and nothing above it.
"""

from dataclasses import dataclass

from django.utils import timezone

from accounts.models import StaffPost
from accounts.querysets import PostQuerySet
from coordinators.models import Coordinator, Liaison
from core.roles import Role
from regions.models import Project


@dataclass(frozen=True, slots=True)
class Manager:
    """A managing body or post, and who holds it today (nobody: vacant). A department is named without persons."""

    title: str
    names: tuple[str, ...] = ()
    is_department: bool = False


def managers_of(post: Coordinator | Liaison) -> list[Manager]:
    """A region's post answers to both departments; everybody below to the region and the project's committee."""
    if isinstance(post, Coordinator) and post.region_id:
        return [Manager(str(Role(role).label), is_department=True) for role in Coordinator.MANAGING_DEPARTMENTS]
    project = post.project if isinstance(post, Coordinator) else post.team.project
    return _of_project(project) if project else []


def _of_project(project: Project) -> list[Manager]:
    today = timezone.localdate()
    regional = Coordinator.objects.full_time().filter(region=project.region_id).held_on(today)
    committee = StaffPost.objects.filter(project=project, role=Role.PROJECT_COMMITTEE).held_on(today)
    return [
        Manager(str(Role.REGIONAL_COORDINATOR.label), _names(regional)),
        Manager(str(Role.PROJECT_COMMITTEE.label), _names(committee)),
    ]


def _names(posts: PostQuerySet) -> tuple[str, ...]:
    return tuple(post.person.name for post in posts.select_related("person").order_by("from_on", "pk"))
