"""Two matters from the first word to where they end, through every hand that they pass: on paper, and by the code of a board."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.browser import paper_walk as paper
from tests.browser import voice_walk as voice
from tests.browser import walking
from tests.browser.conftest import Opener

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def phone(chromium: Browser, live_server: Any) -> Iterator[voice.PhoneOpener]:
    """`phone(script=False)` is a page of a worker's own phone; every header of it would give him away."""
    contexts = []

    def opened(*, script: bool) -> Page:
        context = chromium.new_context(
            viewport={"width": 360, "height": 740},
            base_url=live_server.url,
            locale="zh-CN",
            user_agent=voice.CANARIES["agent"],
            extra_http_headers={"X-Forwarded-For": voice.CANARIES["address"]},
            java_script_enabled=script,
        )
        contexts.append(context)
        return context.new_page()

    yield opened
    for context in contexts:
        context.close()


def test_a_line_on_paper_is_answered_on_the_wall_and_settled(open_as: Opener) -> None:
    walk = walking.begin(open_as)
    paper.the_month_s_survey_is_opened(walk)
    code = paper.forms_are_printed_and_handed_out(walk)
    paper.a_returned_form_is_keyed(walk, code)
    walking.the_region_sends_it_to_a_department(walk)
    desk = walking.the_department_takes_it_on(walk)
    walking.it_answers_with_a_promise(walk, desk)
    phone = walking.the_region_approves_it(walk)
    paper.nobody_has_heard_of_it_yet(phone, walk)
    paper.the_team_s_sheet_is_made(walk)
    paper.the_liaison_photographs_it_on_the_wall(walk)
    phone = paper.the_promise_is_kept(walk)
    paper.it_is_settled_before_a_photo(walk, phone)
    paper.somebody_outside_the_line_is_asked_to_go(walk)
    paper.he_presses_one_of_two_buttons(walk)
    paper.it_is_closed_with_both_facts(walk)


def test_a_voice_note_is_answered_by_its_code_and_opened_again(open_as: Opener, phone: voice.PhoneOpener, tmp_path: Path) -> None:
    walk = walking.begin(open_as)
    address = voice.a_board_is_printed(walk)
    code = voice.a_worker_speaks(phone, address, tmp_path)
    voice.it_is_here_without_a_sender(walk)
    voice.the_project_sends_it_back(walk)
    walking.the_region_sends_it_to_a_department(walk)
    desk = walking.the_department_takes_it_on(walk)
    voice.the_department_listens(desk)
    walking.it_answers_with_a_promise(walk, desk)
    region = walking.the_region_approves_it(walk)
    voice.the_answer_stands_behind_the_code(walk, region)
    matter = voice.looked_up(phone, walk, code)
    voice.it_is_not_settled(walk, matter)
    voice.the_department_has_it_again(walk)
    voice.nothing_kept_names_the_sender(code)
