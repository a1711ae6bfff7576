"""An import job: what somebody uploaded, its rows in encrypted blocks, what they would change, and what undoing needs."""

from datetime import timedelta

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q, TextChoices
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.fields import EncryptedBytesField, EncryptedJSONField
from core.models import MoveEvent
from core.scope import Scoped
from imports.querysets import ImportJobQuerySet
from regions.models import Project

UNDO_FOR = timedelta(days=7)
SILENT_FOR = timedelta(minutes=1)  # background work that says nothing for so long has died, or has nobody to do it
AFTER_WRITING = ("written", "undoing", "undone")


class Outcome(TextChoices):
    """What writing a row would do, or has done."""

    NEW = "new", _("New")
    UPDATE = "update", _("Update")
    SAME = "same", _("Unchanged")
    TRANSFER = "transfer", _("Transfer")
    DUPLICATE = "duplicate", _("Possible duplicate")
    ERROR = "error", _("Error")
    LEFT_OUT = "left_out", _("Left out")


WRITING = (Outcome.NEW, Outcome.UPDATE, Outcome.TRANSFER)


class ImportJob(Scoped):
    """One uploaded workbook for one project, from the upload to written, undone or dropped."""

    class Status(TextChoices):
        READING = "reading", _("Being read")
        REFUSED = "refused", _("Unreadable")
        ASKED = "asked", _("Waiting for an answer")
        PREVIEWED = "previewed", _("Being checked")
        WRITING = "writing", _("Being written")
        WRITTEN = "written", _("Written")
        UNDOING = "undoing", _("Being undone")
        UNDONE = "undone", _("Undone")
        DROPPED = "dropped", _("Dropped")

    class Mode(TextChoices):
        ALL = "all", _("All rows or none")
        VALID = "valid", _("The correct rows first")

    scope_paths = ("project__region",)

    target = models.CharField(_("what was imported"), max_length=20)
    project = models.ForeignKey(Project, verbose_name=_("project"), on_delete=models.PROTECT, related_name="import_jobs")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name=_("by"), on_delete=models.PROTECT, related_name="import_jobs")
    # The rows that an import "the correct rows first" left over become an import of their own.
    rest_of = models.OneToOneField(
        "self", verbose_name=_("rest of"), null=True, blank=True, on_delete=models.PROTECT, related_name="rest", editable=False
    )
    file_name = models.CharField(_("file"), max_length=255)
    file_sha256 = models.CharField(max_length=64, editable=False)
    file_size = models.PositiveIntegerField(default=0, editable=False)  # bytes
    status = models.CharField(_("status"), max_length=12, choices=Status.choices)
    version = models.PositiveIntegerField(default=1, validators=[MinValueValidator(1)], editable=False)
    mode = models.CharField(_("what is written"), max_length=5, choices=Mode.choices, default=Mode.ALL)
    # What the person answered: sheet, header row, column letter → field, and the target's questions.
    answers = models.JSONField(default=dict, editable=False)
    # Where the rows were found: sheet, header row, column → field; and the sheet-level problems (masked).
    found = models.JSONField(default=dict, editable=False)
    problems = models.JSONField(default=list, editable=False)
    counts = models.JSONField(_("counts"), default=dict, editable=False)
    # {"ids": suggested, "chosen": ticked, "on": ISO day}: records of the project that the sheet no longer names.
    leavers = models.JSONField(default=dict, editable=False)
    # Reading again starts a new round of blocks; those of an older round are never shown.
    round = models.PositiveIntegerField(default=1, editable=False)
    done = models.PositiveIntegerField(default=0, editable=False)
    total = models.PositiveIntegerField(default=0, editable=False)
    beat_at = models.DateTimeField(default=timezone.now, editable=False)
    created_at = models.DateTimeField(_("uploaded at"), default=timezone.now, editable=False)
    written_at = models.DateTimeField(_("written at"), null=True, blank=True, editable=False)
    undone_at = models.DateTimeField(_("undone at"), null=True, blank=True, editable=False)
    # After the undo: how many are "undone"; who was "kept", as ids; who is "stuck", as [id, reason].
    undoing = models.JSONField(default=dict, editable=False)

    objects = ImportJobQuerySet.as_manager()

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        constraints = [
            models.CheckConstraint(
                name="importjob_written_has_its_stamp",
                condition=Q(status__in=AFTER_WRITING, written_at__isnull=False)
                | (~Q(status__in=AFTER_WRITING) & Q(written_at=None)),
            ),
            models.CheckConstraint(
                name="importjob_undone_has_its_stamp",
                condition=Q(status="undone", undone_at__isnull=False) | (~Q(status="undone") & Q(undone_at=None)),
            ),
        ]

    def __str__(self) -> str:
        return self.file_name

    @property
    def row_count(self) -> int:
        return sum(self.counts.get(outcome, 0) for outcome in Outcome.values)

    @property
    def writing_count(self) -> int:
        """How many records writing changes, or has changed: rows that say something new, and ticked leavers."""
        return sum(self.counts.get(outcome, 0) for outcome in WRITING) + len(self.leavers.get("chosen", ()))

    @property
    def is_at_work(self) -> bool:
        """Something runs in the background, and the page waits for it."""
        return self.status in (self.Status.READING, self.Status.WRITING, self.Status.UNDOING)

    @property
    def is_silent(self) -> bool:
        """It was at work, and has died: a killed server, a worker that is not running."""
        return self.is_at_work and timezone.now() - self.beat_at > SILENT_FOR

    @property
    def can_still_be_undone(self) -> bool:
        return self.written_at is not None and timezone.now() < self.written_at + UNDO_FOR


