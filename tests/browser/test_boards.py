"""A board from the printer to the wall and back, and what the printed pages measure."""

import re
from itertools import product
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from accounts.models import User
from coordinators.models import BoardPrinting, Liaison, NoticeBoard
from core.roles import Role
from regions.models import Project
from tests.browser.conftest import Opener
from tests.covering import EVERYTHING
from tests.factories import (
    BoardPrintingFactory,
    ContactCardBatchFactory,
    CoordinatorFactory,
    LabourTeamFactory,
    LiaisonFactory,
    NoticeBoardFactory,
    PhotoFactory,
    ProjectFactory,
    RightsBoardFactory,
    SiteContactFactory,
    UserFactory,
    WorkCrewFactory,
    person_with,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
AGREED = "2026-01-01"
POINTS = 72 / 25.4  # of a millimetre
A3, A4, A4_UPRIGHT = (420, 297), (297, 210), (210, 297)
# Names that are long, that hold characters beyond the basic plane, and that have no Han characters at all.
NAMES = ("阿卜杜热合曼·买买提吐尔逊江", "𠮷田𬱖", "㛃䶮", "Abdurahman Mamattursun", "向春生", "欧阳建国")
OVERFLOWING = """() => {
  const boxes = [...document.querySelectorAll(".board, .board *, .sheet, .sheet *")].filter(
    box => !box.closest("svg") && getComputedStyle(box).display !== "inline");
  const said = (box, what) => `${what} ${box.className}: ${box.textContent.trim().slice(0, 60)}`;
  const wide = boxes.filter(box => box.scrollWidth > box.clientWidth + 1).map(box => said(box, "too wide"));
  const tall = boxes.filter(box => box.scrollHeight > box.clientHeight + 1).map(box => said(box, "too tall"));
  const sticksOut = cell => [...cell.querySelectorAll("*")].some(each => {
    const inner = each.getBoundingClientRect(), outer = cell.getBoundingClientRect();
    return inner.bottom > outer.bottom + 1 || inner.right > outer.right + 1;
  });
  const cells = [...document.querySelectorAll(".cell, .card, .side, .people")].filter(sticksOut);
  return [...wide, ...tall, ...cells.map(cell => said(cell, "sticks out of"))];
}"""


SMALLEST = """() => {
  const texts = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
  const sizes = [];
  while (texts.nextNode()) {
    const box = texts.currentNode.parentElement;
    if (!texts.currentNode.textContent.trim() || box.closest("svg")) continue;
    sizes.push(parseFloat(getComputedStyle(box).fontSize) * 0.75);
  }
  return Math.min(...sizes);
}"""
LEAST = {"A3": 10.0, "A4": 10.0 * 0.70707}  # points


def pages_of(pdf: bytes) -> list[tuple[int, int]]:
    """Width and height of every page in mm, as the document says it of itself."""
    boxes = re.findall(rb"/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)\s*\]", pdf)
    return [(round(float(width) / POINTS), round(float(height) / POINTS)) for width, height in boxes]


def printed(page: Page, address: str) -> list[tuple[int, int]]:
    """The pages of the PDF; what runs out of its box is a fault."""
    assert page.goto(address).status == 200  # type: ignore[union-attr]
    page.emulate_media(media="print")
    assert page.evaluate(OVERFLOWING) == []
    return pages_of(page.pdf(prefer_css_page_size=True, print_background=True))


@pytest.fixture
def project() -> Project:
    """With a name and a hotline of the longest kind, two coordinators and no liaison yet."""
    project = ProjectFactory(name="湖南永顺至吉首高速公路第十二合同段项目经理部")
    SiteContactFactory(
        project=project,
        hotline="0731-8888 0000",
        mailbox_place="三号拌和站职工食堂门口左手第一根柱子和二号宿舍楼一楼楼梯口右侧墙上",
        mailbox_note="每周一上午八点由片区协理员和项目协理员两人一起开箱并登记",
    )
    photo = PhotoFactory()
    for unit in ({"region": project.region}, {"project": project}):
        person = UserFactory(name=NAMES[0], photo=photo, disclosure_agreed_on=AGREED)
        CoordinatorFactory(
            person=person, duties="督办本片区全部在建项目，每月到每支劳务队伍，工资、食宿、培训、调查表都管", **unit
        )
    return project


def add_liaisons(project: Project, number: int) -> None:
    """Until there are `number`."""
    photo = PhotoFactory()
    for index in range(project.teams.count(), number):
        team = LabourTeamFactory(
            project=project, name=f"隧道{index}队" if index % 3 else f"猛洞河特大桥桥梁架设及附属工程第{index}作业队"
        )
        crew = WorkCrewFactory(
            team=team, work_point="K12+300–K17+850 右幅" if index % 2 else "进口洞口、1号横洞、2号斜井及弃渣场便道"
        )
        person = UserFactory(name=NAMES[index % len(NAMES)], disclosure_agreed_on=AGREED, photo=photo if index % 2 else None)
        LiaisonFactory(crew=crew, person=person, duties="队里有事先找我：工资、考勤、食宿" if index % 4 else "")


@pytest.fixture
def clerk(project: Project) -> User:
    return person_with(Role.PROJECT_CLERK, project=project)


# Liaisons → sheets of paper.
SHEETS = {0: 1, 1: 1, 8: 1, 12: 1, 13: 1, 16: 1, 18: 1, 20: 2, 23: 2}
BOUNDARIES = (0, 1, 18, 20)


@pytest.mark.parametrize("paper", ["A3", "A4"])
def test_a_board_fits_its_paper(open_as: Opener, project: Project, clerk: User, paper: str) -> None:
    """With words of the longest kind; nothing is smaller than 10 points on A3.

    A4 is the A3 sheet made smaller: short of TEST_EVERYTHING=1 only the ends of each number of sheets are printed on it.
    """
    page, board = open_as(clerk), NoticeBoardFactory(project=project, paper=paper)
    for liaisons, sheets in SHEETS.items():
        if paper == "A3" or EVERYTHING or liaisons in BOUNDARIES:
            add_liaisons(project, liaisons)
            number = BoardPrintingFactory(board=board).number
            fills(page, reverse("board-sheet", args=[board.code, number]), paper, liaisons, sheets)


def fills(page: Page, address: str, paper: str, liaisons: int, sheets: int) -> None:
    """Every sheet is full of what is to stand there, with its own code."""
    assert printed(page, address) == [{"A3": A3, "A4": A4}[paper]] * sheets
    assert page.evaluate(SMALLEST) >= LEAST[paper] - 0.01
    assert page.locator(".cell").count() == 2 + liaisons
    codes = page.locator(".side .qr path")
    assert {codes.nth(number).get_attribute("d") for number in range(codes.count())} == {codes.first.get_attribute("d")}
    assert codes.count() == sheets


def test_the_button_above_a_board_prints_it_and_is_not_printed(open_as: Opener, project: Project, clerk: User) -> None:
    board = NoticeBoardFactory(project=project)
    BoardPrintingFactory(board=board)
    page = open_as(clerk)
    page.add_init_script("window.print = () => { document.documentElement.dataset.printed = 'yes'; }")
    page.goto(reverse("board-sheet", args=[board.code, 1]))
    page.locator("[data-print]").click()
    assert page.evaluate("document.documentElement.dataset.printed") == "yes"
    page.emulate_media(media="print")
    expect(page.locator("[data-print]")).to_be_hidden()


def test_liaisons_with_words_of_usual_length_stand_on_one_sheet(open_as: Opener, project: Project, clerk: User) -> None:
    page, board = open_as(clerk), NoticeBoardFactory(project=project)
    for liaisons in (13, 16, 20):
        for number in range(project.teams.count(), liaisons):
            team = LabourTeamFactory(project=project, name=f"隧道{number}队")
            crew = WorkCrewFactory(team=team, work_point="K12+300–K17+850")
            person = UserFactory(name=("单雅琴", "𠮷田𬱖")[number % 2], disclosure_agreed_on=AGREED)
            LiaisonFactory(crew=crew, person=person, duties="队里有事先找我：工资、考勤、食宿")
        printing = BoardPrintingFactory(board=board)
        assert printed(page, reverse("board-sheet", args=[board.code, printing.number])) == [A3]
        assert page.evaluate(SMALLEST) >= LEAST["A3"] - 0.01
        assert page.locator(".lines .cell").count() == liaisons


def test_a_board_without_a_coordinator_and_one_with_six(open_as: Opener, clerk: User) -> None:
    for coordinators in (0, 3, 6):
        own = ProjectFactory()
        SiteContactFactory(project=own)
        for _number in range(coordinators):
            person = UserFactory(name=NAMES[0], disclosure_agreed_on=AGREED)
            CoordinatorFactory(project=own, person=person, duties="工资、食宿、培训、调查表")
        add_liaisons(own, 13)
        board = NoticeBoardFactory(project=own)
        BoardPrintingFactory(board=board)
        page = open_as(person_with(Role.PROJECT_CLERK, project=own))
        assert printed(page, reverse("board-sheet", args=[board.code, 1])) == [A3] * (2 if coordinators > 3 else 1)
        assert page.evaluate(SMALLEST) >= LEAST["A3"] - 0.01


def test_a_rights_board_fits_its_paper(open_as: Opener, project: Project, clerk: User) -> None:
    page, rights = open_as(clerk), RightsBoardFactory(project=project)
    for teams, (paper, size) in product((1, 30), {"A3": A3, "A4": A4}.items()):
        rights.subcontractors = "\n".join(["示例劳务分包有限责任公司"] * teams)[:600]
        rights.save()
        board = NoticeBoardFactory(project=project, paper=paper, rights=True)
        BoardPrintingFactory(board=board)
        assert printed(page, reverse("board-sheet", args=[board.code, 1])) == [size]
        assert page.locator("dt").count() == page.locator("dd").count() == 16


def test_cards_have_a_back_for_every_front(open_as: Opener, project: Project, clerk: User) -> None:
    add_liaisons(project, 1)
    crew = Liaison.objects.get().crew
    assert crew
    board = NoticeBoardFactory(project=project)
    batch = ContactCardBatchFactory(board=board, team=crew.team, crew=crew, sheets=3)
    page = open_as(clerk)
    assert printed(page, reverse("card-sheet", args=[batch.pk])) == [A4_UPRIGHT] * 6
    card = page.locator(".card").first.bounding_box()
    assert card
    assert (round(card["width"] / 96 * 25.4), round(card["height"] / 96 * 25.4)) == (90, 54)


@pytest.fixture
def followed() -> tuple[Project, Liaison]:
    project = ProjectFactory()
    SiteContactFactory(project=project)
    person = UserFactory(name="向春生", disclosure_agreed_on=AGREED)
    return project, LiaisonFactory(team=LabourTeamFactory(project=project), person=person)


def state_in_list(page: Page, project: Project) -> Any:
    page.goto(reverse("boards", args=[project.code]))
    return page.locator("tbody tr .lx-pill")


def test_a_board_followed_from_out_of_date_to_confirmed(open_as: Opener, followed: tuple[Project, Liaison]) -> None:
    project, liaison = followed
    page = open_as(person_with(Role.PROJECT_COORDINATOR, project=project))
    page.goto(reverse("board-new", args=[project.code]))
    page.locator("[name=place]").fill("大门口")
    page.locator("form:has([name=place]) button[type=submit]").click()
    board = NoticeBoard.objects.get()
    print_again = f"form[action='{reverse('board-print', args=[board.code])}'] button"
    page.locator(print_again).click()
    expect(page.locator(".board .tel").last).to_have_text(re.compile(r"^154 9"))
    confirm(page, board)

    page.goto(reverse("post-profile", args=["liaison", liaison.pk]))
    page.locator("[name=phone]").fill("13900000077")
    page.locator("form:has([name=phone]) button[type=submit]").first.click()

    expect(state_in_list(page, project)).to_have_class(re.compile("lx-pill--late"))
    page.goto(reverse("board", args=[board.code]))
    expect(page.locator("#changes li")).to_have_count(1)
    expect(page.locator("#changes li")).to_contain_text("向春生")
    page.locator(print_again).click()
    expect(page.locator(".board .tel").last).to_have_text("139 0000 0077")
    expect(state_in_list(page, project)).to_have_class(re.compile("lx-pill--late"))
    confirm(page, board)
    expect(state_in_list(page, project)).to_have_class(re.compile("lx-pill--ok"))


def confirm(page: Page, board: NoticeBoard) -> None:
    """As the code on the wall leads there: the public page, then the one for staff."""
    newest = BoardPrinting.objects.filter(board=board).order_by("-number")[0]
    page.goto(newest.content["address"])
    page.locator(f"a[href='{reverse('board-scan', args=[board.code, newest.mark])}']").click()
    page.locator("form[enctype] button[type=submit]").click()
    expect(page.locator("#state .lx-pill")).to_have_class(re.compile("lx-pill--ok"))
