"""The main job, end to end, as a new user would do it in the browser on the demonstration organisation.

Project staff import two real workbooks; the region's coordinator files the month's report; headquarters find it in the admin
site and on the reports page, return it with a remark, and both departments receive it; the other region never sees any of it.
"""

import re
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from playwright.sync_api import Page, expect

from core.months import Month
from labour_teams.models import Engagement
from overview.demo.reports import write_reports
from reports.models import MonthlyReport
from tests.browser.conftest import Opener, seed_demo
from tests.browser.small_demo import organisation
from tests.covering import EVERYTHING

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
ROSTERS = Path(settings.BASE_DIR) / "tests" / "data" / "rosters"
WORDS = "本月新进场工友多，重点谈了高原防护和工资卡办理。"


@pytest.fixture
def demo(transactional_db: None) -> None:
    """The demonstration organisation, small; without TEST_EVERYTHING=1 without the rooms into which nobody goes here."""
    if EVERYTHING:
        seed_demo(0.02)
    else:
        organisation(100, write_reports)


def signed_in(open_as: Opener, username: str, size: str = "desk") -> Page:
    page = open_as(None, size)
    page.goto("/")
    page.get_by_label("用户名").fill(username)
    page.get_by_label("密码").fill(settings.DEMO_PASSWORD)
    page.get_by_role("button", name="登录").click()
    expect(page.get_by_role("heading", level=1, name="我的工作")).to_be_visible()
    return page


def import_roster(page: Page, name: str) -> None:
    page.goto("/")
    page.get_by_role("link", name="导入花名册：敦格项目").click()
    page.locator("input[type=file]").set_input_files(ROSTERS / name)
    page.get_by_role("button", name=re.compile("上传|核对")).first.click()


def write_rows(page: Page, rows: int) -> None:
    page.get_by_role("button", name=f"写入 {rows} 行").click()
    expect(page.get_by_role("heading", name=f"写入 {rows} 行")).to_be_visible()


@pytest.mark.usefixtures("demo")
def test_clerk_imports_two_rosters_and_sees_the_people(open_as: Opener) -> None:
    before = Engagement.objects.filter(project__code="DUNGE").count()
    page = signed_in(open_as, "clerk-dunge")
    import_roster(page, "a01_clean.xlsx")
    expect(page.get_by_role("link", name=re.compile(r"新增\s*12"))).to_be_visible()
    write_rows(page, 12)
    page.get_by_role("link", name=re.compile("示例劳务队乙")).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("示例劳务队乙")
    expect(page.get_by_role("link", name="李建山", exact=True)).to_be_visible()
    import_roster(page, "a07_title_two_level_header_footer.xlsx")
    write_rows(page, 10)
    assert Engagement.objects.filter(project__code="DUNGE").count() == before + 22
    import_roster(page, "a01_clean.xlsx")
    expect(page.get_by_role("link", name=re.compile(r"无变化\s*12"))).to_be_visible()
    assert Engagement.objects.filter(project__code="DUNGE").count() == before + 22


@pytest.mark.usefixtures("demo")
def test_a_file_with_bad_numbers_names_row_and_column_and_writes_nothing(open_as: Opener) -> None:
    before = Engagement.objects.count()
    page = signed_in(open_as, "clerk-dunge", "phone")
    import_roster(page, "b01_bad_ids.xlsx")
    expect(page.get_by_text(re.compile("第3行「身份证号」")).first).to_be_visible()
    page.get_by_label("全部或不写").check()
    expect(page.get_by_role("button", name=re.compile("写入"))).to_be_disabled()
    assert Engagement.objects.count() == before


def fill_what_is_missing(page: Page) -> None:
    """Zero for every number that nobody counted, a sentence for every text."""
    for name in empty(page, "input[type=text]"):
        if not name.endswith(("-reason", "-was")):
            page.locator(f"#report [name='{name}']").fill("0")
    for name in empty(page, "textarea"):
        page.locator(f"#report [name='{name}']").fill("按计划推进。")


def empty(page: Page, kind: str) -> list[str]:
    names: list[str] = page.eval_on_selector_all(
        f"#report {kind}[name^=line-]", "all => all.filter(each => !each.value).map(each => each.name)"
    )
    return names


def report_address() -> str:
    return f"/reports/NW/{Month.current()}/"


def report() -> MonthlyReport:
    return MonthlyReport.objects.get(region__code="NW", month=Month.current())


