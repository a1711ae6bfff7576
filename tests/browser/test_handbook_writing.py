"""Writing into the handbook on a telephone: how little it takes, and what becomes of it where there is no network."""

import json
import re
from typing import Any

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from playwright.sync_api import Locator, Page, expect

from accounts.models import User
from core.roles import Role
from handbook.models import EntryTemplate, HandbookEntry
from tests.browser.conftest import Opener
from tests.browser.filled import what_migrations_fill
from tests.factories import LiaisonFactory, id_number
from tests.factories.attachments import picture
from tests.world import Company, found_company

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
VISIT = "/entries/new/visit/"
MENU = "/entries/new/"
MOST_TAPS, TAP = 6, 44  # presses; pixels
WORDS = "家里老人病了，想请几天假。"
# Everything that the store on the device holds, without the pictures.
KEPT = """async () => {
  const asked = (request) => new Promise((resolve) => { request.onsuccess = () => resolve(request.result); });
  if (!(await indexedDB.databases()).some((database) => database.name === "lianxin-outbox")) return [];
  const database = await asked(indexedDB.open("lianxin-outbox", 1));
  const rows = await asked(database.transaction("entries").objectStore("entries").getAll());
  database.close();
  return rows.map(({ files, ...record }) => ({ ...record, photos: files.length }));
}"""


@pytest.fixture
def company(transactional_db: None) -> Company:
    what_migrations_fill()
    return found_company()


@pytest.fixture
def liaison(company: Company) -> User:
    return company.person(Role.LIAISON)


def kept(page: Page) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = page.evaluate(KEPT)
    return rows


def photo(width: int = 2400, height: int = 1800) -> dict[str, Any]:
    """As a camera makes it: larger than what is sent on."""
    return {"name": "camera.jpg", "mimeType": "image/jpeg", "buffer": picture(width, height, quality=100)}


def outbox(page: Page) -> Locator:
    return page.locator("[data-outbox]")


def send(page: Page) -> None:
    page.locator("[type=submit][form=entry]").click()


def write(page: Page, title: str = "宿舍谈心", **fields: str) -> None:
    page.locator("[name=title]").fill(title)
    for name, value in fields.items():
        page.locator(f"[name={name}]").fill(value)


def sign_in(page: Page, person: User) -> None:
    page.get_by_label("用户名").fill(person.username)
    page.get_by_label("密码").fill(settings.DEMO_PASSWORD)
    page.get_by_role("button", name="登录").click()


def test_a_visit_with_a_photo_takes_a_few_taps(open_as: Opener, company: Company, liaison: User) -> None:
    page = open_as(liaison, "phone")
    page.goto(MENU)
    taps = [
        lambda: page.locator(f"a[href='{VISIT}']").click(),
        lambda: page.locator("[data-chips=id_title] button").first.click(),
        lambda: with_photo(page),
        lambda: send(page),
    ]
    assert len(taps) <= MOST_TAPS
    for tap in taps:
        tap()
    expect(page).to_have_url(re.compile(r"/entries/\d+/$"))
    entry = HandbookEntry.objects.get()
    title = EntryTemplate.objects.filter(kind="visit").order_by("order").first()
    assert title is not None
    assert (entry.author, entry.crew, entry.title, entry.visit.way) == (liaison, company.own_crew, title.title, "visit")
    [row] = entry.photos.all()
    assert (row.photo.width, row.photo.height) == (1600, 1200)
    expect(page.locator(f"img[src='/entries/photos/{row.pk}/?size=small']")).to_be_visible()
    assert kept(page) == []


def with_photo(page: Page) -> None:
    """The camera's button opens the chooser of the telephone."""
    with page.expect_file_chooser() as chooser:
        page.locator("[data-camera]").click()
    chooser.value.set_files(photo())
    expect(page.locator("[data-shots] li")).to_have_count(1)


