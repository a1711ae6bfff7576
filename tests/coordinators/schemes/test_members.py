"""The register of Party members: its few readers, its candidates, its six ticks, and that no name leaves it elsewhere."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from coordinators.models import PartyMemberLink, PartyMemberTick
from coordinators.schemes.members import inclusions
from coordinators.schemes.workflow import keep_member, register, take_off
from core.models import AuditEvent
from core.refusals import Refused
from core.roles import COMPANY_WIDE, Role
from labour_teams.models import Engagement, LabourTeam
from tests.factories import (
    EngagementFactory,
    LabourTeamFactory,
    PartyMemberLinkFactory,
    PartyMemberTickFactory,
    WorkCrewFactory,
    person_with,
)
from tests.house.test_url_matrix import client_for
from tests.world import stationed

pytestmark = pytest.mark.django_db
KEEPERS = {Role.PARTY_ORGANISATION, Role.REGIONAL_COORDINATOR, Role.PROJECT_COMMITTEE}


@pytest.fixture
def team() -> LabourTeam:
    return LabourTeamFactory()


@pytest.fixture
def committee(team: LabourTeam) -> User:
    return person_with(Role.PROJECT_COMMITTEE, project=team.project)


@pytest.fixture
def member(team: LabourTeam) -> PartyMemberLink:
    return PartyMemberLinkFactory(engagement=EngagementFactory(team=team, party_member=True, name="仡濮耀祖"))


def addresses(member: PartyMemberLink) -> list[str]:
    code = member.project.code
    return ["/party-members/", f"/party-members/{code}/", f"/party-members/{code}/{member.pk}/"]


@pytest.mark.parametrize("role", sorted(Role))
def test_the_register_is_open_to_three_posts_and_does_not_exist_for_others(member: PartyMemberLink, role: Role) -> None:
    person = stationed(role, WorkCrewFactory(team=member.engagement.team))
    client = client_for(person)
    codes = {client.get(address).status_code for address in addresses(member)}
    assert codes == ({200} if role in KEEPERS else {404})
    assert PartyMemberLink.objects.visible_to(person).exists() is (role in KEEPERS)
    linked = b"/party-members/" in client.get("/rules/").content
    assert linked is (role in KEEPERS)


@pytest.mark.parametrize("role", sorted(KEEPERS - {Role.PARTY_ORGANISATION}))
def test_another_units_register_does_not_exist(member: PartyMemberLink, role: Role) -> None:
    client = client_for(person_with(role))
    assert {client.get(address).status_code for address in addresses(member)[1:]} == {404}
    assert client.post(f"/party-members/{member.project.code}/{member.pk}/take-off/").status_code == 404
    assert PartyMemberLink.objects.count() == 1


@pytest.mark.parametrize("role", sorted(COMPANY_WIDE))
def test_the_administration_shows_it_to_one_department(member: PartyMemberLink, role: Role) -> None:
    client = client_for(person_with(role))
    pages = [
        reverse("admin:coordinators_partymemberlink_changelist"),
        reverse("admin:coordinators_partymemberlink_change", args=[member.pk]),
    ]
    assert {client.get(page).status_code for page in pages} == ({200} if role == Role.PARTY_ORGANISATION else {403})
    ours = client.get(reverse("admin:regions_project_delete", args=[member.project.pk]))
    text = ours.content.decode()
    assert text.count("仡濮耀祖") == text.count(f"仡濮耀祖·{member.engagement.team}")  # the roster's row, not the register's


def test_its_words_name_nobody(member: PartyMemberLink) -> None:
    assert "仡濮耀祖" not in str(member)


def test_candidates_are_the_party_members_on_site(team: LabourTeam, committee: User, member: PartyMemberLink) -> None:
    full, probationary = (EngagementFactory(team=team, political_status_code=code) for code in ("01", "02"))
    for code in ("", "03", "04", "12", "13"):
        EngagementFactory(team=team, political_status_code=code)
    EngagementFactory(team=team, party_member=True, left=True)
    EngagementFactory(party_member=True)
    form = client_for(committee).get(f"/party-members/{team.project.code}/").context["form"]
    assert set(form.fields["people"].queryset) == {full, probationary}


def test_somebody_who_changed_teams_is_proposed_once(team: LabourTeam, committee: User, member: PartyMemberLink) -> None:
    Engagement.objects.filter(pk=member.engagement_id).update(left_on=timezone.localdate() - timedelta(days=3))
    other = LabourTeamFactory(project=team.project)
    worker, since = member.engagement.worker, timezone.localdate() - timedelta(days=2)
    EngagementFactory(worker=worker, team=other, party_member=True, entered_on=since, follows=member.engagement)
    context = client_for(committee).get(f"/party-members/{team.project.code}/").context
    assert list(context["form"].fields["people"].queryset) == []
    assert [(row.member, row.is_here) for row in context["rows"]] == [(member, True)]


def test_candidates_are_put_on_the_register(team: LabourTeam, committee: User) -> None:
    wanted, other = EngagementFactory.create_batch(2, team=team, party_member=True)
    no_member = EngagementFactory(team=team)
    client, address = client_for(committee), f"/party-members/{team.project.code}/add/"
    assert client.post(address, {"people": [no_member.pk]}).context["form"].errors
    assert client.post(address, {}).context["form"].errors
    client.post(address, {"people": [wanted.pk]})
    link = PartyMemberLink.objects.get()
    assert (link.engagement, link.project, link.registered_by) == (wanted, team.project, committee)
    assert link.registered_on == timezone.localdate()
    assert register(team.project, by=committee, engagements=[wanted, other]) == 1


def kept(**changed: Any) -> dict[str, Any]:
    return {"branch": "第一党支部", "area": "二号隧道", **changed}


def test_ticks_come_and_go_with_their_days(committee: User, member: PartyMemberLink) -> None:
    first, second, third, *_rest = inclusions()
    PartyMemberTickFactory(member=member, item=third)
    client, address = client_for(committee), f"/party-members/{member.project.code}/{member.pk}/"
    client.post(address, kept(**{f"tick-{first.pk}": "on", f"on-{first.pk}": "2026-03-05", f"tick-{second.pk}": "on"}))
    ticks = {tick.item: (tick.on.isoformat(), tick.by) for tick in PartyMemberTick.objects.select_related("item", "by")}
    assert ticks == {first: ("2026-03-05", committee), second: (f"{timezone.localdate()}", committee)}
    member.refresh_from_db()
    assert (member.branch, member.area) == ("第一党支部", "二号隧道")


def test_a_tick_of_tomorrow_is_refused_and_what_was_typed_stays(committee: User, member: PartyMemberLink) -> None:
    item = inclusions()[0]
    tomorrow = timezone.localdate() + timedelta(days=1)
    address = f"/party-members/{member.project.code}/{member.pk}/"
    response = client_for(committee).post(address, kept(area="架梁", **{f"tick-{item.pk}": "on", f"on-{item.pk}": f"{tomorrow}"}))
    assert set(response.context["form"].errors) == {f"on-{item.pk}"}
    assert 'value="架梁"' in response.content.decode()
    assert PartyMemberTick.objects.count() == 0


def test_taking_off_leaves_a_trace_without_a_name(committee: User, member: PartyMemberLink) -> None:
    PartyMemberTickFactory(member=member, item=inclusions()[0])
    client_for(committee).post(f"/party-members/{member.project.code}/{member.pk}/take-off/")
    assert (PartyMemberLink.objects.count(), PartyMemberTick.objects.count()) == (0, 0)
    event = AuditEvent.objects.get(kind="delete")
    assert (event.by, event.subject_name) == (committee, str(member.project))
    assert "仡濮耀祖" not in f"{event.subject_name}{event.details}"
    with pytest.raises(Refused):
        take_off(member, by=committee)


@pytest.mark.parametrize("role", sorted(set(Role) - KEEPERS))
def test_the_workflow_refuses_everybody_else(member: PartyMemberLink, role: Role) -> None:
    person = stationed(role, WorkCrewFactory(team=member.engagement.team))
    for act in (
        lambda: take_off(member, by=person),
        lambda: keep_member(member, by=person, branch="", area="", ticked={}),
        lambda: register(member.project, by=person, engagements=[]),
    ):
        with pytest.raises(Refused):
            act()
    assert PartyMemberLink.objects.count() == 1


@pytest.mark.parametrize("rows", [1, 3])
def test_the_register_costs_the_same_however_long(team: LabourTeam, committee: User, rows: int) -> None:
    for _row in range(rows):
        link = PartyMemberLinkFactory(engagement=EngagementFactory(team=team, party_member=True))
        PartyMemberTickFactory(member=link, item=inclusions()[0])
        EngagementFactory(team=team, party_member=True)
    client = client_for(committee)
    with CaptureQueriesContext(connection) as queries:
        client.get(f"/party-members/{team.project.code}/")
    assert len(queries) == 10


def test_an_empty_register_says_what_to_do(team: LabourTeam, committee: User) -> None:
    assert b"lx-empty" in client_for(committee).get(f"/party-members/{team.project.code}/").content
