"""Groups with their members, campaigns, clinics, medical teams: who keeps them, how they end, what stays."""

from datetime import timedelta

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from core.refusals import Refused
from core.roles import READERS, Role
from handbook.models import Campaign, Clinic, MedicalTeam, SafetyGroup, SafetyMember
from handbook.units import workflow
from labour_teams.models import Engagement
from tests.factories import (
    CampaignFactory,
    ClinicFactory,
    HandbookEntryFactory,
    HazardRecordFactory,
    MedicalTeamFactory,
    SafetyGroupFactory,
    SafetyMemberFactory,
)
from tests.house.test_url_matrix import client_for
from tests.world import Company

pytestmark = pytest.mark.django_db
KEEPERS = {Role.REGIONAL_COORDINATOR, Role.PROJECT_COORDINATOR, Role.PROJECT_COMMITTEE}
DEPARTMENTS = {Role.PARTY_ORGANISATION, Role.LABOUR_CENTRE}
DAY = "2025-03-01"
GROUPS_QUERIES, CAMPAIGNS_QUERIES, CLINICS_QUERIES = 9, 7, 6


@pytest.mark.parametrize("role", list(Role))
def test_who_keeps_what(role: Role, company: Company) -> None:
    person, project = company.person(role), company.own_project
    kept = {
        SafetyGroupFactory(project=project): KEEPERS,
        ClinicFactory(project=project): KEEPERS,
        MedicalTeamFactory(region=project.region): {Role.REGIONAL_COORDINATOR},
        CampaignFactory(): DEPARTMENTS,
        CampaignFactory(region=project.region): {Role.REGIONAL_COORDINATOR},
        CampaignFactory(project=project): {Role.PROJECT_COORDINATOR},
    }
    for unit, roles in kept.items():
        unit.name = "改了名"
        if role in roles:
            workflow.keep(unit, by=person)
        else:
            with pytest.raises(Refused):
                workflow.keep(unit, by=person)
        unit.refresh_from_db()
        assert (unit.name == "改了名") == (role in roles), unit


def test_nobody_keeps_what_lies_elsewhere(company: Company) -> None:
    sibling, foreign = (company.crew_at(where).team.project for where in ("sibling", "foreign"))
    with pytest.raises(Refused):
        workflow.keep(SafetyGroupFactory(project=sibling), by=company.person(Role.PROJECT_COORDINATOR))
    regional = company.person(Role.REGIONAL_COORDINATOR)
    for unit in (ClinicFactory(project=foreign), MedicalTeamFactory(region=foreign.region)):
        with pytest.raises(Refused):
            workflow.keep(unit, by=regional)


def test_a_group_is_founded_amended_and_dissolved(company: Company) -> None:
    client = client_for(company.person(Role.PROJECT_COORDINATOR))
    said = {"project": company.own_project.pk, "kind": "supervisors", "name": "群安员小组", "area": "隧道口", "formed_on": DAY}
    client.post("/safety-groups/new/", said)
    group = SafetyGroup.objects.get()
    page = f"/safety-groups/{group.pk}/"
    assert set(client.post("/safety-groups/new/", said).context["form"].errors)
    elsewhere = {**said, "project": company.crew_at("sibling").team.project_id, "area": "钢筋场"}
    assert client.post(f"{page}edit/", elsewhere).url == page
    group.refresh_from_db()
    assert (group.area, group.project) == ("钢筋场", company.own_project)
    assert set(client.post(f"{page}end/", {"on": "2025-02-01"}).context["form"].errors) == {"on"}
    assert client.post(f"{page}end/", {"on": "2025-06-30"}).url == page
    assert client.get("/safety-groups/", {"state": "standing"}).context["rows"] == []
    assert len(client.get("/safety-groups/", {"state": "ended"}).context["rows"]) == 1
    assert client.get(page).context["staff_form"] is None
    assert client.post(f"{page}end/", {"on": ""}).url == page
    assert len(client.get("/safety-groups/", {"state": "standing"}).context["rows"]) == 1


