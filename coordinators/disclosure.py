"""The three disclosures (三公开): name, mobile and duties of the people in post, and where they are to be found. Nothing else.

Boards, cards and the public page of a board show what is made here, so that all of them say the same. Somebody who has not agreed
to be shown is left out, and listed for those who look after the board.
"""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from coordinators.models import Coordinator, Liaison
from core.roles import Role
from regions.models import Project


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
    return [shown_of(post) for post in posts_on(project, day) if post.person.disclosure_agreed_on]


def posts_without_consent(project: Project, day: date) -> list[Coordinator | Liaison]:
    return [post for post in posts_on(project, day) if not post.person.disclosure_agreed_on]


def posts_on(project: Project, day: date) -> list[Coordinator | Liaison]:
    """Three queries, whatever the number of people."""
    posts = Coordinator.objects.held_on(day)
    regional, own = posts.filter(region=project.region_id).for_list(), posts.filter(project=project).for_list()
    liaisons = Liaison.objects.held_on(day).filter(team__project=project).for_list()
    return [*regional, *own, *liaisons]


def shown_of(post: Coordinator | Liaison) -> Shown:
    """Whether its holder agreed is for the caller to ask."""
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
