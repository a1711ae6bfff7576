"""The survey on paper and at the keyboard: forms that fit their page, forty sheets keyed without a mouse."""

import time
from statistics import mean
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from accounts.models import User
from core.roles import Role
from feedback.models import Case, CaseCategory, SurveyResponse, SurveyTeam, SurveyTemplate
from tests.browser.conftest import Opener
from tests.browser.test_boards import A4_UPRIGHT, OVERFLOWING, pages_of
from tests.covering import EVERYTHING
from tests.factories import CaseFactory, LabourTeamFactory, ProjectFactory, SurveyRoundFactory, SurveyTeamFactory, person_with

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SHEETS = 40 if EVERYTHING else 8
LONG = "阿克苏至喀什高速公路改扩建工程第七合同段混凝土预制构件及桥面系附属工程专业劳务作业队（三分部第二作业区）"
QUESTIONS = (
    *(("rating", f"第 {number} 项怎么样") for number in range(1, 8)),
    ("yes_no", "是否知道协理员、联络员是谁"),
    ("rating", "反映问题是否得到答复"),
    ("rating", "业余生活"),
    ("text", "目前最大的困难"),
    ("text", "意见建议"),
    ("text", "希望参加的培训"),
)
GATHERS = {11: "problem", 12: "suggestion"}


@pytest.fixture
def form() -> SurveyTemplate:
    """An earlier test may have emptied the tables that migrations fill."""
    template, is_new = SurveyTemplate.objects.get_or_create(
        number=1, defaults={"title": "党群工作调查反馈登记表", "valid_from": "2020-01", "opening": "不写名字也可以。"}
    )
    if is_new:
        for number, (kind, text) in enumerate(QUESTIONS, start=1):
            template.questions.create(number=number, kind=kind, text=text, gathers=GATHERS.get(number, ""))
    category = {"name": "食宿", "severity": "normal"}
    CaseCategory.objects.get_or_create(key="living", defaults=category)
    return template


def coordinated(form: SurveyTemplate, project_name: str = "敦格项目", team_name: str = "隧道一队") -> tuple[SurveyTeam, User]:
    team = LabourTeamFactory(project=ProjectFactory(name=project_name), name=team_name)
    in_round = SurveyTeamFactory(team=team, round=SurveyRoundFactory(project=team.project, template=form), on_site=SHEETS)
    return in_round, person_with(Role.PROJECT_COORDINATOR, project=team.project)


def address(in_round: SurveyTeam, page: str) -> str:
    return f"/surveys/{in_round.round.project.code}/{in_round.round.month}/{page}/{in_round.team_id}/"


@pytest.mark.parametrize(
    ("project", "team"), [("敦格项目", "隧道一队"), (LONG + "一", LONG + "𠮷田班"), ("A" * 100, "Team " * 20)]
)
def test_as_many_pages_as_forms_and_nothing_runs_over(open_as: Opener, form: SurveyTemplate, project: str, team: str) -> None:
    in_round, coordinator = coordinated(form, project, team.strip())
    page = open_as(coordinator)
    page.goto(address(in_round, "print"))
    page.get_by_role("spinbutton").fill("3")
    page.get_by_role("spinbutton").press("Enter")
    expect(page.locator(".form")).to_have_count(3)
    page.emulate_media(media="print")
    assert page.evaluate(OVERFLOWING) == []
    assert pages_of(page.pdf(prefer_css_page_size=True, print_background=True)) == [A4_UPRIGHT] * 3


def test_writing_lines_keep_their_height_on_the_fullest_form(open_as: Opener, form: SurveyTemplate) -> None:
    """Four questions more than the company's form has, and each as long as may be."""
    for number in range(50, 54):
        form.questions.create(number=number, kind="rating", text="一" * 45)
    in_round, coordinator = coordinated(form, LONG, LONG)
    page = open_as(coordinator)
    page.goto(address(in_round, "print"))
    page.get_by_role("spinbutton").fill("1")
    page.get_by_role("spinbutton").press("Enter")
    page.emulate_media(media="print")
    assert page.evaluate(OVERFLOWING) == []
    heights = page.eval_on_selector_all(".ruled", "all => all.map(each => each.clientHeight)")
    assert min(heights) >= 20  # pixels: room for a line


