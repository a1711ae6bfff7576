"""A sensitive case lies closed. Opening it is a POST that leaves a line in the audit trail, and lasts a quarter of an hour.

Whoever sees that there is such a case was named for it, and may read it: also a leader, who does nothing else there. A look must
not write, so a page cannot note its own reading; and whoever answers a sensitive case turns several pages to do so.
What was opened stands in the session: another person, another device or a later hour opens it anew.
"""

from datetime import datetime, timedelta

from django.http import HttpRequest
from django.utils import timezone

from core.audit import AuditKind, record
from feedback.models import Case

OPENED = "opened_cases"
LASTS = timedelta(minutes=15)


def lies_open(request: HttpRequest, case: Case) -> bool:
    """Whether what was said, and everything around it, may be on this page."""
    return not case.is_sensitive or case.number in _opened(request)


def open_case(request: HttpRequest, case: Case) -> None:
    record(AuditKind.READ, by=request.user, subject=case, minutes=LASTS.seconds // 60)
    request.session[OPENED] = _opened(request) | {case.number: timezone.now().isoformat()}


def _opened(request: HttpRequest) -> dict[str, str]:
    """Case number → when it was opened, without those that have closed again."""
    earliest = timezone.now() - LASTS
    opened: dict[str, str] = request.session.get(OPENED, {})
    return {number: at for number, at in opened.items() if datetime.fromisoformat(at) > earliest}
