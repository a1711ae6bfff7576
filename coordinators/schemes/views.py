"""Pages of the schemes: what they are, a month side by side, and the sheet that a project's coordinator ticks."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from coordinators.models import Scheme
from coordinators.provisions.rooms import rooms_for
from coordinators.schemes import policies, workflow
from coordinators.schemes.board import board_of, items_of, projects_in, sheet_of
from coordinators.schemes.forms import TickForm
from core.months import Month
from core.refusals import Refused, Stale
from regions.models import Project


@require_safe
def schemes(request: HttpRequest) -> HttpResponse:
    """Every scheme with its items; the monthly ones lead to the month that runs."""
    if not policies.can_see_ticks(request.user):
        raise Http404
    month = Month.current()
    projects = list(projects_in(request.user, month)[:2])
    context = {
        "schemes": Scheme.objects.visible_to(request.user).for_list().prefetch_related("items"),
        "month": month,
        "only": projects[0] if len(projects) == 1 else None,
        "rooms": rooms_for(request.user),
    }
    return render(request, "coordinators/schemes/schemes.html", context)


@require_safe
def scheme_month(request: HttpRequest, key: str, month: Month) -> HttpResponse:
    """The projects of one's reach side by side."""
    scheme = _scheme(request, key)
    context = {
        "scheme": scheme,
        "month": month,
        "previous": month.plus(-1),
        "next": month.plus(1) if month < Month.current() else None,
        "board": board_of(request.user, scheme, month),
        "schemes": Scheme.objects.visible_to(request.user).monthly().for_list(),
        "rooms": rooms_for(request.user),
    }
    return render(request, "coordinators/schemes/month.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def scheme_project(request: HttpRequest, key: str, month: Month, project_code: str) -> HttpResponse:
    """One project's sheet: to tick for its coordinator while the month is open, to read for everybody else."""
    scheme = _scheme(request, key)
    project = get_object_or_404(Project.objects.with_records_for(request.user).select_related("region"), code=project_code)
    if request.method != "POST":
        return _sheet(request, scheme, project, month)
    if not policies.can_tick(request.user, project):
        raise PermissionDenied
    sheet, _teams = sheet_of(request.user, scheme, project, month)
    form = TickForm(request.POST, sheet=sheet, checks=sheet.checks())
    if not form.is_valid():
        return _sheet(request, scheme, project, month, form)
    try:
        workflow.tick(sheet, by=request.user, ticked=form.ticked(), seen=form.cleaned_data["seen"])
    except Stale as refusal:
        messages.error(request, refusal.message)
        data = request.POST.copy()
        data["seen"] = workflow.fingerprint(sheet.checks())
        return _sheet(request, scheme, project, month, TickForm(data, sheet=sheet, checks=sheet.checks()))
    except Refused as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, _("Saved."))
    return redirect("scheme-project", scheme.key, month, project.code)


def _sheet(request: HttpRequest, scheme: Scheme, project: Project, month: Month, form: TickForm | None = None) -> HttpResponse:
    sheet, teams = sheet_of(request.user, scheme, project, month)
    checks = sheet.checks()
    shown = form or TickForm(sheet=sheet, checks=checks)
    items = items_of(scheme)
    is_open = policies.is_open(month, timezone.localdate())
    context = {
        "scheme": scheme,
        "project": project,
        "month": month,
        "previous": month.plus(-1),
        "next": month.plus(1) if month < Month.current() else None,
        "form": shown,
        "groups": shown.groups(items, teams) if sheet.cells else [],
        "is_open": is_open,
        "may_tick": is_open and policies.can_tick(request.user, project),
        "done": len(checks),
        "all": len(sheet.cells),
        "schemes": Scheme.objects.visible_to(request.user).monthly().for_list(),
    }
    return render(request, "coordinators/schemes/project.html", context)


def _scheme(request: HttpRequest, key: str) -> Scheme:
    """A monthly one; the others have no months."""
    if not policies.can_see_ticks(request.user):
        raise Http404
    return get_object_or_404(Scheme.objects.visible_to(request.user).monthly(), key=key)
