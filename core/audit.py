"""Writing the audit trail: one door, one append-only table (core.models.AuditEvent)."""

from typing import Any

from django.db import models

from core.models import AuditEvent, AuditKind
from core.scope import Person

__all__ = ["AuditKind", "record"]


def record(kind: AuditKind, *, by: Person | None, subject: models.Model | None = None, **details: Any) -> AuditEvent:
    """Append one event. `details` are small facts (never a full number, never what a worker wrote)."""
    return AuditEvent.objects.create(
        kind=kind,
        by=by,
        subject_type=subject._meta.label_lower if subject else "",
        subject_id=str(subject.pk) if subject else "",
        subject_name=str(subject)[:200] if subject else "",
        details=details,
    )
