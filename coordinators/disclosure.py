"""The three disclosures (三公开): name, mobile and duties of the people in post, and where they are to be found. Nothing else.

Boards, cards and the public page of a board show what is made here, so that all of them say the same. Somebody who has not agreed
to be shown is left out, and listed for those who look after the board.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from coordinators.models import Coordinator, Liaison
from core.roles import Role
from regions.models import Project

Post = Coordinator | Liaison


@dataclass(frozen=True, slots=True)
class Shown:
    """One person as the public sees him. `phone` in groups of 3, 4 and 4 digits; `photo` is the number of an attachment."""

    is_liaison: bool
    post_id: int
    name: str
    phone: str
    title: str
    duties: str
    team: str
    place: str
    photo: int | None


def people_shown(project: Project, day: date) -> list[Shown]:
    """The region's coordinator, the project's, then the liaisons by team and crew: those in post on `day` who agreed to it."""
    return shown_by_project([project], day)[project.pk]


def shown_by_project(projects: Iterable[Project], day: date) -> dict[int, list[Shown]]:
    """Project → the people whom it shows."""
    posts = _posts_by_project(projects, day)
    return {project: [_shown(post) for post in held if post.person.disclosure_agreed_on] for project, held in posts.items()}


def posts_without_consent(project: Project, day: date) -> list[Post]:
    return [post for post in posts_on(project, day) if not post.person.disclosure_agreed_on]


def posts_on(project: Project, day: date) -> list[Post]:
    return _posts_by_project([project], day)[project.pk]


def _posts_by_project(projects: Iterable[Project], day: date) -> dict[int, list[Post]]:
    """Three queries, whatever the number of projects and people."""
    regions = {project.pk: project.region_id for project in projects}
    of_region: dict[int | None, list[Post]] = defaultdict(list)
    of_project: dict[int | None, list[Post]] = defaultdict(list)
    posts = Coordinator.objects.held_on(day)
    for post in posts.filter(region__in=regions.values()).for_list():
        of_region[post.region_id].append(post)
    for post in posts.filter(project__in=regions).for_list():
        of_project[post.project_id].append(post)
    for liaison in Liaison.objects.held_on(day).filter(team__project__in=regions).for_list():
        of_project[liaison.team.project_id].append(liaison)
    return {project: [*of_region[region], *of_project[project]] for project, region in regions.items()}


def _shown(post: Coordinator | Liaison) -> Shown:
    is_liaison = isinstance(post, Liaison)
    crew = post.crew if isinstance(post, Liaison) else None
    return Shown(
        is_liaison=is_liaison,
        post_id=post.pk,
        name=post.person.name,
        phone=_grouped(post),
        title=_title(post),
        duties=post.duties,
        team=post.team.name if isinstance(post, Liaison) else "",
        place=(crew.work_point or crew.name) if crew else "",
        photo=post.person.photo_id,
    )


def _title(post: Coordinator | Liaison) -> str:
    """What he is to the workers: how much of his time it takes is no matter of theirs."""
    if isinstance(post, Liaison):
        return _("Liaison")
    return str(Role.REGIONAL_COORDINATOR.label if post.region_id else Role.PROJECT_COORDINATOR.label)


def _grouped(post: Coordinator | Liaison) -> str:
    """In full, because its owner agreed: this is the number that workers are to call."""
    digits = post.person.phone.in_the_clear() if post.person.phone else ""
    return f"{digits[:3]} {digits[3:7]} {digits[7:]}".strip()
