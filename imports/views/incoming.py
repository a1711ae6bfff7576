"""A project's imports, the upload of a file, the empty sheet to fill in, and how far the work in the background has come."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from core.exports import blank
from imports import policies, preview, tasks, workflow
from imports.forms import MEBIBYTE, UploadForm
from imports.models import ImportJob
from imports.reading.limits import MAX_ROWS
from imports.registry import target_for
from imports.template import template_workbook
from imports.views.reaching import act, job_in_reach, may, project_in_reach
from regions.models import Project

HISTORY = 50


@require_safe
def history(request: HttpRequest, code: str) -> HttpResponse:
    """The imports of a project, the newest first."""
    project = project_in_reach(request, code)
    jobs = ImportJob.objects.visible_to(request.user).filter(project=project).for_list()
    page = Paginator(jobs, HISTORY).get_page(request.GET.get("page"))
    context = {
        "project": project,
        "rows": [preview.summary(job) for job in page],
        "next": f"?page={page.next_page_number()}" if page.has_next() else "",
        "previous": f"?page={page.previous_page_number()}" if page.has_previous() else "",
        "targets": policies.importable(request.user, project),
    }
    return render(request, "imports/history.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: HttpRequest, code: str, key: str) -> HttpResponse:
    """Choose a file; sending it reads, checks and compares, and writes nothing yet."""
    project = project_in_reach(request, code)
    target = target_for(key)
    if request.method != "POST":
        said = {name: request.GET[name] for name in target.asked if name in request.GET}  # another page knows which one is meant
        return _upload_page(request, project, key, UploadForm(target=target, project=project, initial=said))
    if not policies.can_import(request.user, project, key):
        messages.error(request, _("Your post does not allow importing into this project."))
        return redirect("imports", code)
    form = UploadForm(request.POST, request.FILES, target=target, project=project)
    if not form.is_valid():
        return _upload_page(request, project, key, form)
    file = form.cleaned_data["file"]
    job = workflow.receive(project, key, name=file.name, data=file.read(), by=request.user, answers=form.answers())
    tasks.read(job, by=request.user)
    return redirect("import-job", job.pk)


def _upload_page(request: HttpRequest, project: Project, key: str, form: UploadForm) -> HttpResponse:
    target = target_for(key)
    context = {
        "project": project,
        "form": form,
        "target": target,
        "limit": settings.IMPORT_MAX_BYTES // MEBIBYTE,
        "rows": MAX_ROWS,
        "may_import": policies.can_import(request.user, project, key),
        "required": [column.header for column in target.definition.columns if column.required],
        "optional": [column.header for column in target.definition.columns if not column.required],
    }
    return render(request, "imports/upload.html", context)


@require_safe
def template(request: HttpRequest, code: str, key: str) -> HttpResponse:
    """The empty sheet, with the project's own names to choose from."""
    project, target = project_in_reach(request, code), target_for(key)
    title = str(target.sheet_title)
    content = template_workbook(target.definition, title, target.names(project))
    return blank(content=content, name=f"{title}-{project.name}.xlsx")


@require_safe
def progress(request: HttpRequest, pk: int) -> HttpResponse:
    """How far the work has come: for the page that waits, every second or two."""
    job = job_in_reach(request, pk)
    return JsonResponse(how_far(job))


def how_far(job: ImportJob) -> dict[str, Any]:
    counted = _("%(done)s of %(total)s rows") % {"done": f"{job.done:,}", "total": f"{job.total:,}"}
    words = counted if job.total else _("Just begun")
    return {"at_work": job.is_at_work, "silent": job.is_silent, "done": job.done, "total": job.total, "words": words}


@act
def resume(request: HttpRequest, job: ImportJob) -> None:
    """Work that died, once more."""
    verb = {"reading": "begin", "writing": "write", "undoing": "undo"}.get(job.status, "")
    if verb and may(request, verb, job) and job.is_silent:
        tasks.resume(job, by=request.user)
