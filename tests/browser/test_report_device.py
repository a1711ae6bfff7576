"""What a device keeps of a report that is being written, and when it lets go of it."""

import json
import re
from typing import Any

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from playwright.sync_api import Page, expect

from accounts.models import User
from core.months import Month
from core.roles import Role
from reports import workflow
from reports.models import MonthlyReport, ReportLine
from reports.workflow import Written
from tests.browser.conftest import Opener
from tests.factories import CoordinatorFactory, MonthlyReportFactory, RegionFactory, id_number, person_with

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
MAY = Month(2026, 5)
ADDRESS = "/reports/NW/2026-05/"
SAVE = "**/reports/NW/2026-05/save/"
MINE = "怀绕二队反映食堂份量少，已转综合办公室。"
THEIRS = "先存进去的另一段话。"


@pytest.fixture
def report(transactional_db: None) -> MonthlyReport:
    return MonthlyReportFactory(region=RegionFactory(code="NW", name="西北片区"), month=MAY)


@pytest.fixture
def writer(report: MonthlyReport) -> User:
    return person_with(Role.REGIONAL_COORDINATOR, region=report.region)


def kept(page: Page) -> dict[str, Any] | None:
    """The copy on the device, if there is one."""
    copies = page.evaluate(
        "Object.entries(localStorage).filter(([key]) => key.startsWith('lianxin:report:')).map(([, text]) => text)"
    )
    return json.loads(copies[0]) if copies else None


def save_elsewhere(report: MonthlyReport, by: User, text: str = THEIRS) -> None:
    report.refresh_from_db()
    line = ReportLine.objects.get(section__template=report.template, key="summary")
    workflow.save(report, by=by, version=report.version, written={line.pk: Written(text=text)})


def text_of(report: MonthlyReport) -> str:
    return report.values.get(line__key="summary").text


def summary(page: Page) -> Any:
    return page.locator("textarea[name=line-summary]")


def test_typing_is_kept_at_once_and_let_go_when_the_server_has_it(open_as: Opener, writer: User, report: MonthlyReport) -> None:
    page = open_as(writer, "phone")
    page.goto(ADDRESS)
    summary(page).fill(MINE)
    copy = kept(page)
    assert copy is not None
    assert (copy["version"], copy["fields"]["line-summary"]) == (1, MINE)
    expect(page.locator("[data-state=saved]")).to_be_visible(timeout=8_000)
    assert text_of(report) == MINE
    assert kept(page) is None


def test_what_a_killed_browser_left_is_back_in_the_form(open_as: Opener, writer: User, report: MonthlyReport) -> None:
    page = open_as(writer)
    page.goto(ADDRESS)
    page.route(SAVE, lambda route: route.abort())
    summary(page).fill(MINE)
    page.locator("[name=line-trained-uncounted]").check()
    page.locator("[name=line-trained-reason]").fill("登记本在项目部")
    page.close()
    again = page.context.new_page()
    again.goto(ADDRESS)
    expect(summary(again)).to_have_value(MINE)
    expect(again.locator("[name=line-trained-uncounted]")).to_be_checked()
    expect(again.locator("[name=line-trained-reason]")).to_have_value("登记本在项目部")
    expect(again.locator("[data-notice=restored]")).to_be_visible()
    expect(again.locator("[data-state=saved]")).to_be_visible(timeout=8_000)
    assert (text_of(report), kept(again)) == (MINE, None)


def test_another_person_on_the_same_device_sees_nothing_of_it(open_as: Opener, writer: User, report: MonthlyReport) -> None:
    page = open_as(writer)
    page.goto(ADDRESS)
    page.route(SAVE, lambda route: route.abort())
    summary(page).fill(MINE)
    colleague = open_as(CoordinatorFactory(region=report.region, acting=True).person)
    page.context.clear_cookies()
    page.context.add_cookies(colleague.context.cookies())  # type: ignore[arg-type]
    page.unroute_all()
    page.goto(ADDRESS)
    expect(summary(page)).to_have_value("")
    expect(page.locator("[data-notice=restored]")).to_be_hidden()


def test_an_offline_device_says_so_and_saves_later(open_as: Opener, writer: User, report: MonthlyReport) -> None:
    page = open_as(writer, "phone")
    page.goto(ADDRESS)
    page.context.set_offline(True)
    summary(page).fill(MINE)
    expect(page.locator("[data-notice=offline]")).to_be_visible(timeout=8_000)
    page.context.set_offline(False)
    expect(page.locator("[data-state=saved]")).to_be_visible(timeout=15_000)
    expect(page.locator("[data-notice=offline]")).to_be_hidden()
    assert text_of(report) == MINE


def test_an_expired_session_is_told_while_typing_and_nothing_is_lost(
    open_as: Opener, writer: User, report: MonthlyReport
) -> None:
    page = open_as(writer, "phone")
    page.goto(ADDRESS)
    Session.objects.all().delete()
    summary(page).fill(MINE)
    expect(page.get_by_text("登录已过期，写的内容还在这台设备上。")).to_be_visible(timeout=8_000)
    page.get_by_role("link", name="重新登录").click()
    page.get_by_label("用户名").fill(writer.username)
    page.get_by_label("密码").fill(settings.DEMO_PASSWORD)
    page.get_by_role("button", name="登录").click()
    expect(page).to_have_url(re.compile(f"{ADDRESS}$"))
    expect(summary(page)).to_have_value(MINE)
    expect(page.locator("[data-state=saved]")).to_be_visible(timeout=8_000)
    assert text_of(report) == MINE


