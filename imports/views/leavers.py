"""Who of the project's people the sheet no longer names: a list to tick, page by page."""

from datetime import date

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from core.refusals import Refused
from imports import preview, workflow
from imports.forms import LeaversForm
from imports.models import ImportJob
from imports.registry import target_for
from imports.views.reaching import job_in_reach, may, sent_away

PEOPLE = 50


@require_http_methods(["GET", "HEAD", "POST"])
def leavers(request: HttpRequest, pk: int) -> HttpResponse:
    job = job_in_reach(request, pk)
    if not may(request, "amend", job):
        return sent_away(request, job)
    if request.method != "POST":
        return _page(request, job, LeaversForm(initial={"on": job.leavers.get("on") or timezone.localdate()}))
    form = LeaversForm(request.POST)
    if not form.is_valid():
        return _page(request, job, form)
    try:
        job = workflow.tick_leavers(job, _chosen(request, job), form.cleaned_data["on"], by=request.user)
    except Refused as refusal:
        messages.warning(request, refusal.message)
        return redirect("import-job", pk)
    return _onwards(request, job)


def _page(request: HttpRequest, job: ImportJob, form: LeaversForm) -> HttpResponse:
    page = Paginator(job.leavers.get("ids", []), PEOPLE).get_page(request.GET.get("page"))
    chosen = set(job.leavers.get("chosen", ()))
    people = target_for(job.target).people(job.project, list(page))
    form.fields["on"].widget.attrs["max"] = timezone.localdate().isoformat()
    context = preview.context(job) | {
        "form": form,
        "page": page,
        "people": [(person, person.number in chosen) for person in people],
        "chosen": len(chosen),
    }
    return render(request, "imports/leavers.html", context)


def _chosen(request: HttpRequest, job: ImportJob) -> set[int]:
    """The ticks of this page, and those of the other pages as they were; or everybody, or nobody."""
    suggested = set(job.leavers.get("ids", ()))
    if request.POST.get("tick") == "all":
        return suggested
    if request.POST.get("tick") == "none":
        return set()
    shown, ticked = _numbers(request, "shown"), _numbers(request, "leaver")
    return (set(job.leavers.get("chosen", ())) - shown) | (ticked & shown & suggested)


def _numbers(request: HttpRequest, name: str) -> set[int]:
    return {int(text) for text in request.POST.getlist(name) if text.isascii() and text.isdigit() and len(text) < 19}


def _onwards(request: HttpRequest, job: ImportJob) -> HttpResponse:
    """Another page of the list, this one again after a tick for all, or back to the preview."""
    go = request.POST.get("go", "")
    if request.POST.get("tick") or go:
        return redirect(f"{reverse('import-leavers', args=[job.pk])}?page={go if go.isascii() and go.isdigit() else 1}")
    chosen, words = job.leavers["chosen"], target_for(job.target).words
    if chosen:
        day = date.fromisoformat(job.leavers["on"])
        messages.success(request, words.will_leave % {"number": len(chosen), "day": day})
    else:
        messages.info(request, words.nobody_leaves)
    return redirect("import-job", job.pk)
