"""Results by name lie closed. Opening a batch is a POST that leaves a line in the audit trail, and lasts a quarter of an hour.

A look must not write, so a page cannot note its own reading. What was opened stands in the session: another person, another
device or a later hour opens it anew.
"""

from datetime import datetime, timedelta

from django.http import HttpRequest
from django.utils import timezone

from core.audit import AuditKind, record
from handbook.models import HealthCheckBatch

OPENED = "opened_health_checks"
LASTS = timedelta(minutes=15)


def lies_open(request: HttpRequest, batch: HealthCheckBatch) -> bool:
    """Whether names and results of this batch may be on this page."""
    return str(batch.pk) in _opened(request)


def open_batch(request: HttpRequest, batch: HealthCheckBatch) -> None:
    record(AuditKind.READ, by=request.user, subject=batch, minutes=LASTS.seconds // 60)
    request.session[OPENED] = _opened(request) | {str(batch.pk): timezone.now().isoformat()}


def _opened(request: HttpRequest) -> dict[str, str]:
    """Batch → when it was opened, without those that have closed again."""
    earliest = timezone.now() - LASTS
    opened: dict[str, str] = request.session.get(OPENED, {})
    return {key: at for key, at in opened.items() if datetime.fromisoformat(at) > earliest}
