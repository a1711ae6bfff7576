"""Looked after again: who says so, of which day, in words that few read."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from core.refusals import Refused
from core.roles import Role
from handbook import recording
from handbook.models import VisitRecord
from tests.factories import VisitRecordFactory, person_with
from tests.handbook.kinds.conftest import Site
from tests.handbook.kinds.writing import amended, fresh, posted
from tests.house.test_url_matrix import client_for

pytestmark = pytest.mark.django_db
NOW = "2026-05-20T10:00:00+08:00"
WORDS = "家里老人出院了，人踏实了。"


@pytest.fixture(autouse=True)
def _now(time_machine: Any) -> None:
    time_machine.move_to(NOW, tick=False)


@pytest.fixture
def visit(site: Site) -> VisitRecord:
    """Of somebody on the project, nine days ago; to be looked after again four days ago."""
    today, author = timezone.localdate(), person_with(Role.PROJECT_COORDINATOR, project=site.project)
    facts = {"entry__team": site.teams[0], "entry__author": author, "entry__on": today - timedelta(days=9)}
    return VisitRecordFactory(follow_up_on=today - timedelta(days=4), **facts)


def address(visit: VisitRecord) -> str:
    return f"/entries/{visit.pk}/followed-up/"


def test_the_author_says_how_it_stands_and_those_who_read_the_visit_read_it(site: Site, visit: VisitRecord) -> None:
    today = timezone.localdate()
    VisitRecordFactory(entry__team=site.teams[0], entry__author=visit.entry.author, entry__on=today - timedelta(days=1))
    client = client_for(visit.entry.author)
    assert f'href="{address(visit)}"' in client.get(f"/entries/{visit.pk}/").content.decode()
    assert client.get(address(visit)).context["form"]["on"].value() == today - timedelta(days=1)  # he was there again
    assert client.post(address(visit), {"on": today, "words": WORDS}).url == f"/entries/{visit.pk}/"
    visit.refresh_from_db()
    assert (visit.followed_up_on, visit.followed_up_words) == (today, WORDS)
    colleague = person_with(Role.PROJECT_COORDINATOR, project=site.project)
    pages = {person: client_for(person).get(f"/entries/{visit.pk}/").content.decode() for person in (site.coordinator, colleague)}
    assert [WORDS in page for page in pages.values()] == [True, False]
    assert client_for(colleague).get(address(visit)).status_code == 404
    assert client_for(person_with(Role.PARTY_ORGANISATION)).get(address(visit)).status_code == 403


def test_the_coordinator_of_the_region_may_say_so_after_the_book_is_closed(
    site: Site, visit: VisitRecord, time_machine: Any
) -> None:
    time_machine.move_to("2026-08-01T10:00:00+08:00", tick=False)
    recording.follow_up(visit, by=fresh(site.coordinator), on=timezone.localdate(), words=WORDS)
    recording.follow_up(visit, by=fresh(site.coordinator), on=timezone.localdate(), words="改一句")
    visit.refresh_from_db()
    assert visit.followed_up_words == "改一句"


@pytest.mark.parametrize(
    ("days", "words", "field"),
    [(1, WORDS, "on"), (-10, WORDS, "on"), (0, " ", "words"), (0, "身份证 430000199005209980", "words")],
)
def test_a_day_that_cannot_be_and_words_that_must_not(visit: VisitRecord, days: int, words: str, field: str) -> None:
    said = {"on": timezone.localdate() + timedelta(days=days), "words": words}
    form = client_for(visit.entry.author).post(address(visit), said).context["form"]
    assert set(form.errors) == {field}
    visit.refresh_from_db()
    assert visit.followed_up_on is None


def test_nothing_is_followed_up_where_nobody_said_so_or_it_was_taken_back(site: Site, visit: VisitRecord) -> None:
    author = visit.entry.author
    withdrawn = VisitRecordFactory(
        entry__project=site.project, entry__author=author, follow_up_on=timezone.localdate(), entry__withdrawn=True
    )
    plain = VisitRecordFactory(entry__project=site.project, entry__author=author)
    client = client_for(author)
    assert [client.get(address(each)).status_code for each in (withdrawn, plain)] == [403, 404]
    for each in (withdrawn, plain):
        with pytest.raises(Refused):
            recording.follow_up(each, by=fresh(author), on=timezone.localdate(), words=WORDS)


def test_a_later_day_asks_once_more(visit: VisitRecord) -> None:
    author, today = visit.entry.author, timezone.localdate()
    recording.follow_up(visit, by=fresh(author), on=today, words=WORDS)
    said = posted(f"team-{visit.entry.team_id}", way="talk", on=visit.entry.on.isoformat())
    for day, known in ((today - timedelta(days=4), today), (today + timedelta(days=7), None)):
        visit.entry.refresh_from_db()
        amended(visit.entry, author, said | {"follow_up_on": day.isoformat()})
        visit.refresh_from_db()
        assert visit.followed_up_on == known
    assert visit.followed_up_words == ""
