"""The ledger: all teams of the reader's projects, and a project by itself."""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, Sum
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from regions.models import Project
from wages.ledger.board import board_of, with_account
from wages.ledger.filters import LedgerFilter, ProjectLedgerFilter
from wages.ledger.reach import projects_with_wages, teams_with_wages
from wages.models import WageAccount, WageArrears, WageLeadingGroup
from wages.policies import can_import, can_read_lines, can_see_wages, can_set_up

PAGE_SIZE = 50


@require_safe
def ledger(request: HttpRequest) -> HttpResponse:
    if not can_see_wages(request.user):
        raise Http404
    teams = teams_with_wages(request.user)
    found = LedgerFilter(request.GET, queryset=teams, request=request)
    return render(request, "wages/ledger.html", _board(request, found))


@require_safe
def project_ledger(request: HttpRequest, code: str) -> HttpResponse:
    """With what guards the project's wages, and the ways to bring sheets."""
    project = project_in_reach(request, code)
    found = ProjectLedgerFilter(request.GET, queryset=teams_with_wages(request.user).filter(project=project), request=request)
    reads_lines = can_read_lines(request.user, project)
    context = {
        **_board(request, found, project),
        "project": project,
        "reads_lines": reads_lines,
        "may_import": can_import(request.user, project),
        "may_set_up": can_set_up(request.user, project),
        "account": WageAccount.objects.visible_to(request.user).filter(project=project).first(),
        "group": WageLeadingGroup.objects.visible_to(request.user).filter(project=project, dissolved_on=None).first(),
    }
    return render(request, "wages/project.html", context)


def project_in_reach(request: HttpRequest, code: str) -> Project:
    return get_object_or_404(projects_with_wages(request.user), code=code)


def _board(request: HttpRequest, found: LedgerFilter, project: Project | None = None) -> dict[str, Any]:
    page = Paginator(with_account(found.qs), PAGE_SIZE).get_page(request.GET.get("page"))
    arrears = WageArrears.objects.visible_to(request.user).standing()
    if project:
        arrears = arrears.filter(project=project)
    return {
        "filter": found,
        "page": page,
        "months": found.months,
        "rows": board_of(request.user, list(page), found.months),
        "arrears": arrears.aggregate(teams=Count("team", distinct=True), amount=Sum("amount")),
    }
