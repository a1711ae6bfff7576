"""What is printed to be signed: who stands on which sheet, masked, and a notice that names nobody."""

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from core.roles import Role
from handbook.paper.rows import A_PAGE, blank_rows, received, signing
from tests.factories import (
    CareDistributionFactory,
    CareEventFactory,
    EngagementFactory,
    EthnicCustomNoteFactory,
    EthnicFestivalFactory,
    FestivalDayFactory,
    LabourTeamFactory,
    TrainingAttendanceFactory,
    TrainingSessionFactory,
    UserFactory,
)
from tests.house.test_url_matrix import client_for
from tests.world import Company

pytestmark = pytest.mark.django_db
TODAY = date(2026, 5, 20)
UNMASKED = re.compile(r"(?<![\d*])(?:\d{17}[\dX]|1\d{10})(?!\d)")


@pytest.fixture
def clerk(company: Company) -> Client:
    return client_for(company.person(Role.PROJECT_CLERK))


@pytest.mark.parametrize(
    ("taken", "pages"), [(0, 1), (A_PAGE - 3, 1), (A_PAGE - 2, 2), (A_PAGE, 2), (2 * A_PAGE - 3, 2), (500, 21)]
)
def test_the_last_page_is_full_and_has_a_few_empty_lines(taken: int, pages: int) -> None:
    left = blank_rows(taken)
    assert A_PAGE >= 20
    assert left[0] == taken + 1
    assert len(left) >= 3
    assert left[-1] == pages * A_PAGE


def test_who_signs_are_those_named_and_otherwise_everybody_there(company: Company) -> None:
    person = company.person(Role.PROJECT_CLERK)
    session = TrainingSessionFactory(entry__team=company.own_team, entry__on=TODAY)
    assert {each.crew for each in signing(session.entry, person)} == set(company.crews[:2])
    named = EngagementFactory(team=company.own_team)
    TrainingAttendanceFactory(session=session, engagement=named)
    assert signing(session.entry, person) == [named]


def test_numbers_are_masked_and_the_page_says_what_the_training_was(company: Company, clerk: Client) -> None:
    session = TrainingSessionFactory(entry__project=company.own_project, entry__title="农民工夜校", trainer="刘老师", hours=2)
    for address in (f"/entries/{session.pk}/sign-in/", f"/projects/{company.own_project.code}/induction/sheet/"):
        page = clerk.get(address).content.decode()
        assert page.count("**********") == 4
        assert not UNMASKED.search(page)
    assert "刘老师" in clerk.get(f"/entries/{session.pk}/sign-in/").content.decode()


def test_a_planned_training_has_its_sheet_and_a_withdrawn_one_none(company: Company, clerk: Client) -> None:
    planned = TrainingSessionFactory(entry__project=company.own_project, entry__planned=True)
    gone = TrainingSessionFactory(entry__project=company.own_project, entry__withdrawn=True)
    assert clerk.get(f"/entries/{planned.pk}/sign-in/").status_code == 200
    assert clerk.get(f"/entries/{gone.pk}/sign-in/").status_code == 404
    papers = clerk.get("/papers/")
    assert [entry.pk for entry in papers.context["trainings"]] == [planned.pk]


def test_goods_by_team_with_those_ticked_else_the_roster_else_empty_lines(company: Company) -> None:
    person, project = company.person(Role.PROJECT_CLERK), company.own_project
    event = CareEventFactory(entry__project=project, entry__on=TODAY)
    first, second, empty = company.own_team, company.crews[2].team, LabourTeamFactory(project=project)
    for team in (first, first, second, empty, None):
        CareDistributionFactory(event=event, team=team, people=7)
    third = LabourTeamFactory(project=project)
    ticked, elsewhere = EngagementFactory(team=first), EngagementFactory(team=third)
    event.distributions.filter(team=first).first().workers.add(ticked)
    event.distributions.filter(team=None).get().workers.add(elsewhere)
    sheets = {sheet.team: sheet for sheet in received(event.entry, person)}
    assert set(sheets) == {first, second, empty, None}
    assert len(sheets[first].goods) == 2
    assert sheets[first].people == [ticked]
    assert {each.crew for each in sheets[second].people} == set(company.crews[2:4])
    assert (sheets[empty].people, list(sheets[empty].blank)) == ([], [1, 2, 3, 4, 5, 6, 7])
    assert sheets[None].people == [elsewhere]


