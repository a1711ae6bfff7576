"""The page of an entry: who reads what there, its photos, what can be done next, taking it back."""

import re
from datetime import date

import pytest
from django.test import Client

from accounts.models import User
from core.roles import READERS, Role
from handbook.models import EntryCase, EntryPhoto, HandbookEntry
from tests.factories import CaseFactory, HandbookEntryFactory, PhotoFactory, VisitRecordFactory
from tests.house.test_url_matrix import client_for
from tests.world import Company

pytestmark = pytest.mark.django_db
WORDS = "班长骂人，年轻的几个想走。"
LONG_AGO = date(2025, 3, 4)


@pytest.fixture
def entry(company: Company, liaison: User) -> HandbookEntry:
    """A visit of the liaison to his crew."""
    return VisitRecordFactory(entry__author=liaison, entry__crew=company.own_crew, words=WORDS).entry


def at(entry: HandbookEntry, verb: str = "") -> str:
    return f"/entries/{entry.pk}/{verb}"


def doing(client: Client, entry: HandbookEntry) -> set[str]:
    found = client.get(at(entry)).context["doing"]
    return {name for name in found.__slots__ if getattr(found, name)}


def test_what_was_said_is_read_by_few(company: Company, entry: HandbookEntry) -> None:
    readers = {Role.LIAISON, Role.REGIONAL_COORDINATOR, Role.PARTY_ORGANISATION}
    for role in Role:
        person = entry.author if role == Role.LIAISON else company.person(role)
        page = client_for(person).get(at(entry))
        if page.status_code == 200:
            assert (WORDS in page.content.decode()) == (role in readers), role


def test_a_visit_is_seen_by_its_project_and_not_by_others(company: Company, entry: HandbookEntry) -> None:
    seen = {role for role in Role if client_for(company.person(role)).get(at(entry)).status_code == 200}
    above = {Role.REGIONAL_COORDINATOR, Role.PROJECT_COORDINATOR, Role.PROJECT_COMMITTEE, Role.PROJECT_CLERK}
    assert above <= seen
    assert not seen & {Role.LIAISON, Role.HEALTH_OFFICER, Role.DEPARTMENT_OFFICER}  # another liaison of the same crew, too
    assert client_for(entry.author).get("/entries/987654/").status_code == 404


def test_its_author_may_do_everything(local: Client, entry: HandbookEntry) -> None:
    assert doing(local, entry) == {"amend", "withdraw", "tick", "open_matter", "copy"}


def test_the_region_takes_back_and_opens_matters_and_rewrites_nothing(company: Company, entry: HandbookEntry) -> None:
    client = client_for(company.person(Role.REGIONAL_COORDINATOR))
    assert doing(client, entry) == {"withdraw", "open_matter"}
    assert [client.get(at(entry, verb)).status_code for verb in ("amend/", "people/")] == [403, 403]


@pytest.mark.parametrize("role", sorted(READERS))
def test_readers_see_no_button(company: Company, entry: HandbookEntry, role: Role) -> None:
    client = client_for(company.person(role))
    assert doing(client, entry) == set()
    assert [client.get(at(entry, verb)).status_code for verb in ("amend/", "withdraw/", "people/", "matter/")] == [
        403,
        403,
        403,
        404,
    ]


def test_a_closed_month_is_only_taken_back(company: Company, liaison: User, local: Client) -> None:
    old = VisitRecordFactory(entry__author=liaison, entry__crew=company.own_crew, entry__on=LONG_AGO).entry
    assert doing(local, old) == {"withdraw", "open_matter", "copy"}
    assert local.get(at(old, "amend/")).status_code == 403


def test_taking_back_asks_why_and_leaves_it_there(local: Client, liaison: User, entry: HandbookEntry) -> None:
    assert "reason" in local.post(at(entry, "withdraw/"), {"reason": " "}).context["form"].errors
    entry.refresh_from_db()
    assert entry.is_standing
    local.post(at(entry, "withdraw/"), {"reason": "记错了班组"})
    entry.refresh_from_db()
    assert (entry.withdrawn_reason, entry.withdrawn_by, entry.is_standing) == ("记错了班组", liaison, False)
    page = local.get(at(entry))
    assert "<del>宿舍谈心</del>" in page.content.decode()
    assert "记错了班组" in page.content.decode()
    assert doing(local, entry) == {"copy"}
    assert local.post(at(entry, "withdraw/"), {"reason": "再来一次"}).status_code == 403
    assert local.get(at(entry, "amend/")).status_code == 403


def test_a_photo_is_for_whoever_sees_the_entry(company: Company, local: Client, entry: HandbookEntry) -> None:
    photo = EntryPhoto.objects.create(entry=entry, photo=PhotoFactory())
    place = f"/entries/photos/{photo.pk}/"
    assert f'src="{place}?size=small"' in local.get(at(entry)).content.decode()
    large, small = local.get(place), local.get(f"{place}?size=small")
    assert (large.headers["Content-Type"], large.content[:2]) == ("image/jpeg", b"\xff\xd8")
    assert len(small.content) < len(large.content)
    assert client_for(company.person(Role.LIAISON)).get(place).status_code == 404
    assert client_for(company.person(Role.DEPARTMENT_OFFICER)).get(place).status_code == 404
    assert Client().get(place).status_code == 302


def test_every_photo_says_in_words_what_it_is(local: Client, entry: HandbookEntry) -> None:
    EntryPhoto.objects.create(entry=entry, photo=PhotoFactory(), caption="宿舍门口")
    EntryPhoto.objects.create(entry=entry, photo=PhotoFactory())
    page = local.get(at(entry)).content.decode()
    assert 'alt="宿舍门口"' in page
    assert 'alt=""' not in page
    assert re.search(r'alt="[^"]*2[^"]*宿舍谈心"', page)


def test_a_photo_is_removed_while_the_book_is_open(company: Company, local: Client, liaison: User, entry: HandbookEntry) -> None:
    photo = EntryPhoto.objects.create(entry=entry, photo=PhotoFactory())
    place = f"/entries/photos/{photo.pk}/remove/"
    assert local.get(place).headers["Location"] == at(entry)
    client_for(company.person(Role.REGIONAL_COORDINATOR)).post(place)
    assert EntryPhoto.objects.filter(pk=photo.pk).exists()
    assert local.post(place).headers["Location"] == at(entry, "amend/")
    assert not EntryPhoto.objects.filter(pk=photo.pk).exists()
    old = HandbookEntryFactory(kind="visit", author=liaison, crew=company.own_crew, on=LONG_AGO)
    kept = EntryPhoto.objects.create(entry=old, photo=PhotoFactory())
    local.post(f"/entries/photos/{kept.pk}/remove/")
    assert EntryPhoto.objects.filter(pk=kept.pk).exists()


def test_only_cases_that_the_reader_sees_are_shown(company: Company, local: Client, entry: HandbookEntry) -> None:
    seen = CaseFactory(project=company.own_project, team=company.own_team, crew=company.own_crew)
    hidden = CaseFactory(project=company.own_project, is_sensitive=True)
    for case in (seen, hidden):
        EntryCase.objects.create(entry=entry, case=case)
    page = client_for(company.person(Role.REGIONAL_COORDINATOR)).get(at(entry))
    shown = {case.number for case in page.context["cases"]}
    assert hidden.number not in page.content.decode() or hidden.number in shown
    assert {case.number for case in local.get(at(entry)).context["cases"]} <= {seen.number}
    assert hidden.number not in local.get(at(entry)).content.decode()