class ImportFile(models.Model):
    """A piece of the uploaded bytes, encrypted, for as long as they may have to be read again (imports/files.py)."""

    job = models.ForeignKey(ImportJob, verbose_name=_("import"), on_delete=models.CASCADE, related_name="pieces")
    number = models.PositiveIntegerField()
    content = EncryptedBytesField()

    class Meta:
        verbose_name = _("uploaded file")
        verbose_name_plural = _("uploaded files")
        constraints = [models.UniqueConstraint(fields=["job", "number"], name="importfile_piece_of_job")]

    def __str__(self) -> str:
        return f"{self.job_id}:{self.number}"


class ImportBlock(models.Model):
    """A few hundred rows of the sheet: what they say, what they would do, what is wrong with them (imports/blocks.py).

    One encrypted document and not a row for each: a hundred thousand people then cost two hundred inserts.
    """

    job = models.ForeignKey(ImportJob, verbose_name=_("import"), on_delete=models.CASCADE, related_name="blocks")
    round = models.PositiveIntegerField()
    first = models.PositiveIntegerField()
    last = models.PositiveIntegerField()
    counts = models.JSONField(default=dict)
    rows = EncryptedJSONField()

    class Meta:
        verbose_name = _("block of rows")
        verbose_name_plural = _("blocks of rows")
        constraints = [models.UniqueConstraint(fields=["job", "round", "first"], name="importblock_place_in_job")]

    def __str__(self) -> str:
        return f"{self.job_id}:{self.first}–{self.last}"


class ImportTrace(models.Model):
    """What changed records said before the import, [[record, {column: stored value}], ...]: for the undo."""

    job = models.ForeignKey(ImportJob, verbose_name=_("import"), on_delete=models.CASCADE, related_name="traces")
    records = EncryptedJSONField()

    class Meta:
        verbose_name = _("trace")
        verbose_name_plural = _("traces")

    def __str__(self) -> str:
        return f"{self.job_id}"


class ImportMemory(models.Model):
    """What somebody answered for a project once, and need not answer again: a header's field, a team's other name."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="import_memories")
    target = models.CharField(max_length=20)
    key = models.CharField(max_length=250)
    value = models.CharField(max_length=100, blank=True)

    class Meta:
        verbose_name = _("remembered answer")
        verbose_name_plural = _("remembered answers")
        constraints = [models.UniqueConstraint(fields=["project", "target", "key"], name="importmemory_key_in_project")]

    def __str__(self) -> str:
        return self.key


class ImportEvent(MoveEvent):
    """A move of an import job."""

    job = models.ForeignKey(ImportJob, verbose_name=_("import"), on_delete=models.CASCADE, related_name="events")

    class Meta(MoveEvent.Meta):
        abstract = False
        verbose_name = _("import event")
        verbose_name_plural = _("import events")