class Keyboard:
    """Counts what is pressed."""

    def __init__(self, page: Page) -> None:
        self.page, self.pressed = page, 0

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)
        self.pressed += len(keys)


def test_forty_sheets_by_keyboard_alone(open_as: Opener, form: SurveyTemplate, record_property: Any) -> None:
    """A team's forty with TEST_EVERYTHING=1; otherwise eight, which take the same keys each and come one after the other too."""
    in_round, coordinator = coordinated(form)
    CaseFactory(project=in_round.round.project, title="没热水", category=CaseCategory.objects.get(key="living"))
    sheets = SurveyResponse.objects.bulk_create(
        SurveyResponse(round=in_round.round, team=in_round.team) for _each in range(SHEETS)
    )
    page = open_as(coordinator)
    page.goto(address(in_round, "key"))
    keys, seconds = Keyboard(page), []
    closed = form.questions.exclude(kind="text").count()
    for number, sheet in enumerate(sheets):
        page.wait_for_function("document.activeElement.name === 'code'")
        keys.press(*sheet.code, "Enter", *("1" for _question in range(closed)))
        if number % 4 == 0:  # every fourth has something to say, and it was said before
            page.keyboard.insert_text("没热水")  # picked from the list: arrow and Enter
            keys.pressed += 2
        started = time.monotonic()
        with page.expect_navigation():
            keys.press("Enter", "Enter", "Enter")
        seconds.append(time.monotonic() - started)
    assert SurveyResponse.objects.keyed().count() == SHEETS
    assert Case.objects.filter(origin="survey", category__key="living").count() == SHEETS / 4
    per_sheet = keys.pressed / SHEETS
    assert per_sheet <= 22
    record_property("keystrokes a sheet", per_sheet)
    record_property("seconds until the next sheet", round(mean(seconds), 3))
    print(f"{per_sheet} keystrokes a sheet, {mean(seconds):.3f} s until the next one")  # noqa: T201 - a measurement


def test_digits_choose_enter_skips_and_the_written_line_wants_all_its_parts(open_as: Opener, form: SurveyTemplate) -> None:
    in_round, coordinator = coordinated(form)
    page = open_as(coordinator)
    page.goto(address(in_round, "key"))
    first = form.questions.order_by("number").first()
    page.keyboard.press("Enter")
    page.keyboard.press("3")
    assert page.evaluate(f"document.querySelector('[name=q{first.pk}]:checked').value") == "3"
    for _question in range(form.questions.exclude(kind="text").count() - 1):
        page.keyboard.press("Enter")
    line = form.questions.get(number=11).pk
    assert page.evaluate("document.activeElement.name") == f"q{line}-title"
    page.keyboard.insert_text("食堂太咸")
    names = []
    for _part in range(4):
        page.keyboard.press("Enter")
        names.append(page.evaluate("document.activeElement.name"))
    assert names == [f"q{line}-{part}" for part in ("category", "kind", "names", "words")]


@pytest.mark.parametrize("size", ["phone", "desk"])
def test_the_liaison_counts_with_two_numbers(open_as: Opener, form: SurveyTemplate, size: str) -> None:
    in_round, _coordinator = coordinated(form)
    page = open_as(person_with(Role.LIAISON, team=in_round.team), size)
    page.goto(address(in_round, "count"))
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    issued, returned = page.get_by_role("spinbutton").all()
    issued.fill("20")
    returned.fill("16")
    returned.press("Enter")
    expect(page).to_have_url("/")
    assert SurveyTeam.objects.values_list("issued", "returned").get() == (20, 16)
