"""The import wizard: a project's imports, the upload, and the page of one import with its two decisions."""

from collections.abc import Callable
from functools import wraps
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from core.refusals import Refused
from imports import blocks, policies, preview, tasks, workflow
from imports.forms import MEBIBYTE, DecisionForm, UploadForm
from imports.models import ImportJob
from imports.registry import target_for
from regions.models import Project

HISTORY = 50
ROWS = 50
Decision = Callable[[HttpRequest, ImportJob], None]


@require_safe
def history(request: HttpRequest, code: str) -> HttpResponse:
    """The imports of a project, the newest first."""
    project = _project(request, code)
    jobs = ImportJob.objects.visible_to(request.user).filter(project=project).for_list()
    page = Paginator(jobs, HISTORY).get_page(request.GET.get("page"))
    context = {
        "project": project,
        "rows": [preview.summary(job) for job in page],
        "next": f"?page={page.next_page_number()}" if page.has_next() else "",
        "previous": f"?page={page.previous_page_number()}" if page.has_previous() else "",
        "may_import": policies.can_import_something(request.user, project),
    }
    return render(request, "imports/history.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: HttpRequest, code: str, key: str) -> HttpResponse:
    """Choose a file; sending it reads, checks and compares, and writes nothing yet."""
    project = _project(request, code)
    if request.method != "POST":
        return _upload_page(request, project, key, UploadForm(initial={"sheet": request.GET.get("sheet", "")}))
    if not policies.can_import(request.user, project, key):
        messages.error(request, _("Your post does not allow importing into this project."))
        return redirect("imports", code)
    form = UploadForm(request.POST, request.FILES)
    if not form.is_valid():
        return _upload_page(request, project, key, form)
    file, sheet = form.cleaned_data["file"], form.cleaned_data["sheet"]
    answers = {"sheet": sheet} if sheet else {}
    job = workflow.receive(project, key, name=file.name, data=file.read(), by=request.user, answers=answers)
    tasks.read(job, by=request.user)
    return redirect("import-job", job.pk)


def _upload_page(request: HttpRequest, project: Project, key: str, form: UploadForm) -> HttpResponse:
    target = target_for(key)
    context = {
        "project": project,
        "form": form,
        "target": target,
        "sheet": form["sheet"].value(),
        "limit": settings.IMPORT_MAX_BYTES // MEBIBYTE,
        "may_import": policies.can_import(request.user, project, key),
        "required": [column.header for column in target.definition.columns if column.required],
        "optional": [column.header for column in target.definition.columns if not column.required],
    }
    return render(request, "imports/upload.html", context)


@require_safe
def job_page(request: HttpRequest, pk: int) -> HttpResponse:
    """What was read and what it would change; after writing, what it changed."""
    job = _job(request, pk)
    tallies = preview.tallies(job, request.GET.get("outcome", ""))
    current = next(tally for tally in tallies if tally.is_current)
    page = blocks.page(job, current.outcome, after=_number(request, "after") or 0, before=_number(request, "before"), size=ROWS)
    context = preview.context(job, page.rows) | {
        "tallies": tallies,
        "current": current,
        "next": _page_url(current.outcome, "after", page.next),
        "previous": _page_url(current.outcome, "before", page.previous),
        "moves": workflow.LIFECYCLE.allowed_moves(job, request.user),
        "may_import": policies.can_import(request.user, job.project, job.target),
    }
    return render(request, "imports/job.html", context)


def decision(view: Decision) -> Callable[..., HttpResponse]:
    """One POST on an import within reach. A GET, which comes when sign-in came between, leads to the import."""

    @require_http_methods(["GET", "HEAD", "POST"])
    @wraps(view)
    def answer(request: HttpRequest, pk: int) -> HttpResponse:
        job = _job(request, pk)
        if request.method == "POST":
            try:
                view(request, job)
            except Refused as refusal:
                messages.warning(request, refusal.message)
        return redirect("import-job", pk)

    return answer


@decision
def write(request: HttpRequest, job: ImportJob) -> None:
    if job.written_at:
        messages.info(request, _("This import has already been written; nothing was written twice."))
        return
    mode = "valid" if request.POST.get("mode") == "valid" else "all"
    tasks.write(job, by=request.user, mode=mode, version=DecisionForm(request.POST).looked_at())


@decision
def drop(request: HttpRequest, job: ImportJob) -> None:
    workflow.drop(job, by=request.user, version=DecisionForm(request.POST).looked_at())
    messages.info(request, _("The import was dropped; nothing was written."))


def _project(request: HttpRequest, code: str) -> Project:
    project = get_object_or_404(Project.objects.visible_to(request.user).select_related("region"), code=code)
    if not policies.can_look(request.user, project):
        raise Http404
    return project


def _job(request: HttpRequest, pk: int) -> ImportJob:
    return get_object_or_404(ImportJob.objects.visible_to(request.user).for_list(), pk=pk)


def _number(request: HttpRequest, name: str) -> int | None:
    text = request.GET.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


def _page_url(outcome: str, direction: str, token: int | None) -> str:
    return f"?{urlencode({'outcome': outcome, direction: token})}#rows" if token else ""
