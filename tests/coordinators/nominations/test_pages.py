"""The list, a proposal, one nomination and its verbs, as people meet them."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from coordinators.models import Coordinator, Nomination
from coordinators.nominations import workflow
from core.roles import Role
from regions.models import Project, Region
from tests.factories import (
    CoordinatorFactory,
    LiaisonFactory,
    NominationFactory,
    ProjectFactory,
    StaffPostFactory,
    UserFactory,
    WorkCrewFactory,
    person_with,
)
from tests.factories.nominations import kept_letter, letter_file
from tests.house.crawling import steady
from tests.house.test_url_matrix import client_for

pytestmark = pytest.mark.django_db
Status = Nomination.Status
TODAY = timezone.localdate()
PHONE = "15488880001"


@pytest.fixture
def rc(regional: User) -> Client:
    return client_for(regional)


@pytest.fixture
def pd(personnel: User) -> Client:
    return client_for(personnel)


def typed(**fields: str) -> dict[str, str]:
    whole = {"name": "周小川", "phone": PHONE, "main_job": "工会干事", "from_on": f"{TODAY}", "reason": "熟悉队伍"}
    return whole | fields


# ── The list ─────────────────────────────────────────────────────────────────────────────────────────────────────


def names(answer: Any) -> list[str]:
    return [nomination.name for nomination, _waits_for in answer.context["rows"]]


def test_open_ones_come_first_and_only_those_in_reach(project: Project, rc: Client) -> None:
    long_ago = timezone.now() - timedelta(days=90)
    NominationFactory(project=project, declined=True, name="已定")
    NominationFactory(project=project, name="早提", proposed_at=long_ago)
    NominationFactory(full_time=True, region=project.region, name="新提")
    NominationFactory(name="别处")
    assert names(rc.get("/nominations/")) == ["新提", "早提", "已定"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("state=open", {"甲", "乙"}),
        ("state=checked", {"乙"}),
        ("state=declined", {"丙"}),
        ("kind=full_time", {"乙"}),
        ("", {"甲", "乙", "丙"}),
    ],
)
def test_filters(query: str, found: set[str], pd: Client) -> None:
    NominationFactory(name="甲")
    NominationFactory(full_time=True, checked=True, name="乙")
    NominationFactory(liaison_of=True, declined=True, name="丙")
    assert set(names(pd.get(f"/nominations/?{query}"))) == found


def test_the_list_by_region(pd: Client, project: Project) -> None:
    NominationFactory(project=project, name="甲")
    NominationFactory(full_time=True, region=project.region, name="乙")
    NominationFactory(liaison_of=True, name="丙")
    assert set(names(pd.get(f"/nominations/?region={project.region_id}"))) == {"甲", "乙"}


@pytest.mark.parametrize("number", [1, 3])
def test_a_list_costs_the_same_however_long(number: int, regional: User, project: Project) -> None:
    NominationFactory.create_batch(number, project=project, inducted=True)
    NominationFactory.create_batch(number, liaison_of=True, team=WorkCrewFactory(team__project=project).team)
    client = client_for(regional)
    with CaptureQueriesContext(connection) as queries:
        client.get("/nominations/")
    assert len(queries) == 8


@pytest.mark.parametrize("number", [1, 3])
def test_a_page_costs_the_same_however_long_its_story(number: int, regional: User, project: Project) -> None:
    nomination = NominationFactory(project=project, inducted=True)
    CoordinatorFactory.create_batch(number, project=project)
    for _again in range(number):
        nomination.events.create(verb="approve", from_status="inducted", to_status="inducted", by=UserFactory())
    client = client_for(regional)
    with CaptureQueriesContext(connection) as queries:
        client.get(f"/nominations/{nomination.pk}/")
    assert len(queries) == 9


def test_who_proposes_what_is_on_the_list(rc: Client, pd: Client, project: Project) -> None:
    offered = [kind for kind, _label in rc.get("/nominations/").context["kinds"]]
    assert offered == ["part_time", "liaison"]
    assert [kind for kind, _label in pd.get("/nominations/").context["kinds"]] == ["full_time"]
    assert client_for(person_with(Role.LEADER)).get("/nominations/").context["kinds"] == []


@pytest.mark.parametrize("role", [Role.PROJECT_CLERK, Role.LIAISON, Role.HEALTH_OFFICER, Role.SYSTEM_ADMINISTRATOR])
def test_to_everybody_else_nominations_do_not_exist(role: Role, project: Project) -> None:
    nomination = NominationFactory(project=project, letter=kept_letter())
    where = {} if role == Role.SYSTEM_ADMINISTRATOR else {"project": project}
    client = client_for(person_with(role, **where))
    for address in ("", f"{nomination.pk}/", f"{nomination.pk}/letter/", "propose/part_time/"):
        assert client.get(f"/nominations/{address}").status_code == 404
    assert b'href="/nominations/"' not in client.get("/coordinators/").content


def test_the_way_there_is_beside_the_coordinators(rc: Client) -> None:
    assert b'href="/nominations/"' in rc.get("/coordinators/").content


# ── Proposing ────────────────────────────────────────────────────────────────────────────────────────────────────


def test_somebody_new_is_proposed(rc: Client, project: Project, regional: User) -> None:
    answer = rc.post(
        "/nominations/propose/part_time/", typed(project=f"{project.pk}", name="周　小 川", phone="+86 154-8888-0001")
    )
    nomination = Nomination.objects.get()
    assert answer["Location"] == f"/nominations/{nomination.pk}/"
    assert (nomination.name, str(nomination.phone), nomination.person) == ("周小川", "154****0001", None)
    assert (nomination.project, nomination.main_job, nomination.proposed_by) == (project, "工会干事", regional)


def test_somebody_in_post_is_chosen_from_the_list(rc: Client, project: Project) -> None:
    here = LiaisonFactory(team__project=project).person
    data = typed(project=f"{project.pk}", person=f"{here.pk}", name="", phone="")
    rc.post("/nominations/propose/part_time/", data)
    nomination = Nomination.objects.get()
    assert (nomination.person, nomination.name, nomination.phone) == (here, here.name, None)


def test_a_liaison_is_proposed_for_a_crew_or_a_team_without_crews(rc: Client, project: Project) -> None:
    crew = WorkCrewFactory(team__project=project)
    idle = WorkCrewFactory(team__project=project, is_active=False)
    WorkCrewFactory()
    form = rc.get("/nominations/propose/liaison/").context["form"]
    assert set(form.places) == {f"crew-{crew.pk}", f"team-{idle.team_id}"}
    rc.post("/nominations/propose/liaison/", typed(place=f"crew-{crew.pk}", is_crew_leader="on"))
    nomination = Nomination.objects.get()
    assert (nomination.team, nomination.crew, nomination.is_crew_leader) == (crew.team, crew, True)


def test_headquarters_proposes_for_a_region(pd: Client, region: Region) -> None:
    pd.post("/nominations/propose/full_time/", typed(region=f"{region.pk}"))
    assert Nomination.objects.get().region == region


def test_what_is_offered_lies_in_reach_and_speaks_of_posts_in_reach(rc: Client, project: Project, regional: User) -> None:
    both = LiaisonFactory(team__project=project).person
    elsewhere = CoordinatorFactory(part_time=True, person=both)
    ended = LiaisonFactory(team__project=project, ended=True).person
    inactive = LiaisonFactory(team__project=project, person=UserFactory(is_active=False)).person
    form = rc.get("/nominations/propose/part_time/").context["form"]
    assert set(form.people) == {both.pk}
    assert {regional.pk, ended.pk, inactive.pk}.isdisjoint(form.people)
    assert elsewhere.project.name not in form.people[both.pk][1]
    assert [each.pk for each in form.fields["project"].queryset] == [project.pk]


@pytest.mark.parametrize("kind", ["person", "project"])
def test_what_lies_elsewhere_is_no_choice(kind: str, rc: Client, project: Project) -> None:
    wrong = {"person": LiaisonFactory().person_id, "project": ProjectFactory().pk}[kind]
    data = typed(**{"project": f"{project.pk}", kind: f"{wrong}"}, **({"name": "", "phone": ""} if kind == "person" else {}))
    answer = rc.post("/nominations/propose/part_time/", data)
    assert kind in answer.context["form"].errors
    assert not Nomination.objects.exists()


@pytest.mark.parametrize(
    ("changed", "wrong"),
    [
        ({"name": "", "phone": ""}, {"name", "phone"}),
        ({"phone": "1388"}, {"phone"}),
        ({"name": "周小川12"}, {"name"}),
        ({"from_on": "2026-13-01"}, {"from_on"}),
        ({"to_on": f"{TODAY - timedelta(days=1)}"}, {"to_on"}),
        ({"reason": ""}, {"reason"}),
        ({"main_job": ""}, {"main_job"}),
        ({"project": ""}, {"project"}),
    ],
)
def test_a_proposal_that_is_not_right_stays_as_it_was_typed(
    changed: dict[str, str], wrong: set[str], rc: Client, project: Project
) -> None:
    data = typed(**({"project": f"{project.pk}"} | changed))
    answer = rc.post("/nominations/propose/part_time/", data)
    form = answer.context["form"]
    assert (answer.status_code, set(form.errors)) == (200, wrong)
    assert all(form[name].value() == text for name, text in data.items())
    assert not Nomination.objects.exists()


def test_a_list_choice_and_a_new_name_are_not_both_taken(rc: Client, project: Project) -> None:
    here = LiaisonFactory(team__project=project).person
    answer = rc.post("/nominations/propose/part_time/", typed(project=f"{project.pk}", person=f"{here.pk}"))
    assert set(answer.context["form"].errors) == {"person"}


def test_a_double_click_makes_one(rc: Client, project: Project) -> None:
    answers = [rc.post("/nominations/propose/part_time/", typed(project=f"{project.pk}")) for _click in range(2)]
    assert [answer.status_code for answer in answers] == [302, 200]
    assert Nomination.objects.count() == 1


def test_the_answer_never_tells_whether_somebody_is_known_elsewhere(
    rc: Client, project: Project, committee: User, time_machine: Any
) -> None:
    """The same steps for somebody unknown and for somebody who holds a post in another region: not one byte differs."""
    time_machine.move_to(timezone.now(), tick=False)  # pages name the minute

    def pages(name: str, phone: str) -> list[bytes]:
        proposed = rc.post("/nominations/propose/part_time/", typed(project=f"{project.pk}", name=name, phone=phone))
        nomination = Nomination.objects.latest("pk")
        place = proposed["Location"]
        rc.post(f"{place}check/", {"criteria": [], "qualities": [], "word": "同意"})
        workflow.induct(nomination, by=rc_user(rc), induction=workflow.Induction((), "both", TODAY, "合格", "补"))
        answers = [rc.post(f"{place}approve/", follow=True), client_for(committee).post(f"{place}approve/", follow=True)]
        bodies = [steady(answer.content) for answer in (rc.get(place), *answers)]
        post = Coordinator.objects.latest("pk")
        post_address = f"/coordinators/{post.pk}/".encode()
        tidy = [body.replace(place.encode(), b"PLACE").replace(post_address, b"POST") for body in bodies]
        for row in (nomination.approvals.all(), nomination.events.all(), Nomination.objects.filter(pk=nomination.pk)):
            row.delete()
        post.delete()
        return tidy

    unknown = pages("周小川", PHONE)
    CoordinatorFactory(part_time=True, person=UserFactory(name="周小川", phone=PHONE))
    assert pages("周小川", PHONE) == unknown


def rc_user(client: Client) -> User:
    return User.objects.get(pk=client.session["_auth_user_id"])


# ── One nomination ───────────────────────────────────────────────────────────────────────────────────────────────


def test_the_whole_way_of_a_choice_by_its_pages(project: Project, regional: User, committee: User) -> None:
    nomination = NominationFactory(project=project)
    place, rc, pp = f"/nominations/{nomination.pk}/", client_for(regional), client_for(committee)
    ticks = {"criteria": ["on_site", "knows_production", "coordinates", "communicates"]}
    assert pp.post(f"{place}check/", {**ticks, "qualities": ["sound", "responsible", "capable"]})["Location"] == place
    induction = {"topics": list(Nomination.TOPICS), "method": "both", "on": f"{TODAY}", "result": "合格"}
    assert rc.post(f"{place}induct/", induction)["Location"] == place
    assert set(rc.get(place).context["forms"]) == {"approve", "decline"}
    for client in (rc, pp):
        assert client.post(f"{place}approve/")["Location"] == place
    page = rc.get(place)
    assert page.context["forms"] == {}
    assert [step.state for step in page.context["steps"]] == ["done"] * 4
    assert [approval.given is not None for approval in page.context["approvals"]] == [True, True]
    assert Coordinator.objects.get(project=project).person.name == nomination.name


def test_an_appointment_by_its_page_with_the_letter(pd: Client, region: Region) -> None:
    nomination = NominationFactory(full_time=True, region=region, inducted=True)
    place = f"/nominations/{nomination.pk}/"
    said = {
        "document_no": "机械党〔2026〕31号",
        "from_on": f"{TODAY}",
        "treatment_level": "deputy_leader",
        "letter": letter_file(),
    }
    assert pd.post(f"{place}decide/", said)["Location"] == place
    letter = pd.get(f"{place}letter/")
    assert (letter["Content-Type"], letter.content) == ("application/pdf", b"%PDF-1.4\nletter\n%%EOF\n")
    assert "attachment" in letter["Content-Disposition"]


def test_without_a_letter_there_is_none(pd: Client) -> None:
    assert pd.get(f"/nominations/{NominationFactory(full_time=True).pk}/letter/").status_code == 404


def test_somebody_in_the_way_is_said_at_the_first_day_and_what_was_typed_stays(pd: Client, region: Region) -> None:
    holder = CoordinatorFactory(region=region).person
    nomination = NominationFactory(full_time=True, region=region, inducted=True)
    page = pd.get(f"/nominations/{nomination.pk}/")
    assert holder.name in page.context["obstacle"]
    answer = pd.post(f"/nominations/{nomination.pk}/decide/", {"document_no": "31号", "from_on": f"{TODAY}"})
    form = answer.context["forms"]["decide"]
    assert (answer.status_code, set(form.errors), form["document_no"].value()) == (200, {"from_on"}, "31号")
    assert holder.name in form.errors["from_on"][0]


def test_overlaps_acting_ones_and_crew_leaders_are_pointed_out(rc: Client, project: Project) -> None:
    crew = WorkCrewFactory(team__project=project)
    there = LiaisonFactory(crew=crew).person
    former = LiaisonFactory(crew=crew, ended=True).person
    nomination = NominationFactory(liaison_of=True, team=crew.team, crew=crew, is_crew_leader=True, is_acting=True)
    advice = rc.get(f"/nominations/{nomination.pk}/").context["advice"]
    assert len(advice) == 3
    assert there.name in advice[0]
    assert not any(former.name in text for text in advice)
    assert rc.get(f"/nominations/{NominationFactory(project=project, declined=True).pk}/").context["advice"] == []


def test_a_missing_word_is_asked_for_where_it_belongs(rc: Client, project: Project) -> None:
    nomination = NominationFactory(project=project)
    answer = rc.post(f"/nominations/{nomination.pk}/check/", {"criteria": ["on_site"]})
    form = answer.context["forms"]["check"]
    assert (set(form.errors), form["criteria"].value()) == ({"word"}, ["on_site"])
    answer = rc.post(f"/nominations/{nomination.pk}/decline/", {"word": ""})
    assert (set(answer.context["forms"]["decline"].errors), answer.context["tried"]) == ({"word"}, "decline")


def test_a_word_that_comes_too_late_is_given_back(rc: Client, project: Project) -> None:
    nomination = NominationFactory(project=project, decided=True)
    answer = rc.post(f"/nominations/{nomination.pk}/decline/", {"word": "再看看"})
    assert (answer.status_code, answer.context["unsent"]) == (200, ["再看看"])


def test_a_get_on_a_verb_leads_to_the_page(rc: Client, project: Project) -> None:
    nomination = NominationFactory(project=project)
    assert rc.get(f"/nominations/{nomination.pk}/check/")["Location"] == f"/nominations/{nomination.pk}/"


def test_who_sees_and_may_not_act_has_no_button(project: Project) -> None:
    nomination = NominationFactory(project=project)
    client = client_for(person_with(Role.PROJECT_COORDINATOR, project=project))
    assert client.get(f"/nominations/{nomination.pk}/").context["forms"] == {}
    client.post(f"/nominations/{nomination.pk}/decline/", {"word": "不要"})
    nomination.refresh_from_db()
    assert nomination.status == Status.PROPOSED


# ── The treatment level ──────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("role", "sees"),
    [
        (Role.PARTY_PERSONNEL, True),
        (Role.PARTY_ORGANISATION, True),
        (Role.LEADER, True),
        (Role.LABOUR_CENTRE, False),
        (Role.AUDITOR, False),
        (Role.REGIONAL_COORDINATOR, False),
    ],
)
def test_the_treatment_level_is_for_few(role: Role, sees: bool, region: Region) -> None:
    nomination = NominationFactory(full_time=True, region=region, decided=True, treatment_level="department_head")
    is_regional = role == Role.REGIONAL_COORDINATOR
    reader = CoordinatorFactory(region=region, acting=True).person if is_regional else person_with(role)
    words = str(nomination.get_treatment_level_display())
    assert (words in client_for(reader).get(f"/nominations/{nomination.pk}/").content.decode()) is sees


def test_a_letter_is_out_of_reach_elsewhere(project: Project) -> None:
    nomination = NominationFactory(project=project, letter=kept_letter())
    StaffPostFactory(role=Role.PROJECT_COMMITTEE)
    stranger = client_for(person_with(Role.PROJECT_COMMITTEE))
    assert stranger.get(f"/nominations/{nomination.pk}/letter/").status_code == 404
