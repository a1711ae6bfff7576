"""What is thought of teams, quarter by quarter: how far each project is, and a project's teams with a short form each."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from core.refusals import Refused
from handbook.models import TeamEvaluation
from handbook.units import policies, workflow
from handbook.units.forms import EvaluationForm
from handbook.units.quarters import Quarter
from handbook.units.teams import progress_of, teams_of
from handbook.units.views.writing import POSTING, open_to
from labour_teams.models import LabourTeam
from regions.models import Project


@require_safe
@open_to(policies.can_see_evaluations)
def evaluations_now(request: HttpRequest) -> HttpResponse:
    """The quarter that runs, project by project."""
    return _projects(request, Quarter.current())


@require_safe
@open_to(policies.can_see_evaluations)
def evaluations_quarter(request: HttpRequest, quarter: Quarter) -> HttpResponse:
    return _projects(request, quarter)


@require_safe
@open_to(policies.can_see_evaluations)
def evaluations(request: HttpRequest, code: str, quarter: Quarter) -> HttpResponse:
    """The teams that were on site in the quarter, each with its form, or as it was evaluated."""
    return _page(request, _project(request, code), quarter)


@require_http_methods(POSTING)
@open_to(policies.can_see_evaluations)
def evaluation(request: HttpRequest, pk: int, quarter: Quarter) -> HttpResponse:
    """One team's quarter, saved by itself. A GET comes when sign-in came between: it leads to the page."""
    team = get_object_or_404(LabourTeam.objects.visible_to(request.user).select_related("project__region"), pk=pk)
    project = _project(request, team.project.code)
    there = f"{reverse('evaluations', args=[project.code, quarter])}#team-{pk}"
    if request.method != "POST":
        return redirect(there)
    if not policies.can_evaluate(request.user, project):
        raise PermissionDenied
    if not teams_of(request.user, quarter).filter(pk=pk).exists():
        raise Http404
    if not quarter.is_open(timezone.localdate()):  # its page has no forms, and says until when it had
        return redirect(there)
    form = EvaluationForm(request.POST, team=team, **_said(request, [team], quarter)(team))
    if not form.is_valid():
        return _page(request, project, quarter, form)
    try:
        workflow.evaluate(team, quarter, form.grades(), by=request.user)
    except Refused as refusal:
        form.blame(refusal)
        return _page(request, project, quarter, form)
    messages.success(request, _("%(team)s: saved.") % {"team": team})
    return redirect(there)


def _projects(request: HttpRequest, quarter: Quarter) -> HttpResponse:
    context = {"rows": progress_of(request.user, quarter), **_around(quarter)}
    return render(request, "handbook/units/evaluations.html", context)


def _page(request: HttpRequest, project: Project, quarter: Quarter, tried: EvaluationForm | None = None) -> HttpResponse:
    """`tried`: what was typed for one team and could not be saved."""
    teams = list(teams_of(request.user, quarter).filter(project=project))
    said = _said(request, teams, quarter)
    forms = [tried if tried and tried.team == team else EvaluationForm(team=team, **said(team)) for team in teams]
    today, writes = timezone.localdate(), policies.can_evaluate(request.user, project)
    context = {
        "project": project,
        "forms": forms,
        "tried": tried,
        "may_write": writes and quarter.is_open(today),
        "closed": workflow.closed(quarter) if writes and today > quarter.closes_on else "",
        "closes_on": quarter.closes_on,
        **_around(quarter),
    }
    return render(request, "handbook/units/evaluation.html", context)


def _around(quarter: Quarter) -> dict[str, Any]:
    """The quarter with its neighbours; there is none after the one that runs."""
    return {
        "quarter": quarter,
        "previous": quarter.plus(-1),
        "next": quarter.plus(1) if quarter < Quarter.current() else None,
    }


def _said(request: HttpRequest, teams: list[LabourTeam], quarter: Quarter) -> Any:
    """Team → what was said of it in the quarter, and in the one before."""
    rows = TeamEvaluation.objects.visible_to(request.user).filter(
        team__in=teams, quarter__in=(str(quarter), str(quarter.plus(-1)))
    )
    known = {(row.team_id, row.quarter): row for row in rows.select_related("by")}

    def of_team(team: LabourTeam) -> dict[str, TeamEvaluation | None]:
        return {"now": known.get((team.pk, str(quarter))), "last": known.get((team.pk, str(quarter.plus(-1))))}

    return of_team


def _project(request: HttpRequest, code: str) -> Project:
    """One whose evaluations the person reads."""
    project = get_object_or_404(Project.objects.visible_to(request.user).select_related("region"), code=code)
    if not policies.can_read_evaluations(request.user, project):
        raise Http404
    return project
