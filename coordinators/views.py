"""Who looks after whom: coordinators, liaisons, and one coordinator's post."""

from typing import Any

from django.db.models import Value
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.models import StaffPost
from coordinators.filters import CoordinatorFilter, LiaisonFilter
from coordinators.models import Coordinator, Liaison
from core.filters import keep_numbers_out
from core.paging import keyset_page
from core.roles import Role
from labour_teams.models import LabourTeam
from regions.models import Project

# A region's full-time coordinator first, then its projects' by code.
BY_UNIT = ("place", "unit_code", "pk")
BY_TEAM = ("team__project__code", "team__name", "pk")


@require_safe
@keep_numbers_out
def coordinator_list(request: HttpRequest) -> HttpResponse:
    posts = Coordinator.objects.visible_to(request.user).for_list()
    posts = posts.annotate(
        place=Coalesce("region__order", "project__region__order"), unit_code=Coalesce("project__code", Value(""))
    )
    return _listed(
        request, CoordinatorFilter(request.GET, queryset=posts, request=request), BY_UNIT, "coordinators/coordinators.html"
    )


@require_safe
@keep_numbers_out
def liaison_list(request: HttpRequest) -> HttpResponse:
    posts = Liaison.objects.visible_to(request.user).for_list()
    return _listed(request, LiaisonFilter(request.GET, queryset=posts, request=request), BY_TEAM, "coordinators/liaisons.html")


def _listed(request: HttpRequest, found: Any, order: tuple[str, ...], template: str) -> HttpResponse:
    page = keyset_page(found.qs, order=order, after=request.GET.get("after"), before=request.GET.get("before"))
    today = timezone.localdate()
    rows = [(post, post.is_held_on(today)) for post in page.rows]
    return render(request, template, {"filter": found, "page": page, "rows": rows, "count": found.qs.count()})


@require_safe
def coordinator_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One post: from when to when, by which document, answering to whom, looking after what."""
    post = get_object_or_404(Coordinator.objects.visible_to(request.user).for_list(), pk=pk)
    today = timezone.localdate()
    context = {
        "post": post,
        "is_held": post.is_held_on(today),
        "managers": [Role(role).label for role in Coordinator.MANAGING_DEPARTMENTS] if post.region_id else [],
        "posts": _posts_of(request, post),
        **_looked_after(request, post),
    }
    return render(request, "coordinators/coordinator.html", context)


def _posts_of(request: HttpRequest, post: Coordinator) -> list[Any]:
    """Every post of this person that the reader may see, the latest first."""
    found = [
        each
        for model in (Coordinator, Liaison, StaffPost)
        for each in model.objects.visible_to(request.user).of(post.person).select_related("person", *model.title_joins)
    ]
    return sorted(found, key=lambda each: each.from_on, reverse=True)


def _looked_after(request: HttpRequest, post: Coordinator) -> dict[str, Any]:
    """A region's projects, or a project's teams with their liaisons."""
    today = timezone.localdate()
    if post.region_id:
        projects = Project.objects.visible_to(request.user).filter(region=post.region).under_construction(today)
        return {"projects": projects.for_list()}
    teams = LabourTeam.objects.visible_to(request.user).filter(project=post.project).on_site(today).for_list()
    liaisons: dict[int, list[Liaison]] = {}
    for each in Liaison.objects.visible_to(request.user).filter(team__project=post.project).held_on(today).for_list():
        liaisons.setdefault(each.team_id, []).append(each)
    return {"teams": [(team, liaisons.get(team.pk, [])) for team in teams]}