def test_members_from_the_roster_and_from_the_staff(company: Company) -> None:
    client = client_for(company.person(Role.PROJECT_COMMITTEE))
    group = SafetyGroupFactory(project=company.own_project)
    page = f"/safety-groups/{group.pk}/"
    own, other = Engagement.objects.filter(team=company.own_team).order_by("pk")
    foreign = Engagement.objects.get(crew=company.crew_at("foreign"))
    assert set(client.get(f"{page}workers/").context["teams"]) == set(company.own_project.teams.all())
    ticked = {"people": [own.pk, foreign.pk], "area": "隧道口"}
    assert client.post(f"{page}workers/?team={company.own_team.pk}", ticked).url == page
    assert group.members.get().engagement == own
    assert list(client.get(f"{page}workers/?team={company.own_team.pk}").context["people"]) == [other]
    assert client.post(f"{page}staff/", {"staff_name": "赵建平（安全总监）", "is_leader": "on"}).url == page
    assert set(client.post(f"{page}staff/", {"staff_name": " "}).context["staff_form"].errors) == {"staff_name"}
    leader, worker = client.get(page).context["members"]
    assert (leader.staff_name, leader.is_leader, worker.area) == ("赵建平（安全总监）", True, "隧道口")
    client.post(f"/safety-groups/members/{worker.pk}/", {"area": "拌和站", "is_leader": "on"})
    worker.refresh_from_db()
    assert (worker.area, worker.is_leader) == ("拌和站", True)
    client.post(f"/safety-groups/members/{worker.pk}/remove/")
    assert list(SafetyMember.objects.all()) == [leader]


def test_a_dissolved_group_keeps_its_members(company: Company) -> None:
    yesterday = timezone.localdate() - timedelta(days=1)
    member = SafetyMemberFactory(group__project=company.own_project, group__dissolved_on=yesterday)
    person = company.person(Role.PROJECT_COORDINATOR)
    for act in (
        lambda: workflow.remove_member(member, by=person),
        lambda: workflow.add_staff(member.group, "赵建平", by=person),
        lambda: workflow.add_workers(member.group, Engagement.objects.all(), by=person),
    ):
        with pytest.raises(Refused):
            act()
    assert SafetyMember.objects.get() == member


def test_a_liaison_sees_the_group_and_not_its_people(company: Company) -> None:
    member = SafetyMemberFactory(group__project=company.own_project)
    page = client_for(company.person(Role.LIAISON)).get(f"/safety-groups/{member.group_id}/")
    assert (page.status_code, page.context["sees_members"], page.context["keeps"]) == (200, False, False)
    assert member.engagement.name not in page.content.decode()


def test_a_group_counts_what_it_found(company: Company) -> None:
    group = SafetyGroupFactory(project=company.own_project)
    facts = {"entry__project": company.own_project, "group": group}
    HazardRecordFactory(**facts)
    HazardRecordFactory(**facts, entry__withdrawn=True)
    page = client_for(company.person(Role.PROJECT_COORDINATOR)).get(f"/safety-groups/{group.pk}/")
    assert page.context["found"] == 1
    address = f"/entries/?kind=hazard&amp;group={group.pk}&amp;state=held"
    assert f'href="{address}"' in page.content.decode()
    HazardRecordFactory(entry__project=company.own_project)
    HazardRecordFactory(entry__project=company.own_project, group=SafetyGroupFactory(project=company.own_project))
    rows = client_for(company.person(Role.PROJECT_COORDINATOR)).get(address.replace("&amp;", "&")).context
    assert [entry.hazard.group for day in rows["days"] for entry in day.entries] == [group]
    assert rows["count"] == page.context["found"]


