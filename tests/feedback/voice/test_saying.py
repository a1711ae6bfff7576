"""From the page to a case: what is taken, what comes back, and what is written down of it."""

import io
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from PIL import Image

from coordinators.models import NoticeBoard
from core.models import Attachment, AuditEvent
from core.untraceable import HOURS
from feedback.models import Case, CaseAccused, CaseCategory, CaseContact, CaseEvent, CaseFile, CaseSight, RoutingRule, Tier
from feedback.voice.codes import new_token, read_code, sealed
from feedback.voice.submission import category_of
from tests.factories import DepartmentFactory
from tests.feedback.voice.conftest import Say, code_in, file, token_in
from tests.feedback.voice.recordings import CANARY, GPS, KINDS, jpeg, m4a, png

WORDS = "宿舍三天没有热水了\n请来看看"


def test_a_matter_becomes_a_case_of_nobody(say: Say, board: NoticeBoard) -> None:
    team = board.project.teams.get()
    response = say(picture="living", words=WORDS, team=team.pk)
    case = Case.objects.get()
    assert response.status_code == 200
    assert (case.words.split(), case.team, case.project) == (WORDS.split(), team, board.project)
    assert (case.category.key, case.title) == ("living", "食宿·隧道一队")
    assert (case.origin, case.registered_by, case.is_direct) == (Case.Origin.QR, None, False)
    assert case.code_hash == sealed(code_in(response.content.decode()))
    assert not CaseContact.objects.exists()


def test_only_words_are_needed(say: Say) -> None:
    assert code_in(say(words="有话说").content.decode())
    assert Case.objects.get().category.key == "other"


@pytest.mark.parametrize("picture", CaseCategory.Picture.values)
def test_each_picture_has_its_ordinary_category(board: NoticeBoard, picture: str) -> None:
    assert category_of(picture).key == picture
    CaseCategory.objects.filter(key=picture).update(is_active=False)
    found = category_of(picture)
    assert not found.is_sensitive
    assert found.picture in (picture, CaseCategory.Picture.WAGES)


def test_the_rules_send_it_on_at_once(say: Say) -> None:
    department = DepartmentFactory()
    category = CaseCategory.objects.get(key="wages")
    RoutingRule.objects.create(order=900, category=category, tier=Tier.DEPARTMENT, department=department)
    response = say(picture="wages", words=WORDS)
    case = Case.objects.get()
    assert case.status == Case.Status.ROUTED
    assert CaseSight.objects.get(case=case, part="lead").department == department
    assert str(department) in response.content.decode()


def test_no_row_knows_the_minute(say: Say) -> None:
    before = AuditEvent.objects.count()
    say(picture="health", words=WORDS, photo=file(jpeg()))
    case = Case.objects.get()
    moments = [case.routed_at, *case.events.values_list("at", flat=True)]
    if case.category.severity == "urgent":
        moments.append(case.answer_due_at)
    assert len(moments) >= 4
    for moment in moments:
        local = timezone.localtime(moment)
        assert (local.hour % HOURS, local.minute, local.second, local.microsecond) == (0, 0, 0, 0)
    assert not Attachment.objects.exists()
    assert AuditEvent.objects.count() == before


def test_what_is_kept_is_in_the_company_s_language(board: NoticeBoard, worker: Client) -> None:
    """Whose phone speaks another one is soon known."""
    address = f"/w/{board.code}/say/"
    kept = []
    for language in ("en", "zh-CN"):
        headers = {"Accept-Language": language}
        token = token_in(worker.get(address, headers=headers).content.decode())
        worker.post(address, {"token": token, "words": WORDS, "picture": "wages"}, headers=headers)
        case = Case.objects.latest("pk") if not kept else Case.objects.exclude(pk=kept[0][0]).get()
        kept.append((case.pk, case.title, case.route_reason, sorted(case.events.values_list("verb", "note"))))
    assert kept[0][1:] == kept[1][1:]


@pytest.mark.parametrize(
    ("about", "who", "tiers"),
    [
        ("team", "team_boss", {"company", "region", "project"}),
        ("project", "project", {"company", "region"}),
        ("coordinator", "region", {"company"}),
        ("unknown", "unknown", {"company"}),
    ],
)
def test_whom_it_names_does_not_see_it(say: Say, about: str, who: str, tiers: set[str]) -> None:
    say(words=WORDS, about=about)
    assert CaseAccused.objects.get().who == who
    assert set(CaseSight.objects.values_list("tier", flat=True)) == tiers


def test_straight_to_the_company_passes_by_everybody_below(say: Say) -> None:
    text = say(words=WORDS, direct="on").content.decode()
    assert set(CaseSight.objects.values_list("tier", flat=True)) == {"company"}
    assert Case.objects.get().is_direct
    assert code_in(text)


def test_a_number_is_kept_apart_and_the_code_comes_too(say: Say) -> None:
    text = say(words=WORDS, answer="phone", phone="139 0000 0077").content.decode()
    assert str(CaseContact.objects.get().phone.in_the_clear()) == "13900000077"  # type: ignore[union-attr]
    assert Case.objects.get().code_hash == sealed(code_in(text))


