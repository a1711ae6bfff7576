"""Writing the audit trail: one door, one append-only table (core.models.AuditEvent)."""

from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from accounts.models import User
    from core.models import AuditEvent


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


def record(kind: AuditKind, *, by: "User | None", subject: models.Model | None = None, **details: Any) -> "AuditEvent":
    """Append one event. `details` are small facts (never a full number, never what a worker wrote)."""
    from core.models import AuditEvent

    return AuditEvent.objects.create(
        kind=kind,
        by=by,
        subject_type=subject._meta.label_lower if subject else "",
        subject_id=str(subject.pk) if subject else "",
        subject_name=str(subject)[:200] if subject else "",
        details=details,
    )
