"""Imports in the admin site: which file, by whom, with what result. Their rows are personal data and are not shown."""

from typing import Any

from django.contrib import admin
from django.utils.translation import gettext_lazy

from core.admin import MoveInline, ReadOnlyAdmin
from imports.models import ImportEvent, ImportJob
from imports.workflow import LIFECYCLE


class ImportEventInline(MoveInline):
    model = ImportEvent
    verbs = {verb: move.label for verb, move in LIFECYCLE.moves.items()}
    statuses = dict(ImportJob.Status.choices)


@admin.register(ImportJob)
class ImportJobAdmin(ReadOnlyAdmin):
    fields = ("file_name", "target", "project", "status", "by", "created_at", "written_at", "undone_at", "problem_list")
    inlines = [ImportEventInline]
    list_display = ("file_name", "project", "by", "status", "new", "updated", "errors", "created_at", "written_at")
    list_filter = ("status", "project__region", "project")
    list_select_related = ("project", "by")
    search_fields = ("file_name", "project__name", "by__name", "by__name_initials")
    search_help_text = gettext_lazy("File, project or person")
    date_hierarchy = "created_at"
    ordering = ("-created_at", "-pk")

    @admin.display(description=gettext_lazy("new"))
    def new(self, job: ImportJob) -> Any:
        return job.counts.get("new")

    @admin.display(description=gettext_lazy("updated"))
    def updated(self, job: ImportJob) -> Any:
        return job.counts.get("update")

    @admin.display(description=gettext_lazy("errors"))
    def errors(self, job: ImportJob) -> Any:
        return job.counts.get("error")

    @admin.display(description=gettext_lazy("problems of the sheet"))
    def problem_list(self, job: ImportJob) -> str:
        return _said(job.problems)


def _said(issues: list[Any]) -> str:
    """The messages of a list of problems; they name row and column and carry masked values only."""
    return " ".join(issue.get("message") or issue.get("text", "") for issue in issues) or "—"
