"""An entry in three fields; sent twice it is one; what is refused, in which words, with what was typed still there."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from core.roles import READERS, Role
from handbook.models import EntryKind, HandbookEntry, VisitRecord, VisitTopic
from handbook.policies import WRITERS
from handbook.recording import MOST_PHOTOS
from tests.covering import EVERYTHING
from tests.factories import HandbookEntryFactory, VisitRecordFactory, id_number
from tests.factories.attachments import uploaded
from tests.handbook.entries.conftest import Said
from tests.house.test_url_matrix import client_for
from tests.world import Company

pytestmark = pytest.mark.django_db
MENU, VISIT = "/entries/new/", "/entries/new/visit/"
JSON = {"headers": {"Accept": "application/json"}}
WORDS = "家里老人病了，想请几天假。"


@pytest.mark.parametrize("role", list(Role))
def test_each_post_finds_its_kinds_on_the_menu(company: Company, role: Role) -> None:
    """Of the forms that it may not open, which one line of the page refuses, a few are asked for: each kind by some role."""
    client = client_for(company.person(role))
    may = {kind for kind in EntryKind if role in WRITERS[kind]}
    page = client.get(MENU)
    assert page.status_code == (200 if may else 404)
    if may:
        offered = [choice.kind for _hold, choices in page.context["menu"] for choice in choices]
        assert (set(offered), len(offered)) == (may, len(may))
    asked = {kind for place, kind in enumerate(EntryKind) if EVERYTHING or kind in may or (place + [*Role].index(role)) % 5 == 0}
    assert {kind for kind in asked if client.get(f"/entries/new/{kind}/").status_code == 200} == may


def test_three_fields_are_enough(local: Client, liaison: User, company: Company, said: Said) -> None:
    form = local.get(VISIT).context["form"]
    required = [name for name, field in form.fields.items() if field.required and name not in ("key", "way")]
    assert required == ["place", "on", "title"]
    assert form["place"].initial == f"crew-{company.own_crew.pk}"
    assert form["on"].initial == timezone.localdate()
    response = local.post(VISIT, said())
    entry = HandbookEntry.objects.get()
    assert response.headers["Location"] == f"/entries/{entry.pk}/"
    assert (entry.kind, entry.author, entry.title, entry.on) == ("visit", liaison, "宿舍谈心", timezone.localdate())
    assert (entry.crew, entry.team, entry.project) == (company.own_crew, company.own_team, company.own_project)
    assert entry.region == company.own_region
    assert entry.liaison == liaison.posts_today[0]


def test_all_that_is_known_is_kept(local: Client, said: Said) -> None:
    topic = VisitTopic.objects.get(key="family")
    more = {"topics": [topic.pk], "mood": "wavering", "words": WORDS, "spot": "二号宿舍", "headcount": "3"}
    local.post(VISIT, said(photos=[uploaded(), uploaded()], **more))
    entry, visit = HandbookEntry.objects.get(), VisitRecord.objects.get()
    assert (visit.way, visit.mood, visit.words, [*visit.topics.all()]) == ("talk", "wavering", WORDS, [topic])
    assert (entry.place, entry.headcount, entry.photos.count()) == ("二号宿舍", 3, 2)


def test_the_same_form_sent_twice_is_one_entry(local: Client, said: Said) -> None:
    form = said()
    first, second = local.post(VISIT, form), local.post(VISIT, {**form, "title": "改过的标题"})
    entry = HandbookEntry.objects.get()
    assert first.headers["Location"] == second.headers["Location"] == f"/entries/{entry.pk}/"
    assert entry.title == "宿舍谈心"


def test_the_telephone_is_answered_in_json(local: Client, said: Said) -> None:
    form = said(photos=[uploaded()])
    first = local.post(VISIT, form, **JSON)
    entry = HandbookEntry.objects.get()
    assert (first.status_code, first.json()) == (201, {"url": f"/entries/{entry.pk}/", "title": str(entry)})
    again = local.post(VISIT, {**form, "photos": [uploaded()]}, **JSON)
    assert (again.status_code, again.json()["url"]) == (200, f"/entries/{entry.pk}/")
    assert (HandbookEntry.objects.count(), entry.photos.count()) == (1, 1)
    assert "messages" not in local.get(f"/entries/{entry.pk}/").context or not [*local.get(MENU).context["messages"]]


def test_what_arrives_late_is_the_entry_that_it_was(local: Client, liaison: User, company: Company, said: Said) -> None:
    """The answer was lost, the month's book was closed since: the telephone still learns that it is written down."""
    entry = HandbookEntryFactory(kind="visit", author=liaison, crew=company.own_crew, on=date(2025, 3, 4))
    answer = local.post(VISIT, said(key=f"{entry.key}", on="2025-03-04"), **JSON)
    assert (answer.status_code, answer.json()["url"]) == (200, f"/entries/{entry.pk}/")


def test_somebody_else_s_key_gives_nothing_away(company: Company, said: Said) -> None:
    entry = HandbookEntryFactory(kind="visit", project=company.own_project)
    answer = client_for(company.person(Role.LIAISON)).post(VISIT, said(key=f"{entry.key}", title=""), **JSON)
    assert answer.status_code == 422


WRONG: dict[str, dict[str, Any]] = {
    "title": {"title": " "},
    "place": {"place": ""},
    "on": {"on": f"{timezone.localdate() + timedelta(days=3)}"},
    "words": {"words": f"工友 {id_number(7)} 说的"},
    "summary": {"summary": f"{id_number(7)}"},
    "headcount": {"headcount": "很多"},
}


