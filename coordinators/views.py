"""Who looks after whom: the directory of coordinators and liaisons, and the page of each post."""

from typing import Any

from django.db.models import Value
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.models import StaffPost
from coordinators.filters import CoordinatorFilter, LiaisonFilter
from coordinators.managing import managers_of
from coordinators.models import Coordinator, Liaison
from coordinators.policies import can_end_post
from coordinators.profile.policies import can_edit_profile
from coordinators.provisions.givings import givings_of
from core.filters import keep_numbers_out
from core.paging import keyset_page
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
    searched = found.form.cleaned_data.get("q", "") if found.form.is_valid() else ""
    context = {"filter": found, "page": page, "rows": rows, "count": found.qs.count(), "searched": searched}
    return render(request, template, context)


@require_safe
def coordinator_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One post: from when to when, by which document, answering to whom, looking after what."""
    post = get_object_or_404(Coordinator.objects.visible_to(request.user).for_list(), pk=pk)
    context = {**_in_post(request, post), "kind": "coordinator", **_looked_after(request, post)}
    context["givings"] = givings_of(request.user, post)
    return render(request, "coordinators/coordinator.html", context)


@require_safe
def liaison_page(request: HttpRequest, pk: int) -> HttpResponse:
    """The same of a liaison; what he looks after is his crew or his team."""
    post = get_object_or_404(Liaison.objects.visible_to(request.user).for_list(), pk=pk)
    reaches_team = LabourTeam.objects.visible_to(request.user).filter(pk=post.team_id).exists()
    context = {**_in_post(request, post), "kind": "liaison", "reaches_team": reaches_team}
    return render(request, "coordinators/liaison.html", context)


def _in_post(request: HttpRequest, post: Coordinator | Liaison) -> dict[str, Any]:
    """What every page of a post shows (templates/coordinators/_facts.html and _history.html)."""
    today = timezone.localdate()
    return {
        "post": post,
        "is_held": post.is_held_on(today),
        "managers": managers_of(post),
        "posts": [(each, each.is_held_on(today)) for each in _posts_of(request, post)],
        "may_keep_profile": can_edit_profile(request.user, post),
        "may_end": can_end_post(request.user, post) and (post.to_on is None or post.to_on >= today),
    }


def _posts_of(request: HttpRequest, post: Coordinator | Liaison) -> list[Any]:
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
