"""Who came to a training, written down in one go: the entry, and those who were ticked on the sign-in sheet."""

from collections.abc import Collection
from typing import TYPE_CHECKING

from django.db import transaction

from handbook.kinds.named import NAMED
from handbook.models import EntryKind, HandbookEntry
from handbook.recording import Draft, write
from labour_teams.models import Engagement

if TYPE_CHECKING:
    from accounts.models import User


def attend(draft: Draft, people: Collection[Engagement], *, by: "User") -> HandbookEntry:
    """Both or neither. Sent twice, it is the entry that it was, with whoever is ticked there by now. Raises Refused."""
    with transaction.atomic():
        if known := HandbookEntry.objects.filter(key=draft.key, author=by).first():
            return known
        entry = write(draft, by=by)
        NAMED[EntryKind.TRAINING].put(entry, people, by)
    return entry
