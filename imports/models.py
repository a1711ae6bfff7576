"""An import job and its rows: what somebody uploaded, what it would change, what was written. No file is kept."""

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q, TextChoices
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.fields import EncryptedJSONField
from core.models import MoveEvent
from core.scope import Scoped
from imports.querysets import ImportJobQuerySet, ImportRowQuerySet
from regions.models import Project


class ImportJob(Scoped):
    """One uploaded workbook for one project, from preview to written or dropped."""

    class Status(TextChoices):
        REFUSED = "refused", _("Unreadable")
        PREVIEWED = "previewed", _("Being checked")
        WRITTEN = "written", _("Written")
        DROPPED = "dropped", _("Dropped")

    scope_paths = ("project__region",)

    target = models.CharField(_("what was imported"), max_length=20)
    project = models.ForeignKey(Project, verbose_name=_("project"), on_delete=models.PROTECT, related_name="import_jobs")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name=_("by"), on_delete=models.PROTECT, related_name="import_jobs")
    file_name = models.CharField(_("file"), max_length=255)
    file_sha256 = models.CharField(max_length=64, editable=False)
    status = models.CharField(_("status"), max_length=12, choices=Status.choices)
    version = models.PositiveIntegerField(default=1, validators=[MinValueValidator(1)], editable=False)
    # Where the rows were found: sheet, header row, column → field; and the sheet-level problems (masked).
    found = models.JSONField(default=dict, editable=False)
    problems = models.JSONField(default=list, editable=False)
    counts = models.JSONField(_("counts"), default=dict, editable=False)
    created_at = models.DateTimeField(_("uploaded at"), default=timezone.now, editable=False)
    written_at = models.DateTimeField(_("written at"), null=True, blank=True, editable=False)

    objects = ImportJobQuerySet.as_manager()

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        constraints = [
            models.CheckConstraint(
                name="importjob_written_has_its_stamp",
                condition=Q(status="written", written_at__isnull=False) | (~Q(status="written") & Q(written_at=None)),
            )
        ]

    def __str__(self) -> str:
        return self.file_name


class ImportRow(Scoped):
    """A row of the sheet: its cells (encrypted: they are personal data), what it would do, and what is wrong with it."""

    class Outcome(TextChoices):
        NEW = "new", _("New")
        UPDATE = "update", _("Update")
        SAME = "same", _("Unchanged")
        TRANSFER = "transfer", _("Transfer")
        ERROR = "error", _("Error")

    scope_paths = ("job__project__region",)

    job = models.ForeignKey(ImportJob, verbose_name=_("import"), on_delete=models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField(_("row"))
    outcome = models.CharField(_("result"), max_length=10, choices=Outcome.choices)
    # {"raw": {header: text}, "values": {field: text}, "changes": {field: [before, after]}}, full values.
    cells = EncryptedJSONField()
    issues = models.JSONField(_("issues"), default=list)
    is_warned = models.BooleanField(_("has warnings"), default=False)
    target_id = models.BigIntegerField(null=True, editable=False)

    objects = ImportRowQuerySet.as_manager()

    class Meta:
        verbose_name = _("imported row")
        verbose_name_plural = _("imported rows")
        constraints = [models.UniqueConstraint(fields=["job", "number"], name="importrow_number_in_job")]
        indexes = [models.Index(fields=["job", "outcome", "number"], name="importrow_outcome")]

    def __str__(self) -> str:
        return f"{self.job_id}:{self.number}"


class ImportEvent(MoveEvent):
    """A move of an import job."""

    job = models.ForeignKey(ImportJob, verbose_name=_("import"), on_delete=models.CASCADE, related_name="events")

    class Meta(MoveEvent.Meta):
        abstract = False
        verbose_name = _("import event")
        verbose_name_plural = _("import events")
