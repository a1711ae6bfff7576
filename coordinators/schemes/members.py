"""The register of Party members: whom it proposes, whom it lists. Everything through the narrow reach of its rows."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from coordinators.models import PartyMemberLink, PartyMemberTick, Scheme, SchemeItem
from core.roles import Role
from core.scope import Level, Scope
from labour_teams.models import Engagement
from regions.models import Project

if TYPE_CHECKING:
    from accounts.models import User

# 中共党员, 中共预备党员 (labour_teams/codes.py); a probationary member belongs to a branch and pays dues like any other.
PARTY_CODES = ("01", "02")


@dataclass(frozen=True, slots=True)
class Listed:
    """A member with his six places: the tick, or None. `is_here`: on site today, in whatever team of the project."""

    member: PartyMemberLink
    cells: list[tuple[PartyMemberTick | None, SchemeItem]]
    is_here: bool


def inclusions() -> list[SchemeItem]:
    """The items that are ticked for each member (六纳入)."""
    items = SchemeItem.objects.filter(scheme__use=Scheme.Use.MEMBER, is_active=True)
    return list(items.for_list())


def candidates(user: "User", project: Project, day: date) -> QuerySet[Engagement]:
    """Workers on site whose roster says Party member, and who are not on the project's register yet."""
    known = PartyMemberLink.objects.filter(project=project, engagement__worker=OuterRef("worker"))
    people = Engagement.objects.visible_to(user).current(day).filter(project=project, political_status_code__in=PARTY_CODES)
    return people.exclude(Exists(known)).for_list()


def listed(user: "User", project: Project, items: list[SchemeItem]) -> list[Listed]:
    """The register of a project, those on site first."""
    today = timezone.localdate()
    here = Engagement.objects.current(today).filter(project=OuterRef("project"), worker=OuterRef("engagement__worker"))
    members = PartyMemberLink.objects.visible_to(user).filter(project=project).annotate(is_here=Exists(here))
    members = members.select_related("engagement__team", "engagement__crew").prefetch_related("ticks")
    rows = []
    for member in members.order_by("-is_here", "engagement__name_pinyin", "pk"):
        ticks = {tick.item_id: tick for tick in member.ticks.all()}
        rows.append(Listed(member, [(ticks.get(item.pk), item) for item in items], member.is_here))
    return rows


def registers(user: "User") -> list[tuple[Project, int]]:
    """The projects whose register somebody keeps, with how many stand on it."""
    counts = dict(PartyMemberLink.objects.visible_to(user).order_by().values_list("project").annotate(Count("pk")))
    return [(project, counts.get(project.pk, 0)) for project in kept_projects(user)]


def kept_projects(user: "User") -> QuerySet[Project]:
    """All for the Party organisation department; a region's coordinator his region's, a committee its own."""
    scope = user.scope
    if scope.holds(Role.PARTY_ORGANISATION):
        return Project.objects.for_list()
    return Project.objects.filter(_kept_at(scope)).for_list()


def _kept_at(scope: Scope) -> Q:
    """The same two grants that open the rows (coordinators.querysets.PartyMemberQuerySet)."""

    regions, projects = scope.units(Level.REGION, Role.REGIONAL_COORDINATOR), scope.units(Level.PROJECT, Role.PROJECT_COMMITTEE)
    return Q(region__in=regions) | Q(pk__in=projects)
