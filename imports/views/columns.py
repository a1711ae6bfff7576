"""The questions of the file: which sheet, which header row, which column is what."""

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from core.refusals import Refused
from imports import preview, tasks, workflow
from imports.forms import ColumnsForm, DecisionForm, HeadForm, SheetForm
from imports.models import ImportJob
from imports.registry import target_for
from imports.views.reaching import job_in_reach, may, sent_away

S = ImportJob.Status
SHOWN_CELLS = 12  # of each of the first rows
ASKING = {"multiple_sheets": "sheet", "no_header": "head", "no_rows": "head"}


@require_http_methods(["GET", "HEAD", "POST"])
def columns(request: HttpRequest, pk: int) -> HttpResponse:
    """Three questions, each with a button of its own: the later ones depend on the answers to the earlier."""
    job = job_in_reach(request, pk)
    if job.status not in (S.ASKED, S.PREVIEWED) or job.rest_of_id or not may(request, "begin", job):
        return sent_away(request, job)
    asked = request.POST.get("question", "") if request.method == "POST" else ""
    forms = _forms(request, job, asked)
    form = forms.get(asked)
    if form is None or not form.is_valid():
        return _page(request, job, forms, asked)
    try:
        version = DecisionForm(request.POST).looked_at()
        tasks.read(workflow.answer(job, form.answers(), by=request.user, version=version), by=request.user)
    except Refused as refusal:
        messages.warning(request, refusal.message)
    return redirect("import-job", pk)


def _forms(request: HttpRequest, job: ImportJob, asked: str) -> dict[str, Form]:
    def sent(question: str) -> dict[str, str] | None:
        return request.POST if question == asked else None

    return {
        "sheet": SheetForm(job, sent("sheet")),
        "head": HeadForm(job, sent("head")),
        "columns": ColumnsForm(job, target_for(job.target), sent("columns")),
    }


def _page(request: HttpRequest, job: ImportJob, forms: dict[str, Form], asked: str) -> HttpResponse:
    found = job.found
    codes = [ASKING[problem["code"]] for problem in job.problems if problem["code"] in ASKING]
    context = preview.context(job) | {
        "forms": forms,
        "question": asked or next(iter(codes), "columns"),
        "head": [(number, texts[:SHOWN_CELLS], number == found.get("header_row")) for number, texts in found.get("head", [])],
        "has_sheets": len(found.get("sheets", [])) > 1,
        "required": [column.header for column in target_for(job.target).definition.columns if column.required],
        "names": target_for(job.target).names(job.project),
        "errors": [problem for problem in job.problems if problem["level"] == "error"],
        "moves": workflow.LIFECYCLE.allowed_moves(job, request.user),
    }
    return render(request, "imports/columns.html", context)
