"""What is read by few: sensitive cases, the contact of whoever spoke, photos and voice notes."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from core.models import AuditEvent
from core.personal import Phone
from core.roles import Role
from feedback.cases.page import opening
from feedback.cases.page.reading import files_of
from feedback.models import Case, CaseContact, CaseFile, CaseOfficer, CasePhoto, Promise, SensitiveOfficer
from tests.factories import CaseFactory, PhotoFactory
from tests.feedback.page.acts import address, page_of, press
from tests.house.crawl import Written, client_for
from tests.world import Company

WORDS = "班长打了我"
NAME, PHONE = "石光荣", "15488880001"
SOUND = bytes(range(200))


@pytest.fixture
def organisation(company: Company) -> User:
    return company.person(Role.PARTY_ORGANISATION)


@pytest.fixture
def sealed(company: Company) -> Case:
    case = CaseFactory(project=company.own_project, status="accepted", is_sensitive=True, words=WORDS)
    CaseContact.objects.create(case=case, name=NAME, phone=Phone.parse(PHONE))
    return case


def url(case: Case) -> str:
    return reverse("case", args=[case.number])


def text(answer: Any) -> str:
    return str(answer.content.decode())


# ── Sensitive cases ──────────────────────────────────────────────────────────────────────────────────────────────


def test_a_look_shows_nothing_of_what_was_said_and_writes_nothing(sealed: Case, organisation: User) -> None:
    client = client_for(organisation)
    with connection.execute_wrapper(written := Written()):
        page = client.get(url(sealed))
    assert written.statements == []
    assert "thread" not in page.context
    assert not {word for word in (WORDS, "****", NAME[0] + "**") if word in text(page)}
    opening_form = text(page).partition(address(sealed, "open"))[2].partition("</form>")[0]
    assert "csrfmiddlewaretoken" in opening_form
    assert not AuditEvent.objects.filter(kind="read").exists()


def test_opening_leaves_a_line_and_shows_the_case(sealed: Case, organisation: User) -> None:
    client = client_for(organisation)
    page = client.post(address(sealed, "open"), follow=True)
    assert WORDS in text(page)
    [event] = AuditEvent.objects.filter(kind="read")
    assert (event.by, event.subject_id, event.details) == (organisation, str(sealed.pk), {"minutes": 15})
    assert WORDS not in f"{event.subject_name} {event.details}"
    assert WORDS in text(client.get(address(sealed, "remark")))


def test_a_sealed_case_names_people_and_no_units_that_do_not_see_it(sealed: Case, organisation: User) -> None:
    client = client_for(organisation)
    CaseOfficer.objects.create(case=sealed, person=organisation, named_by=organisation)
    assert [sight.part for sight in client.get(url(sealed)).context["units"]] == ["lead"]
    assert address(sealed, "remark") not in text(client.get(url(sealed)))
    client.post(address(sealed, "open"))
    page = client.get(url(sealed))
    assert [officer.person for officer in page.context["officers"]] == [organisation]
    assert address(sealed, "remark") in text(page)


def test_it_closes_by_itself_and_every_opening_is_written(
    sealed: Case, organisation: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = client_for(organisation)
    client.post(address(sealed, "open"))
    monkeypatch.setattr(opening, "LASTS", timedelta(0))
    assert WORDS not in text(client.get(url(sealed)))
    monkeypatch.undo()
    client.post(address(sealed, "open"))
    assert AuditEvent.objects.filter(kind="read").count() == 2


def test_what_one_opened_lies_closed_for_another(sealed: Case, organisation: User, company: Company, centre: User) -> None:
    SensitiveOfficer.objects.create(person=centre, from_on="2026-01-01")
    other = CaseFactory(project=company.own_project, is_sensitive=True, words="另一件")
    client = client_for(organisation)
    client.post(address(sealed, "open"))
    assert WORDS not in text(page_of(sealed, centre))
    assert "另一件" not in text(client.get(url(other)))


def test_nobody_else_opens_it(sealed: Case, regional: User, centre: User) -> None:
    for person in (regional, centre):
        assert press(sealed, person, "open").status_code == page_of(sealed, person).status_code == 404
    assert not AuditEvent.objects.filter(kind="read").exists()


@pytest.mark.parametrize("role", [Role.LEADER, Role.AUDITOR])
def test_somebody_who_only_looks_opens_the_case_for_which_he_is_named(
    sealed: Case, company: Company, organisation: User, role: Role
) -> None:
    reader = company.person(role)
    assert press(sealed, reader, "open").status_code == page_of(sealed, reader).status_code == 404
    CaseOfficer.objects.create(case=sealed, person=reader, named_by=organisation)
    client = client_for(reader)
    assert WORDS not in text(client.get(url(sealed)))
    page = client.post(address(sealed, "open"), follow=True)
    assert WORDS in text(page)
    assert page.context["buttons"].verbs == set()
    assert list(AuditEvent.objects.filter(kind="read", by=reader).values_list("subject_id", flat=True)) == [str(sealed.pk)]
    assert client.post(address(sealed, "remark"), {"text": "x"}).status_code == 403
    assert NAME not in text(page)


def test_a_leader_can_be_named(sealed: Case, company: Company, organisation: User) -> None:
    leader = company.person(Role.LEADER)
    assert press(sealed, organisation, "name-officer", person=leader.pk).status_code == 302
    assert sealed.officers.get().person == leader


def test_somebody_who_only_looks_opens_no_other(sealed: Case, accepted: Case, company: Company, organisation: User) -> None:
    leader = company.person(Role.LEADER)
    CaseOfficer.objects.create(case=sealed, person=leader, named_by=organisation)
    other = CaseFactory(project=company.own_project, is_sensitive=True)
    assert press(other, leader, "open").status_code == 404
    assert press(accepted, leader, "open").url == url(accepted)
    assert not AuditEvent.objects.filter(kind="read").exists()


def test_an_ordinary_case_is_not_opened(accepted: Case, regional: User) -> None:
    assert press(accepted, regional, "open").url == url(accepted)
    assert client_for(regional).get(address(accepted, "open")).url == url(accepted)
    assert not AuditEvent.objects.filter(kind="read").exists()


# ── How to reach whoever spoke ───────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def known(accepted: Case) -> Case:
    CaseContact.objects.create(case=accepted, name=NAME, phone=Phone.parse(PHONE))
    return accepted


def test_it_is_masked_for_everybody(known: Case, officer: User, regional: User, coordinator: User, centre: User) -> None:
    for person in (officer, regional, coordinator, centre):
        page = text(page_of(known, person))
        assert "石**" in page
        assert "154****0001" in page
        assert not {word for word in (NAME, PHONE) if word in page}


def test_few_may_ask_for_it(known: Case, company: Company) -> None:
    roles = (Role.DEPARTMENT_OFFICER, Role.REGIONAL_COORDINATOR, Role.PROJECT_COORDINATOR, Role.LABOUR_CENTRE, Role.AUDITOR)
    people = {role: company.person(role) for role in roles}
    Case.objects.filter(pk=known.pk).update(handler=people[Role.DEPARTMENT_OFFICER])
    codes = {role: client_for(person).get(address(known, "contact")).status_code for role, person in people.items()}
    few = {Role.DEPARTMENT_OFFICER, Role.REGIONAL_COORDINATOR}
    assert codes == {role: 200 if role in few else 403 for role in roles}
    assert {role for role in roles if address(known, "contact") in text(page_of(known, people[role]))} == few


def test_a_colleague_of_the_person_responsible_may_not(known: Case, company: Company) -> None:
    colleague = company.person(Role.DEPARTMENT_OFFICER)
    assert client_for(colleague).get(address(known, "contact")).status_code == 403


def test_showing_it_is_audited_name_and_number(known: Case, officer: User) -> None:
    answer = press(known, officer, "contact", reason="回电话核对日期")
    assert NAME in text(answer)
    assert PHONE in text(answer)
    events = AuditEvent.objects.filter(kind="reveal")
    assert {event.details["what"] for event in events} == {"contact_name", "phone"}
    assert {(event.by, event.subject_id, event.details["reason"]) for event in events} == {
        (officer, str(known.pk), "回电话核对日期")
    }


@pytest.mark.parametrize("reason", ["", "看看"])
def test_without_a_reason_it_is_not_shown(known: Case, officer: User, reason: str) -> None:
    answer = press(known, officer, "contact", reason=reason)
    assert PHONE not in text(answer)
    assert set(answer.context["form"].errors) == {"reason"}
    assert not AuditEvent.objects.filter(kind="reveal").exists()


def test_of_a_sealed_case_only_while_it_lies_open(sealed: Case, organisation: User) -> None:
    client = client_for(organisation)
    assert client.post(address(sealed, "contact"), {"reason": "当面谈"}).url == url(sealed)
    assert not AuditEvent.objects.filter(kind="reveal").exists()


def test_where_nothing_was_left_there_is_nothing_to_ask_for(company: Company, accepted: Case, officer: User) -> None:
    assert client_for(officer).get(address(accepted, "contact")).url == url(accepted)
    anonymous = CaseFactory(project=company.own_project, origin="qr")
    assert page_of(anonymous, officer).status_code == 404
    page = page_of(anonymous, company.person(Role.LABOUR_CENTRE))
    assert page.context["contact"] is None
    assert address(anonymous, "contact") not in text(page)


# ── Photos and voice notes ───────────────────────────────────────────────────────────────────────────────────────


def sent(case: Case, kind: str = "voice", content_type: str = "audio/mpeg", content: bytes = SOUND) -> CaseFile:
    return CaseFile.objects.create(case=case, kind=kind, content_type=content_type, content=content, seconds=12)


def file_url(row: CaseFile) -> str:
    place = [each.pk for each in files_of(row.case)].index(row.pk) + 1
    return reverse("case-file", args=[row.case.number, place])


@pytest.mark.parametrize(
    ("claimed", "served", "is_download"),
    [
        ("audio/mpeg", "audio/mpeg", False),
        ("audio/webm; codecs=opus", "audio/webm", False),
        ("image/jpeg", "image/jpeg", False),
        ("text/html", "application/octet-stream", True),
        ("image/svg+xml", "application/octet-stream", True),
    ],
)
def test_a_file_is_served_as_a_kind_that_is_known(
    accepted: Case, officer: User, claimed: str, served: str, is_download: bool
) -> None:
    answer = client_for(officer).get(file_url(sent(accepted, content_type=claimed)))
    assert (answer.content, answer["Content-Type"]) == (SOUND, served)
    assert answer["Content-Disposition"].startswith("attachment" if is_download else "inline")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.parametrize(
    ("wanted", "status", "first", "last"),
    [
        ("bytes=0-", 206, 0, 199),
        ("bytes=10-19", 206, 10, 19),
        ("bytes=190-500", 206, 190, 199),
        ("bytes=19-10", 200, 0, 199),
        ("bytes=500-", 200, 0, 199),
        ("bytes=-5", 200, 0, 199),
    ],
)
def test_a_player_may_ask_for_a_part(accepted: Case, officer: User, wanted: str, status: int, first: int, last: int) -> None:
    answer = client_for(officer).get(file_url(sent(accepted)), headers={"range": wanted})
    assert (answer.status_code, answer.content) == (status, SOUND[first : last + 1])
    assert answer.headers.get("Content-Range") == (f"bytes {first}-{last}/200" if status == 206 else None)


def photos_of(case: Case, by: User) -> list[int]:
    """Keys of a photo of each kind: added, of the settlement, of a promise."""
    added, settled, kept = PhotoFactory(), PhotoFactory(), PhotoFactory()
    CasePhoto.objects.create(case=case, photo=added, by=by)
    Case.objects.filter(pk=case.pk).update(settled_photo=settled)
    today = timezone.localdate()
    given = {"text": "补发", "who": "我", "due_on": today, "given_by": by}
    Promise.objects.create(case=case, kept_on=today, kept_by=by, photo=kept, **given)
    return [added.pk, settled.pk, kept.pk]


def looked_at(client: Client, case: Case, pk: int) -> int:
    return int(client.get(reverse("case-photo", args=[case.number, pk])).status_code)


def test_photos_are_those_of_the_case(accepted: Case, officer: User, company: Company) -> None:
    client = client_for(officer)
    for pk in photos_of(accepted, officer):
        answer = client.get(reverse("case-photo", args=[accepted.number, pk]))
        assert (answer.status_code, answer["Content-Type"]) == (200, "image/jpeg")
        small = client.get(reverse("case-photo", args=[accepted.number, pk]), {"small": ""})
        assert len(small.content) <= len(answer.content)
    assert looked_at(client, accepted, PhotoFactory().pk) == 404


def test_photos_and_files_go_with_the_sight_of_the_case(
    accepted: Case, officer: User, sealed: Case, organisation: User, company: Company
) -> None:
    stranger = client_for(company.person(Role.PROJECT_CLERK))
    assert looked_at(stranger, accepted, photos_of(accepted, officer)[0]) == 404
    assert stranger.get(file_url(sent(accepted))).status_code == 404
    sent(sealed)
    for place in (0, 2):
        assert client_for(officer).get(reverse("case-file", args=[accepted.number, place])).status_code == 404


def test_those_of_a_sealed_case_only_while_it_lies_open(sealed: Case, organisation: User) -> None:
    client, note, [pk, *_others] = client_for(organisation), sent(sealed), photos_of(sealed, organisation)
    assert (client.get(file_url(note)).status_code, looked_at(client, sealed, pk)) == (404, 404)
    client.post(address(sealed, "open"))
    assert (client.get(file_url(note)).status_code, looked_at(client, sealed, pk)) == (200, 200)


def test_what_a_note_says_is_written_down(accepted: Case, officer: User) -> None:
    note = sent(accepted)
    to = reverse("case-transcript", args=[accepted.number, 1])
    assert "<audio" in text(page_of(accepted, officer))
    assert client_for(officer).get(to).url == url(accepted)
    client_for(officer).post(to, {"transcript": "热水器坏了"})
    note.refresh_from_db()
    assert note.transcript == "热水器坏了"
    assert "热水器坏了" in text(page_of(accepted, officer))


def test_a_transcript_that_is_too_long_comes_back(accepted: Case, officer: User) -> None:
    note = sent(accepted)
    answer = client_for(officer).post(reverse("case-transcript", args=[accepted.number, 1]), {"transcript": "长" * 2001})
    assert "长" * 2001 in text(answer)
    assert 'class="lx-error"' in text(answer)
    note.refresh_from_db()
    assert note.transcript == ""


def test_who_may_not_write_down(accepted: Case, sealed: Case, organisation: User, company: Company) -> None:
    client, note = client_for(organisation), sent(sealed)
    client.post(reverse("case-transcript", args=[sealed.number, 1]), {"transcript": "x"})
    note.refresh_from_db()
    assert note.transcript == ""
    sent(accepted, "photo", "image/jpeg")
    address_of_photo = reverse("case-transcript", args=[accepted.number, 1])
    assert client.post(address_of_photo, {"transcript": "x"}).status_code == 404
