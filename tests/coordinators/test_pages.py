"""The lists of coordinators and liaisons, and a coordinator's page."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.html import escape

from core.roles import Role
from tests.factories import CoordinatorFactory, LiaisonFactory, ProjectFactory, RegionFactory, UserFactory, person_with
from tests.house.test_url_matrix import client_for

pytestmark = pytest.mark.django_db


def names(response: object, page: str = "page") -> set[str]:
    return {post.person.name for post in response.context[page].rows}  # type: ignore[attr-defined]


def test_a_region_sees_its_own_coordinators() -> None:
    region = RegionFactory()
    me = CoordinatorFactory(region=region, person=UserFactory(name="单雅琴"))
    ours = CoordinatorFactory(project=ProjectFactory(region=region))
    CoordinatorFactory(part_time=True)
    CoordinatorFactory(project=ProjectFactory(region=region), ended=True)
    response = client_for(me.person).get("/coordinators/")
    assert names(response) == {"单雅琴", ours.person.name}


@pytest.mark.parametrize(
    ("query", "found"),
    [("q=单", 1), ("q=syq", 1), ("q=shan+ya", 1), ("q=dan", 0), ("kind=full_time", 1), ("held=past", 1), ("held=all", 3)],
)
def test_filters(query: str, found: int) -> None:
    CoordinatorFactory(full_time=True, person=UserFactory(name="单雅琴"))
    CoordinatorFactory(part_time=True, person=UserFactory(name="周明山"))
    CoordinatorFactory(part_time=True, ended=True, person=UserFactory(name="何继勇"))
    response = client_for(person_with(Role.PARTY_ORGANISATION)).get(f"/coordinators/?{query}")
    assert len(response.context["page"].rows) == found


def test_a_page_names_both_managing_departments_and_the_projects() -> None:
    region = RegionFactory()
    post = CoordinatorFactory(region=region)
    post.person.refresh_from_db()
    projects = ProjectFactory.create_batch(2, region=region)
    ProjectFactory()
    response = client_for(person_with(Role.LEADER)).get(f"/coordinators/{post.pk}/")
    assert {project.name for project in response.context["projects"]} == {project.name for project in projects}
    text = response.content.decode()
    assert "劳务资源管理中心" in text
    assert "党委组织部" in text
    assert escape(str(post.person.phone)) in text
    assert "****" in str(post.person.phone)


@pytest.mark.parametrize("address", ["/coordinators/", "/liaisons/"])
def test_lists_cost_the_same_however_long(address: str) -> None:
    person = person_with(Role.PARTY_ORGANISATION)
    counts = []
    for number in (1, 2):
        CoordinatorFactory.create_batch(number, part_time=True)
        LiaisonFactory.create_batch(number)
        client = client_for(person)
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        counts.append(len(queries))
    assert counts[0] == counts[1]


@pytest.mark.parametrize("address", ["/coordinators/", "/liaisons/"])
def test_an_empty_list_says_what_comes_next(address: str) -> None:
    text = client_for(person_with(Role.DEPARTMENT_OFFICER)).get(address).content.decode()
    assert "公司录入任职后，这里就会列出。" in text
