"""The gate: who works on site without an induction, or untrained for a year; and writing down who came to make up for it."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from core.filters import keep_numbers_out
from core.paging import keyset_page
from core.refusals import Refused
from handbook.entries.views.writing import blame
from handbook.gate import policies
from handbook.gate.attending import attend
from handbook.gate.called import called, gate_of, in_order, keys_in
from handbook.gate.forms import HeldForm
from handbook.gate.queries import Standing, standings
from handbook.gate.reach import projects_for
from handbook.lists.views import for_handbook
from labour_teams.models import Engagement
from regions.models import Project

ORDER = ("entered_on", "name_pinyin", "pk")


@dataclass(frozen=True, slots=True)
class Waiting:
    """Somebody of the list: for how many days he has been on site, or untrained."""

    person: Any
    days: int


@require_safe
@for_handbook
def inductions(request: HttpRequest) -> HttpResponse:
    """Every project in reach, with how many may not work; of a single one, straight its list."""
    projects = list(projects_for(request.user))
    if len(projects) == 1:
        return redirect("induction", projects[0].code)
    found = standings(Engagement.objects.visible_to(request.user), timezone.localdate())
    rows = [(project, found[project.pk]) for project in projects if project.pk in found]
    return render(request, "handbook/gate/inductions.html", {"rows": rows})


@require_safe
@for_handbook
@keep_numbers_out
def of_project(request: HttpRequest, code: str) -> HttpResponse:
    """Those who have waited longest first."""
    project, today = _project(request, code), timezone.localdate()
    found = gate_of(request, project)
    rows = found.qs.select_related("team", "crew", "worker")
    page = keyset_page(rows, order=ORDER, after=request.GET.get("after"), before=request.GET.get("before"))
    everybody = Engagement.objects.visible_to(request.user).filter(project=project)
    context = {
        "project": project,
        "filter": found,
        "page": page,
        "people": [
            Waiting(each, (today - (each.trained_on if each.is_inducted else each.arrived_on)).days) for each in page.rows
        ],
        "count": found.qs.count(),
        "standing": standings(everybody, today).get(project.pk, Standing()),
        "may_call_in": policies.can_call_in(request.user, project),
    }
    return render(request, "handbook/gate/induction.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@for_handbook
def held(request: HttpRequest, code: str) -> HttpResponse:
    """The training took place: what it was, and who of those called in came. All are ticked until somebody unticks them."""
    project = _project(request, code)
    if not policies.can_call_in(request.user, project):
        raise PermissionDenied
    people = called(request, project)
    came, posted = {each.pk for each in people}, request.method == "POST"
    known = {"project": project, "user": request.user, "state": request.GET.get("state", ""), "called": len(people)}
    form = HeldForm(request.POST if posted else None, request.FILES if posted else None, **known)
    if posted:
        came = set(keys_in(request.POST))
        # Somebody may have been trained elsewhere since the page was opened: he is still on the sheet that lies here.
        people = in_order(Engagement.objects.visible_to(request.user).filter(project=project, pk__in=came | _keys(people)))
        if form.is_valid() and (entry := _written(request, form, [each for each in people if each.pk in came])):
            return redirect("entry", entry.pk)
    context = {"project": project, "form": form, "people": people, "came": came}
    return render(request, "handbook/gate/held.html", context)


def _written(request: HttpRequest, form: HeldForm, came: list[Engagement]) -> Any:
    """The entry; or None, with the words of what is wrong at the form."""
    if not came:
        form.add_error(None, _("Tick who came."))
        return None
    try:
        entry = attend(form.draft(), came, by=request.user)
    except Refused as refusal:
        blame(form, refusal)
        return None
    messages.success(request, _("Written down, with %(count)d people by name.") % {"count": len(came)})
    return entry


def _keys(people: list[Engagement]) -> set[int]:
    return {each.pk for each in people}


def _project(request: HttpRequest, code: str) -> Project:
    return get_object_or_404(projects_for(request.user), code=code)
