"""A worker with a phone: from the board's page to a receipt and the answer; no script, no cookie, nothing left behind (AN-09)."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from coordinators.models import NoticeBoard
from feedback.models import Case
from tests.browser.looking import overflow, violations
from tests.factories import CoordinatorFactory, LiaisonFactory, PhotoFactory, UserFactory
from tests.feedback.voice.conftest import board  # noqa: F401 - a fixture
from tests.feedback.voice.recordings import jpeg, m4a

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LOOKS: tuple[tuple[int, Any], ...] = ((320, "light"), (360, "dark"), (390, "light"))
WORDS = "宿舍三天没有热水了"


@pytest.fixture
def phone(chromium: Browser, live_server: Any) -> Iterator[Any]:
    """`phone(360, "dark")` is a page of a phone that runs no script at all."""
    contexts = []

    def opened(width: int = 360, scheme: Any = "light", *, script: bool = False) -> Page:
        context = chromium.new_context(
            viewport={"width": width, "height": 740},
            base_url=live_server.url,
            locale="zh-CN",
            color_scheme=scheme,
            java_script_enabled=script,
        )
        contexts.append(context)
        return context.new_page()

    yield opened
    for context in contexts:
        context.close()


@pytest.fixture
def cared_for(board: NoticeBoard) -> NoticeBoard:  # noqa: F811 - the fixture
    CoordinatorFactory(project=board.project, person=UserFactory(disclosure_agreed_on="2026-05-01", photo=PhotoFactory()))
    return board


def say(page: Page, tmp_path: Path) -> str:
    """Everything that the page offers; gives the code."""
    (tmp_path / "photo.jpg").write_bytes(jpeg())
    (tmp_path / "voice.m4a").write_bytes(m4a(3))
    page.locator("label[for=k-living]").click()
    page.locator("#words").fill(WORDS)
    page.locator("[name=photo]").set_input_files(tmp_path / "photo.jpg")
    page.locator("[name=voice]").set_input_files(tmp_path / "voice.m4a")
    page.locator("#team").select_option(index=1)
    page.locator("form .go").click()
    return "".join(page.locator(".code span").all_inner_texts())


def test_from_the_board_to_the_answer(phone: Any, cared_for: NoticeBoard, tmp_path: Path) -> None:
    page = phone()
    page.goto(f"/w/{cared_for.code}/")
    page.locator(f"a[href='/w/{cared_for.code}/say/']").click()
    code = say(page, tmp_path)
    case = Case.objects.get()
    assert len(code) == 16
    assert page.url.endswith(f"/w/{cared_for.code}/say/")
    assert case.words == WORDS
    assert case.files.count() == 2
    page.locator("a.go").click()
    page.locator("#code").fill(" ".join(code[place : place + 4] for place in range(0, 16, 4)))
    page.locator("form .go").click()
    expect(page.locator("ol.next .ok")).to_have_count(2)
    assert code not in page.url
    page.locator("#words").fill("在三号楼")
    page.locator("form:has(#words) button").click()
    expect(page.locator(".said.mine")).to_contain_text("在三号楼")
    assert case.messages.get().words == "在三号楼"


def test_every_page_fits_and_is_accessible(phone: Any, cared_for: NoticeBoard, tmp_path: Path) -> None:
    """Each page is turned to every width and colour where it stands."""
    page = phone(script=True)  # the checker needs it, the pages do not

    def check() -> None:
        for width, scheme in LOOKS:
            page.set_viewport_size({"width": width, "height": 740})
            page.emulate_media(color_scheme=scheme)
            assert overflow(page) <= 0
            assert violations(page) == []

    page.goto(f"/w/{cared_for.code}/say/")
    check()
    page.locator("form .go").click()  # nothing was said
    expect(page.locator("[role=alert]")).to_be_visible()
    check()
    code = say(page, tmp_path)
    check()
    page.goto("/w/reply/")
    check()
    page.locator("#code").fill(code)
    page.locator("form .go").click()
    check()
    page.goto("/w/reply/")
    page.locator("#code").fill("0" * 16)
    page.locator("form .go").click()
    expect(page.locator("[role=alert]")).to_be_visible()
    check()


def test_nothing_is_left_on_the_phone(phone: Any, cared_for: NoticeBoard, tmp_path: Path, live_server: Any) -> None:
    page = phone(script=True)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"/w/{cared_for.code}/say/")
    say(page, tmp_path)
    assert {url.startswith((live_server.url, "data:")) for url in asked} == {True}
    assert page.context.cookies() == []
    assert page.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]
    page.go_back()
    assert page.locator("#words").input_value() == ""
    assert WORDS not in page.content()


def test_the_page_is_light(phone: Any, cared_for: NoticeBoard) -> None:
    """Every byte that comes over the air, photos of people included, also once everything on it is opened."""
    liaison = UserFactory(disclosure_agreed_on="2026-05-01", photo=PhotoFactory())
    LiaisonFactory(team=cared_for.project.teams.get(), person=liaison)
    page = phone()
    sizes: list[int] = []
    page.on("response", lambda response: sizes.append(len(response.body())))
    page.goto(f"/w/{cared_for.code}/say/", wait_until="networkidle")
    page.locator("summary").click()
    expect(page.get_by_text(liaison.name)).to_be_visible()
    page.wait_for_load_state("networkidle")
    assert len(sizes) <= 3
    assert sum(sizes) < 60_000
