"""The month's printed book of a post (写实手册): cover, a page by the five tasks, the entries in their order, signatures.

Whoever opens it reaches all that is in it: the holder of the post, his project or his region, and headquarters. What was said
in a visit is printed only for those who may read it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone, translation
from django.views.decorators.http import require_safe

from coordinators.models import Coordinator, Liaison
from coordinators.paper.live import PAPER_LANGUAGE
from core.months import Month
from core.roles import Role
from core.scope import Level
from handbook.lists.facts import facts_of
from handbook.lists.icons import ICONS
from handbook.lists.views import for_handbook, with_photos
from handbook.models import HOLDS, EntryKind, HandbookEntry, Hold, VisitRecord
from handbook.policies import LAST_DAY, is_open
from handbook.querysets import ON_PROJECTS

if TYPE_CHECKING:
    from accounts.models import User

POSTS: Mapping[str, type[Coordinator] | type[Liaison]] = {"coordinator": Coordinator, "liaison": Liaison}


@dataclass(frozen=True, slots=True)
class Line:
    """A task of the five in a month: how many entries of which kinds, and how many people were declared in them."""

    hold: Hold
    entries: int
    kinds: list[tuple[str, int]]
    people: int


@dataclass(frozen=True, slots=True)
class Told:
    """An entry as it is printed; `visit` where the reader may know what was said."""

    number: int
    entry: HandbookEntry
    icon: str
    facts: str
    visit: VisitRecord | None


@require_safe
@for_handbook
def month_book(request: HttpRequest, post: str, pk: int, month: Month) -> HttpResponse:
    """As it goes to the printer, in the language of the company's papers."""
    if post not in POSTS:
        raise Http404
    found = get_object_or_404(POSTS[post].objects.visible_to(request.user).for_list(), pk=pk)
    if not can_open(request.user, found):
        raise Http404
    with translation.override(PAPER_LANGUAGE):
        entries = _entries(request.user, found, month)
        told = _told(request.user, entries)
        context = {
            "post": found,
            "unit": _unit(found),
            "month": month,
            "previous": month.plus(-1),
            "next": month.plus(1) if month < Month.current() else None,
            "kind": post,
            "lines": summary(entries),
            "count": len(entries),
            "told": told,
            "says_words": any(each.visit and each.visit.words for each in told),
            "company": settings.COMPANY_NAME,
            "is_open": is_open(month.last, timezone.localdate()),
            "closes_on": month.plus(1).first.replace(day=LAST_DAY),
        }
        return render(request, "handbook/book.html", context)


def can_open(user: "User", post: Coordinator | Liaison) -> bool:
    """The holder; whoever is above the post and sees all that is written in it."""
    held = user.scope.holds_at
    if user.scope.whole_company or post.person_id == user.pk:
        return True
    project = post.team.project if isinstance(post, Liaison) else post.project
    if project is None:
        return held(Level.REGION, post.region_id, Role.REGIONAL_COORDINATOR)
    return held(Level.REGION, project.region_id, Role.REGIONAL_COORDINATOR) or held(Level.PROJECT, project.pk, *ON_PROJECTS)


def _unit(post: Coordinator | Liaison) -> str:
    """Region and project; a liaison's team and crew too."""
    if isinstance(post, Liaison):
        parts = [post.team.project.region, post.team.project, post.team, post.crew]
    else:
        parts = [post.project.region, post.project] if post.project else [post.region]
    return "·".join(str(part) for part in parts if part)


def _entries(user: "User", post: Coordinator | Liaison, month: Month) -> list[HandbookEntry]:
    """What counts: neither planned nor withdrawn, in the order in which it was done."""
    of_post = {"liaison": post} if isinstance(post, Liaison) else {"coordinator": post}
    rows = HandbookEntry.objects.visible_to(user).filter(**of_post).held().within(month).for_list().order_by("on", "pk")
    return list(with_photos(rows, user))


def summary(entries: list[HandbookEntry]) -> list[Line]:
    """One line for each task, those without an entry too."""
    return [_line(hold, [entry for entry in entries if HOLDS[EntryKind(entry.kind)] == hold]) for hold in Hold]


def _line(hold: Hold, entries: list[HandbookEntry]) -> Line:
    counted: dict[str, int] = {}
    for entry in entries:
        label = str(entry.get_kind_display())
        counted[label] = counted.get(label, 0) + 1
    return Line(hold, len(entries), list(counted.items()), sum(entry.headcount or 0 for entry in entries))


def _told(user: "User", entries: list[HandbookEntry]) -> list[Told]:
    keys = [entry.pk for entry in entries]
    visits: Any = VisitRecord.objects.visible_to(user).filter(entry__in=keys).prefetch_related("topics")
    said = {visit.pk: visit for visit in visits}
    facts = facts_of(entries)
    return [
        Told(number, entry, ICONS[entry.kind], facts.get(entry.pk, ""), said.get(entry.pk))
        for number, entry in enumerate(entries, start=1)
    ]
