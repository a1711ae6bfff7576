"""How the tests fill in a form: what is posted, by whom, and what comes of it."""

from typing import Any
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from accounts.models import User
from handbook import recording
from handbook.entries.forms import EntryForm
from handbook.kinds.registry import FORMS
from handbook.models import EntryKind, HandbookEntry


def posted(place: str, lines: list[dict[str, Any]] | None = None, **facts: Any) -> dict[str, Any]:
    """A form as the browser sends it: today, with as many lines as are given (`lines=[]`: an empty table)."""
    table: dict[str, Any] = {}
    if lines is not None:
        table = {"lines-TOTAL_FORMS": 8, "lines-INITIAL_FORMS": 0}
        table |= {f"lines-{number}-{name}": value for number, line in enumerate(lines) for name, value in line.items()}
    given = {"key": str(uuid4()), "place": place, "on": timezone.localdate().isoformat(), "title": "记一笔"}
    return given | table | {name.replace("__", "-"): value for name, value in facts.items()}


def form_of(kind: str, user: User, data: dict[str, Any], entry: HandbookEntry | None = None, **files: SimpleUploadedFile) -> Any:
    return FORMS[EntryKind(kind)](data, files, user=fresh(user), entry=entry)


def written(kind: str, user: User, data: dict[str, Any], **files: SimpleUploadedFile) -> HandbookEntry:
    form: EntryForm = form_of(kind, user, data, **files)
    assert form.is_valid(), (form.errors, [line.errors for line in getattr(form, "lines", ())])
    return recording.write(form.draft(), by=fresh(user))


def amended(entry: HandbookEntry, user: User, data: dict[str, Any]) -> HandbookEntry:
    form: EntryForm = form_of(entry.kind, user, data, entry=entry)
    assert form.is_valid(), (form.errors, [line.errors for line in getattr(form, "lines", ())])
    return recording.amend(entry, form.draft(), by=fresh(user), version=entry.version)


def wrong(kind: str, user: User, data: dict[str, Any]) -> set[str]:
    """The fields that a form blames; "__all__" for the form as a whole."""
    form = form_of(kind, user, data)
    assert not form.is_valid()
    return set(form.errors)


def fresh(user: User) -> User:
    """As a request would load him: posts and scope are kept for as long as the object lives."""
    return User.objects.get(pk=user.pk)
