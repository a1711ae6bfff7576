"""What a worker said on the page is forgotten some time after his matter is closed: its numbers stay, its words go (AN-15)."""

from datetime import datetime

from django.db import transaction

from feedback.models import Case, CaseContact, CaseFile, CaseMessage


def forget_closed(before: datetime) -> int:
    """Empty the matters of the workers' page that were closed before a moment; says how many. Their codes open nothing any more.

    The case stays with its dates, states and deadlines, so that no figure of a past month changes.
    """
    closed = Case.objects.filter(origin=Case.Origin.QR, closed_at__lt=before).only("pk", "words", "reply", "code_hash")
    return sum(_forget(case) for case in closed.iterator())


def _forget(case: Case) -> bool:
    """Whether there was anything left to forget."""
    told = [model._default_manager.filter(case=case) for model in (CaseFile, CaseMessage, CaseContact)]
    if not (case.words or case.reply or case.code_hash or any(rows.exists() for rows in told)):
        return False
    with transaction.atomic():
        for rows in told:
            rows.delete()
        Case.objects.filter(pk=case.pk).update(words="", reply="", code_hash=None)
    return True
