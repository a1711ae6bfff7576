"""The directory: one box that finds by name, pinyin, unit and the end of a mobile; and the pages of the posts."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from core.personal import Phone
from core.roles import Role
from tests.factories import (
    CoordinatorFactory,
    LiaisonFactory,
    PhotoFactory,
    ProjectFactory,
    RegionFactory,
    StaffPostFactory,
    UserFactory,
    WorkCrewFactory,
    person_with,
)
from tests.house.crawling import full_numbers
from tests.house.test_url_matrix import client_for

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> None:
    northwest, guizhou = RegionFactory(code="NW", name="西北片区"), RegionFactory(code="GZ", name="贵州片区")
    dunge = ProjectFactory(code="DUNGE", name="敦格项目", region=northwest)
    s101 = ProjectFactory(code="S101", name="省道101项目", region=guizhou)
    CoordinatorFactory(region=northwest, person=UserFactory(name="单雅琴", phone=Phone.parse("15400001234")))
    CoordinatorFactory(project=dunge, person=UserFactory(name="马文祥", phone=Phone.parse("15400002345")))
    CoordinatorFactory(project=s101, person=UserFactory(name="祁永录", phone=Phone.parse("15400000101")))
    crew = WorkCrewFactory(team__project=dunge, team__name="隧道一队", name="开挖班")
    LiaisonFactory(crew=crew, person=UserFactory(name="买买提·吐尔逊", phone=Phone.parse("15400003456")))
    LiaisonFactory(team__project=s101, team__name="路基队", person=UserFactory(name="石永福", phone=Phone.parse("15400004567")))


def found(address: str) -> set[str]:
    response = client_for(person_with(Role.PARTY_ORGANISATION)).get(address)
    return {post.person.name for post in response.context["page"].rows}


@pytest.mark.usefixtures("people")
@pytest.mark.parametrize(
    ("wanted", "names"),
    [
        ("单", {"单雅琴"}),
        ("shan ya qin", {"单雅琴"}),
        ("shanyaqin", {"单雅琴"}),
        ("SHANYA", {"单雅琴"}),
        ("syq", {"单雅琴"}),
        ("yaqin", set()),
        ("1234", {"单雅琴"}),
        ("西北", {"单雅琴", "马文祥"}),
        ("敦格", {"马文祥"}),
        ("dunge", {"马文祥"}),
        ("101", {"祁永录"}),
        ("0101", {"祁永录"}),
        ("无此人", set()),
        ("%", set()),
    ],
)
def test_coordinators_are_found(wanted: str, names: set[str]) -> None:
    assert found(f"/coordinators/?q={wanted.replace('%', '%25')}") == names


@pytest.mark.usefixtures("people")
@pytest.mark.parametrize(
    ("wanted", "names"),
    [
        ("买买提•吐尔逊", {"买买提·吐尔逊"}),
        ("mmt", {"买买提·吐尔逊"}),
        ("shiyongfu", {"石永福"}),
        ("隧道", {"买买提·吐尔逊"}),
        ("开挖", {"买买提·吐尔逊"}),
        ("敦格", {"买买提·吐尔逊"}),
        ("s101", {"石永福"}),
        ("4567", {"石永福"}),
    ],
)
def test_liaisons_are_found(wanted: str, names: set[str]) -> None:
    assert found(f"/liaisons/?q={wanted}") == names


@pytest.mark.usefixtures("people")
def test_both_lists_are_filtered_by_region_and_carry_the_search_over() -> None:
    region = RegionFactory._meta.model.objects.get(code="NW")
    assert found(f"/coordinators/?region={region.pk}") == {"单雅琴", "马文祥"}
    assert found(f"/coordinators/?region={region.pk}&kind=part_time") == {"马文祥"}
    assert found(f"/liaisons/?region={region.pk}") == {"买买提·吐尔逊"}
    text = client_for(person_with(Role.LEADER)).get("/coordinators/?q=敦格").content.decode()
    assert "/liaisons/?q=%E6%95%A6%E6%A0%BC" in text


def test_a_search_finds_nobody_beyond_reach() -> None:
    region = RegionFactory()
    CoordinatorFactory(part_time=True, person=UserFactory(name="单雅琴"))
    response = client_for(person_with(Role.REGIONAL_COORDINATOR, region=region)).get("/coordinators/?q=syq")
    assert response.context["rows"] == []


def test_a_full_number_leaves_the_address() -> None:
    response = client_for(person_with(Role.LEADER)).get("/liaisons/?q=15400001234&held=all")
    assert response.headers["Location"] == "/liaisons/?held=all"


def liaison(**more: Any) -> Any:
    project = ProjectFactory()
    crew = WorkCrewFactory(team__project=project, leader_name="赵铁柱", work_point="K12+300")
    return LiaisonFactory(crew=crew, person=UserFactory(name="石永福"), is_crew_leader=True, is_acting=True, **more)


def test_a_liaison_s_page_says_whom_he_serves_and_who_manages_him() -> None:
    post = liaison(document_no="机械党〔2026〕12号")
    project = post.team.project
    regional = CoordinatorFactory(region=project.region, person=UserFactory(name="王海东"))
    CoordinatorFactory(region=project.region, person=UserFactory(name="旧任"), ended=True)
    StaffPostFactory(role=Role.PROJECT_COMMITTEE, project=project, person=UserFactory(name="高建军"))
    StaffPostFactory(role=Role.PROJECT_COMMITTEE, person=UserFactory(name="别处的人"))
    for reader in (post.person, regional.person, person_with(Role.PROJECT_CLERK, project=project)):
        response = client_for(reader).get(reverse("liaison", args=[post.pk]))
        managers = [name for manager in response.context["managers"] for name in manager.names]
        assert managers == ["王海东", "高建军"]
        text = response.content.decode()
        assert all(words in text for words in ("K12+300", "赵铁柱", "机械党〔2026〕12号", "154****"))
        assert full_numbers(text) == []


def test_a_vacant_manager_is_said() -> None:
    post = liaison()
    response = client_for(person_with(Role.LEADER)).get(reverse("liaison", args=[post.pk]))
    assert [manager.names for manager in response.context["managers"]] == [(), ()]
    assert "空缺" in response.content.decode()


def test_the_history_of_a_person_names_his_other_posts_and_why_they_ended() -> None:
    person = UserFactory()
    old = LiaisonFactory(person=person, ended=True, end_reason="转到隧道二队")
    post = LiaisonFactory(person=person)
    response = client_for(person_with(Role.PARTY_ORGANISATION)).get(reverse("liaison", args=[post.pk]))
    assert {each for each, _is_held in response.context["posts"]} == {old, post}
    assert "转到隧道二队" in response.content.decode()


def test_a_photo_is_shown_where_there_is_one() -> None:
    post = CoordinatorFactory(part_time=True)
    client, address = client_for(person_with(Role.LEADER)), reverse("coordinator", args=[post.pk])
    assert "<img" not in client.get(address).content.decode()
    post.person.photo = PhotoFactory()
    post.person.save()
    assert reverse("post-photo", args=["coordinator", post.pk]) in client.get(address).content.decode()


@pytest.mark.parametrize(
    ("role", "ends", "keeps"),
    [
        (Role.REGIONAL_COORDINATOR, True, True),
        (Role.PROJECT_COMMITTEE, True, True),
        (Role.PROJECT_COORDINATOR, False, True),
        (Role.PROJECT_CLERK, False, False),
        (Role.PARTY_PERSONNEL, True, True),
        (Role.LEADER, False, False),
    ],
)
def test_what_may_be_done_is_offered_to_those_who_may(role: Role, ends: bool, keeps: bool) -> None:
    post = liaison()
    project = post.team.project
    unit = {"region": project.region} if role == Role.REGIONAL_COORDINATOR else {"project": project}
    person = person_with(role, **({} if role in (Role.PARTY_PERSONNEL, Role.LEADER) else unit))
    text = client_for(person).get(reverse("liaison", args=[post.pk])).content.decode()
    offered = [reverse(name, args=["liaison", post.pk]) in text for name in ("post-end", "post-profile")]
    assert offered == [ends, keeps]


def test_a_post_that_is_over_is_not_ended_again() -> None:
    post = liaison(to_on=timezone.localdate() - timedelta(days=1))
    text = client_for(person_with(Role.PARTY_PERSONNEL)).get(reverse("liaison", args=[post.pk])).content.decode()
    assert reverse("post-end", args=["liaison", post.pk]) not in text


@pytest.mark.parametrize("kind", ["coordinator", "liaison"])
def test_a_page_costs_the_same_however_long_the_history(kind: str) -> None:
    person, reader, counts = UserFactory(), person_with(Role.PARTY_ORGANISATION), []
    crew = WorkCrewFactory()
    project = crew.team.project
    post = (
        CoordinatorFactory(project=project, person=person) if kind == "coordinator" else LiaisonFactory(crew=crew, person=person)
    )
    for number in (1, 2):
        for _again in range(number):
            CoordinatorFactory(part_time=True, person=person, ended=True)
            LiaisonFactory(crew=WorkCrewFactory(team__project=project), person=person, ended=True)
            StaffPostFactory(role=Role.PROJECT_COMMITTEE, project=project)
        client = client_for(reader)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(reverse(kind, args=[post.pk])).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]
