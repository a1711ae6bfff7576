"""Import and export in the admin site: reach and roles of its lists, files through core.exports, imports shown before written."""

from typing import Any, ClassVar

from django import forms
from django.contrib import messages
from django.contrib.admin.models import ADDITION, CHANGE, LogEntry
from django.core.exceptions import PermissionDenied
from django.core.validators import FileExtensionValidator
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from import_export.admin import ExportMixin, ImportMixin

from core.admin import ScopedAdmin
from core.audit import AuditKind, record
from core.exports import export
from core.refusals import Refused
from core.roles import HEADQUARTERS
from core.sheet_import import Outcome, Upload, run, seal, unseal
from core.sheets import SheetResource

MAX_BYTES = 1_048_576
FLAGS = {"new": ADDITION, "update": CHANGE}


class ExportForm(forms.Form):
    format = forms.ChoiceField(
        label=gettext_lazy("Format"),
        choices=[("xlsx", gettext_lazy("Excel workbook (.xlsx)")), ("csv", gettext_lazy("Text (.csv)"))],
        widget=forms.RadioSelect,
        initial="xlsx",
    )


class UploadForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("Workbook"),
        validators=[FileExtensionValidator(["xlsx", "csv"])],
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
        help_text=gettext_lazy(".xlsx or .csv, at most 1 MB, one header row. Export first to have the right columns."),
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > MAX_BYTES:
            raise forms.ValidationError(_("The file is larger than 1 MB."))
        return file


class ExportAdmin(ExportMixin, ScopedAdmin):
    """A list that can be taken away as a file: its rows as filtered, its columns those of the resource, personal data masked."""

    resource_classes: ClassVar[list[type[SheetResource]]] = []
    exporters: ClassVar[frozenset[str]] = HEADQUARTERS
    import_export_change_list_template = "admin/sheets/change_list.html"

    def has_export_permission(self, request: HttpRequest) -> bool:
        return request.user.scope.holds(*self.exporters) and self.has_view_permission(request)

    def resource(self, request: HttpRequest) -> SheetResource:
        return self.resource_classes[0](user=request.user)

    def export_action(self, request: HttpRequest) -> HttpResponse:
        """GET asks for the format, POST answers with the file."""
        if not self.has_export_permission(request):
            raise PermissionDenied
        form = ExportForm(request.POST if request.method == "POST" else None)
        if form.is_valid():
            return self._file(request, form.cleaned_data["format"])
        resource = self.resource(request)
        context = {"form": form, "columns": [resource.heading(name) for name in resource.names], "title": _("Export")}
        return self._page(request, "admin/sheets/export.html", context)

    def _file(self, request: HttpRequest, form: str) -> HttpResponse:
        title = str(self.model._meta.verbose_name_plural)
        columns = self.resource(request).columns()
        return export(by=request.user, rows=self.get_export_queryset(request), columns=columns, title=title, form=form)

    def _page(self, request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
        request.current_app = self.admin_site.name
        return TemplateResponse(request, template, {**self.admin_site.each_context(request), "opts": self.opts, **context})


class SheetAdmin(ImportMixin, ExportAdmin):
    """A list that can also be filled from a sheet: preview, then all rows or none, with the audit row in the same transaction."""

    import_export_change_list_template = "admin/sheets/change_list.html"

    def has_import_permission(self, request: HttpRequest) -> bool:
        return self.has_add_permission(request) and self.has_change_permission(request)

    def import_action(self, request: HttpRequest) -> HttpResponse:
        """GET asks for the file, POST shows what it would do."""
        if not self.has_import_permission(request):
            raise PermissionDenied
        form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
        context: dict[str, Any] = {"form": form}
        if form.is_valid():
            file = form.cleaned_data["file"]
            upload = Upload(file.name, file.read())
            try:
                context |= self._preview(request, upload, run(self.resource(request), upload, dry_run=True))
            except Refused as refusal:
                form.add_error("file", refusal.message)
        return self._import_page(request, context)

    @method_decorator(require_POST)
    def process_import(self, request: HttpRequest) -> HttpResponse:
        """Writes what was shown. If the data have changed meanwhile so that a row no longer fits, nothing is written."""
        if not self.has_import_permission(request):
            raise PermissionDenied
        try:
            upload = unseal(request.POST.get("sealed", ""), model=self.model, user=request.user)
        except Refused as refusal:
            messages.error(request, refusal.message)
            return redirect(self._address("import"))
        with transaction.atomic():
            outcome = run(self.resource(request), upload, dry_run=False)
            if not outcome.problems:
                self._leave_traces(request, upload, outcome)
        if outcome.problems:
            return self._import_page(request, {"form": UploadForm(), **self._preview(request, upload, outcome)})
        counts = {"new": outcome.count("new"), "changed": outcome.count("update")}
        messages.success(request, _("Written: %(new)d new, %(changed)d changed.") % counts)
        return redirect(self._address("changelist"))

    def _preview(self, request: HttpRequest, upload: Upload, outcome: Outcome) -> dict[str, Any]:
        sealed = "" if outcome.problems else seal(upload, model=self.model, user=request.user)
        return {
            "outcome": outcome,
            "file_name": upload.name,
            "sealed": sealed,
            "new": outcome.count("new"),
            "changed": outcome.count("update"),
            "unchanged": outcome.count("skip"),
        }

    def _leave_traces(self, request: HttpRequest, upload: Upload, outcome: Outcome) -> None:
        counts = {kind: outcome.count(kind) for kind in FLAGS}
        record(AuditKind.IMPORT, by=request.user, what=self.opts.label_lower, file=upload.name, **counts)
        for kind, flag in FLAGS.items():
            for instance in outcome.instances.get(kind, []):
                LogEntry.objects.log_actions(request.user.pk, [instance], flag, _("Imported"), single_object=True)

    def _import_page(self, request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
        resource = self.resource(request)
        columns = [(resource.heading(name), name in resource.needed) for name in resource.names]
        return self._page(request, "admin/sheets/import.html", {"title": _("Import"), "columns": columns, **context})

    def _address(self, page: str) -> str:
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_{page}")