@pytest.mark.parametrize("posted", [{"answer": "phone", "phone": "13900000077"}, {"phone": "13900000077"}, {}])
def test_the_receipt_says_who_is_called(say: Say, posted: dict[str, str]) -> None:
    response = say(words=WORDS, **posted)
    assert response.context["receipt"].is_called == ("phone" in posted)
    assert len(code_in(response.content.decode())) == 16


def test_a_number_is_not_kept_where_no_answer_is_wanted(say: Say) -> None:
    assert code_in(say(words=WORDS, answer="none", phone="13900000077").content.decode())
    assert not CaseContact.objects.exists()


def test_a_photo_is_drawn_anew(say: Say) -> None:
    for dirty in (jpeg(), png()):
        assert GPS.encode() in dirty
        say(words="", photo=file(dirty))
    for kept in CaseFile.objects.all():
        picture = Image.open(io.BytesIO(bytes(kept.content)))
        assert picture.format == "JPEG"
        assert not picture.getexif()
        assert [trace for trace in (GPS, CANARY, "canary-name") if trace.encode() in bytes(kept.content)] == []


@pytest.mark.parametrize("kind", KINDS)
def test_a_recording_is_kept_clean(say: Say, kind: str) -> None:
    say(voice=file(KINDS[kind](5)))
    kept = CaseFile.objects.get()
    assert (kept.kind, kept.seconds) == ("voice", 5)
    assert CANARY.encode() not in bytes(kept.content)


@pytest.mark.parametrize(
    ("posted", "field"),
    [
        ({"photo": file(b"no photo")}, "photo"),
        ({"photo": file(b"")}, "photo"),
        ({"photo": file(bytes(9 * 1024 * 1024))}, "photo"),
        ({"voice": file(b"no voice")}, "voice"),
        ({"voice": file(bytes(4 * 1024 * 1024))}, "voice"),
        ({"voice": file(m4a(65))}, "voice"),
        ({"answer": "phone", "phone": ""}, "phone"),
        ({"answer": "phone", "phone": "12"}, "phone"),
        ({"team": "987654321"}, "team"),
    ],
)
def test_what_is_not_in_order_comes_back_with_the_words(say: Say, posted: dict[str, Any], field: str) -> None:
    text = say(words="还在的话 <b>", **posted).content.decode()
    assert "还在的话 &lt;b&gt;</textarea>" in text
    assert f'id="{field}-error"' in text
    assert not Case.objects.exists()


def test_too_many_words_come_back_whole(say: Say) -> None:
    words = "长" * 2001
    text = say(words=words).content.decode()
    assert words in text
    assert not Case.objects.exists()


def test_nothing_at_all_is_asked_for_again(say: Say) -> None:
    assert 'id="words-error"' in say(words="  ").content.decode()


def test_what_was_chosen_comes_back(say: Say, board: NoticeBoard) -> None:
    team = board.project.teams.get()
    posted = {"picture": "safety", "team": team.pk, "answer": "phone", "phone": "12", "direct": "on", "about": "project"}
    text = say(words="话", **posted).content.decode()
    for chosen in (
        'value="safety" checked',
        f'value="{team.pk}" selected',
        'value="phone" checked',
        'value="12"',
        'name="direct" checked',
        'value="project" selected',
    ):
        assert chosen in text


@pytest.mark.parametrize("token", ["", "x", "a:b", new_token("ANOTHER222"), "[]:x"])
def test_a_token_that_is_not_this_page_s_makes_nothing(say: Say, token: str) -> None:
    text = say(words="还在的话", token=token or " ").content.decode()
    assert "还在的话</textarea>" in text
    assert token_in(text) != token
    assert not Case.objects.exists()


def test_the_same_page_twice_is_one_case_and_one_receipt(say: Say, board: NoticeBoard, worker: Client) -> None:
    token = token_in(worker.get(f"/w/{board.code}/say/").content.decode())
    first, second = (say(token=token, words=words).content.decode() for words in ("一", "二"))
    assert first == second
    assert Case.objects.get().words == "一"


def test_two_pages_are_two_cases(say: Say) -> None:
    assert code_in(say(words="一").content.decode()) != code_in(say(words="一").content.decode())
    assert Case.objects.count() == 2


def test_another_team_s_name_is_no_place_here(say: Say) -> None:
    from tests.factories import LabourTeamFactory

    text = say(words="话", team=LabourTeamFactory().pk).content.decode()
    assert 'id="team-error"' in text


def test_an_unknown_board_says_so(worker: Client, db: None) -> None:
    for answer in (worker.get("/w/NOSUCHCODE/say/"), worker.post("/w/NOSUCHCODE/say/", {"words": "x"})):
        assert answer.status_code == 404
        assert "tel:12348" in answer.content.decode()


def test_events_are_those_of_registering_and_routing(say: Say) -> None:
    say(words=WORDS)
    assert {event.by for event in CaseEvent.objects.all()} == {None}


def test_codes_are_read_as_people_type_them() -> None:
    for typed in ("4821 0937 5560 1184", "4821-0937-5560-1184", "４８２１０９３７５５６０１１８４", " 4821093755601184 "):
        assert read_code(typed) == "4821093755601184"
    for typed in ("", "4821", "48210937556011845", "abcd093755601184"):
        assert read_code(typed) == ""