def test_everything_to_press_is_large_enough_for_a_thumb(open_as: Opener, liaison: User) -> None:
    page = open_as(liaison, "phone")
    page.goto(VISIT)
    pressed = page.locator("main :is(button, select, textarea, summary, .form-control, .form-check):visible, .lx-actions .btn")
    heights = {box.inner_text() or box.get_attribute("name"): (box.bounding_box() or {})["height"] for box in pressed.all()}
    assert {name: height for name, height in heights.items() if 1 < height < TAP} == {}
    assert page.evaluate("document.documentElement.scrollWidth") == 360


def test_a_second_photo_is_added_to_the_first_and_one_is_taken_away(open_as: Opener, liaison: User) -> None:
    page = open_as(liaison, "phone")
    page.goto(VISIT)
    for number in (1, 2, 3):
        page.locator("[name=photos]").set_input_files([photo(900, 600)])
        expect(page.locator("[data-shots] li")).to_have_count(number)
    page.locator("[data-shots] button").first.click()
    expect(page.locator("[data-shots] li")).to_have_count(2)
    write(page)
    send(page)
    expect(page).to_have_url(re.compile(r"/entries/\d+/$"))
    assert HandbookEntry.objects.get().photos.count() == 2


def test_what_is_wrong_is_said_in_place_and_the_photos_stay(open_as: Opener, liaison: User) -> None:
    page = open_as(liaison, "phone")
    page.goto(VISIT)
    page.locator("[name=photos]").set_input_files([photo(900, 600)])
    expect(page.locator("[data-shots] li")).to_have_count(1)
    send(page)
    expect(page.locator("[data-wrong=title]")).to_be_visible()
    expect(page.locator("[data-shots] li")).to_have_count(1)
    assert (kept(page), HandbookEntry.objects.count()) == ([], 0)
    write(page)
    send(page)
    expect(page).to_have_url(re.compile(r"/entries/\d+/$"))
    assert HandbookEntry.objects.get().photos.count() == 1


def written_offline(page: Page, **fields: str) -> None:
    """A visit with a photo, written while there is no network."""
    page.goto(VISIT)
    page.context.set_offline(True)
    page.locator("[name=photos]").set_input_files([photo()])
    expect(page.locator("[data-shots] li")).to_have_count(1)
    write(page, **fields)
    send(page)
    expect(outbox(page)).to_be_visible()


def test_without_a_network_it_is_kept_and_sent_once_after_the_page_was_killed(open_as: Opener, liaison: User) -> None:
    page = open_as(liaison, "phone")
    written_offline(page, words=WORDS)
    expect(outbox(page).locator("[data-count]")).to_have_text("1")
    expect(outbox(page)).to_contain_text("宿舍谈心")
    expect(page.locator("[name=title]")).to_have_value("")
    [record] = kept(page)
    assert (record["user"], record["photos"], HandbookEntry.objects.count()) == (str(liaison.pk), 1, 0)
    page.close()
    again = page.context.new_page()
    page.context.set_offline(False)
    again.goto(MENU)
    expect(again.locator("[data-sent]")).to_be_visible(timeout=10_000)
    expect(outbox(again)).to_be_hidden()
    entry = HandbookEntry.objects.get()
    assert (str(entry.key), entry.author, entry.visit.words, entry.photos.count()) == (record["key"], liaison, WORDS, 1)
    assert kept(again) == []
    again.reload()
    assert HandbookEntry.objects.count() == 1


def test_two_that_were_kept_go_out_when_the_network_is_back(open_as: Opener, liaison: User) -> None:
    page = open_as(liaison, "phone")
    written_offline(page)
    write(page, "工休时走访")
    send(page)
    expect(outbox(page).locator("[data-count]")).to_have_text("2")
    page.context.set_offline(False)
    expect(page.locator("[data-sent] a")).to_have_count(2, timeout=10_000)
    assert sorted(HandbookEntry.objects.values_list("title", flat=True)) == ["宿舍谈心", "工休时走访"]


