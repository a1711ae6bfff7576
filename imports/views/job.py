"""The page of one import: whatever its state asks for."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from imports import blocks, policies, preview, results, workflow
from imports.models import ImportJob
from imports.views.incoming import how_far
from imports.views.reaching import job_in_reach, number

S = ImportJob.Status
ROWS = 50


@require_safe
def job_page(request: HttpRequest, pk: int) -> HttpResponse:
    """What was read and what it would change; after writing, what it changed."""
    job = job_in_reach(request, pk)
    moves = workflow.LIFECYCLE.allowed_moves(job, request.user)
    if job.status == S.ASKED and "begin" in moves:
        return redirect("import-columns", pk)
    context = preview.context(job) | _state(request, job) | {
        "moves": moves,
        "may_import": policies.can_import(request.user, job.project, job.target),
        "may_take_back": policies.can_take_back(request.user, job),
    }  # fmt: skip
    return render(request, "imports/job.html", context)


def _state(request: HttpRequest, job: ImportJob) -> dict[str, Any]:
    """What only this state of the import has."""
    if job.is_at_work:
        return {"progress": how_far(job)}
    if job.status == S.PREVIEWED:
        page = _rows(request, job)
        checked = preview.checked(job, page["page"].rows)
        return {**page, **checked, "focus": preview.focus(checked["groups"], number(request, "fixed"))}
    if job.status == S.WRITTEN:
        page = _rows(request, job)
        return {**page, **results.written(job), **preview.table(job, page["page"].rows)}
    return results.undone(job) if job.status == S.UNDONE else {}


def _rows(request: HttpRequest, job: ImportJob) -> dict[str, Any]:
    """One page of the rows of one kind."""
    tallies = preview.tallies(job, request.GET.get("outcome", ""))
    current = next(tally for tally in tallies if tally.is_current)
    page = blocks.page(job, current.outcome, after=number(request, "after") or 0, before=number(request, "before"), size=ROWS)
    return {
        "tallies": tallies,
        "current": current,
        "page": page,
        "next": _page_url(current.outcome, "after", page.next),
        "previous": _page_url(current.outcome, "before", page.previous),
    }


def _page_url(outcome: str, direction: str, token: int | None) -> str:
    return f"?{urlencode({'outcome': outcome, direction: token})}#rows" if token else ""
