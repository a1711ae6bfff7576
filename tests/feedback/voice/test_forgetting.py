"""What was said is forgotten, its numbers are not (AN-15)."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from feedback.models import Case, CaseContact, CaseFile, CaseMessage
from feedback.voice.codes import code_of, sealed
from feedback.voice.forgetting import forget_closed
from tests.factories import CaseFactory

LONG_AGO = timedelta(days=31 * 24 + 2)
CODE = code_of("0" * 32)


@pytest.fixture
def closed(db: None) -> Case:
    at = timezone.now() - LONG_AGO
    case = CaseFactory(status="closed", origin=Case.Origin.QR, code_hash=sealed(CODE), closed_at=at, words="canary-words")
    CaseMessage.objects.create(case=case, is_from_worker=True, words="canary-message", at=at)
    CaseContact.objects.create(case=case, phone="13900000077")
    CaseFile.objects.create(case=case, kind="photo", content_type="image/jpeg", content=b"canary-photo")
    return case


def test_words_go_and_numbers_stay(closed: Case) -> None:
    facts = ("number", "status", "title", "closed_at", "answer_due_at", "settled_on", "category_id")
    before = Case.objects.values(*facts).get(pk=closed.pk)
    call_command("purge_voices", verbosity=0)
    closed.refresh_from_db()
    assert (closed.words, closed.reply, closed.code_hash) == ("", "", None)
    assert not CaseMessage.objects.exists()
    assert not CaseContact.objects.exists()
    assert not CaseFile.objects.exists()
    assert Case.objects.values(*facts).get(pk=closed.pk) == before


def test_its_code_opens_what_an_unknown_one_opens(closed: Case) -> None:
    forget_closed(timezone.now())
    answers = [Client().post("/w/reply/", {"code": code}) for code in (CODE, "0" * 16)]
    assert {answer.status_code for answer in answers} == {404}
    assert answers[0].content == answers[1].content


def test_it_forgets_once(closed: Case) -> None:
    assert (forget_closed(timezone.now()), forget_closed(timezone.now())) == (1, 0)


@pytest.mark.parametrize("more", [{"status": "answered"}, {"origin": Case.Origin.VISIT}, {"closed_at": timezone.now()}])
def test_what_is_open_new_or_staff_s_stays(db: None, more: dict[str, Any]) -> None:
    facts = {"status": "closed", "origin": Case.Origin.QR, **more}
    if facts["status"] == "closed":
        facts.setdefault("closed_at", timezone.now() - LONG_AGO)
    case = CaseFactory(words="还在", **facts)
    call_command("purge_voices", verbosity=0)
    case.refresh_from_db()
    assert case.words == "还在"


def test_sqlite_overwrites_what_is_deleted() -> None:
    """So that the pages of the file forget as well."""
    assert "secure_delete=ON" in (Path(settings.BASE_DIR) / "config" / "settings.py").read_text()
