"""Writing over an entry: what changes, until when, and what happens when somebody was quicker."""

import pytest
from django.test import Client

from accounts.models import User
from handbook.models import EntryPhoto, HandbookEntry
from tests.factories import LabourTeamFactory, PhotoFactory, VisitRecordFactory
from tests.factories.attachments import uploaded
from tests.handbook.entries.conftest import Said
from tests.world import Company

pytestmark = pytest.mark.django_db
MINE, THEIRS = "我写的另一个标题", "别的窗口先存的标题"


@pytest.fixture
def entry(company: Company, liaison: User) -> HandbookEntry:
    return VisitRecordFactory(entry__author=liaison, entry__crew=company.own_crew, words="原来的话", mood="").entry


def amended(local: Client, entry: HandbookEntry, form: dict[str, object], version: int = 1) -> object:
    return local.post(f"/entries/{entry.pk}/amend/", {**form, "key": f"{entry.key}", "version": version})


def test_the_form_begins_with_what_stands_there(local: Client, entry: HandbookEntry, company: Company) -> None:
    form = local.get(f"/entries/{entry.pk}/amend/").context["form"]
    assert (form["title"].value(), form["words"].value()) == ("宿舍谈心", "原来的话")
    assert form["place"].value() == f"crew-{company.own_crew.pk}"


def test_what_is_amended_says_so(local: Client, entry: HandbookEntry, said: Said) -> None:
    response = amended(local, entry, said(title=MINE, words="改过的话", photos=[uploaded()]))
    entry.refresh_from_db()
    assert response.headers["Location"] == f"/entries/{entry.pk}/"  # type: ignore[attr-defined]
    assert (entry.title, entry.visit.words, entry.version, entry.photos.count()) == (MINE, "改过的话", 2, 1)
    assert entry.amended_at is not None
    assert HandbookEntry.objects.count() == 1


def test_two_windows_are_told_and_both_texts_are_there(local: Client, entry: HandbookEntry, said: Said) -> None:
    amended(local, entry, said(title=THEIRS))
    page = amended(local, entry, said(title=MINE))
    entry.refresh_from_db()
    assert (entry.title, entry.version) == (THEIRS, 2)
    context = page.context  # type: ignore[attr-defined]
    assert context["form"]["title"].value() == MINE
    assert [other.stands for other in context["others"]] == [THEIRS]
    assert 'name="version" value="2"' in page.content.decode()  # type: ignore[attr-defined]
    amended(local, entry, said(title=MINE), version=2)
    entry.refresh_from_db()
    assert (entry.title, entry.version) == (MINE, 3)


def test_a_choice_that_stands_there_is_told_in_words(local: Client, entry: HandbookEntry, said: Said) -> None:
    amended(local, entry, said(way="phone"))
    page = amended(local, entry, said(way="forum"))
    stands = [other.stands for other in page.context["others"]]  # type: ignore[attr-defined]
    assert stands == [str(dict(page.context["form"].fields["way"].choices)["phone"])]  # type: ignore[attr-defined]


@pytest.mark.parametrize("version", ["", "x", "9" * 40, "0"])
def test_a_version_that_is_none_overwrites_nothing(local: Client, entry: HandbookEntry, said: Said, version: str) -> None:
    amended(local, entry, said(title=MINE), version=version)  # type: ignore[arg-type]
    entry.refresh_from_db()
    assert entry.title == "宿舍谈心"


def test_a_mistake_keeps_what_was_typed(local: Client, entry: HandbookEntry, said: Said) -> None:
    page = amended(local, entry, said(title="", words="改过的话"))
    form = page.context["form"]  # type: ignore[attr-defined]
    assert (set(form.errors), form["words"].value()) == ({"title"}, "改过的话")
    assert 'name="version" value="1"' in page.content.decode()  # type: ignore[attr-defined]


def test_photos_add_up_to_nine_at_most(local: Client, entry: HandbookEntry, said: Said) -> None:
    photo = PhotoFactory()
    for _ in range(9):
        EntryPhoto.objects.create(entry=entry, photo=photo)
    page = amended(local, entry, said(photos=[uploaded()]))
    assert set(page.context["form"].errors) == {"photos"}  # type: ignore[attr-defined]
    assert entry.photos.count() == 9


def test_an_entry_stays_where_its_team_was(local: Client, liaison: User, company: Company, said: Said) -> None:
    """The place is a choice still, though the list of places has it no more; the post does not reach it, and that is said."""
    gone = LabourTeamFactory(project=company.own_project)
    entry = VisitRecordFactory(entry__author=liaison, entry__team=gone).entry
    assert local.get(f"/entries/{entry.pk}/amend/").status_code == 403
