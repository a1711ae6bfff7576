"""A line on a paper form, on its way to the end: the steps of `test_walks.py`, each by whoever has to take it."""

from datetime import timedelta
from typing import Any

from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from core.months import Month
from core.roles import Role
from feedback.models import CaseCategory, CaseEvent, FeedbackItem, FeedbackSheet, Promise, SurveyResponse, SurveyTeam
from tests.browser.test_boards import A3, pages_of
from tests.browser.test_case_page import photo, press, send
from tests.browser.walking import ANSWER, PROMISE, WHO, Walk, revisit_of, says_of_the_two_facts

LINE, WORDS, CATEGORY = "宿舍没有热水", "三天没有热水了", "living"
FORMS = 2
STORY = (
    *("register", "route", "accept", "submit_reply", "approve_reply", "deliver"),
    *("keep_promise", "settle", "confirm_settled"),
)


def in_round(walk: Walk) -> SurveyTeam:
    return SurveyTeam.objects.get(team=walk.company.own_team)


def address(walk: Walk, page: str) -> str:
    found = in_round(walk)
    return reverse(f"survey-{page}", args=[found.round.project.code, found.round.month, found.team_id])


def the_month_s_survey_is_opened(walk: Walk) -> None:
    """By the clock, with the teams on site; the coordinator finds his round in the list."""
    call_command("open_surveys", verbosity=0)
    page = walk.at(Role.PROJECT_COORDINATOR, reverse("surveys"))
    page.locator("main table a").first.click()
    expect(page.locator(".lx-survey-teams")).to_contain_text(walk.company.own_team.name)
    found = in_round(walk)
    assert (found.round.month, found.round.status, found.on_site) == (Month.current(), "open", 2)


def forms_are_printed_and_handed_out(walk: Walk) -> str:
    """Gives the code of the form that will come back; the liaison counts, and opens none."""
    page = walk.at(Role.PROJECT_COORDINATOR, address(walk, "print"))
    page.get_by_role("spinbutton").fill(f"{FORMS}")
    page.get_by_role("spinbutton").press("Enter")
    expect(page.locator(".form")).to_have_count(FORMS)
    code = page.locator(".form .corner b").first.inner_text()
    expect(page.locator(".form .slip").first).to_contain_text(f"{code}-1")
    phone = walk.at(Role.LIAISON, address(walk, "count"), "phone")
    for box, number in zip(phone.get_by_role("spinbutton").all(), (FORMS, 1), strict=True):
        box.fill(f"{number}")
    phone.get_by_role("spinbutton").last.press("Enter")
    phone.wait_for_url("**/")
    assert (in_round(walk).issued, in_round(walk).returned) == (FORMS, 1)
    assert SurveyResponse.objects.filter(printed_on=timezone.localdate(), keyed_on=None).count() == FORMS
    return code


def a_returned_form_is_keyed(walk: Walk, code: str) -> None:
    """By keyboard alone; the line of the first open question says something."""
    page = walk.at(Role.PROJECT_COORDINATOR, address(walk, "key"))
    page.wait_for_function("document.activeElement.name === 'code'")
    choices = in_round(walk).round.template.questions.exclude(kind="text").count()
    for key in (*code, "Enter", *("2" for _question in range(choices))):
        page.keyboard.press(key)
    key_the_line(page)
    with page.expect_navigation():
        page.keyboard.press("Enter")
        page.keyboard.press("Enter")
    expect(page.locator(".lx-notices")).to_contain_text(walk.case.number)
    sheet, case = SurveyResponse.objects.get(code=code), walk.case
    assert (sheet.keyed_on, sheet.keyed_by) == (timezone.localdate(), walk.person(Role.PROJECT_COORDINATOR))
    assert sheet.answers.exclude(value=None).count() == choices
    assert (case.origin, case.kind, case.status, case.item_code) == ("survey", "problem", "registered", f"{code}-1")
    assert (case.title, case.words, case.category.key, case.team) == (LINE, WORDS, CATEGORY, walk.company.own_team)


def key_the_line(page: Page) -> None:
    """In a line, category, kind, whom it names, the words themselves."""
    page.keyboard.insert_text(LINE)
    page.keyboard.press("Enter")
    wanted = f"{CaseCategory.objects.get(key=CATEGORY).pk}"
    for _option in range(30):
        if page.evaluate("document.activeElement.value") == wanted:
            break
        page.keyboard.press("ArrowDown")
    for _part in range(3):
        page.keyboard.press("Enter")
    page.keyboard.insert_text(WORDS)
    page.keyboard.press("Enter")


def nobody_has_heard_of_it_yet(page: Page, walk: Walk) -> None:
    """An approved answer is not yet one that was given."""
    says_of_the_two_facts(page, answered=False, settled=False)
    assert (walk.case.delivered_at, walk.case.delivery) == (None, "")