def test_two_people_are_told_and_choose(open_as: Opener, writer: User, report: MonthlyReport) -> None:
    page = open_as(writer)
    page.goto(ADDRESS)
    save_elsewhere(report, writer)
    summary(page).fill(MINE)
    expect(page.locator("[data-notice=conflict]")).to_be_visible(timeout=8_000)
    page.locator("[data-notice=conflict]").get_by_role("button").click()
    expect(page.get_by_text(THEIRS)).to_be_visible()
    expect(summary(page)).to_have_value(MINE)
    page.locator("#mine-summary").check()
    page.get_by_role("button", name="保存选好的内容").click()
    expect(page).to_have_url(re.compile(f"{ADDRESS}$"))
    expect(page.locator("[data-notice=kept]")).to_be_hidden()
    assert (text_of(report), kept(page)) == (MINE, None)


def test_an_old_copy_is_offered_and_never_put_over_what_was_saved_since(
    open_as: Opener, writer: User, report: MonthlyReport
) -> None:
    page = open_as(writer)
    page.goto(ADDRESS)
    page.route(SAVE, lambda route: route.abort())
    summary(page).fill(MINE)
    save_elsewhere(report, writer)
    page.unroute_all()
    page.goto(ADDRESS)
    expect(summary(page)).to_have_value(THEIRS)
    expect(page.locator("[data-notice=kept]")).to_be_visible()
    page.locator("[data-notice=kept]").get_by_role("button", name="对照两份内容").click()
    expect(summary(page)).to_have_value(MINE)
    page.get_by_role("link", name="全部用已保存的").click()
    expect(page.locator("[data-notice=kept]")).to_be_hidden()
    assert (text_of(report), kept(page)) == (THEIRS, None)


def test_what_was_typed_when_somebody_submitted_can_still_be_read(open_as: Opener, writer: User, report: MonthlyReport) -> None:
    page = open_as(writer)
    page.goto(ADDRESS)
    page.route(SAVE, lambda route: route.abort())
    summary(page).fill(MINE)
    MonthlyReport.objects.filter(pk=report.pk).delete()
    MonthlyReportFactory(pk=report.pk, region=report.region, month=MAY, submitted=True)
    page.unroute_all()
    page.goto(ADDRESS)
    page.locator("[data-notice=kept]").get_by_role("button", name="对照两份内容").click()
    expect(summary(page)).to_have_value(MINE)
    expect(page.get_by_role("button", name="保存选好的内容")).to_have_count(0)


def test_a_submission_lets_go_of_the_copy(open_as: Opener, writer: User, report: MonthlyReport) -> None:
    page = open_as(writer)
    page.goto(ADDRESS)
    summary(page).fill(MINE)
    page.locator("[name=line-trained]").fill("4")
    page.locator("[name=line-workers_on_site-uncounted]").check()
    page.locator("[name=line-workers_on_site-reason]").fill("花名册没有交齐")
    page.get_by_role("button", name="检查并提交").click()
    expect(page.get_by_text("已提交，等两个主管部门接收。")).to_be_visible()
    expect(page.locator("[data-notice=kept]")).to_be_hidden()
    report.refresh_from_db()
    assert (report.status, kept(page)) == ("submitted", None)


def test_a_wrong_number_stays_on_the_device_and_is_told_at_its_line(open_as: Opener, writer: User, report: MonthlyReport) -> None:
    page = open_as(writer)
    page.goto(ADDRESS)
    page.locator("[name=line-trained]").fill("很多")
    expect(page.locator("[data-error=line-trained]")).to_be_visible(timeout=8_000)
    copy = kept(page)
    assert copy is not None
    assert copy["fields"]["line-trained"] == "很多"
    page.reload()
    expect(page.locator("[name=line-trained]")).to_have_value("很多")


def test_no_id_number_is_kept_on_the_device(open_as: Opener, writer: User, report: MonthlyReport) -> None:
    page = open_as(writer)
    page.goto(ADDRESS)
    page.locator("[name=line-trained]").fill("4")
    summary(page).fill(f"工友 {id_number(5)} 反映")
    expect(page.locator("[data-error=line-summary]")).to_be_visible(timeout=8_000)
    assert id_number(5) not in json.dumps(kept(page))
    assert not report.values.filter(line__key="summary").exists()


def test_the_reason_shows_only_where_one_is_due(open_as: Opener, writer: User, report: MonthlyReport) -> None:
    page = open_as(writer, "phone")
    page.goto(ADDRESS)
    reason = page.locator("[name=line-workers_on_site-reason]")
    number = page.locator("[name=line-workers_on_site]")
    expect(reason).to_be_hidden()
    number.fill("5")
    expect(reason).to_be_visible()
    number.fill("0")
    expect(reason).to_be_hidden()
