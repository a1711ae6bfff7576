"""Coordinators and liaisons: the lists, and one coordinator's post with the person's other posts in reach."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from coordinators.filters import CoordinatorFilter, LiaisonFilter
from coordinators.models import Coordinator, Liaison
from core.roles import Role
from regions.models import Project

PAGE_SIZE = 50


@require_safe
def coordinator_list(request: HttpRequest) -> HttpResponse:
    found = CoordinatorFilter(request.GET, queryset=Coordinator.objects.visible_to(request.user).for_list(), request=request)
    page = Paginator(found.qs, PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "coordinators/coordinators.html", {"filter": found, "page": page, "here": "coordinators"})


@require_safe
def coordinator_page(request: HttpRequest, pk: int) -> HttpResponse:
    visible = Coordinator.objects.visible_to(request.user).for_list()
    post = get_object_or_404(visible, pk=pk)
    projects = Project.objects.visible_to(request.user).with_stage(timezone.localdate()).for_list()
    context = {
        "post": post,
        "is_held": post.is_held_on(timezone.localdate()),
        "managers": [Role(role).label for role in post.MANAGING_DEPARTMENTS] if post.region_id else [],
        "projects": projects.filter(region=post.region_id) if post.region_id else projects.filter(pk=post.project_id),
        "others": [other for other in visible.of(post.person) if other.pk != post.pk],
    }
    return render(request, "coordinators/coordinator.html", context)


@require_safe
def liaison_list(request: HttpRequest) -> HttpResponse:
    found = LiaisonFilter(request.GET, queryset=Liaison.objects.visible_to(request.user).for_list(), request=request)
    page = Paginator(found.qs, PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "coordinators/liaisons.html", {"filter": found, "page": page, "here": "liaisons"})
