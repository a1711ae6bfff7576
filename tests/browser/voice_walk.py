"""A voice note from a phone before a board, on its way to the answer and back again: the steps of `test_walks.py`."""

import json
from collections.abc import Callable
from pathlib import Path

from django.apps import apps
from django.core import serializers
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from coordinators.models import BoardPrinting, NoticeBoard
from core.roles import Role
from core.untraceable import rounded
from feedback.models import Case, CaseContact, CaseEvent, CaseFile, CaseMessage, CaseSight, Tier
from tests.browser.test_case_page import press, send
from tests.browser.walking import ANSWER, PROMISE, WHO, Walk, says_of_the_two_facts
from tests.factories import NoticeBoardFactory
from tests.feedback.voice.recordings import CANARY, wav

SECONDS = 3
CANARIES = {"agent": "CanaryPhone/7", "address": "203.0.113.77", "file": "canary-voice.wav"}
PhoneOpener = Callable[..., Page]  # phone(script=…)


def a_board_is_printed(walk: Walk) -> str:
    """With somebody on it who agreed; gives the address in its QR."""
    coordinator = walk.person(Role.PROJECT_COORDINATOR)
    coordinator.disclosure_agreed_on = timezone.localdate()
    coordinator.save()
    board: NoticeBoard = NoticeBoardFactory(project=walk.company.own_project)
    page = walk.at(Role.PROJECT_COORDINATOR, reverse("board", args=[board.code]))
    page.locator(f"form[action='{reverse('board-print', args=[board.code])}'] button").first.click()
    page.wait_for_load_state()
    address: str = BoardPrinting.objects.get(board=board).content["address"]
    assert board.code in address
    return address


def a_worker_speaks(phone: PhoneOpener, address: str, folder: Path) -> str:
    """No account, no script: the picture, a recording, nothing written. Gives the sixteen digits of the receipt."""
    (folder / CANARIES["file"]).write_bytes(wav(SECONDS))
    page = phone(script=False)
    page.goto(address)
    page.locator("a[href$='/say/']").click()
    page.locator("label[for=k-living]").click()
    page.locator("[name=voice]").set_input_files(folder / CANARIES["file"])
    page.locator("form .go").click()
    code = "".join(page.locator(".code span").all_inner_texts())
    assert (len(code), code.isdigit()) == (16, True)
    assert code not in page.url
    assert page.context.cookies() == []
    return code


def it_is_here_without_a_sender(walk: Walk) -> None:
    """Sent on at once by the rules: no rule fits here, so the project has it."""
    case, note = walk.case, CaseFile.objects.get()
    assert (case.origin, case.category.key, case.project) == ("qr", "living", walk.company.own_project)
    assert (case.words, case.team, case.registered_by) == ("", None, None)
    assert (case.status, case.sights.get(part=CaseSight.Part.LEAD).tier) == ("routed", Tier.PROJECT)
    assert (note.kind, note.content_type, note.seconds) == ("voice", "audio/wav", SECONDS)
    assert CANARY.encode() not in bytes(note.content)
    assert not CaseContact.objects.exists()
    assert {event.at for event in CaseEvent.objects.all()} == {rounded(timezone.now())}


def the_project_sends_it_back(walk: Walk) -> None:
    page = walk.case_page(Role.PROJECT_COORDINATOR)
    press(page, walk.case, "refuse")
    page.locator("[name=grounds]").fill("宿舍归安全质量部管")
    send(page)
    expect(page.get_by_role("main")).to_contain_text("退单")
    assert walk.case.status == "refused"


def the_department_listens(page: Page) -> None:
    """What was cleaned still plays."""
    length = page.locator("audio").evaluate(
        "audio => new Promise((good, bad) => { audio.onloadedmetadata = () => good(audio.duration);"
        " audio.onerror = () => bad(audio.error.message); audio.preload = 'metadata'; audio.load(); })"
    )
    assert round(length) == SECONDS


def the_answer_stands_behind_the_code(walk: Walk, page: Page) -> None:
    """Approved is given: whether and when he looks is nobody's business."""
    says_of_the_two_facts(page, answered=True, settled=False)
    assert (walk.case.delivery, walk.case.delivered_at) == (Case.Delivery.CODE, walk.case.replied_at)


def looked_up(phone: PhoneOpener, walk: Walk, code: str) -> Page:
    """By the code as he copied it. Looking changes nothing."""
    before = everything_kept()
    page = phone(script=True)
    page.goto(reverse("voice-reply"))
    page.locator("#code").fill(" ".join(code[place : place + 4] for place in range(0, 16, 4)))
    page.locator("form .go").click()
    for words in (ANSWER, PROMISE, WHO):
        expect(page.get_by_role("main")).to_contain_text(words)
    assert page.locator("ol.next .ok").count() >= 4  # it came in, was given on, somebody took it, there is an answer
    assert page.get_by_role("button", name="没有").count() == 1
    assert code not in page.url
    assert everything_kept() == before
    return page


def it_is_not_settled(walk: Walk, page: Page) -> None:
    """One press has it done again; the first answer and its day stay written."""
    before = walk.case
    page.get_by_role("button", name="没有").click()
    expect(page.locator("ol.next .ok").last).to_contain_text("没有办好，重新办")
    expect(page.locator(".said").last).to_contain_text("没有解决")
    case, said = walk.case, CaseMessage.objects.get(is_from_worker=True)
    assert (case.status, case.redos, case.settled_on, case.closed_at) == ("accepted", 1, None, None)
    assert case.first_answer_due_at == before.first_answer_due_at
    assert (said.by, said.at) == (None, rounded(timezone.now()))
    assert {event.by for event in CaseEvent.objects.filter(verb__in=("worker_says", "redo"))} == {None}
    assert page.context.cookies() == []


def the_department_has_it_again(walk: Walk) -> None:
    page = walk.case_page(Role.DEPARTMENT_OFFICER)
    expect(page.get_by_role("main")).to_contain_text("办理中")
    expect(page.locator(".lx-thread")).to_contain_text("反映人")
    press(page, walk.case, "submit-reply")
    expect(page.locator("[name=text]")).to_be_visible()


def nothing_kept_names_the_sender(code: str) -> None:
    """In any row of any table."""
    kept = everything_kept()
    assert [word for word in (*CANARIES.values(), CANARY, code) if word in kept] == []


def everything_kept() -> str:
    """Every row of every table but sessions, of which a signed-in person's is prolonged by any page."""
    models = [model for model in apps.get_models() if model._meta.label != "sessions.Session" and model._meta.managed]
    return json.dumps([serializers.serialize("json", model._default_manager.order_by("pk")) for model in models])
