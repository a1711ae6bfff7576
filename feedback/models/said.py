"""What is said and shown in a case: a worker's files, photos by those who deal with it, messages both ways."""

from django.conf import settings
from django.db import models
from django.db.models import Q, TextChoices
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.fields import EncryptedBytesField, EncryptedTextField
from core.models import Attachment
from core.untraceable import random_key
from feedback.models.cases import Case


class CaseFile(models.Model):
    """A photo or a voice note that a worker sent: made anew, and encrypted in its row, so that no file tells when it came."""

    class Kind(TextChoices):
        PHOTO = "photo", _("Photo")
        VOICE = "voice", _("Voice note")

    id = models.BigIntegerField(primary_key=True, default=random_key, editable=False)
    case = models.ForeignKey(Case, verbose_name=_("case"), on_delete=models.CASCADE, related_name="files")
    kind = models.CharField(_("kind"), max_length=8, choices=Kind.choices)
    content_type = models.CharField(_("content type"), max_length=40)
    content = EncryptedBytesField(_("content"))
    seconds = models.PositiveSmallIntegerField(_("seconds"), null=True)
    # What the note says, written down by somebody who listened: for those who cannot listen, and for the answer.
    transcript = EncryptedTextField(_("what it says"), default="", blank=True)

    class Meta:
        verbose_name = _("file of a case")
        verbose_name_plural = _("files of cases")

    def __str__(self) -> str:
        return str(self.get_kind_display())


class CasePhoto(models.Model):
    """A photo that somebody who deals with the case took: proof, a document of three sides, a kept promise."""

    id = models.BigIntegerField(primary_key=True, default=random_key, editable=False)
    case = models.ForeignKey(Case, verbose_name=_("case"), on_delete=models.PROTECT, related_name="photos")
    photo = models.ForeignKey(Attachment, verbose_name=_("photo"), on_delete=models.PROTECT, related_name="+")
    caption = models.CharField(_("what it shows"), max_length=60, blank=True)
    at = models.DateTimeField(_("at"), default=timezone.now, editable=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name=_("by"), on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("photo of a case")
        verbose_name_plural = _("photos of cases")

    def __str__(self) -> str:
        return self.caption


class CaseMessage(models.Model):
    """A question to the worker, or the worker's word: through the look-up code, both ways."""

    id = models.BigIntegerField(primary_key=True, default=random_key, editable=False)
    case = models.ForeignKey(Case, verbose_name=_("case"), on_delete=models.CASCADE, related_name="messages")
    is_from_worker = models.BooleanField(_("from the worker"))
    words = EncryptedTextField(_("words"))
    # A worker's word carries the beginning of a quarter of a day.
    at = models.DateTimeField(_("at"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name=_("by"), null=True, on_delete=models.PROTECT, related_name="+")
    # A worker's page sent twice is one message.
    submission_hash = models.CharField(max_length=64, null=True, unique=True, editable=False)  # noqa: DJ001 - empty ones are no equals

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        constraints = [
            models.CheckConstraint(
                name="casemessage_worker_or_somebody",
                condition=Q(is_from_worker=True, by=None) | Q(is_from_worker=False, by__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"{self.case_id}"
