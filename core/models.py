"""Rows that belong to no app: the audit trail, the working-day overrides, and the abstract history row of a lifecycle."""

from typing import Any, NoReturn

from django.conf import settings
from django.db import models
from django.db.models import TextChoices
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.refusals import Refused
from core.roles import Role
from core.scope import Scope, Scoped, ScopedQuerySet


class AuditKind(TextChoices):
    SIGN_IN = "sign_in", _("Signed in")
    SIGN_IN_FAILED = "sign_in_failed", _("Sign-in failed")
    SIGN_OUT = "sign_out", _("Signed out")
    PASSWORD = "password", _("Password changed")
    ACCOUNT = "account", _("Account changed")
    POST = "post", _("Post changed")
    REVEAL = "reveal", _("Personal data shown in full")
    EXPORT = "export", _("Exported")
    IMPORT = "import", _("Imported")
    SETTING = "setting", _("Setting changed")
    DELETE = "delete", _("Deleted")
    READ = "read", _("Confidential record read")


class AuditQuerySet(ScopedQuerySet):
    """Append-only, and read by auditors alone: the system administrator does not audit himself."""

    def reach_of(self, scope: Scope) -> models.Q:
        return models.Q(pk__in=())

    def visible_to(self, user: Any) -> "AuditQuerySet":
        return self.all() if getattr(user, "scope", Scope()).holds(Role.AUDITOR) else self.none()

    def update(self, **kwargs: Any) -> NoReturn:
        raise Refused("the audit trail is append-only")

    def delete(self) -> NoReturn:
        raise Refused("the audit trail is append-only")


class AuditEvent(Scoped):
    """Who did what to whom, when: written once (triggers in the database hold it too)."""

    at = models.DateTimeField(_("at"), default=timezone.now, editable=False, db_index=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("by"), null=True, on_delete=models.PROTECT, related_name="audit_events"
    )
    kind = models.CharField(_("kind"), max_length=20, choices=AuditKind.choices)
    subject_type = models.CharField(_("subject type"), max_length=60, blank=True)
    subject_id = models.CharField(_("subject number"), max_length=40, blank=True)
    subject_name = models.CharField(_("subject"), max_length=200, blank=True)
    details = models.JSONField(_("details"), default=dict, blank=True)

    objects = AuditQuerySet.as_manager()

    class Meta:
        verbose_name = _("audit event")
        verbose_name_plural = _("audit events")
        indexes = [models.Index(fields=["subject_type", "subject_id"], name="audit_subject")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.subject_name}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise Refused("the audit trail is append-only")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise Refused("the audit trail is append-only")


class WorkdayOverride(Scoped):
    """A day on which the State Council's notice (each November) differs from what the calendar library knows."""

    scope_is_structure = True

    day = models.DateField(_("day"), unique=True)
    is_working = models.BooleanField(_("working day"))
    reason = models.CharField(_("reason"), max_length=100)

    class Meta:
        verbose_name = _("working-day override")
        verbose_name_plural = _("working-day overrides")

    def __str__(self) -> str:
        return f"{self.day} {self.reason}"


class Attachment(models.Model):
    """A photo or a document that somebody uploaded, encrypted in the private storage (core/attachments.py makes and serves it).

    It has no reach of its own: the page of the row that it belongs to serves it, to whoever reaches that row.
    """

    class Kind(TextChoices):
        PHOTO = "photo", _("Photo")
        DOCUMENT = "document", _("Document")

    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices, editable=False)
    name = models.CharField(_("file name"), max_length=100, editable=False)
    content_type = models.CharField(_("content type"), max_length=40, editable=False)
    content = models.FileField(_("content"), upload_to="attachments/", editable=False)
    small = models.FileField(_("small photo"), upload_to="attachments/", blank=True, editable=False)
    sha256 = models.CharField(max_length=64, editable=False)
    size = models.PositiveIntegerField(_("bytes"), editable=False)
    width = models.PositiveIntegerField(_("width"), null=True, editable=False)
    height = models.PositiveIntegerField(_("height"), null=True, editable=False)
    at = models.DateTimeField(_("at"), default=timezone.now, editable=False)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("by"), null=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = _("attachment")
        verbose_name_plural = _("attachments")

    def __str__(self) -> str:
        return self.name


class MoveEvent(models.Model):
    """One move of a lifecycle, written by `core.moves` in the same transaction. Subclasses add the row it belongs to."""

    verb = models.CharField(_("move"), max_length=30)
    from_status = models.CharField(pgettext_lazy("state", "from"), max_length=20)
    to_status = models.CharField(pgettext_lazy("state", "to"), max_length=20)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name=_("by"), null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("at"), default=timezone.now)
    note = models.TextField(_("note"), blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.verb}: {self.from_status} → {self.to_status}"
