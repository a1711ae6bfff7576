"""Handovers on their pages: the list, the package, the way to it from a post, what is refused and what stays typed."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from core.roles import Role
from inbox.models import Handover
from tests.factories import (
    ArmbandIssueFactory,
    ContactCardBatchFactory,
    CoordinatorFactory,
    EngagementFactory,
    HandoverFactory,
    ImportJobFactory,
    LabourTeamFactory,
    LiaisonFactory,
    MonthlyReportFactory,
    NominationFactory,
    NoticeBoardFactory,
    ProjectFactory,
    RegionFactory,
    UserFactory,
    WorkCrewFactory,
    person_with,
)
from tests.factories.handover import NOTES
from tests.house.crawling import full_numbers
from tests.house.test_url_matrix import client_for

pytestmark = pytest.mark.django_db

S = Handover.Status


def leaving(**more: Any) -> Handover:
    """Of a project coordinator who is in post until tomorrow."""
    tomorrow = timezone.localdate() + timedelta(days=1)
    return HandoverFactory(coordinator=CoordinatorFactory(part_time=True, to_on=tomorrow), **more)


def page_of(handover: Handover) -> str:
    return reverse("handover", args=[handover.pk])


def test_what_is_open_comes_first() -> None:
    accepted, handed, first = HandoverFactory(accepted=True), HandoverFactory(handed_over=True), HandoverFactory()
    response = client_for(person_with(Role.PARTY_ORGANISATION)).get("/handovers/")
    assert list(response.context["page"].object_list) == [first, handed, accepted]


@pytest.mark.parametrize(("query", "found"), [("status=open", 1), ("status=accepted", 1), ("region={region}", 1), ("", 3)])
def test_the_list_is_filtered(query: str, found: int) -> None:
    handover = HandoverFactory()
    HandoverFactory(accepted=True)
    HandoverFactory(of_liaison=True, handed_over=True)
    region = handover.coordinator.project.region_id
    response = client_for(person_with(Role.LABOUR_CENTRE)).get(f"/handovers/?{query.format(region=region)}")
    assert len(response.context["page"].object_list) == found


def test_the_list_costs_the_same_however_long() -> None:
    person, counts = person_with(Role.PARTY_ORGANISATION), []
    for number in (1, 2):
        for _again in range(number):
            HandoverFactory(accepted=True)
            HandoverFactory(of_liaison=True)
            HandoverFactory(coordinator=CoordinatorFactory(full_time=True, ended=True))
        client = client_for(person)
        with CaptureQueriesContext(connection) as queries:
            client.get("/handovers/")
        counts.append(len(queries))
    assert counts == [8, 8]


@pytest.mark.parametrize(("address", "glyph"), [("/handovers/", "lx-empty"), ("/handovers/?status=accepted", "lx-empty")])
def test_an_empty_list_says_what_comes_next(address: str, glyph: str) -> None:
    HandoverFactory()
    text = client_for(person_with(Role.DEPARTMENT_OFFICER)).get(address).content.decode()
    assert glyph in text
    assert "<table" not in text


def lines(response: Any) -> dict[str, int]:
    """How much stands in each section, by its place among them."""
    return {section.title: len(section.lines) for section in response.context["sections"]}


def test_a_project_s_package_holds_what_is_open_there_and_nothing_of_another() -> None:
    handover = leaving()
    post = handover.post
    for project in (post.project, ProjectFactory()):
        team = LabourTeamFactory(project=project)
        LiaisonFactory(team=team)
        ImportJobFactory(project=project)
        ImportJobFactory(project=project, written=True)
        NominationFactory(project=project)
        ContactCardBatchFactory(board=NoticeBoardFactory(project=project), team=team)
        ArmbandIssueFactory(project=project, region=None, person=post.person)
    response = client_for(post.person).get(page_of(handover))
    assert list(lines(response).values()) == [1, 1, 1, 1, 1, 1]
    assert full_numbers(response.content.decode()) == []


def test_a_region_s_package_holds_its_reports_and_its_projects_coordinators() -> None:
    region = RegionFactory()
    handover = HandoverFactory(coordinator=CoordinatorFactory(region=region, to_on=timezone.localdate()))
    MonthlyReportFactory(region=region)
    project = ProjectFactory(region=region)
    holder = CoordinatorFactory(project=project)
    ProjectFactory()
    response = client_for(handover.post.person).get(page_of(handover))
    sections = response.context["sections"]
    assert [len(section.lines) for section in sections] == [1, 0, 0, 1, 0, 0]
    assert (sections[3].lines[0].what, sections[3].lines[0].note) == (project.name, holder.person.name)


def test_a_liaison_s_package_counts_his_crew() -> None:
    crew = WorkCrewFactory(leader_name="赵铁柱")
    handover = HandoverFactory(coordinator=None, liaison=LiaisonFactory(crew=crew, to_on=timezone.localdate()))
    EngagementFactory.create_batch(2, crew=crew)
    response = client_for(handover.post.person).get(page_of(handover))
    people = response.context["sections"][0]
    assert "2" in people.lines[0].what
    assert "赵铁柱" in people.lines[0].note


def test_notes_are_written_handed_over_and_accepted_in_the_browser_s_order() -> None:
    handover = leaving()
    holder = client_for(handover.post.person)
    address = page_of(handover)
    holder.post(f"{address}save/", {"version": "0", "tone": "先记一句"})
    handover.refresh_from_db()
    assert (handover.status, handover.notes["tone"], handover.version) == (S.OPEN, "先记一句", 1)
    response = holder.post(f"{address}hand-over/", {"version": "1", **NOTES})
    assert response.headers["Location"] == address
    following = CoordinatorFactory(project=handover.post.project).person
    text = client_for(following).get(address).content.decode()
    assert NOTES["promises"] in text
    assert f"{address}accept/" in text
    client_for(following).post(f"{address}accept/")
    handover.refresh_from_db()
    assert (handover.status, handover.accepted_by) == (S.ACCEPTED, following)
    assert [event.verb for event in handover.events.order_by("pk")] == ["hand_over", "accept"]


def test_what_blocks_is_said_at_its_field_and_what_was_typed_stays() -> None:
    handover = leaving()
    response = client_for(handover.post.person).post(
        f"{page_of(handover)}hand-over/", {"version": "0", "tone": "写好的这一段", "promises": "", "care": "无"}
    )
    assert response.status_code == 200
    assert set(response.context["form"].errors) == {"promises"}
    assert "写好的这一段" in response.content.decode()
    handover.refresh_from_db()
    assert (handover.status, handover.notes) == (S.OPEN, {})


def test_two_texts_stand_beside_each_other_and_the_second_can_then_be_saved() -> None:
    handover = leaving()
    client = client_for(handover.post.person)
    address = f"{page_of(handover)}save/"
    client.post(address, {"version": "0", "tone": "手机上写的"})
    response = client.post(address, {"version": "0", "tone": "电脑上写的"})
    assert [text for _label, text in response.context["meanwhile"]] == ["手机上写的"]
    text = response.content.decode()
    assert "手机上写的" in text
    assert "电脑上写的" in text
    client.post(address, {"version": response.context["form"]["version"].value(), "tone": "电脑上写的"})
    handover.refresh_from_db()
    assert handover.notes["tone"] == "电脑上写的"


def test_what_comes_too_late_is_shown_to_be_copied() -> None:
    handover = leaving(handed_over=True)
    response = client_for(handover.post.person).post(f"{page_of(handover)}save/", {"version": "0", "tone": "还没来得及存的话"})
    assert "还没来得及存的话" in response.content.decode()
    handover.refresh_from_db()
    assert handover.notes == NOTES


def test_a_form_without_its_version_is_refused() -> None:
    handover = leaving()
    response = client_for(handover.post.person).post(f"{page_of(handover)}save/", {"tone": "一句"})
    assert response.status_code == 200
    handover.refresh_from_db()
    assert handover.notes == {}


@pytest.mark.parametrize("verb", ["save", "hand-over", "accept"])
def test_whoever_sees_it_and_may_not_act_is_offered_nothing(verb: str) -> None:
    handover = leaving(handed_over=True)
    client = client_for(person_with(Role.PROJECT_COMMITTEE, project=handover.post.project))
    text = client.get(page_of(handover)).content.decode()
    assert f"/{verb}/" not in text
    client.post(f"{page_of(handover)}{verb}/", {"version": "0", **NOTES})
    handover.refresh_from_db()
    assert handover.status == S.HANDED_OVER


def test_the_notes_are_no_reading_for_mere_readers() -> None:
    handover = leaving(handed_over=True)
    for role, reads in ((Role.LEADER, False), (Role.AUDITOR, False), (Role.PARTY_ORGANISATION, True)):
        text = client_for(person_with(role)).get(page_of(handover)).content.decode()
        assert (NOTES["care"] in text) is reads
    draft = leaving(notes=NOTES)
    text = client_for(person_with(Role.PARTY_ORGANISATION)).get(page_of(draft)).content.decode()
    assert NOTES["care"] not in text


def test_a_package_stays_as_it_was_accepted() -> None:
    handover = HandoverFactory(accepted=True)
    ImportJobFactory(project=handover.post.project)
    response = client_for(person_with(Role.LABOUR_CENTRE)).get(page_of(handover))
    assert lines(response) == {"袖章": 1}


def offered(person: User, address: str) -> bool:
    return "/handovers/begin/" in client_for(person).get(address).content.decode()


def test_it_begins_with_one_press_on_the_page_of_the_post() -> None:
    post = CoordinatorFactory(part_time=True)
    address = reverse("coordinator", args=[post.pk])
    assert not offered(post.person, address)
    post.to_on = timezone.localdate()
    post.save()
    assert offered(post.person, address)
    assert not offered(person_with(Role.PROJECT_COMMITTEE, project=post.project), address)
    response = client_for(post.person).post(reverse("handover-begin", args=["coordinator", post.pk]))
    handover = Handover.objects.get(coordinator=post)
    assert response.headers["Location"] == page_of(handover)
    assert not offered(post.person, address)
    assert page_of(handover) in client_for(post.person).get(address).content.decode()


def test_a_liaison_begins_his_own() -> None:
    post = LiaisonFactory(for_crew=True, to_on=timezone.localdate())
    assert offered(post.person, reverse("liaison", args=[post.pk]))
    client_for(post.person).post(reverse("handover-begin", args=["liaison", post.pk]))
    assert Handover.objects.get().liaison == post


def test_a_press_that_is_refused_leads_back_with_the_reason() -> None:
    post = CoordinatorFactory(part_time=True)
    response = client_for(post.person).post(reverse("handover-begin", args=["coordinator", post.pk]), follow=True)
    assert response.redirect_chain[-1][0] == reverse("coordinator", args=[post.pk])
    assert [message.level_tag for message in response.context["messages"]] == ["error"]
    assert not Handover.objects.exists()


@pytest.mark.parametrize("kind", ["worker", "user"])
def test_nothing_else_can_be_handed_over(kind: str) -> None:
    person = UserFactory()
    client = client_for(person_with(Role.PARTY_ORGANISATION))
    assert client.post(reverse("handover-begin", args=[kind, person.pk])).status_code == 404


def test_sign_in_between_leads_to_the_page() -> None:
    handover = leaving()
    client = client_for(handover.post.person)
    assert client.get(f"{page_of(handover)}save/").headers["Location"] == page_of(handover)
    begin = reverse("handover-begin", args=["coordinator", handover.post.pk])
    assert client.get(begin).headers["Location"] == reverse("coordinator", args=[handover.post.pk])
