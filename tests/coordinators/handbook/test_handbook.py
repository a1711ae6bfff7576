"""The handbook's rules: who reads which region's, his own level first; who writes them; that published texts never change."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from coordinators.handbook.workflow import PLACES, Wording, begin, fingerprint, publish, wordings_of, write
from coordinators.models import HandbookEdition, HandbookSection
from core.models import AuditEvent
from core.refusals import Refused
from core.roles import Role
from regions.models import Region
from tests.factories import HandbookEditionFactory, RegionFactory, WorkCrewFactory, person_with
from tests.house.test_url_matrix import client_for
from tests.world import stationed

pytestmark = pytest.mark.django_db


@pytest.fixture
def region() -> Region:
    return RegionFactory(code="NW")


@pytest.fixture
def writer() -> User:
    return person_with(Role.PARTY_ORGANISATION)


def in_region(role: Role, region: Region) -> User:
    return stationed(role, WorkCrewFactory(team__project__region=region))


@pytest.mark.parametrize(
    ("role", "first"),
    [
        (Role.REGIONAL_COORDINATOR, "region"),
        (Role.PROJECT_COORDINATOR, "project"),
        (Role.PROJECT_CLERK, "project"),
        (Role.LIAISON, "liaison"),
        (Role.LEADER, "region"),
    ],
)
def test_everybody_reads_his_regions_edition_at_his_level_first(region: Region, role: Role, first: str) -> None:
    HandbookEditionFactory(region=region)
    response = client_for(in_region(role, region)).get("/handbook/NW/")
    levels = response.context["levels"]
    assert [levels[0].key, {level.key for level in levels}] == [first, {"region", "project", "liaison"}]
    assert [level.is_own for level in levels] == [role != Role.LEADER, False, False]
    assert sum(len(level.sections) for level in levels) == 9


@pytest.mark.parametrize("role", [Role.REGIONAL_COORDINATOR, Role.PROJECT_COMMITTEE, Role.LIAISON])
def test_another_regions_handbook_does_not_exist(region: Region, role: Role) -> None:
    HandbookEditionFactory(region=region)
    client = client_for(person_with(role))
    assert {client.get(address).status_code for address in ("/handbook/NW/", "/handbook/NW/1/", "/handbook/XX/")} == {404}


@pytest.mark.parametrize("role", [Role.SYSTEM_ADMINISTRATOR, Role.DEPARTMENT_OFFICER])
def test_whoever_is_at_work_in_no_region_has_none(region: Region, role: Role) -> None:
    assert {client_for(person_with(role)).get(address).status_code for address in ("/handbook/", "/handbook/NW/")} == {404}


def test_a_single_region_opens_at_once_and_several_are_listed(region: Region) -> None:
    edition = HandbookEditionFactory(region=region)
    other = RegionFactory()
    assert client_for(in_region(Role.LIAISON, region)).get("/handbook/").headers["Location"] == "/handbook/NW/"
    rows = client_for(person_with(Role.LEADER)).get("/handbook/").context["rows"]
    assert rows == [(each, edition if each == region else None, None) for each in sorted((region, other), key=lambda r: r.order)]


def test_the_edition_in_force_is_the_latest_that_has_begun(region: Region) -> None:
    today = timezone.localdate()
    HandbookEditionFactory(region=region, number=1, from_on=today - timedelta(days=60))
    HandbookEditionFactory(region=region, number=2, from_on=today)
    HandbookEditionFactory(region=region, number=3, from_on=today + timedelta(days=1))
    HandbookEditionFactory(region=region, number=4, from_on=today, being_written=True)
    client = client_for(in_region(Role.PROJECT_CLERK, region))
    context = client.get("/handbook/NW/").context
    assert context["edition"].number == 2
    assert [edition.number for edition in context["editions"]] == [3, 2, 1]
    assert [client.get(f"/handbook/NW/{number}/").status_code for number in (1, 3, 4)] == [200, 200, 404]


def test_without_an_edition_the_page_says_so(region: Region) -> None:
    response = client_for(in_region(Role.LIAISON, region)).get("/handbook/NW/")
    assert (response.status_code, response.context["edition"]) == (200, None)
    assert b"lx-empty" in response.content


def test_drafts_are_marked(region: Region) -> None:
    edition = HandbookEditionFactory(region=region)
    edition.sections.filter(kind="rules").update(is_draft=True)
    text = client_for(person_with(Role.AUDITOR)).get("/handbook/NW/").content.decode()
    assert text.count('class="lx-pill"><svg') == 3


def typed(edition: HandbookEdition, **changed: Any) -> dict[str, Any]:
    wordings = wordings_of(edition)
    data: dict[str, Any] = {"seen": fingerprint(wordings)}
    for level, kind in PLACES:
        data[f"{level}-{kind}"] = wordings[(level, kind)].text
    return data | changed


def test_from_the_last_edition_of_another_region_to_a_published_one(region: Region, writer: User) -> None:
    model = HandbookEditionFactory()
    client = client_for(writer)
    answer = client.post("/handbook/NW/begin/", {"copy": model.pk})
    assert answer.headers["Location"] == "/handbook/NW/1/write/"
    edition = HandbookEdition.objects.get(region=region)
    assert wordings_of(edition) == wordings_of(model)
    changed = {"liaison-rules": "班前讲五分钟。\r\n周末查宿舍。", "liaison-rules-draft": "on"}
    client.post("/handbook/NW/1/write/", typed(edition, **changed))
    section = edition.sections.get(level="liaison", kind="rules")
    assert (section.text, section.is_draft) == ("班前讲五分钟。\n周末查宿舍。", True)
    day = timezone.localdate() + timedelta(days=3)
    assert client.post("/handbook/NW/1/publish/", {"from_on": f"{day}"}).status_code == 302
    edition.refresh_from_db()
    assert (edition.from_on, edition.published_by) == (day, writer)
    assert AuditEvent.objects.get(subject_id=str(edition.pk)).details == {"what": "publish", "from_on": f"{day}"}


def test_a_region_has_one_edition_being_written(region: Region, writer: User) -> None:
    HandbookEditionFactory(region=region)
    first = begin(region, by=writer)
    assert (first.number, begin(region, by=writer), first.sections.count()) == (2, first, 9)


def test_published_texts_never_change(region: Region, writer: User) -> None:
    edition = HandbookEditionFactory(region=region)
    before = wordings_of(edition)
    client = client_for(writer)
    posts = {"write": typed(edition, **{"region-rules": "另写"}), "publish": {"from_on": f"{timezone.localdate()}"}}
    for verb, data in posts.items():
        assert client.post(f"/handbook/NW/1/{verb}/", data).status_code == 403
    with pytest.raises(Refused):
        write(edition, by=writer, wordings=dict.fromkeys(PLACES, Wording("另写", False)), seen=fingerprint(before))
    with pytest.raises(Refused):
        publish(edition, by=writer, from_on=timezone.localdate())
    assert wordings_of(edition) == before


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.PARTY_ORGANISATION}))
def test_only_the_party_organisation_department_writes(region: Region, role: Role) -> None:
    edition = HandbookEditionFactory(region=region, being_written=True)
    person = in_region(role, region)
    client = client_for(person)
    codes = {client.get("/handbook/NW/1/").status_code, client.get("/handbook/NW/1/write/").status_code}
    assert codes == {404}
    assert client.post("/handbook/NW/begin/", {}).status_code in (403, 404)
    with pytest.raises(Refused):
        begin(region, by=person)
    with pytest.raises((Refused, HandbookEdition.DoesNotExist)):
        publish(edition, by=person, from_on=timezone.localdate())
    assert HandbookEdition.objects.get().published_at is None


def test_a_colleagues_texts_are_not_overwritten_unseen(region: Region, writer: User) -> None:
    edition = HandbookEditionFactory(region=region, being_written=True)
    data = typed(edition, **{"region-rules": "我写的"})
    HandbookSection.objects.filter(edition=edition, level="project", kind="duties").update(text="同事写的")
    client = client_for(writer)
    response = client.post("/handbook/NW/1/write/", data)
    assert "我写的" in response.content.decode()
    assert not HandbookSection.objects.filter(text="我写的").exists()
    client.post("/handbook/NW/1/write/", data | {"seen": response.context["form"].data["seen"]})
    assert HandbookSection.objects.filter(text="我写的").exists()


def test_a_text_that_is_too_long_stays_on_the_page(region: Region, writer: User) -> None:
    edition = HandbookEditionFactory(region=region, being_written=True)
    response = client_for(writer).post("/handbook/NW/1/write/", typed(edition, **{"region-rules": "长" * 20_001}))
    assert set(response.context["form"].errors) == {"region-rules"}
    assert "长" * 20_001 in response.content.decode()


@pytest.mark.parametrize(("days", "has_texts", "is_last"), [(-1, True, False), (0, False, False), (2, True, True)])
def test_what_cannot_be_published(region: Region, writer: User, days: int, has_texts: bool, is_last: bool) -> None:
    """In the past; empty; before the edition before it."""
    today = timezone.localdate()
    if is_last:
        HandbookEditionFactory(region=region, number=1, from_on=today + timedelta(days=5))
    edition = HandbookEditionFactory(region=region, number=2, being_written=True)
    if not has_texts:
        edition.sections.update(text=" ")
    response = client_for(writer).post("/handbook/NW/2/publish/", {"from_on": f"{today + timedelta(days=days)}"})
    assert response.status_code == 200
    assert response.context["publish_form"].errors
    edition.refresh_from_db()
    assert edition.published_at is None


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_costs_the_same_however_long(rows: int) -> None:
    HandbookEditionFactory.create_batch(rows)
    RegionFactory()
    client = client_for(person_with(Role.LEADER))
    with CaptureQueriesContext(connection) as queries:
        client.get("/handbook/")
    assert len(queries) == 7
