"""Projects and imports within somebody's reach, and what every act upon an import has in common."""

from collections.abc import Callable
from functools import wraps

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from core.refusals import Refused
from imports import policies, workflow
from imports.models import ImportJob
from regions.models import Project

Act = Callable[..., HttpResponse | None]


def project_in_reach(request: HttpRequest, code: str) -> Project:
    project = get_object_or_404(Project.objects.visible_to(request.user).select_related("region"), code=code)
    if not policies.can_look(request.user, project):
        raise Http404
    return project


def job_in_reach(request: HttpRequest, pk: int) -> ImportJob:
    return get_object_or_404(ImportJob.objects.visible_to(request.user).with_units(), pk=pk)


def may(request: HttpRequest, verb: str, job: ImportJob) -> bool:
    return workflow.LIFECYCLE.may(verb, request.user, job)


def sent_away(request: HttpRequest, job: ImportJob) -> HttpResponse:
    """From a page that this person, or this state, has no use for: to the import, which says how it stands."""
    if not policies.can_decide(request.user, job):
        messages.error(request, _("Your post does not allow importing into this project."))
    return redirect("import-job", job.pk)


def act(view: Act) -> Callable[..., HttpResponse]:
    """One POST on an import within reach. A GET, which comes when sign-in came between, leads to the import."""

    @require_http_methods(["GET", "HEAD", "POST"])
    @wraps(view)
    def answer(request: HttpRequest, pk: int, **more: int) -> HttpResponse:
        job = job_in_reach(request, pk)
        response = None
        if request.method == "POST":
            try:
                response = view(request, job, **more)
            except Refused as refusal:
                messages.warning(request, refusal.message)
        return response or redirect("import-job", pk)

    return answer


def number(request: HttpRequest, name: str) -> int | None:
    text = request.GET.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None
