"""A case from the first word to the end, each step by whoever has to take it, in a real browser."""

import io
import wave
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from accounts.models import User
from core.roles import Role
from feedback.cases import workflow
from feedback.cases.registering import Matter, register
from feedback.models import Case, CaseCategory, DeadlineRule, Promise, Tier
from tests.browser.conftest import Opener
from tests.browser.looking import violations
from tests.factories import CaseCategoryFactory, CaseFactory
from tests.factories.attachments import picture
from tests.world import Company, found_company

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WIDER = "document.documentElement.scrollWidth > document.documentElement.clientWidth"


@pytest.fixture
def company() -> Company:
    found = found_company()
    if not DeadlineRule.objects.exists():  # an earlier test may have emptied what migrations fill
        DeadlineRule.objects.create(severity="normal", answer_days=3, settle_days=10)
    return found


@pytest.fixture
def case(company: Company) -> Case:
    category: CaseCategory = CaseCategoryFactory()
    matter = Matter(
        category, "宿舍没有热水", Case.Origin.VISIT, "三天没有热水了", project=company.own_project, team=company.own_team
    )
    return register(matter, by=company.person(Role.PROJECT_COORDINATOR))


def page_of(case: Case) -> str:
    return reverse("case", args=[case.number])


def form_of(case: Case, verb: str) -> str:
    return reverse(f"case-{verb}", args=[case.number])


def press(page: Page, case: Case, verb: str) -> None:
    """The button of a verb as it stands on the page; on the phone it stands after the facts."""
    address = form_of(case, verb)
    button = page.locator(f"form[action='{address}'] button, main a[href^='{address}']").locator("visible=true").first
    button.click()
    page.wait_for_load_state()


def send(page: Page) -> None:
    page.locator("main form button[type=submit]").click()
    page.wait_for_load_state()


def looked(open_as: Opener, person: User, case: Case, size: str = "desk") -> Page:
    page = open_as(person, size)
    page.goto(page_of(case))
    expect(page.locator("h1")).to_have_text(case.title)
    assert not page.evaluate(WIDER)
    assert violations(page) == []
    return page


def photo() -> Any:
    return {"name": "IMG_1.jpg", "mimeType": "image/jpeg", "buffer": picture()}


def test_from_the_first_word_to_the_end(open_as: Opener, company: Company, case: Case) -> None:
    people = {role: company.person(role) for role in (Role.REGIONAL_COORDINATOR, Role.DEPARTMENT_OFFICER)}
    regional, officer = people.values()
    coordinator = case.registered_by
    assert coordinator is not None
    dispatched(looked(open_as, regional, case), case, company)
    desk = looked(open_as, officer, case)
    press(desk, case, "accept")
    answered_with_a_promise(desk, case)
    phone = looked(open_as, regional, case, "phone")
    press(phone, case, "approve-reply")
    told_settled_and_kept(looked(open_as, coordinator, case, "phone"), case)
    desk = looked(open_as, regional, case)
    press(desk, case, "confirm-settled")
    assert desk.locator(".lx-steps .done").count() == 6
    assert Case.objects.get().status == "closed"
    assert not desk.evaluate(WIDER)


def dispatched(page: Page, case: Case, company: Company) -> None:
    """The page of dispatching belongs to another room; here it is only where the button leads."""
    press(page, case, "route")
    assert page.url.endswith(form_of(case, "route"))
    to = workflow.Destination(Tier.DEPARTMENT, company.department)
    workflow.route(case, by=case.registered_by, to=to, reason="归安全质量部办")


def answered_with_a_promise(page: Page, case: Case) -> None:
    """An answer that is only words is asked for a fact or a promise; what was typed stays."""
    press(page, case, "submit-reply")
    page.locator("[name=text]").fill("热水器坏了，已报修。")
    send(page)
    assert violations(page) == []
    expect(page.locator("[name=text]")).to_have_value("热水器坏了，已报修。")
    expect(page.locator(".lx-error")).to_have_count(1)
    page.locator("[name=outcome][value=promised]").check()
    page.locator("[name=text_1]").fill("换好热水器")
    page.locator("[name=who_1]").fill("后勤")
    page.locator("[name=due_on_1]").fill(f"{timezone.localdate() + timedelta(days=5)}")
    send(page)
    expect(page.locator(".lx-thread .promise")).to_contain_text("换好热水器")
    assert Case.objects.get().status == "under_review"


def told_settled_and_kept(page: Page, case: Case) -> None:
    press(page, case, "deliver")
    expect(page.locator("[name=how][value=read_aloud]")).to_be_checked()
    page.locator("[name=note]").fill("班前会，21人")
    send(page)
    expect(page.locator(".lx-facts .lx-ok")).to_have_count(1)
    press(page, case, "keep-promise")
    page.locator("[name=photo]").set_input_files(photo())
    send(page)
    assert Promise.objects.get().kept_on == timezone.localdate()
    press(page, case, "settle")
    page.locator("[name=note]").fill("水是热的")
    page.locator("[name=photo]").set_input_files(photo())
    send(page)
    expect(page.locator(".lx-facts .lx-ok")).to_have_count(2)
    with page.expect_navigation():
        page.locator(".lx-photo").first.click()
    assert page.evaluate("document.images[0].naturalWidth") > 0


def test_a_sealed_case_opens_at_a_press_and_its_note_plays(open_as: Opener, company: Company) -> None:
    case = CaseFactory(project=company.own_project, is_sensitive=True, words="班长打了我", title="有事不敢说")
    case.files.create(kind="voice", content_type="audio/wav", content=silence(), seconds=1)
    page = looked(open_as, company.person(Role.PARTY_ORGANISATION), case, "phone")
    assert "班长打了我" not in page.content()
    expect(page.locator(".lx-dl")).to_be_visible()
    page.locator(f"form[action='{form_of(case, 'open')}'] button").click()
    expect(page.locator(".lx-quote")).to_have_text("班长打了我")
    length = page.locator("audio").evaluate(
        "audio => new Promise((good, bad) => { audio.onloadedmetadata = () => good(audio.duration);"
        " audio.onerror = () => bad(audio.error.message); audio.load(); audio.preload = 'metadata'; })"
    )
    assert length == pytest.approx(1, abs=0.05)
    assert not page.evaluate(WIDER)


def silence() -> bytes:
    """A second of silence."""
    written = io.BytesIO()
    with wave.open(written, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(8000)
        sound.writeframes(bytes(16000))
    return written.getvalue()