@pytest.mark.parametrize("field", WRONG)
def test_what_is_wrong_is_said_at_its_field_and_nothing_is_lost(local: Client, said: Said, field: str) -> None:
    form = {**said(words=WORDS, spot="二号宿舍"), **WRONG[field]}
    page = local.post(VISIT, form)
    shown = page.context["form"]
    assert page.status_code == 200
    assert set(shown.errors) == {field}
    assert (shown["spot"].value(), shown["key"].value()) == ("二号宿舍", form["key"])
    answer = local.post(VISIT, form, **JSON)
    assert (answer.status_code, set(answer.json()["errors"])) == (422, {field})
    assert not HandbookEntry.objects.exists()


def test_a_closed_month_is_refused_in_words(local: Client, said: Said) -> None:
    answer = local.post(VISIT, said(on="2025-03-04"), **JSON)
    assert set(answer.json()["errors"]) == {"on"}
    assert not HandbookEntry.objects.exists()


def test_what_is_planned_lies_ahead(local: Client, said: Said) -> None:
    ahead = f"{timezone.localdate() + timedelta(days=3)}"
    assert (
        "on" in local.post(VISIT, said(is_planned="on", on=f"{timezone.localdate() - timedelta(days=1)}")).context["form"].errors
    )
    local.post(VISIT, said(is_planned="on", on=ahead))
    assert HandbookEntry.objects.get().is_planned


def test_ten_photos_are_too_many_and_nothing_is_written(local: Client, said: Said) -> None:
    answer = local.post(VISIT, said(photos=[uploaded() for _ in range(MOST_PHOTOS + 1)]), **JSON)
    assert (answer.status_code, set(answer.json()["errors"])) == (422, {"photos"})
    assert not HandbookEntry.objects.exists()


def test_what_is_no_photo_is_refused_with_everything(local: Client, said: Said) -> None:
    answer = local.post(VISIT, said(photos=[uploaded(), uploaded(b"not a picture")]), **JSON)
    assert (answer.status_code, [*answer.json()["errors"]]) == (422, [""])
    assert not HandbookEntry.objects.exists()


def test_a_foreign_place_is_no_choice(local: Client, company: Company, said: Said) -> None:
    answer = local.post(VISIT, said(place=f"crew-{company.crew_at('foreign').pk}"), **JSON)
    assert set(answer.json()["errors"]) == {"place"}


def test_recent_places_come_first_and_once(company: Company) -> None:
    person = company.person(Role.REGIONAL_COORDINATOR)
    teams = [company.crew_at("sibling").team, company.own_team]
    for team in [*teams, teams[0]]:
        HandbookEntryFactory(kind="visit", author=person, team=team)
    form = client_for(person).get(VISIT).context["form"]
    assert [key for key, _name in form.recent] == [f"team-{teams[0].pk}", f"team-{teams[1].pk}"]
    flat = [str(key) for key, _label in form.fields["place"].choices]
    inside = [key for _head, rows in form.fields["place"].choices if isinstance(rows, list) for key, _name in rows]
    assert inside[:2] == [f"team-{team.pk}" for team in teams]
    assert inside.count(f"team-{teams[0].pk}") == 1
    assert f"region-{company.own_region.pk}" in flat


def test_one_more_like_the_last_one(company: Company) -> None:
    person = company.person(Role.REGIONAL_COORDINATOR)
    last = VisitRecordFactory(
        entry__author=person, entry__team=company.own_team, entry__title="驻地座谈", entry__headcount=12,
        entry__on=timezone.localdate() - timedelta(days=9), way="forum", words=WORDS,
    ).entry  # fmt: skip
    client = client_for(person)
    assert [choice.last for _hold, group in client.get(MENU).context["menu"] for choice in group if choice.last] == [last.pk]
    form = client.get(VISIT, {"like": last.pk}).context["form"]
    assert [form[name].initial for name in ("title", "place", "way")] == ["驻地座谈", f"team-{company.own_team.pk}", "forum"]
    assert form["on"].initial == timezone.localdate()
    assert [form[name].value() or None for name in ("headcount", "words", "mood")] == [None, None, None]
    assert form["key"].initial != last.key


def test_nobody_copies_what_somebody_else_wrote(company: Company) -> None:
    others = VisitRecordFactory(entry__team=company.own_team).entry
    client = client_for(company.person(Role.REGIONAL_COORDINATOR))
    assert client.get(f"/entries/{others.pk}/").status_code == 200
    answers = [client.get(VISIT, {"like": like}).status_code for like in (others.pk, 987_654, "x", "9" * 40)]
    assert answers == [404, 404, 404, 404]


def test_the_telephone_asks_who_is_signed_in(local: Client, liaison: User, company: Company) -> None:
    said = local.get("/entries/outbox/").json()
    assert said["user"] == str(liaison.pk)
    assert len(said["token"]) == 64
    assert client_for(company.person(Role.AUDITOR)).get("/entries/outbox/").status_code == 404
    assert Client().get("/entries/outbox/").status_code == 302


def test_the_token_that_it_gets_is_taken(liaison: User, said: Said) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = client_for(liaison).cookies
    assert strict.post(VISIT, said(), **JSON).status_code == 403
    token = strict.get("/entries/outbox/").json()["token"]
    assert strict.post(VISIT, said(csrfmiddlewaretoken=token), **JSON).status_code == 201


@pytest.mark.parametrize("role", sorted(READERS))
def test_readers_write_nothing(company: Company, said: Said, role: Role) -> None:
    assert client_for(company.person(role)).post(VISIT, said()).status_code == 403
    assert not HandbookEntry.objects.exists()


def test_a_key_that_is_none_is_refused(local: Client, said: Said) -> None:
    assert set(local.post(VISIT, said(key="x"), **JSON).json()["errors"]) == {"key"}
    local.post(VISIT, said(key=f"{uuid4()}"))
    assert HandbookEntry.objects.count() == 1
