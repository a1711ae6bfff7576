"""Pages that bring apps together: the company, a region, a project, a team."""

from datetime import timedelta
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.models import StaffPost
from coordinators.models import Coordinator, Liaison
from core.filters import keep_numbers_out
from core.months import Month
from core.paging import keyset_page
from core.scope import Level
from feedback.survey.results import Place
from imports import policies as import_policies
from imports import preview
from imports.models import ImportJob
from labour_teams.models import Engagement, LabourTeam, WorkCrew
from labour_teams.policies import can_see_headcount, can_see_id_numbers
from labour_teams.views import PERSON_ORDER, with_ages
from overview import policies
from overview.attention import needing_attention
from overview.boards import COLUMNS, overview_of
from overview.filters import MonthForm, ProjectFilter, TeamPeopleFilter
from overview.measures import COVERAGE, ENTERED, LEFT, ON_SITE, Measures, heading
from overview.rates import Rates
from overview.recent import recent
from regions.models import Project, ProjectStage, Region
from reports.models import MonthlyReport

WORST = 10
RECENT_DAYS = 30
FEW = 5
PROJECT_COLUMNS = (ON_SITE, ENTERED, LEFT, COVERAGE)


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """The whole company side by side."""
    if not policies.can_see_overview(request.user):
        raise Http404
    form = MonthForm(request.GET)
    seen = overview_of(request.user, form.chosen(), timezone.now())
    attention = needing_attention(request.user, timezone.now())
    regions = [board.region for board in seen.boards]
    rates = Rates(Level.REGION, seen.measures.month, request.user, Place(Level.COMPANY))
    context = {
        "form": form,
        "month": seen.measures.month,
        "seen": seen,
        "headings": [heading(key) for key in COLUMNS],
        "attention": attention[:WORST],
        "attention_left": max(len(attention) - WORST, 0),
        "together": rates.together(regions),
        "rates": [rates.row(region) for region in regions],
    }
    return render(request, "overview/overview.html", context)


@require_safe
def region(request: HttpRequest, code: str) -> HttpResponse:
    """A region: who answers for it, its projects compared, its reports."""
    found = get_object_or_404(Region.objects.visible_to(request.user), code=code)
    form = MonthForm(request.GET)
    projects = list(_projects(request).filter(region=found))
    posts = Coordinator.objects.visible_to(request.user).filter(region=found).held_on(timezone.localdate())
    coordinators = list(posts.for_list())
    context = {
        "region": found,
        "form": form,
        "month": form.chosen(),
        "coordinators": coordinators,
        "reports": MonthlyReport.objects.visible_to(request.user).filter(region=found).for_list()[:FEW],
        **_compared(request, projects, form),
        **_rates(request, found, projects, form.chosen()),
        **recent(request.user, coordinators, region=found),
    }
    return render(request, "overview/region.html", context)


def _rates(request: HttpRequest, region: Region, projects: list[Project], month: Month) -> dict[str, Any]:
    """The region's own for those who reach all of it, and its projects side by side for those who see records."""
    if not policies.can_see_records(request.user):
        return {}
    place, user = Place(Level.REGION, region.pk), request.user
    reaches_it = Region.objects.with_records_for(user).filter(pk=region.pk).exists()
    side_by_side = Rates(Level.PROJECT, month, user, place) if projects else None
    return {
        "together": Rates(Level.REGION, month, user, place).row(region) if reaches_it else None,
        "rates": [side_by_side.row(each) for each in projects] if side_by_side else [],
    }


@require_safe
@keep_numbers_out
def project_list(request: HttpRequest) -> HttpResponse:
    found = ProjectFilter(request.GET, queryset=_projects(request), request=request)
    context = {"filter": found, **_compared(request, list(found.qs), MonthForm())}
    return render(request, "overview/projects.html", context)


def _projects(request: HttpRequest) -> Any:
    return Project.objects.visible_to(request.user).with_stage(timezone.localdate()).for_list()


def _compared(request: HttpRequest, projects: list[Project], form: MonthForm) -> dict[str, Any]:
    """Rows of templates/overview/_projects.html: project, stage, coordinators, figures where the reader sees records."""
    shown = policies.can_see_records(request.user)
    measures = Measures(Level.PROJECT, form.chosen(), PROJECT_COLUMNS, projects) if shown and projects else None
    heads: dict[int, list[Coordinator]] = {}
    for post in Coordinator.objects.visible_to(request.user).part_time().held_on(timezone.localdate()).for_list():
        heads.setdefault(post.project_id, []).append(post)
    rows = [
        {
            "project": each,
            "stage": _stage(each),
            "coordinators": heads.get(each.pk, []),
            "cells": [measures.cell(key, each) for key in PROJECT_COLUMNS] if measures else [],
        }
        for each in projects
    ]
    return {"rows": rows, "headings": [heading(key) for key in PROJECT_COLUMNS] if measures else []}