@pytest.mark.parametrize("teams", [1, 3])
def test_a_receipt_takes_as_many_queries_for_three_teams_as_for_one(
    company: Company, clerk: Client, teams: int, django_assert_num_queries: Any
) -> None:
    event = CareEventFactory(entry__project=company.own_project)
    for _each in range(teams):
        team = LabourTeamFactory(project=company.own_project)
        EngagementFactory.create_batch(3, team=team)
        CareDistributionFactory(event=event, team=team)
    clerk.get("/papers/")
    with django_assert_num_queries(8):
        assert clerk.get(f"/entries/{event.pk}/receipt/").status_code == 200


def test_a_notice_counts_peoples_and_names_nobody(company: Company, clerk: Client) -> None:
    festival = EthnicFestivalFactory(ethnicities=["03", "04", "05"])
    FestivalDayFactory(festival=festival, on=TODAY + timedelta(days=30))
    project, team = company.own_project, company.own_team
    EngagementFactory.create_batch(6, team=team, ethnicity_code="04", name="扎西多吉")
    EngagementFactory.create_batch(2, team=team, ethnicity_code="03", name="马小山")
    EngagementFactory.create_batch(4, team=company.crews[2].team, ethnicity_code="03")
    EngagementFactory.create_batch(9, crew=company.crew_at("sibling"), ethnicity_code="05")
    address = f"/projects/{project.code}/customs-notice/"
    answer = clerk.get(address, {"festival": festival.pk, "team": team.pk})
    boss, canteen = answer.context["notices"]
    assert [people for people, _number in boss.counts] == ["回族", "藏族"]
    assert "6" in boss.counts[1][1]
    assert "2" not in boss.counts[0][1]
    assert "6" in canteen.counts[0][1]  # two and four of them
    page = answer.content.decode()
    assert "2026-06-19" in page
    assert not any(name in page for name in ("扎西多吉", "马小山", "维吾尔族"))
    form = clerk.get(f"/entries/new/customs/?place=team-{team.pk}&festival={festival.pk}")
    assert f'href="{form.wsgi_request.get_full_path().replace("&", "&amp;")}"' in page
    begun = form.context["form"].initial
    assert (begun["place"], begun["festival"]) == (f"team-{team.pk}", festival.pk)
    assert festival.name in begun["title"]


def test_a_notice_that_was_handed_over_opens_again_for_its_team(company: Company, clerk: Client) -> None:
    note = EthnicCustomNoteFactory(entry__team=company.own_team)
    address = f"/projects/{company.own_project.code}/customs-notice/?festival={note.festival_id}&team={note.entry.team_id}"
    assert f'href="{address.replace("&", "&amp;")}"' in clerk.get(f"/entries/{note.pk}/").content.decode()
    assert clerk.get(address).context["notices"][0].unit.endswith(company.own_team.name)
    choice = clerk.get(f"/projects/{company.own_project.code}/customs-notice/", {"team": company.own_team.pk}).context["form"]
    assert (choice.is_bound, str(choice["team"].value())) == (False, str(company.own_team.pk))


@pytest.mark.parametrize("key", ["", "x", "9" * 30, "987654321"])
def test_a_festival_that_is_none_begins_nothing(company: Company, clerk: Client, key: str) -> None:
    assert "festival" not in clerk.get(f"/entries/new/customs/?festival={key}").context["form"].initial


def test_a_foreign_team_or_festival_that_is_none_leads_back_to_the_choice(company: Company, clerk: Client) -> None:
    address, festival = f"/projects/{company.own_project.code}/customs-notice/", EthnicFestivalFactory()
    for wrong in ({"festival": 987654321}, {"festival": festival.pk, "team": company.crew_at("foreign").team_id}):
        answer = clerk.get(address, wrong)
        assert answer.status_code == 200
        assert answer.context["form"].errors


@pytest.mark.parametrize("role", list(Role))
def test_who_prints(company: Company, role: Role) -> None:
    session = TrainingSessionFactory(entry__project=company.own_project, entry__author=UserFactory())
    event = CareDistributionFactory(event__entry__project=company.own_project).event
    client = client_for(company.person(role))
    writes = {Role.PROJECT_CLERK, Role.PROJECT_COORDINATOR, Role.PROJECT_COMMITTEE, Role.REGIONAL_COORDINATOR}
    trains = writes | {Role.PARTY_ORGANISATION, Role.LABOUR_CENTRE}
    for address, may in (
        (f"/entries/{session.pk}/sign-in/", role in trains),
        (f"/entries/{event.pk}/receipt/", role in writes),
        (f"/projects/{company.own_project.code}/customs-notice/", role in writes),
    ):
        assert (client.get(address).status_code == 200) == may, address