@pytest.mark.usefixtures("demo")
def test_report_from_draft_to_lock(open_as: Opener) -> None:
    coordinator = signed_in(open_as, "rc-nw")
    coordinator.get_by_role("link", name="开始填月报").click()
    on_site = coordinator.locator("#on-workers_on_site")
    assert int(on_site.get_by_role("textbox").first.input_value()) == counted_on_site()
    expect(on_site.get_by_role("link", name=re.compile("来源"))).to_have_attribute(
        "href", f"/figures/workers_on_site/region/NW/{Month.current()}/"
    )

    first_text = coordinator.locator("#report textarea").first
    first_text.fill(WORDS)
    expect(coordinator.locator("[data-state=saved]")).to_be_visible(timeout=10_000)
    assert report().status == "draft"
    coordinator.goto("/")
    coordinator.get_by_role("link", name="继续填月报").click()
    expect(coordinator.locator("#report textarea").first).to_have_value(WORDS)

    coordinator.get_by_role("button", name="检查并提交").click()
    expect(coordinator.get_by_text(re.compile("还不能提交"))).to_be_visible()
    assert report().status == "draft"
    fill_what_is_missing(coordinator)
    coordinator.get_by_role("button", name="检查并提交").click()
    expect(coordinator.get_by_text("已提交，等两个主管部门接收。")).to_be_visible()

    headquarters = signed_in(open_as, "hq-org")
    find_in_admin(headquarters)
    headquarters.goto("/reports/")
    headquarters.locator(f"a[href='{report_address()}']").first.click()
    headquarters.locator("#on-talks summary").first.click()
    headquarters.locator("#on-talks textarea").fill("谈心谈话写 0，手册里有记录，请核对。")
    headquarters.get_by_role("button", name="退回并附意见").first.click()
    expect(headquarters.get_by_text("已退回片区，意见已附上。")).to_be_visible()

    coordinator.goto("/")
    coordinator.get_by_role("link", name="继续填月报").click()
    expect(coordinator.get_by_text("谈心谈话写 0，手册里有记录，请核对。").first).to_be_visible()
    coordinator.locator("[name=line-talks]").fill("86")
    coordinator.get_by_role("button", name="检查并再次提交").click()
    expect(coordinator.get_by_text("已提交，等两个主管部门接收。")).to_be_visible()

    headquarters.goto(report_address())
    headquarters.get_by_role("button", name="接收", exact=True).click()
    expect(headquarters.get_by_text("已接收。")).to_be_visible()
    assert report().status == "received"
    labour_centre = signed_in(open_as, "hq-labour")
    labour_centre.goto(report_address())
    labour_centre.get_by_role("button", name="接收", exact=True).click()
    expect(labour_centre.get_by_text("两个部门都已接收，月报已锁。")).to_be_visible()
    assert report().status == "locked"
    assert not report().is_late

    stranger = signed_in(open_as, "rc-gx")
    assert stranger.goto(report_address()).status == 404  # type: ignore[union-attr]
    stranger.goto("/reports/")
    expect(stranger.get_by_text("西北片区")).to_have_count(0)


def counted_on_site() -> int:
    return Engagement.objects.filter(project__region__code="NW", left_on=None).count()


def find_in_admin(page: Page) -> None:
    page.goto("/")
    page.get_by_role("link", name="后台").first.click()
    page.locator("#content a[href='/admin/reports/monthlyreport/']").first.click()
    row = page.locator("#result_list tbody tr", has_text="西北片区").filter(has_text=Month.current().label).first
    expect(row).to_contain_text("已提交")


@pytest.mark.usefixtures("demo")
def test_an_expired_session_keeps_what_was_typed(open_as: Opener) -> None:
    page = signed_in(open_as, "rc-nw")
    page.goto(report_address())
    page.route("**/save/", lambda route: route.abort())
    page.locator("#report textarea").first.fill(WORDS)
    Session.objects.all().delete()
    page.get_by_role("button", name="检查并提交").click()
    expect(page.get_by_role("heading", name=re.compile("登录"))).to_be_visible()
    page.get_by_label("用户名").fill("rc-nw")
    page.get_by_label("密码").fill(settings.DEMO_PASSWORD)
    page.get_by_role("button", name="登录").click()
    expect(page.locator("#report textarea").first).to_have_value(WORDS)


@pytest.mark.usefixtures("demo")
def test_signing_out_leaves_nothing_on_the_device(open_as: Opener) -> None:
    page = signed_in(open_as, "rc-nw", "phone")
    page.goto(report_address())
    page.route("**/save/", lambda route: route.abort())
    page.locator("#report textarea").first.fill(WORDS)
    page.wait_for_function("Object.keys(localStorage).some(key => key.startsWith('lianxin:'))")
    page.unroute_all()
    page.goto("/")
    sign_out(page)
    assert page.evaluate("Object.keys(localStorage)") == []
    page.go_back()
    expect(page.get_by_role("heading", name=re.compile("登录"))).to_be_visible()


def sign_out(page: Any) -> None:
    page.locator("form[action='/sign-out/'] button").first.evaluate("button => button.click()")
    expect(page.get_by_role("heading", name=re.compile("登录"))).to_be_visible()
