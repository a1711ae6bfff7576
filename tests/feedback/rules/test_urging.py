"""催办: who may, how often, what it leaves alone, and where whoever's turn it is reads it."""

from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from core.refusals import Refused
from core.workdays import WorkingDays
from feedback.cases import workflow
from feedback.cases.workflow import LIFECYCLE
from feedback.models import Case, Tier
from inbox.cases import cases_to_move
from regions.models import Department, Project
from tests.factories import CaseFactory, person_with
from tests.feedback.rules.acts import act
from tests.house.crawl import client_for

MONDAY = timezone.make_aware(datetime(2026, 6, 8, 10))
NOTHING_MOVES = ("status", "accept_due_at", "answer_due_at", "settle_due_at", "first_answer_due_at", "first_settle_due_at")


@pytest.fixture
def case(project: Project, department: Department) -> Case:
    return CaseFactory(project=project, status="routed", dealt_with_by=department)


def items(person: User) -> list[Any]:
    return list(cases_to_move(person, timezone.now(), WorkingDays.load()))


def test_it_stands_in_the_story_and_moves_no_deadline(case: Case, regional: User) -> None:
    before = Case.objects.filter(pk=case.pk).values(*NOTHING_MOVES).get()
    workflow.urge(case, by=regional, word=" 工人下周退场 ")
    assert Case.objects.filter(pk=case.pk).values(*NOTHING_MOVES).get() == before
    event = case.events.get()
    assert (event.verb, event.by, event.note, event.is_public) == ("urge", regional, "工人下周退场", False)


def test_once_in_a_working_day_whoever_does_it(case: Case, regional: User, centre: User) -> None:
    with time_machine.travel(MONDAY, tick=False) as clock:
        workflow.urge(case, by=regional)
        with pytest.raises(Refused) as refusal:
            workflow.urge(case, by=centre)
        assert regional.name in refusal.value.message
        clock.move_to(MONDAY + timedelta(days=1))
        workflow.urge(case, by=centre)
    assert case.events.count() == 2


def test_days_off_belong_to_the_working_day_before_them(case: Case, regional: User) -> None:
    with time_machine.travel(MONDAY + timedelta(days=4), tick=False) as clock:
        workflow.urge(case, by=regional)
        clock.move_to(MONDAY + timedelta(days=6))
        with pytest.raises(Refused):
            workflow.urge(case, by=regional)
        clock.move_to(MONDAY + timedelta(days=7))
        workflow.urge(case, by=regional)


def test_it_stands_first_for_whoever_is_to_act(case: Case, project: Project, department: Department, regional: User) -> None:
    officer = person_with(case.sights.get(part="lead").tier + "_officer", department=department)
    for _number in range(2):
        CaseFactory(project=project, status="routed", dealt_with_by=department)
    workflow.urge(case, by=regional, word="今天就办")
    first, *others = items(officer)
    assert (first.url, [other.urged for other in others]) == (reverse("case", args=[case.number]), ["", ""])
    assert regional.name in first.urged
    assert "今天就办" in first.urged
    home = client_for(officer).get(reverse("home"))
    assert [item.url for item, _state in home.context["urged"]] == [first.url]
    assert sum(home.context["counts"].values()) == 3
    piled = [item.url for pile in home.context["piles"].values() for item in pile]
    assert len(piled) == 2
    assert first.url not in piled
    assert home.content.decode().index("h-urged") < home.content.decode().index(piled[0])


@pytest.mark.parametrize(("verb", "is_over"), [("accept", True), ("remark", False), ("escalate", True)])
def test_it_is_over_as_soon_as_he_acts(case: Case, officer: User, regional: User, verb: str, is_over: bool) -> None:
    workflow.urge(case, by=regional)
    act(verb, case, officer)
    assert [bool(item.urged) for item in items(officer)] == ([] if verb == "escalate" else [not is_over])


def test_headquarters_urges_the_region_and_the_region_reads_it(project: Project, regional: User, centre: User) -> None:
    case = CaseFactory(project=project)
    assert not LIFECYCLE.may("urge", regional, case)
    workflow.urge(case, by=centre)
    assert [centre.name in item.urged for item in items(regional)] == [True]


@pytest.mark.parametrize("more", [{"refusals": 2, "status": "refused"}, {"is_final": True, "status": "under_review"}])
def test_what_headquarters_decides_nobody_urges(project: Project, regional: User, centre: User, more: dict[str, Any]) -> None:
    case = CaseFactory(project=project, **more)
    assert not LIFECYCLE.may("urge", centre, case)
    assert not LIFECYCLE.may("urge", regional, case)


def test_what_follows_another_case_is_urged_there(case: Case, project: Project, regional: User) -> None:
    follower = CaseFactory(project=project, status="routed", dealt_with_by=Tier.PROJECT, lead=case)
    with pytest.raises(Refused):
        workflow.urge(follower, by=regional)
