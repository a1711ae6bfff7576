"""What the page promises beside light pages and clean files: the code (AN-04), the order of rows (AN-06), staff on the same phone
(AN-08), what leaves the house (AN-11), a number that was left (AN-12), and that nobody ends a matter alone (AN-16)."""

from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection, models
from django.test import Client
from django.urls import reverse

from accounts.models import User
from config.wsgi import application
from coordinators.models import NoticeBoard
from core.models import AuditEvent
from core.roles import Role
from core.untraceable import random_key
from feedback.cases import workflow
from feedback.cases.workflow import LIFECYCLE, Destination
from feedback.models import Case, CaseContact, CaseFile, Tier
from feedback.voice.codes import sealed
from tests.core.test_workers_house import call, environ, open_connection  # noqa: F401 - a fixture
from tests.factories import CaseFactory, person_with
from tests.feedback.rules.acts import photo, reply
from tests.feedback.voice.conftest import Say, code_in, file, token_in
from tests.feedback.voice.recordings import jpeg, wav
from tests.house.crawl import client_for
from tests.world import Company, found_company

WORDS, PHONE = "canary-words 宿舍没有热水", "13900000077"
OUTWARD = ("smtplib", "django.core.mail", "import requests", "import httpx", "urllib.request", "http.client", "socket.create")
BELOW = ((Tier.PROJECT, Role.PROJECT_COORDINATOR), (Tier.REGION, Role.REGIONAL_COORDINATOR))


@pytest.fixture
def company(db: None) -> Company:
    return found_company()


def rows() -> dict[Any, set[str]]:
    """Model → its rows as text."""
    found = [model for model in apps.get_models() if model._meta.managed]
    return {model: {repr(row) for row in model._default_manager.values_list()} for model in found}


def points_at(field: Any, person: User, model: Any) -> bool:
    return field.related_model is User and model._default_manager.filter(**{field.name: person}).exists()


def test_the_code_is_kept_only_as_a_slow_hash(say: Say) -> None:
    """AN-04: 10^16 of them; what a guess costs stands in test_codes."""
    code = code_in(say(words=WORDS).content.decode())
    assert Case.objects.get().code_hash == sealed(code)
    assert len(code) == 16
    kept = repr(rows())
    fours = [code[place : place + 4] for place in range(0, 16, 4)]
    assert [each for each in (code, " ".join(fours), "-".join(fours)) if each in kept] == []


def test_rows_of_a_matter_are_in_no_order(say: Say) -> None:
    """AN-06: every row that speaking writes has a key drawn at random, or its matter's."""
    before = rows()
    say(words=WORDS, photo=file(jpeg()), voice=file(wav(1)), about="team", phone=PHONE, answer="phone")
    written = [model for model, found in rows().items() if found != before[model]]
    counted = [
        model
        for model in written
        if model._meta.pk.default is not random_key and not isinstance(model._meta.pk, models.OneToOneField)
    ]
    assert {Case, CaseContact, CaseFile} <= set(written)
    assert counted == []


@pytest.mark.usefixtures("open_connection")
def test_staff_who_speak_from_their_own_phone_are_nobody(board: NoticeBoard) -> None:
    """AN-08: whoever is signed in there; his session does not even become younger."""
    person = person_with(Role.PROJECT_CLERK, project=board.project)
    session = client_for(person).cookies["session"].value
    address = f"/w/{board.code}/say/"
    _status, _headers, page = call(application, environ(address, HTTP_COOKIE=f"session={session}"))
    said = urlencode({"token": token_in(page.decode()), "words": WORDS, "answer": "code"}).encode()
    posted = {"CONTENT_TYPE": "application/x-www-form-urlencoded", "CONTENT_LENGTH": str(len(said))}
    before = rows()
    sent = environ(address, REQUEST_METHOD="POST", HTTP_COOKIE=f"session={session}", **posted, **{"wsgi.input": BytesIO(said)})
    status, headers, _body = call(application, sent)
    after = rows()
    assert status.startswith("200")
    assert "Set-Cookie" not in dict(headers)
    assert Case.objects.get().registered_by is None
    changed = {model for model in after if after[model] != before[model]}
    assert {model._meta.app_label for model in changed} == {"feedback"}
    assert [model for model in changed for field in model._meta.fields if points_at(field, person, model)] == []


