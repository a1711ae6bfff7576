"""Teams, the roster, one person of it; looking somebody up, seeing a full number, taking the roster away."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from core.exports import export
from core.filters import keep_numbers_out
from core.paging import keyset_page
from core.personal import Phone
from labour_teams import policies
from labour_teams.filters import RosterFilter, TeamFilter
from labour_teams.forms import LookUpForm, RevealForm
from labour_teams.models import Engagement, LabourTeam, Worker
from labour_teams.resources import RosterResource

TEAM_ORDER = ("project__region__order", "project__code", "name", "pk")
PERSON_ORDER = ("name_pinyin", "pk")


@require_safe
@keep_numbers_out
def team_list(request: HttpRequest) -> HttpResponse:
    teams = LabourTeam.objects.visible_to(request.user).for_list()
    counted = policies.can_see_headcount(request.user)
    if counted:
        teams = teams.with_headcount(timezone.localdate())
    found = TeamFilter(request.GET, queryset=teams, request=request)
    page = keyset_page(found.qs, order=TEAM_ORDER, after=request.GET.get("after"), before=request.GET.get("before"))
    context = {"filter": found, "page": page, "count": found.qs.count(), "counted": counted}
    return render(request, "labour_teams/teams.html", context)


@require_safe
@keep_numbers_out
def worker_list(request: HttpRequest) -> HttpResponse:
    found = _roster(request, request.GET)
    page = keyset_page(found.qs, order=PERSON_ORDER, after=request.GET.get("after"), before=request.GET.get("before"))
    context = {
        "filter": found,
        "page": page,
        "people": with_ages(page.rows),
        "count": found.qs.count(),
        "look_up": LookUpForm(),
        "may_export": policies.can_export_roster(request.user),
        "shows_numbers": policies.can_see_id_numbers(request.user),
    }
    return render(request, "labour_teams/workers.html", context)


def with_ages(engagements: list[Engagement]) -> list[tuple[Engagement, int]]:
    """Rows of templates/labour_teams/_people.html."""
    today = timezone.localdate()
    return [(each, each.worker.id_number.age_on(today)) for each in engagements]


def _roster(request: HttpRequest, wanted: Any) -> RosterFilter:
    return RosterFilter(wanted, queryset=Engagement.objects.visible_to(request.user).for_list(), request=request)


@require_POST
def worker_search(request: HttpRequest) -> HttpResponse:
    """By a full number: straight to the person, or words that are the same for somebody elsewhere and for nobody at all."""
    form = LookUpForm(request.POST)
    if not form.is_valid():
        messages.error(request, form.errors["number"][0])
        return redirect("workers")
    number = form.cleaned_data["number"]
    lookup = "phone_hash" if isinstance(number, Phone) else "worker__id_number_hash"
    engagements = Engagement.objects.visible_to(request.user).filter(**{lookup: number.hashed})
    people = set(engagements.values_list("worker__public_id", flat=True)[:2])
    if not people:
        messages.info(request, _("Nobody within your reach has this number."))
        return redirect("workers")
    if len(people) > 1:
        messages.info(request, _("Several people have this number; these are all whose number ends like it."))
        return redirect(f"{reverse('workers')}?{urlencode({'q': number.tail, 'state': 'all'})}")
    return redirect("worker", people.pop())


@require_safe
def worker_page(request: HttpRequest, public_id: UUID) -> HttpResponse:
    worker = _worker(request, public_id)
    engagements = _engagements(request, worker)
    return _person(request, worker, engagements, _reveal_form(request, engagements))


@require_POST
def worker_reveal(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The full number, once, on an answer that nothing keeps; who asked, and why, is written in the same transaction."""
    worker = _worker(request, public_id)
    engagements = _engagements(request, worker)
    form = _reveal_form(request, engagements, request.POST)
    if form is None:
        raise PermissionDenied
    if not form.is_valid():
        return _person(request, worker, engagements, form)
    label, number = form.chosen()
    value = number.reveal(by=request.user, reason=form.cleaned_data["reason"], subject=worker)
    return render(
        request, "labour_teams/revealed.html", {"worker": worker, "name": engagements[0].name, "label": label, "value": value}
    )


@require_POST
def roster_export(request: HttpRequest) -> HttpResponse:
    """The list as it was filtered, masked, as a file."""
    if not policies.can_export_roster(request.user):
        messages.error(request, _("Your post does not allow this."))
        return redirect("workers")
    found = _roster(request, request.POST)
    form = "csv" if request.POST.get("format") == "csv" else "xlsx"
    columns = RosterResource(user=request.user).columns()
    return export(by=request.user, rows=found.qs, columns=columns, title=_("Roster"), form=form)


def _worker(request: HttpRequest, public_id: UUID) -> Worker:
    return get_object_or_404(Worker.objects.visible_to(request.user), public_id=public_id)


def _engagements(request: HttpRequest, worker: Worker) -> list[Engagement]:
    """Those in reach, the latest first: by its name the person is called."""
    rows = Engagement.objects.visible_to(request.user).filter(worker=worker).for_list().select_related("branch")
    return list(rows.order_by("-entered_on", "-pk"))


def _reveal_form(request: HttpRequest, engagements: list[Engagement], data: Any = None) -> RevealForm | None:
    """None for whoever may see no number in full."""
    allowed = [each for each in engagements if policies.can_reveal(request.user, each)]
    return RevealForm(data, engagements=allowed) if allowed else None


def _person(request: HttpRequest, worker: Worker, engagements: list[Engagement], form: RevealForm | None) -> HttpResponse:
    today = timezone.localdate()
    context = {
        "worker": worker,
        "name": engagements[0].name,
        "age": worker.id_number.age_on(today),
        "engagements": [(each, each.is_current_on(today)) for each in engagements],
        "form": form,
        "shows_numbers": policies.can_see_id_numbers(request.user),
    }
    return render(request, "labour_teams/worker.html", context)