def test_an_answer_that_was_lost_makes_no_second_entry(open_as: Opener, liaison: User) -> None:
    page = open_as(liaison, "phone")
    page.goto(VISIT)

    def lose(route: Any) -> None:
        if route.request.method == "POST":
            route.fetch()
            route.abort()
        else:
            route.continue_()

    page.route(f"**{VISIT}", lose)
    write(page)
    send(page)
    expect(outbox(page)).to_be_visible()
    assert (HandbookEntry.objects.count(), len(kept(page))) == (1, 1)
    page.unroute_all()
    outbox(page).locator("[data-send]").click()
    expect(page.locator("[data-sent]")).to_be_visible()
    assert (HandbookEntry.objects.count(), kept(page)) == (1, [])


def test_on_a_weak_network_nobody_waits_and_it_arrives_all_the_same(open_as: Opener, liaison: User) -> None:
    page = open_as(liaison, "phone")
    page.goto(VISIT)
    held: list[Any] = []
    page.route(f"**{VISIT}", lambda route: held.append(route))
    write(page)
    send(page)
    expect(outbox(page).locator("[data-says=waiting]")).to_be_visible(timeout=10_000)
    expect(page.locator("[name=title]")).to_have_value("")
    write(page, "工休时走访")
    assert (HandbookEntry.objects.count(), len(kept(page))) == (0, 1)
    held[0].continue_()
    expect(page.locator("[data-sent]")).to_be_visible()
    expect(outbox(page)).to_be_hidden()
    expect(page.locator("[name=title]")).to_have_value("工休时走访")
    assert (HandbookEntry.objects.get().title, kept(page)) == ("宿舍谈心", [])


def test_a_session_that_ended_asks_to_sign_in_and_loses_nothing(open_as: Opener, liaison: User) -> None:
    page = open_as(liaison, "phone")
    page.goto(VISIT)
    page.locator("[name=photos]").set_input_files([photo()])
    expect(page.locator("[data-shots] li")).to_have_count(1)
    write(page)
    Session.objects.all().delete()
    send(page)
    expect(outbox(page).locator("[data-says=signed-out]")).to_be_visible()
    assert (HandbookEntry.objects.count(), len(kept(page))) == (0, 1)
    outbox(page).locator("[data-says=signed-out] a").click()
    sign_in(page, liaison)
    expect(page.locator("[data-sent]")).to_be_visible(timeout=10_000)
    entry = HandbookEntry.objects.get()
    assert (entry.author, entry.photos.count(), kept(page)) == (liaison, 1, [])


def test_somebody_else_on_the_telephone_neither_sees_nor_sends_it(open_as: Opener, company: Company, liaison: User) -> None:
    page = open_as(liaison, "phone")
    written_offline(page)
    page.context.set_offline(False)
    page.close()
    colleague = open_as(LiaisonFactory(team=company.own_team, crew=company.crews[1]).person)
    page.context.clear_cookies()
    page.context.add_cookies(colleague.context.cookies())  # type: ignore[arg-type]
    shared = page.context.new_page()
    shared.goto(VISIT)
    write(shared, "工休时走访")
    send(shared)
    expect(shared).to_have_url(re.compile(r"/entries/\d+/$"))
    expect(outbox(shared)).to_be_hidden()
    assert [entry.title for entry in HandbookEntry.objects.all()] == ["工休时走访"]
    assert [record["user"] for record in kept(shared)] == [str(liaison.pk)]


def test_signing_out_warns_and_removes_what_was_not_sent(open_as: Opener, liaison: User) -> None:
    page = open_as(liaison, "phone")
    written_offline(page)
    page.context.route(f"**{VISIT}", lambda route: route.abort() if route.request.method == "POST" else route.continue_())
    page.context.set_offline(False)
    page.goto("/")
    asked: list[str] = []

    def stay(dialog: Any) -> None:
        asked.append(dialog.message)
        dialog.dismiss()

    page.once("dialog", stay)
    press_sign_out(page)
    assert len(asked) == 1
    assert asked[0]
    assert len(kept(page)) == 1
    page.once("dialog", lambda dialog: dialog.accept())
    press_sign_out(page)
    expect(page.get_by_label("密码")).to_be_visible()
    assert kept(page) == []
    assert not HandbookEntry.objects.exists()


