"""The import wizard in a real browser: by mouse, by keyboard, without script, on a phone, in every state, in light and dark."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from accounts.models import User
from imports import workflow
from imports.models import ImportJob
from labour_teams.models import Engagement
from overview.demo.imports import write_imports
from tests.browser.conftest import Opener
from tests.browser.looking import Eyes, parts
from tests.browser.small_demo import organisation
from tests.covering import EVERYTHING
from tests.factories import ImportJobFactory, id_number
from tests.roster_import.rosters import FIRST

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
ROSTERS = Path(settings.BASE_DIR) / "tests" / "data" / "rosters"
S = ImportJob.Status
WAYS = [("phone", "light"), ("desk", "dark"), *([("phone", "dark"), ("desk", "light")] if EVERYTHING else [])]
# Real files of every kind: clean, two-level, old formats, strange encodings, full of errors, unreadable, ambiguous.
TEN = {
    "a01_clean.xlsx": "核对后再写入",
    "a04_gbk.csv": "核对后再写入",
    "a07_title_two_level_header_footer.xlsx": "核对后再写入",
    "a15_rare_han.xlsx": "核对后再写入",
    "a22_two_visible_rosters.xlsx": "导入哪张工作表？",
    "a33_true_biff8.xls": "核对后再写入",
    "b01_bad_ids.xlsx": "核对后再写入",
    "b06_missing_required_column.xlsx": "哪一列是什么？",
    "b12_zero_byte.xlsx": "这个文件用不了",
    "c16_encrypted.xlsx": "这个文件用不了",
}


@pytest.fixture
def clerk(transactional_db: None) -> User:
    organisation(1_000, write_imports)
    return User.objects.get(username="clerk-dunge")


def job(status: str) -> ImportJob:
    return ImportJob.objects.get(project__code="DUNGE", status=status)


def address(page: str, which: ImportJob, *more: int) -> str:
    return reverse(f"import-{page}", args=[which.pk, *more])


def upload(page: Page, name: str) -> None:
    page.goto("/projects/DUNGE/imports/roster/")
    page.locator("input[type=file]").set_input_files(ROSTERS / name)
    page.get_by_role("button", name="上传并核对").click()


def every_page(clerk: User) -> dict[str, str]:
    """Every page of the wizard, in every state that a file can bring it into."""
    waiting = job("previewed")
    pages = {f"job {each.status}": address("job", each) for each in ImportJob.objects.exclude(status="asked")}
    pages |= {page: address(page, waiting) for page in ("columns", "leavers")}
    pages |= {f"row {row}": address("row", waiting, row) for row in (2, waiting.found["header_row"] + waiting.row_count - 1)}
    pages |= {"asked": address("columns", job("asked")), "undo": address("undo", job("written"))}
    for name in ("a22_two_visible_rosters.xlsx", "b01_bad_ids.xlsx", "b16_header_only.csv"):
        data = "甲,乙\n1,2\n".encode() if name.endswith("csv") else (ROSTERS / name).read_bytes()
        read = workflow.read(workflow.receive(waiting.project, "roster", name=name, data=data, by=clerk), by=clerk)
        pages[name] = address("job", read)
    old = timezone.now() - timedelta(hours=1)
    for label, facts in {
        "reading": {"reading": True},
        "silent": {"reading": True, "beat_at": old},
        "dropped": {"dropped": True},
    }.items():
        pages[label] = address("job", ImportJobFactory(project=waiting.project, by=clerk, **facts))
    return pages | {"history": "/projects/DUNGE/imports/", "upload": "/projects/DUNGE/imports/roster/"}


def faults(eyes: Eyes, where: str) -> list[Any]:
    """In a window so high that the bar of actions covers nothing: what it covers by chance is not too small."""
    width = (eyes.page.viewport_size or {})["width"]
    eyes.page.set_viewport_size({"width": width, "height": 780})
    eyes.open(where)
    eyes.page.set_viewport_size({"width": width, "height": eyes.page.evaluate("document.documentElement.scrollHeight") + 200})
    return eyes.faults()


def test_every_state_is_accessible_and_fits(open_as: Opener, clerk: User) -> None:
    """At a desk in the dark those that have an element, class or kind of field which no state before them had.

    With TEST_EVERYTHING=1 every state in all four ways; colours are the same at every width and widths in every theme.
    """
    phone, *others = [Eyes(open_as(clerk, size, theme=theme)) for size, theme in WAYS]
    known: set[str] = set()
    wrong = {}
    for name, where in every_page(clerk).items():
        wrong[name] = faults(phone, where)
        new = parts(phone.page) - known
        known |= new
        if new or EVERYTHING:
            wrong[name] += [fault for eyes in others for fault in faults(eyes, where)]
    assert {name: found for name, found in wrong.items() if found} == {}


def test_ten_files_come_to_the_page_that_they_need(open_as: Opener, clerk: User) -> None:
    page, before = open_as(clerk), Engagement.objects.count()
    for name, heading in TEN.items():
        upload(page, name)
        expect(page.get_by_role("heading", level=1)).to_have_text(heading)
    assert Engagement.objects.count() == before


def test_mistakes_are_corrected_by_keyboard_one_after_the_other(open_as: Opener, clerk: User) -> None:
    page = open_as(clerk)
    upload(page, "b01_bad_ids.xlsx")
    before = ImportJob.objects.latest("pk").counts["error"]
    first = page.locator("input[id^=fix-3-]")
    first.focus()
    page.keyboard.type(id_number(FIRST + 1))
    page.keyboard.press("Enter")
    expect(page.locator("input[id^=fix-4-]")).to_be_focused()
    page.keyboard.type(id_number(FIRST + 3))
    page.keyboard.press("Enter")
    expect(page.locator("input[id^=fix-5-]")).to_be_focused()
    assert ImportJob.objects.latest("pk").counts["error"] == before - 2
    box = page.locator("input[id^=fix-5-]").bounding_box() or {}
    bar = page.locator(".lx-actions").bounding_box() or {}
    assert 0 <= box["y"] < bar["y"] - box["height"]


def test_all_or_nothing_says_at_once_why_not(open_as: Opener, clerk: User) -> None:
    page = open_as(clerk)
    page.goto(address("job", job("previewed")))
    write = page.get_by_role("button", name="写入")
    expect(write).to_be_enabled()
    page.get_by_label("全部或不写").check()
    expect(write).to_be_disabled()
    expect(page.get_by_text("还不能全部写入")).to_be_visible()
    page.get_by_label("先写正确的").check()
    write.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("已写入名册")
    page.get_by_role("link", name="去改好、写入").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("核对后再写入")


def test_a_whole_import_on_a_phone_without_script(open_as: Opener, clerk: User, chromium: Any, live_server: Any) -> None:
    """Question, mistake, duplicate, leaver, write, undo: forms and links alone."""
    signed_in = open_as(clerk, "phone")
    context = chromium.new_context(
        viewport={"width": 360, "height": 780}, base_url=live_server.url, locale="zh-CN", java_script_enabled=False
    )
    context.add_cookies(signed_in.context.cookies())
    page, waiting = context.new_page(), job("previewed")
    page.goto(address("job", waiting))
    page.locator("#question-1").select_option(label="架子队")
    page.get_by_role("button", name="就这样").click()
    page.locator(".lx-pair + form button").first.click()
    while page.locator(".lx-fixes").count():
        page.locator(".lx-fixes").first.get_by_role("button", name="不导入").click()
    page.get_by_role("link", name="勾选退场的人").click()
    page.get_by_role("button", name="全选").click()
    page.get_by_role("button", name="保存勾选").click()
    page.get_by_role("button", name="写入").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("已写入名册")
    page.get_by_role("link", name="撤销本次导入").click()
    page.get_by_role("button", name="撤销").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("已撤销")
    expect(page.get_by_text("名册已回到导入之前")).to_be_visible()
    context.close()


def test_the_page_that_waits_follows_by_itself(open_as: Opener, clerk: User) -> None:
    waiting = job("previewed")
    reading = ImportJobFactory(project=waiting.project, by=clerk, reading=True)
    page = open_as(clerk, "phone")
    page.goto(address("job", reading))
    expect(page.get_by_text("1,200 / 5,000 行")).to_be_visible()
    ImportJob.objects.filter(pk=reading.pk).update(done=4_000)
    expect(page.get_by_text("4,000 / 5,000 行")).to_be_visible()
    assert page.locator("progress").evaluate("bar => bar.value") == 4_000
    ImportJob.objects.filter(pk=reading.pk).update(status=S.DROPPED)
    expect(page.get_by_role("heading", level=1)).to_have_text("已放弃")


def test_a_file_is_dropped_named_and_sent_once(open_as: Opener, clerk: User) -> None:
    page = open_as(clerk)
    page.goto("/projects/DUNGE/imports/roster/")
    data = page.evaluate_handle(
        "text => { const data = new DataTransfer(); data.items.add(new File([text], '拖来的.csv')); return data; }",
        "姓名,身份证号,所属劳务队伍,进场日期\n",
    )
    page.dispatch_event("[data-drop]", "drop", {"dataTransfer": data})
    expect(page.get_by_text("拖来的.csv")).to_be_visible()
    page.get_by_role("button", name="上传并核对").dblclick()
    expect(page.get_by_role("heading", level=1)).to_have_text("表头是哪一行？")
    assert ImportJob.objects.filter(file_name="拖来的.csv").count() == 1


def test_copied_cells_are_pasted_anywhere_on_the_page(open_as: Opener, clerk: User) -> None:
    page = open_as(clerk)
    page.goto("/projects/DUNGE/imports/roster/")
    rows = f"姓名\t身份证号\t所属劳务队伍\t进场日期\n周文军\t{id_number(FIRST + 1)}\t架子队\t2026-03-01\n"
    page.evaluate(
        """text => { const clipboardData = new DataTransfer(); clipboardData.setData("text/plain", text);
           document.body.dispatchEvent(new ClipboardEvent("paste", {clipboardData, bubbles: true, cancelable: true})); }""",
        rows,
    )
    expect(page.locator("textarea")).to_be_focused()
    page.get_by_role("button", name="上传并核对").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("核对后再写入")
    expect(page.get_by_role("link", name="周文军")).to_be_visible()
