"""A sample finds a closed case not settled: it reaches whoever decides, and whoever dealt with it."""

from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from core.refusals import Refused
from core.roles import Role
from core.workdays import WorkingDays
from feedback.cases import workflow as cases
from feedback.models import Case, Revisit
from feedback.revisits import workflow
from inbox.cases import CASES
from inbox.revisits import REVISITS, samples_to_decide
from tests.factories import CaseFactory, LabourTeamFactory, RevisitFactory, person_with
from tests.house.crawl import client_for
from tests.shared_world import world_once
from tests.world import Company, found_company

pytestmark = pytest.mark.django_db
DECIDES = {Role.REGIONAL_COORDINATOR}


founded, company = world_once(found_company)


@pytest.fixture
def regional(company: Company) -> User:
    return company.person(Role.REGIONAL_COORDINATOR)


@pytest.fixture
def officer(company: Company) -> User:
    return company.person(Role.DEPARTMENT_OFFICER)


@pytest.fixture
def centre(company: Company) -> User:
    return company.person(Role.LABOUR_CENTRE)


def in_doubt(company: Company, **of_case: Any) -> Case:
    """A liaison of another team went, and says that it is not settled."""
    shown = {"project": company.own_project, "team": company.own_team, "dealt_with_by": company.department} | of_case
    case = CaseFactory(status="closed", **shown)
    goes = person_with(Role.LIAISON, team=LabourTeamFactory(project=company.own_project))
    visit = RevisitFactory(case=case, sample=True, asked=goes)
    workflow.answer(visit, by=goes, is_settled=False, words="还是没有热水")
    assert Case.objects.get(pk=case.pk).status == "closed"
    return case


def page_of(case: Case) -> str:
    return reverse("case", args=[case.number])


def urls(person: User, *providers: Any) -> list[str]:
    now, workdays = timezone.now(), WorkingDays.load()
    return [item.url for provider in providers or (samples_to_decide,) for item in provider(person, now, workdays)]


def test_it_waits_for_the_region_and_for_the_department(company: Company) -> None:
    people = {role: company.person(role) for role in Role}
    case = in_doubt(company)
    reached = {role for role, person in people.items() if urls(person) == [page_of(case)]}
    assert reached == {Role.REGIONAL_COORDINATOR, Role.DEPARTMENT_OFFICER}


def test_where_the_region_has_a_hand_in_it_headquarters_decides(company: Company, regional: User, centre: User) -> None:
    case = in_doubt(company, settled_by=regional)
    assert (urls(regional), urls(centre)) == ([], [page_of(case)])


def test_where_the_region_dealt_with_it_headquarters_is_asked(company: Company, regional: User, centre: User) -> None:
    case = in_doubt(company, dealt_with_by="region")
    case.sights.filter(tier="company").update(part="supervisor")
    assert (urls(centre), urls(regional)) == ([page_of(case)], [page_of(case)])


def test_both_ways_on_stand_side_by_side(company: Company, regional: User, officer: User) -> None:
    case = in_doubt(company)
    buttons = client_for(regional).get(page_of(case)).context["buttons"]
    assert (buttons.first.verb.name, buttons.others[0].verb.name) == ("redo", "let_stand")
    of_officer = client_for(officer).get(page_of(case)).context["buttons"]
    assert of_officer.first.verb.name == "redo"
    assert "remark" in of_officer.verbs
    assert "let_stand" not in of_officer.verbs


@pytest.mark.parametrize("who", ["regional", "officer"])
def test_done_again_by_either(company: Company, regional: User, officer: User, who: str) -> None:
    case = in_doubt(company)
    cases.redo(case, by={"regional": regional, "officer": officer}[who], word="还是没有热水")
    case.refresh_from_db()
    assert (case.status, case.redos) == ("accepted", 1)
    assert (urls(regional), urls(officer)) == ([], [])


def test_a_word_why_not_ends_it(company: Company, regional: User, officer: User) -> None:
    case = in_doubt(company)
    with pytest.raises(Refused) as refusal:
        cases.let_stand(case, by=regional, word="  ")
    assert set(refusal.value.fields) == {"word"}
    answer = client_for(regional).post(reverse("case-let-stand", args=[case.number]), {"word": "已换宿舍，看错了楼"})
    assert answer.url == page_of(case)
    assert case.events.get(verb="let_stand").note == "已换宿舍，看错了楼"
    assert (urls(regional), urls(officer)) == ([], [])
    with pytest.raises(Refused):
        cases.redo(case, by=officer, word="再办")
    with pytest.raises(Refused):
        cases.let_stand(case, by=regional, word="再说一遍")


def test_the_department_says_why_and_waits_for_the_decision(company: Company, regional: User, officer: User) -> None:
    case = in_doubt(company)
    with pytest.raises(Refused):
        cases.let_stand(case, by=officer, word="不用")
    cases.remark(case, by=officer, text="热水器当天换好，第二天停电")
    assert (urls(regional), urls(officer)) == ([page_of(case)], [])


def test_a_later_no_asks_again(company: Company, regional: User) -> None:
    case = in_doubt(company)
    cases.let_stand(case, by=regional, word="看错了楼")
    again = RevisitFactory(case=case, sample=True, month="2026-06", asked=regional)
    Revisit.objects.filter(pk=again.pk).update(is_settled=False, done_at=timezone.now(), done_by=regional)
    assert urls(regional) == [page_of(case)]


def test_a_yes_asks_nobody(company: Company, regional: User) -> None:
    RevisitFactory(sample=True, done=True, case=CaseFactory(project=company.own_project, status="closed"))
    assert urls(regional) == []


def test_past_the_last_redo_the_department_has_a_final_reply_left(company: Company, regional: User, officer: User) -> None:
    case = in_doubt(company, redos=2)
    verbs = client_for(officer).get(page_of(case)).context["buttons"].verbs
    assert "submit_reply" in verbs
    assert "redo" not in verbs
    assert urls(regional) == [page_of(case)]


@pytest.mark.parametrize("status", ["accepted", "answered", "revisiting", "closed"])
def test_nobody_finds_a_case_twice_on_his_first_page(company: Company, status: str) -> None:
    """A sample that was drawn before the case was done again asks nobody to go any more."""
    case = CaseFactory(project=company.own_project, status=status, dealt_with_by=company.department, redos=1)
    RevisitFactory(case=case, sample=True, round=0)
    if status == "revisiting":
        RevisitFactory(case=case, round=1)
    for role in Role:
        assert len(urls(company.person(role), *CASES, *REVISITS)) <= 1, role


def test_where_the_region_deals_with_it_headquarters_sends_somebody(company: Company, centre: User, regional: User) -> None:
    case = CaseFactory(project=company.own_project, status="revisiting", dealt_with_by="region")
    case.sights.filter(tier="company").update(part="supervisor")
    visit = RevisitFactory(case=case)
    assert urls(centre, *REVISITS) == [reverse("revisit", args=[visit.pk])]
    assert urls(regional, *REVISITS) == []