def test_nothing_of_it_leaves_the_house(say: Say, mailoutbox: list[Any], board: NoticeBoard) -> None:
    """AN-11: no message goes out, to nobody; who signs in finds that there is something, and not a word of it."""
    say(words=WORDS, picture="living")
    coordinator = person_with(Role.PROJECT_COORDINATOR, project=board.project)
    home = client_for(coordinator).get(reverse("home")).content.decode()
    assert mailoutbox == []
    assert Case.objects.get().number in home
    assert "canary" not in home


def test_nothing_in_the_program_could_send_it() -> None:
    """AN-11. Connections to a peer are not made anywhere in the feedback app, nor where its news are told."""
    root = Path(settings.BASE_DIR)
    sources = [path for part in ("feedback", "inbox", "core") for path in (root / part).rglob("*.py")]
    assert len(sources) > 100
    assert [(path.name, word) for path in sources for word in OUTWARD if word in path.read_text()] == []


def test_a_number_that_was_left_is_kept_apart_and_each_look_is_seen_by_another(say: Say, board: NoticeBoard) -> None:
    """AN-12: encrypted in a row of its own; the look is written down, and the auditor reads that."""
    say(words=WORDS, answer="phone", phone=PHONE)
    case = Case.objects.get()
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM feedback_casecontact")
        assert PHONE not in repr(cursor.fetchall())
    regional = person_with(Role.REGIONAL_COORDINATOR, region=board.project.region)
    address = reverse("case-contact", args=[case.number])
    client_for(regional).post(address, {"reason": "回电话核对日期"})
    look = AuditEvent.objects.get(kind="reveal")
    auditor = person_with(Role.AUDITOR)
    assert (look.by, look.subject_id) == (regional, str(case.pk))
    assert AuditEvent.objects.visible_to(auditor).filter(pk=look.pk).exists()


@pytest.mark.parametrize(("tier", "role"), BELOW)
def test_nobody_below_headquarters_ends_a_matter_alone(company: Company, tier: Tier, role: str) -> None:
    """AN-16: whoever answers does not approve, whoever settles does not confirm.

    What cannot wait is ended on the spot by a region, which reports afterwards; to that, too, the worker may say no.
    """
    case: Any = CaseFactory(project=company.own_project, origin="qr", status="accepted", dealt_with_by=tier)
    person, headquarters = company.person(role), company.person(Role.LABOUR_CENTRE)
    ways_out = [verb for verb, move in LIFECYCLE.moves.items() if move.target in (Case.Status.CLOSED, Case.Status.FINAL_REPLY)]
    case = workflow.submit_reply(case, by=person, reply=reply())
    assert "approve_reply" not in LIFECYCLE.allowed_moves(case, person)
    case = workflow.approve_reply(case, by=headquarters if tier == Tier.REGION else company.person(Role.REGIONAL_COORDINATOR))
    case = workflow.settle(case, by=person, settled_on=case.registered_on, note="热水正常", photo=photo())
    assert "confirm_settled" in ways_out
    assert set(LIFECYCLE.allowed_moves(case, person)).isdisjoint(ways_out)


@pytest.mark.parametrize("role", [Role.LABOUR_CENTRE, Role.REGIONAL_COORDINATOR, Role.PROJECT_COORDINATOR])
def test_nobody_deletes_a_matter(company: Company, role: str) -> None:
    """AN-16."""
    case = CaseFactory(project=company.own_project, origin="qr")
    answer = client_for(company.person(role)).post(reverse("admin:feedback_case_delete", args=[case.pk]), {"post": "yes"})
    assert answer.status_code in (403, 404)
    assert Case.objects.filter(pk=case.pk).exists()


def test_whoever_has_the_code_sees_each_time_it_changes_hands(say: Say, company: Company, worker: Client) -> None:
    """AN-16."""
    board = NoticeBoard.objects.get()
    code = code_in(say(words=WORDS, picture="living").content.decode())
    case: Any = Case.objects.get()
    local = person_with(Role.PROJECT_COORDINATOR, project=board.project)
    regional = person_with(Role.REGIONAL_COORDINATOR, region=board.project.region)
    workflow.refuse(case, by=local, grounds="不归项目管")
    workflow.route(case, by=regional, to=Destination(Tier.DEPARTMENT, company.department), reason="归安全质量部办")
    officer = company.person(Role.DEPARTMENT_OFFICER)
    workflow.accept(case, by=officer)
    workflow.escalate(case, by=officer, word="要公司定")
    text = worker.post("/w/reply/", {"code": code}, headers={"Accept-Language": "en"}).content.decode()
    steps = ("It has come in", "Given to those who deal with it", "Somebody has taken it on", "Passed up one level")
    assert [text.count(step) for step in steps] == [1, 2, 1, 1]