def the_team_s_sheet_is_made(walk: Walk) -> None:
    """A3, with the item code, the line and the answer with its promise; a printed sheet has answered nobody."""
    page = walk.at(Role.PROJECT_COORDINATOR, reverse("team-wall", args=[walk.company.own_team.pk]))
    page.locator(f"form[action='{reverse('wall-print', args=[walk.company.own_team.pk])}'] button").click()
    row = page.locator("tr.item")
    for words in (walk.case.item_code, LINE, ANSWER, PROMISE, WHO):
        expect(row).to_contain_text(words)
    expect(page.locator("body")).not_to_contain_text(WORDS)
    assert pages_of(page.pdf(prefer_css_page_size=True, print_background=True)) == [A3]
    assert FeedbackItem.objects.get().case == walk.case
    assert FeedbackSheet.objects.get().posted_at is None
    nobody_has_heard_of_it_yet(walk.case_page(Role.PROJECT_COORDINATOR), walk)


def the_liaison_photographs_it_on_the_wall(walk: Walk) -> None:
    """Only now has the answer been given. The matter itself is not open to him."""
    page = walk.at(Role.LIAISON, reverse("team-wall", args=[walk.company.own_team.pk]), "phone")
    page.locator("tbody a").click()
    page.locator("[name=photo]").set_input_files(files=[photo()])
    page.locator("form:has([name=photo]) button[type=submit]").click()
    expect(page.locator("img.lx-shot")).to_be_visible()
    sheet, case = FeedbackSheet.objects.get(), walk.case
    assert sheet.posted_by == walk.person(Role.LIAISON)
    assert (case.delivery, case.settled_on, case.status) == ("wall", None, "answered")
    assert case.delivered_at is not None
    says_of_the_two_facts(walk.case_page(Role.PROJECT_COORDINATOR), answered=True, settled=False)
    answer = page.goto(reverse("case", args=[case.number]))
    assert answer is not None
    assert answer.status == 404


def the_promise_is_kept(walk: Walk) -> Page:
    page = walk.case_page(Role.PROJECT_COORDINATOR, "phone")
    press(page, walk.case, "keep-promise")
    page.locator("[name=photo]").set_input_files(photo())
    send(page)
    promise = Promise.objects.get()
    assert (promise.kept_on, promise.kept_by) == (timezone.localdate(), walk.person(Role.PROJECT_COORDINATOR))
    assert promise.photo is not None
    assert walk.case.settled_on is None
    return page


def it_is_settled_before_a_photo(walk: Walk, page: Page) -> None:
    press(page, walk.case, "settle")
    yesterday = timezone.localdate() - timedelta(days=1)
    page.locator("[name=settled_on]").fill(f"{yesterday}")
    page.locator("[name=note]").fill("新热水器装好，水是热的")
    page.locator("[name=photo]").set_input_files(photo())
    send(page)
    says_of_the_two_facts(page, answered=True, settled=True)
    case = walk.case
    assert (case.status, case.settled_on) == ("revisiting", yesterday)
    assert case.settled_photo is not None
    assert revisit_of(walk).due_on > timezone.localdate()


def somebody_outside_the_line_is_asked_to_go(walk: Walk) -> None:
    """Whoever answered, settled or judges it from the project is not on offer."""
    outsider = walk.person(Role.PARTY_ORGANISATION)
    page = walk.at(Role.REGIONAL_COORDINATOR, reverse("revisit", args=[revisit_of(walk).pk]))
    offered: Any = page.eval_on_selector_all("[name=person] option", "all => all.map(each => each.value)")
    assert str(outsider.pk) in offered
    line = (Role.DEPARTMENT_OFFICER, Role.PROJECT_COORDINATOR, Role.LIAISON)
    assert {str(walk.person(role).pk) for role in line}.isdisjoint(offered)
    page.locator("[name=person]").select_option(str(outsider.pk))
    send(page)
    assert revisit_of(walk).asked == outsider


def he_presses_one_of_two_buttons(walk: Walk) -> None:
    page = walk.at(Role.PARTY_ORGANISATION, reverse("revisits"), "phone")
    page.get_by_role("link", name=LINE).click()
    expect(page.locator("[name=answer]")).to_have_count(2)
    expect(page.get_by_role("main")).not_to_contain_text(WORDS)
    page.locator("[name=words]").fill("问了四个人，都说有热水")
    page.locator("[name=answer][value=yes]").click()
    page.wait_for_load_state()
    revisit = revisit_of(walk)
    assert (revisit.is_settled, revisit.done_by) == (True, walk.person(Role.PARTY_ORGANISATION))


def it_is_closed_with_both_facts(walk: Walk) -> None:
    page = walk.case_page(Role.REGIONAL_COORDINATOR)
    expect(page.get_by_role("main")).to_contain_text("办结")
    says_of_the_two_facts(page, answered=True, settled=True)
    assert page.locator(".lx-steps .done").count() == 6
    case = walk.case
    assert (case.status, case.delivery, case.redos) == ("closed", "wall", 0)
    assert None not in (case.closed_at, case.delivered_at, case.settled_on)
    assert tuple(CaseEvent.objects.order_by("at").values_list("verb", flat=True)) == STORY
