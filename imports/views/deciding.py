"""What becomes of an import: answer, compare again, write, drop, undo; and the sheet back with what is wrong in it."""

from collections.abc import Iterator
from pathlib import PurePath

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from core.exports import hand_back
from core.refusals import Refused, Stale
from imports import blocks, policies, preview, results, tasks, workflow
from imports.forms import DecisionForm
from imports.mapping import MappedColumn
from imports.marked import MarkedRow, marked_workbook
from imports.models import ImportJob
from imports.registry import target_for
from imports.staging import unpacked_issue
from imports.views.reaching import act, job_in_reach, may, sent_away

WHOLE_SHEET = 5_000


@act
def question(request: HttpRequest, job: ImportJob) -> None:
    answer = request.POST.get("answer", "")
    workflow.answer_question(job, request.POST.get("key", ""), answer, by=request.user)
    said = _("Taken in, and remembered for this project.") if answer else _("The question is open again.")
    messages.success(request, said)


@act
def compare(request: HttpRequest, job: ImportJob) -> None:
    workflow.compare_again(job, by=request.user)
    messages.success(request, target_for(job.target).words.compared)


@act
def write(request: HttpRequest, job: ImportJob) -> None:
    if job.written_at:
        messages.info(request, _("This import has already been written; nothing was written twice."))
        return
    mode = ImportJob.Mode.VALID if request.POST.get("mode") == "valid" else ImportJob.Mode.ALL
    try:
        tasks.write(job, by=request.user, mode=mode, version=DecisionForm(request.POST).looked_at())
    except Stale as stale:
        if preview.stood_back(job) != stale.message:  # else the preview says so itself
            messages.warning(request, stale.message)


@act
def drop(request: HttpRequest, job: ImportJob) -> None:
    workflow.drop(job, by=request.user, version=DecisionForm(request.POST).looked_at())
    messages.info(request, _("The import was dropped; nothing was written."))


@require_http_methods(["GET", "HEAD", "POST"])
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Says what undoing does, then does it."""
    job = job_in_reach(request, pk)
    if not may(request, "undo", job):
        return sent_away(request, job)
    if request.method != "POST":
        return render(request, "imports/undo.html", preview.context(job) | results.written(job))
    try:
        tasks.undo(job, by=request.user, version=DecisionForm(request.POST).looked_at())
    except Refused as refusal:
        messages.warning(request, refusal.message)
    return redirect("import-job", pk)


@act
def marked(request: HttpRequest, job: ImportJob) -> HttpResponse | None:
    """The sheet that somebody sent, with red cells and comments: full numbers, so only for whoever sent it."""
    if not policies.can_take_back(request.user, job) or not job.row_count:
        raise Refused(_("Only the person who uploaded the file can have it back."))
    columns = [MappedColumn(place, header, field) for place, (_letter, header, field) in enumerate(job.found["columns"])]
    title = target_for(job.target).sheet_title
    content = marked_workbook(target_for(job.target).definition, columns, _marked_rows(job), str(title))
    name = _("%s (marked).xlsx") % PurePath(job.file_name).stem
    return hand_back(by=request.user, content=content, name=name, what=job.target, rows=job.row_count, subject=job)


def _marked_rows(job: ImportJob) -> Iterator[MarkedRow]:
    """All rows; of a very long sheet those with something to say, for a workbook takes a second for every thousand."""
    is_whole = job.row_count <= WHOLE_SHEET
    for rows in blocks.each(job):
        for row in rows:
            if not (is_whole or row.issues):
                continue
            yield MarkedRow(row.number, row.cells, [unpacked_issue(row.number, issue) for issue in row.issues])