def test_campaigns_of_whom_somebody_may_begin(company: Company) -> None:
    project = company.own_project
    offered = {
        Role.LABOUR_CENTRE: {"company"},
        Role.REGIONAL_COORDINATOR: {f"region-{project.region_id}"},
        Role.PROJECT_COORDINATOR: {f"project-{project.pk}"},
    }
    for role, keys in offered.items():
        client = client_for(company.person(role))
        form = client.get("/campaigns/new/").context["form"]
        assert {key for key, _words in form.fields["of"].choices} == keys
        wrong = {"of": keys.copy().pop(), "name": f"活动{role}", "kind": "safety", "starts_on": DAY, "ends_on": "2025-01-01"}
        assert set(client.post("/campaigns/new/", wrong).context["form"].errors) == {"ends_on"}
        assert client.post("/campaigns/new/", {**wrong, "ends_on": ""}).url == "/campaigns/"
        campaign = Campaign.objects.get(name=f"活动{role}")
        assert (campaign.region_id, campaign.project_id) == {
            Role.LABOUR_CENTRE: (None, None),
            Role.REGIONAL_COORDINATOR: (project.region_id, None),
            Role.PROJECT_COORDINATOR: (None, project.pk),
        }[role]
        amended = {"name": campaign.name, "kind": "safety", "target": "每月一次"}
        assert client.post(f"/campaigns/{campaign.pk}/edit/", amended).url == "/campaigns/"
        campaign.refresh_from_db()
        assert (campaign.target, campaign.is_active) == ("每月一次", False)


def test_clinics_and_medical_teams_open_and_close(company: Company) -> None:
    project = company.own_project
    client = client_for(company.person(Role.REGIONAL_COORDINATOR))
    client.post("/clinics/new/", {"project": project.pk, "name": "医务室", "doctor": "杨医生", "opened_on": DAY})
    client.post("/clinics/teams/new/", {"region": project.region_id, "name": "义务医疗队", "members": "6", "formed_on": DAY})
    clinic, team = Clinic.objects.get(), MedicalTeam.objects.get()
    client.post(f"/clinics/{clinic.pk}/end/", {"on": "2026-01-31"})
    client.post(f"/clinics/teams/{team.pk}/end/", {"on": "2026-01-31"})
    clinic.refresh_from_db()
    team.refresh_from_db()
    assert (f"{clinic.closed_on}", f"{team.dissolved_on}") == ("2026-01-31", "2026-01-31")
    ahead = f"{timezone.localdate() + timedelta(days=3)}"
    late = client.post("/clinics/new/", {"project": project.pk, "name": "新医务室", "opened_on": ahead})
    assert set(late.context["form"].errors) == {"opened_on"}


@pytest.mark.parametrize("role", sorted(READERS))
def test_readers_write_nothing(role: str, company: Company) -> None:
    group = SafetyGroupFactory(project=company.own_project)
    client = client_for(company.person(role))
    assert client.get(f"/safety-groups/{group.pk}/").context["keeps"] is False
    assert client.get(f"/safety-groups/{group.pk}/edit/").status_code == 403
    assert client.get("/safety-groups/new/").status_code == 404


def test_lists_cost_the_same_however_long_they_are(company: Company, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    client, project = client_for(company.person(Role.REGIONAL_COORDINATOR)), company.own_project
    costs = (("/safety-groups/", GROUPS_QUERIES), ("/campaigns/", CAMPAIGNS_QUERIES), ("/clinics/", CLINICS_QUERIES))
    for _round in range(2):
        SafetyMemberFactory(group__project=project)
        CampaignFactory(project=project)
        ClinicFactory(project=project)
        MedicalTeamFactory(region=project.region)
        for url, cost in costs:
            client.get(url)
            with django_assert_num_queries(cost):
                client.get(url)


@pytest.mark.parametrize("url", ["/safety-groups/", "/clinics/", "/tasks/", "/teams/uninspected/"])
def test_an_empty_room_says_what_comes_next(url: str, company: Company) -> None:
    for crew in company.crews:
        for kind in ("inspection", "visit"):
            HandbookEntryFactory(team=crew.team, kind=kind)
    page = client_for(company.person(Role.REGIONAL_COORDINATOR)).get(url)
    assert "lx-empty" in page.content.decode()