def _stage(project: Project) -> str:
    """In words, from the annotation of `with_stage`."""
    stage = getattr(project, "stage", None)
    return str(ProjectStage.Stage(stage).label) if stage else ""


@require_safe
def project(request: HttpRequest, code: str) -> HttpResponse:
    """A project: its teams, the people in post, its stages, its latest imports."""
    found = get_object_or_404(_projects(request), code=code)
    today, user = timezone.localdate(), request.user
    teams = LabourTeam.objects.visible_to(user).filter(project=found).on_site(today).for_list()
    coordinators = list(Coordinator.objects.visible_to(user).filter(project=found).held_on(today).for_list())
    context = {
        "project": found,
        "sees_region": Region.objects.visible_to(user).filter(pk=found.region_id).exists(),
        "stage": _stage(found),
        "stages": found.stages.order_by("from_on"),
        "teams": _with_liaisons(request, list(teams.with_headcount(today) if can_see_headcount(user) else teams)),
        "counted": can_see_headcount(user),
        "coordinators": coordinators,
        "staff": StaffPost.objects.visible_to(user).filter(project=found).held_on(today).for_list(),
        "may_import": import_policies.can_import(user, found, "roster"),
        **_records(request, found),
        **recent(user, coordinators, project=found),
    }
    return render(request, "overview/project.html", context)


def _records(request: HttpRequest, project: Project) -> dict[str, Any]:
    """Figures and imports, for those who see what the project recorded."""
    if not import_policies.can_look(request.user, project):
        return {}
    month = MonthForm().chosen()
    measures = Measures(Level.PROJECT, month, PROJECT_COLUMNS, [project])
    rates = Rates(Level.PROJECT, month, request.user, Place(Level.PROJECT, project.pk))
    jobs = ImportJob.objects.visible_to(request.user).filter(project=project).for_list()[:FEW]
    return {
        "figures": [measures.cell(key, project) for key in PROJECT_COLUMNS],
        "together": rates.row(project),
        "imports": [preview.summary(job) for job in jobs],
        "sees_imports": True,
    }


def _with_liaisons(request: HttpRequest, teams: list[LabourTeam]) -> list[tuple[LabourTeam, list[Liaison]]]:
    serving: dict[int, list[Liaison]] = {}
    liaisons = Liaison.objects.visible_to(request.user).filter(team__in=teams).held_on(timezone.localdate()).for_list()
    for post in liaisons:
        serving.setdefault(post.team_id, []).append(post)
    return [(team, serving.get(team.pk, [])) for team in teams]


@require_safe
@keep_numbers_out
def team(request: HttpRequest, pk: int) -> HttpResponse:
    """A labour team: its crews with their liaisons, its people, who came lately."""
    found = get_object_or_404(LabourTeam.objects.visible_to(request.user).for_list(), pk=pk)
    today, user = timezone.localdate(), request.user
    people = Engagement.objects.visible_to(user).filter(team=found).for_list()
    filtered = TeamPeopleFilter(request.GET, queryset=people, request=request)
    page = keyset_page(filtered.qs, order=PERSON_ORDER, after=request.GET.get("after"), before=request.GET.get("before"))
    lately = people.filter(entered_on__gt=today - timedelta(days=RECENT_DAYS), entered_on__lte=today)
    liaisons = list(Liaison.objects.visible_to(user).filter(team=found).held_on(today).for_list())
    crews = WorkCrew.objects.visible_to(user).filter(team=found, is_active=True).for_list()
    context = {
        "team": found,
        "crews": [(crew, [post for post in liaisons if post.crew_id == crew.pk]) for crew in crews],
        "liaisons": [post for post in liaisons if post.crew_id is None],
        "filter": filtered,
        "page": page,
        "people": with_ages(page.rows),
        "count": filtered.qs.count(),
        "lately": lately.order_by("-entered_on", "-pk")[:FEW],
        "shows_numbers": can_see_id_numbers(user),
        "sees_people": can_see_headcount(user),
        "sees_imports": import_policies.can_look(user, found.project),
        **recent(user, liaisons, team=found),
    }
    return render(request, "overview/team.html", context)
