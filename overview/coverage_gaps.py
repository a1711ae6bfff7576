"""Gaps by name: what is missing, since when, how badly; and the posts that end soon."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.urls import reverse
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from coordinators.models import Coordinator, Liaison
from overview.coverage_facts import Facts, Place
from regions.models import Project, Region

# "No team without owner": a post may stand empty for three days and no longer (SYSTEM row 31).
VACANT_DAYS = 3
ENDING_WITHIN = timedelta(days=30)
ONE = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Gap:
    """`words` name the unit and what is missing; `since` is None where nobody knows.

    `region_id`, `project_id` and `place` say whose gap it is.
    """

    words: str
    url: str
    since: date | None
    days: int | None
    is_vacant: bool
    region_id: int
    project_id: int | None = None
    place: Place | None = None

    @property
    def is_liaison(self) -> bool:
        return self.place is not None

    @property
    def is_late(self) -> bool:
        """Too long: a vacancy of more than three days, or one of which nobody knows the beginning."""
        return self.is_vacant and (self.days is None or self.days > VACANT_DAYS)

    @property
    def tone(self) -> str:
        return "late" if self.is_late else "soon"

    @property
    def state(self) -> str:
        """In a word, where the unit stands beside it."""
        return _("Vacant") if self.is_vacant else _("Needs settling")

    @property
    def since_words(self) -> str:
        if self.since is None:
            return _("since the beginning")
        return _("since %(day)s (%(days)s days)") % {"day": day_words(self.since), "days": self.days}


@dataclass(frozen=True, slots=True)
class Ending:
    """A post whose last day is near, and who follows ("": nobody yet)."""

    post: Coordinator | Liaison
    url: str
    days: int
    successor: str


def worst_first(gaps: Iterable[Gap]) -> list[Gap]:
    """The overlong first, the oldest of them on top; what began before anybody's memory is the oldest of all."""
    return sorted(gaps, key=lambda gap: (not gap.is_late, gap.since or date.min))


def gaps_of(facts: Facts) -> list[Gap]:
    projects = {project.pk: project for project in facts.units.projects}
    found = [gap for region in facts.units.regions if region.pk in facts.units.own_regions for gap in _of_region(facts, region)]
    found += [gap for project in projects.values() for gap in _of_project(facts, project)]
    found += [_of_place(facts, place, projects[place.project_id]) for place in facts.places if not place.is_served]
    return worst_first(found)


def _of_region(facts: Facts, region: Region) -> Iterator[Gap]:
    """Nobody; several at once (somebody acting beside them is none of these); or only somebody acting."""
    posts = facts.of_region(region)
    held = facts.held(posts)
    regular = [post for post in held if not post.is_acting]
    common: dict[str, Any] = {"url": reverse("region", args=[region.code]), "region_id": region.pk}
    if not held:
        words = _("%(unit)s: no full-time coordinator") % {"unit": region}
        yield _gap(words, facts.day, _vacant_since(posts, facts.day, None), is_vacant=True, **common)
    elif len(regular) > 1:
        words = _("%(unit)s: several coordinators at once (%(names)s)") % {"unit": region, "names": names_of(regular)}
        yield _gap(words, facts.day, max(post.from_on for post in regular), is_vacant=False, **common)
    elif not regular:
        yield _acting(facts, region, posts, **common)


def _of_project(facts: Facts, project: Project) -> Iterator[Gap]:
    posts = facts.of_project(project)
    held = facts.held(posts)
    common = {"url": reverse("project", args=[project.code]), "region_id": project.region_id, "project_id": project.pk}
    if not held:
        words = _("%(unit)s: no project coordinator") % {"unit": project}
        yield _gap(words, facts.day, _vacant_since(posts, facts.day, began(project, facts.day)), is_vacant=True, **common)
    elif all(post.is_acting for post in held):
        yield _acting(facts, project, posts, **common)


def _acting(facts: Facts, unit: Region | Project, posts: list[Coordinator], **common: Any) -> Gap:
    held = facts.held(posts)
    regular = [post for post in posts if not post.is_acting]
    since = _vacant_since(regular, facts.day, min(post.from_on for post in held))
    words = _("%(unit)s: only an acting coordinator (%(names)s)") % {"unit": unit, "names": names_of(held)}
    return _gap(words, facts.day, since, is_vacant=False, **common)


def _of_place(facts: Facts, place: Place, project: Project) -> Gap:
    words = _("%(unit)s: no liaison") % {"unit": f"{project}·{place}"}
    since = place.last_on + ONE if place.last_on else _needed_since(place, project)
    common = {"url": reverse("team", args=[place.team_id]), "region_id": project.region_id, "project_id": project.pk}
    return _gap(words, facts.day, since, is_vacant=True, place=place, **common)


def _needed_since(place: Place, project: Project) -> date | None:
    """Since the team came, yet not before coordinators began on the project; None where nobody wrote down when it came."""
    pilot = project.pilot_started_on
    return max(place.entered_on, pilot) if place.entered_on and pilot else place.entered_on


def _gap(words: str, day: date, since: date | None, **more: Any) -> Gap:
    """Days are counted with the first one."""
    return Gap(words=words, since=since, days=(day - since).days + 1 if since else None, **more)


def _vacant_since(posts: list[Coordinator], day: date, first: date | None) -> date | None:
    """The day after the last holder's last day; `first` where nobody ever held it."""
    ended = [post.to_on for post in posts if post.to_on and post.to_on < day]
    return max(ended) + ONE if ended else first


def began(project: Project, day: date) -> date | None:
    """From when on the project needs a coordinator: when coordinators began there, else when construction did."""
    pilot = project.pilot_started_on
    return pilot if pilot and pilot <= day else getattr(project, "first_on", None)


def endings_among(posts: Iterable[Coordinator | Liaison], following: Iterable[Any], day: date) -> list[Ending]:
    """Those of `posts` that end within thirty days; who follows is looked for in `following`."""
    after: dict[tuple[Any, ...], list[Any]] = {}
    for post in following:
        after.setdefault(unit_key(post), []).append(post)
    soon = [post for post in posts if post.is_held_on(day) and post.to_on and post.to_on <= day + ENDING_WITHIN]
    return [
        Ending(post, page_of(post), (post.to_on - day).days, names_of(_follows(post, after.get(unit_key(post), []))))
        for post in sorted(soon, key=lambda post: (post.to_on, post.pk))
        if post.to_on
    ]


def _follows(post: Coordinator | Liaison, others: list[Any]) -> list[Any]:
    """Posts at the same unit that hold on the day after."""
    return [other for other in others if other.pk != post.pk and post.to_on and other.is_held_on(post.to_on + ONE)]


def unit_key(post: Coordinator | Liaison) -> tuple[Any, ...]:
    return (post.team_id, post.crew_id) if isinstance(post, Liaison) else (post.region_id, post.project_id)


def page_of(post: Coordinator | Liaison) -> str:
    return reverse("liaison" if isinstance(post, Liaison) else "coordinator", args=[post.pk])


def names_of(posts: Iterable[Any]) -> str:
    return pgettext("between items of a list", ", ").join(dict.fromkeys(post.person.name for post in posts))


def day_words(day: date) -> str:
    """With the year where it is another than this one."""
    same_year = day.year == timezone.localdate().year
    return formats.date_format(day, "MONTH_DAY_FORMAT" if same_year else "DATE_FORMAT")