def press_sign_out(page: Page) -> None:
    page.locator("form[action='/sign-out/'] button").first.evaluate("button => button.click()")


def test_no_id_number_is_kept_on_the_telephone(open_as: Opener, liaison: User) -> None:
    page = open_as(liaison, "phone")
    page.goto(VISIT)
    page.context.set_offline(True)
    write(page, words=f"工友 {id_number(5)} 反映")
    send(page)
    expect(page.locator("[data-says=number]")).to_be_visible()
    expect(page.locator("[name=words]")).to_have_value(re.compile(id_number(5)))
    assert id_number(5) not in json.dumps(kept(page))
    write(page, words="工友反映")
    send(page)
    expect(outbox(page)).to_be_visible()
    assert len(kept(page)) == 1


def test_what_the_server_refuses_waits_to_be_corrected(open_as: Opener, liaison: User) -> None:
    page = open_as(liaison, "phone")
    page.goto(VISIT)
    page.context.set_offline(True)
    page.locator("[name=photos]").set_input_files([photo()])
    expect(page.locator("[data-shots] li")).to_have_count(1)
    write(page, on="2025-03-04")
    send(page)
    expect(outbox(page)).to_be_visible()
    page.context.set_offline(False)
    expect(outbox(page).locator("[data-words]")).to_be_visible(timeout=10_000)
    assert not HandbookEntry.objects.exists()
    page.goto(MENU)
    outbox(page).locator("[data-correct]").click()
    expect(page.locator("[name=title]")).to_have_value("宿舍谈心")
    expect(page.locator("[data-shots] li")).to_have_count(1)
    page.locator("[name=on]").fill(f"{HandbookEntry._meta.get_field('on').default()}")
    send(page)
    expect(page).to_have_url(re.compile(r"/entries/\d+/$"))
    assert (HandbookEntry.objects.get().photos.count(), kept(page)) == (1, [])


def test_what_is_not_wanted_is_removed(open_as: Opener, liaison: User) -> None:
    page = open_as(liaison, "phone")
    written_offline(page)
    page.once("dialog", lambda dialog: dialog.accept())
    outbox(page).locator("[data-remove]").click()
    expect(outbox(page)).to_be_hidden()
    page.context.set_offline(False)
    page.goto(MENU)
    assert (kept(page), HandbookEntry.objects.count()) == ([], 0)


def test_back_from_the_entry_the_form_is_a_new_one(open_as: Opener, liaison: User) -> None:
    page = open_as(liaison, "phone")
    page.goto(VISIT)
    write(page)
    send(page)
    expect(page).to_have_url(re.compile(r"/entries/\d+/$"))
    page.go_back()
    write(page, "工休时走访")
    send(page)
    expect(page).to_have_url(re.compile(r"/entries/\d+/$"))
    assert sorted(HandbookEntry.objects.values_list("title", flat=True)) == ["宿舍谈心", "工休时走访"]


def test_everybody_is_ticked_at_once(open_as: Opener, company: Company, liaison: User) -> None:
    page = open_as(liaison, "phone")
    page.goto(VISIT)
    write(page)
    send(page)
    page.locator("a[href$='/people/']").click()
    page.locator("[data-all]").click()
    expect(page.locator("[data-number]")).to_have_text("1")
    page.locator("form[data-ticks] [type=submit]").click()
    expect(page).to_have_url(re.compile(r"/entries/\d+/$"))
    assert list(HandbookEntry.objects.get().visit.workers.all()) == list(company.own_crew.engagements.all())
