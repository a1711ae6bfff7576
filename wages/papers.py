"""Scans, photos and vouchers once no sheet shows them any more: they name people, and nothing keeps them for its own sake."""

from collections.abc import Iterable

from django.db.models import ProtectedError

from core.attachments import drop
from core.models import Attachment


def drop_free(papers: Iterable[Attachment]) -> None:
    """Delete those to which nothing refers, with their files; one that another row shows stays."""
    for paper in papers:
        try:
            drop(paper)
        except ProtectedError:
            continue
