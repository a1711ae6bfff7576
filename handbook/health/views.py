"""The health officer's pages: results of a batch by name, one worker's result, consents. For everybody else they do not exist."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from core.refusals import Refused
from handbook.health import policies, workflow
from handbook.health.forms import ConsentForm, ResultForm
from handbook.health.measures import in_words
from handbook.health.opening import lies_open, open_batch
from handbook.models import HandbookEntry, HealthCheck, HealthCheckBatch, HealthConsent
from labour_teams.models import Engagement, LabourTeam
from regions.models import Project

POSTING = ["GET", "HEAD", "POST"]
MOST_DIGITS = 9


@require_safe
@never_cache
def results(request: HttpRequest, pk: int) -> HttpResponse:
    """Who was found how, once the batch is open; and the people of one team, to write more."""
    entry, batch = _batch(request, pk)
    if not lies_open(request, batch):
        return render(request, "handbook/health/closed.html", {"entry": entry})
    people = Engagement.objects.visible_to(request.user).filter(project=entry.project).current(entry.on)
    teams = LabourTeam.objects.visible_to(request.user).filter(project=entry.project).on_site(entry.on).for_list()
    team = _team(request, teams)
    checks = HealthCheck.objects.visible_to(request.user).filter(batch=batch).for_list()
    context = {
        "entry": entry,
        "batch": batch,
        "checks": [(check, in_words(check.measures)) for check in checks],
        "teams": teams,
        "team": team,
        "people": _people(request, people.filter(team=team)) if team else [],
    }
    return render(request, "handbook/health/results.html", context)


@require_http_methods(POSTING)
def open_results(request: HttpRequest, pk: int) -> HttpResponse:
    """A GET comes when sign-in came between the button and its POST: it leads to the page."""
    entry, batch = _batch(request, pk)
    if request.method == "POST":
        open_batch(request, batch)
    return redirect("health-results", entry.pk)


@require_http_methods(POSTING)
@never_cache
def result(request: HttpRequest, pk: int, person: int) -> HttpResponse:
    """One worker's result, with his consent; without it, his consent first."""
    entry, batch = _batch(request, pk)
    people = Engagement.objects.visible_to(request.user).filter(project=entry.project).select_related("team", "worker")
    engagement = get_object_or_404(people, pk=person)
    if not lies_open(request, batch):
        return redirect("health-results", entry.pk)
    if not HealthConsent.objects.visible_to(request.user).standing().filter(engagement=engagement).exists():
        return redirect("health-consent", engagement.pk)
    check = HealthCheck.objects.visible_to(request.user).filter(batch=batch, engagement=engagement).first()
    form = ResultForm(request.POST if request.method == "POST" else None, check=check)
    if form.is_valid():
        try:
            workflow.record_result(batch, engagement, form.result(), by=request.user)
        except Refused as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, _("Written down."))
            return redirect(f"{reverse('health-results', args=[entry.pk])}?team={engagement.team_id}")
    return render(request, "handbook/health/result.html", {"form": form, "entry": entry, "engagement": engagement})


@require_safe
@never_cache
def consents(request: HttpRequest, code: str) -> HttpResponse:
    """Who of the project has consented, and who took it back."""
    project = get_object_or_404(Project.objects.visible_to(request.user), code=code)
    if not policies.is_officer(request.user, project.pk):
        raise Http404
    rows = HealthConsent.objects.visible_to(request.user).filter(engagement__project=project).for_list()
    return render(request, "handbook/health/consents.html", {"project": project, "consents": rows})


@require_http_methods(POSTING)
@never_cache
def consent(request: HttpRequest, person: int) -> HttpResponse:
    """He signed the text: write it down."""
    engagement = get_object_or_404(Engagement.objects.visible_to(request.user).select_related("project", "team"), pk=person)
    if not policies.is_officer(request.user, engagement.project_id):
        raise Http404
    given = HealthConsent.objects.visible_to(request.user).filter(engagement__project=engagement.project)
    latest = given.order_by("-given_on", "-pk").first()
    form = ConsentForm(request.POST if request.method == "POST" else None, version=latest.text_version if latest else "")
    if form.is_valid():
        try:
            workflow.give_consent(engagement, by=request.user, **form.cleaned_data)
        except Refused as refusal:
            for name, words in (refusal.fields or {"": refusal.message}).items():
                form.add_error(name or None, words)
        else:
            messages.success(request, _("His consent is written down."))
            return redirect("health-consents", engagement.project.code)
    context = {"form": form, "engagement": engagement, "standing": given.standing().filter(engagement=engagement).first()}
    return render(request, "handbook/health/consent.html", context)


@require_http_methods(POSTING)
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """He took his consent back."""
    rows = HealthConsent.objects.visible_to(request.user).select_related("engagement__project")
    found = get_object_or_404(rows, pk=pk)
    if request.method == "POST":
        try:
            workflow.withdraw_consent(found, by=request.user)
        except Refused as refusal:
            messages.error(request, refusal.message)
        else:
            messages.success(request, _("Taken back. Nobody reads his results from now on."))
    return redirect("health-consents", found.engagement.project.code)


def _batch(request: HttpRequest, pk: int) -> tuple[HandbookEntry, HealthCheckBatch]:
    entries = HandbookEntry.objects.visible_to(request.user).select_related("project", "region", "health_checks")
    entry = get_object_or_404(entries, pk=pk)
    if not policies.can_see_results(request.user, entry) or not hasattr(entry, "health_checks"):
        raise Http404
    return entry, entry.health_checks


def _team(request: HttpRequest, teams: Any) -> LabourTeam | None:
    """The team whose people are listed; none, until one is chosen."""
    said = request.GET.get("team", "")
    return get_object_or_404(teams, pk=int(said)) if said.isdecimal() and len(said) <= MOST_DIGITS else None


def _people(request: HttpRequest, people: Any) -> list[tuple[Engagement, bool]]:
    """The people of a team, and whether each has consented."""
    consented = HealthConsent.objects.visible_to(request.user).standing().values_list("engagement", flat=True)
    agreed = set(consented.filter(engagement__in=people))
    return [(person, person.pk in agreed) for person in people.for_list()]
