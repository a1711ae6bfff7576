"""A reply sheet from the printer to the wall: what its pages measure, and the photo that makes its answers count."""

from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from core.roles import Role
from feedback.models import Case, FeedbackSheet
from labour_teams.models import LabourTeam
from tests.browser.conftest import Opener
from tests.browser.test_boards import A3, pages_of
from tests.factories import CaseFactory, FeedbackSheetFactory, LabourTeamFactory, person_with, picture

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LONG = "热水器已报修并更换，晚上六点到十点供热水，厕所每天专人打扫，周末加开一次。" * 3
SIZES = """() => [...document.querySelectorAll(".wall h1, .item th, .item td, .names th, .foot span")].map(
  box => [box.tagName, parseFloat(getComputedStyle(box).fontSize) * 0.75])"""
TOO_WIDE = """() => [...document.querySelectorAll(".wall, .wall td, .wall th")].filter(
  box => box.scrollWidth > box.clientWidth + 1).map(box => box.textContent.trim().slice(0, 40))"""


def sheet_of(team: LabourTeam, number: int) -> FeedbackSheet:
    cases = [
        CaseFactory(project=team.project, team=team, status="answered", item_code=f"K7MPX3-{line}", reply=LONG)
        for line in range(1, number + 1)
    ]
    return FeedbackSheetFactory(team=team, cases=cases)


@pytest.mark.parametrize(("lines", "least", "most"), [(1, 1, 1), (2, 1, 1), (14, 3, 5)])
def test_a_sheet_goes_on_over_as_many_a3_pages_as_it_needs(open_as: Opener, lines: int, least: int, most: int) -> None:
    team = LabourTeamFactory(name="猛洞河特大桥桥梁架设及附属工程第3作业队")
    sheet = sheet_of(team, lines)
    page = open_as(person_with(Role.PROJECT_COORDINATOR, project=team.project))
    page.goto(reverse("wall-paper", args=[sheet.pk]))
    page.emulate_media(media="print")
    assert page.evaluate(TOO_WIDE) == []
    pages = pages_of(page.pdf(prefer_css_page_size=True, print_background=True))
    assert set(pages) == {A3}
    assert least <= len(pages) <= most


def test_it_is_read_from_two_metres(open_as: Opener) -> None:
    team = LabourTeamFactory()
    page = open_as(person_with(Role.PROJECT_COORDINATOR, project=team.project))
    page.goto(reverse("wall-paper", args=[sheet_of(team, 2).pk]))
    sizes: list[Any] = page.evaluate(SIZES)
    assert min(size for name, size in sizes if name == "H1") >= 40
    assert min(size for _name, size in sizes) >= 18


def test_a_liaison_photographs_the_sheet_and_its_answers_count(open_as: Opener) -> None:
    team = LabourTeamFactory()
    sheet = sheet_of(team, 2)
    page: Page = open_as(person_with(Role.LIAISON, team=team))
    page.goto(reverse("wall-sheet", args=[sheet.pk]))
    photo = {"name": "wall.jpg", "mimeType": "image/jpeg", "buffer": picture()}
    page.locator("[name=photo]").set_input_files(files=[photo])
    page.locator("form:has([name=photo]) button[type=submit]").click()
    expect(page.locator("img.lx-shot")).to_be_visible()
    assert set(Case.objects.values_list("delivery", flat=True)) == {"wall"}
    expect(page.locator("[name=photo]")).to_have_count(0)
