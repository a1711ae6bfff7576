"""One row of the preview: correct its cells, judge it, leave it out."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from core.refusals import Refused
from imports import amending, blocks, preview, workflow
from imports.blocks import StagedRow
from imports.lines import lines
from imports.models import ImportJob, Outcome
from imports.registry import target_for
from imports.views.reaching import act, job_in_reach, may, sent_away

WAITING = (Outcome.ERROR, Outcome.DUPLICATE)


@require_http_methods(["GET", "HEAD", "POST"])
def row(request: HttpRequest, pk: int, row: int) -> HttpResponse:
    """The whole row, with an input for each cell; POST takes what was changed, also from the short inputs of the preview."""
    job = job_in_reach(request, pk)
    if not may(request, "amend", job):
        return sent_away(request, job)
    found = _row(job, row)
    fields = amending.fields(job, target_for(job.target), found, target_for(job.target).names(job.project))
    if request.method != "POST":
        return _page(request, job, found, fields)
    try:
        job = _amended(request, job, row, amending.changes(fields, request.POST))
    except Refused as refusal:
        messages.warning(request, refusal.message)
        return redirect("import-job", pk)
    return _onwards(request, job, found)


def _row(job: ImportJob, number: int) -> StagedRow:
    found = blocks.find(job, number)
    if found is None:
        raise Http404
    return found


def _page(request: HttpRequest, job: ImportJob, found: StagedRow, fields: list[amending.Field]) -> HttpResponse:
    target = target_for(job.target)
    context = preview.context(job) | {
        "row": found,
        "line": lines(job, target, [found])[0],
        "fields": fields,
        "pairs": preview.waiting_pairs(job, [found]),
        "first_wrong": next((field.name for field in fields if field.errors), fields[0].name if fields else ""),
        "others": [
            issue[2]
            for issue in found.issues
            if issue[3] not in {field.label for field in fields} and found.outcome != Outcome.DUPLICATE
        ],
    }
    return render(request, "imports/row.html", context)


def _amended(request: HttpRequest, job: ImportJob, number: int, texts: dict[str, str]) -> ImportJob:
    if not texts:
        messages.info(request, _("Row %d: nothing was changed.") % number)
        return job
    job = workflow.amend(job, number, texts, by=request.user)
    _say(request, number, _row(job, number).outcome)
    return job


def _say(request: HttpRequest, number: int, outcome: str) -> None:
    if outcome == Outcome.ERROR:
        messages.warning(request, _("Row %d was changed; there is still something wrong in it.") % number)
    elif outcome == Outcome.DUPLICATE:
        messages.warning(request, _("Row %d was changed. It may be a person whom the roster has already: look at both.") % number)
    else:
        messages.success(request, _("Row %d is right now.") % number)


def _onwards(request: HttpRequest, job: ImportJob, before: StagedRow) -> HttpResponse:
    """From an input of the preview back to the preview, at the next mistake; from the row's page to the next row to correct."""
    after = _row(job, before.number)
    if request.POST.get("from") == "preview":
        return redirect(f"{reverse('import-job', args=[job.pk])}?fixed={before.number}")
    if after.outcome in WAITING:
        return redirect("import-row", job.pk, before.number)
    return _next(job, before)


def _next(job: ImportJob, before: StagedRow) -> HttpResponse:
    """The next row that waits like the last one did; the preview where there is none."""
    if before.outcome in WAITING:
        for start in (before.number, 0):
            if rows := blocks.page(job, before.outcome, after=start, size=1).rows:
                return redirect("import-row", job.pk, rows[0].number)
    return redirect("import-job", job.pk)


@act
def decide(request: HttpRequest, job: ImportJob, row: int) -> HttpResponse | None:
    """What is to become of a row; an empty decision takes the last one back."""
    before = _row(job, row)
    decision = request.POST.get("decision", "")
    job = workflow.decide(job, row, decision, by=request.user)
    words = {"": _("Row %d is open again."), "skip": _("Row %d is left out.")}.get(decision, _("Row %d is decided."))
    messages.success(request, words % row)
    if request.POST.get("from") == "preview":
        return redirect(f"{reverse('import-job', args=[job.pk])}?fixed={row}")
    return redirect("import-row", job.pk, row) if decision == "" else _next(job, before)
