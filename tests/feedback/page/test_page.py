"""The page of a case: what it says, to whom, what it costs."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from core.roles import Role
from core.untraceable import rounded
from feedback.cases.workflow.lifecycle import label_of
from feedback.models import Case, CaseMessage, CaseNotice, CasePhoto, Promise, Revisit
from tests.factories import CaseEventFactory, CaseFactory, PhotoFactory, UserFactory
from tests.feedback.page.acts import page_of
from tests.house.crawl import client_for
from tests.world import Company

NOW = timezone.now()


def states(answer: Any) -> list[str]:
    return [step.state for step in answer.context["steps"]]


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        ("registered", ["done", "now", "", "", "", ""]),
        ("routed", ["done", "done", "now", "", "", ""]),
        ("accepted", ["done", "done", "done", "now", "", ""]),
        ("answered", ["done", "done", "done", "now", "", ""]),
        ("revisiting", ["done", "done", "done", "done", "done", "now"]),
        ("closed", ["done"] * 6),
    ],
)
def test_the_steps(company: Company, regional: User, status: str, expected: list[str]) -> None:
    case = CaseFactory(project=company.own_project, status=status)
    assert states(page_of(case, regional)) == expected


def test_the_two_facts_stand_apart(company: Company, regional: User) -> None:
    case = CaseFactory(project=company.own_project, status="answered", delivered_at=NOW, delivery="read_aloud")
    answer, settlement = page_of(case, regional).context["facts"]
    assert (answer.is_reached, settlement.is_reached) == (True, False)
    assert settlement.share is not None
    closed = CaseFactory(project=company.own_project, status="closed", settled_by=regional, settled_note="水是热的")
    answer, settlement = page_of(closed, regional).context["facts"]
    assert (answer.is_reached, settlement.is_reached) == (True, True)
    assert settlement.lines[1] == "水是热的"


def test_an_answer_that_has_not_arrived_is_no_answer(company: Company, regional: User) -> None:
    answer, _settlement = page_of(CaseFactory(project=company.own_project, status="answered"), regional).context["facts"]
    assert not answer.is_reached
    assert len(answer.lines) == 2


def test_the_nearest_promise_that_is_open_is_the_deadline(answered: Case, regional: User) -> None:
    for days, kept in ((3, True), (5, False), (9, False)):
        row = Promise.objects.create(
            case=answered, text="补发", who="罗建平", due_on=timezone.localdate() + timedelta(days=days), given_by=regional
        )
        if kept:
            Promise.objects.filter(pk=row.pk).update(kept_on=timezone.localdate(), kept_by=regional, photo=PhotoFactory())
    _answer, settlement = page_of(answered, regional).context["facts"]
    day = timezone.localdate() + timedelta(days=5)
    assert f"{day.month}月{day.day}日" in settlement.lines[0]


def test_an_overdue_case_says_so(company: Company, regional: User) -> None:
    past = {"answer_due_at": NOW - timedelta(days=1), "settle_due_at": NOW - timedelta(hours=1)}
    case = CaseFactory(project=company.own_project, status="accepted", routed_at=NOW - timedelta(days=9), **past)
    assert [fact.state for fact in page_of(case, regional).context["facts"]] == ["late", "late"]


def test_who_sees_it(company: Company, answered: Case) -> None:
    seers = {Role.LABOUR_CENTRE, Role.PARTY_ORGANISATION, Role.LEADER, Role.AUDITOR, Role.REGIONAL_COORDINATOR}
    seers |= {Role.PROJECT_COORDINATOR, Role.DEPARTMENT_OFFICER}
    codes = {role: page_of(answered, company.person(role)).status_code for role in Role}
    assert {role for role, code in codes.items() if code == 200} == seers
    assert {role for role, code in codes.items() if code == 404} == set(Role) - seers


def test_nothing_of_a_case_that_does_not_exist(regional: User) -> None:
    assert client_for(regional).get(reverse("case", args=["NW-2605-XXXXX"])).status_code == 404


def test_whom_it_names_is_read_at_headquarters_alone(company: Company, centre: User, regional: User) -> None:
    named = UserFactory(name="被提到的人")
    case = CaseFactory(project=company.own_project, names=[{"who": "liaison", "person": named}])
    assert "被提到的人" in page_of(case, centre).content.decode()
    assert "被提到的人" not in page_of(case, regional).content.decode()
    assert page_of(case, regional).context["case"].accused.exists()


def test_the_thread_is_newest_first_and_gives_a_worker_no_hour(company: Company, regional: User, answered: Case) -> None:
    early = rounded(NOW - timedelta(days=3))
    CaseEventFactory(case=answered, at=early, by=None)
    CaseEventFactory(case=answered, verb="accept", at=NOW - timedelta(days=2), by=regional)
    CaseNotice.objects.create(case=answered, clock="answer", step="reminded", due_at=NOW, at=NOW - timedelta(days=1))
    thread = page_of(answered, regional).context["thread"]
    assert [entry.at for entry in thread] == sorted((entry.at for entry in thread), reverse=True)
    assert ":" not in thread[-1].when
    assert thread[1].who == regional.name
    assert thread[1].title == regional.post_title


def test_what_happened_in_one_moment_stands_in_the_order_in_which_it_can_only_have_come(company: Company, regional: User) -> None:
    """What comes through the workers' page is sent on by the rules at once: both carry the same quarter of a day."""
    case = CaseFactory(project=company.own_project, status="accepted", origin="qr")
    at = rounded(NOW - timedelta(days=1))
    said = [
        ("accept", "routed", "accepted", regional),
        ("register", "", "registered", None),
        ("route", "registered", "routed", None),
    ]
    for verb, before, after, by in said:
        CaseEventFactory(case=case, verb=verb, from_status=before, to_status=after, at=at, by=by)
    words = [entry.word for entry in page_of(case, regional).context["thread"]]
    assert words == [label_of(verb) for verb in ("accept", "route", "register")]


def test_a_message_stands_once_with_the_move_that_said_it(answered: Case, regional: User, officer: User) -> None:
    at = NOW - timedelta(hours=1)
    CaseEventFactory(case=answered, verb="submit_reply", at=at - timedelta(hours=1), by=officer)
    CaseEventFactory(case=answered, verb="approve_reply", at=at, by=regional)
    CaseMessage.objects.create(case=answered, is_from_worker=False, words="修好了", at=at, by=officer)
    promise = Promise.objects.create(case=answered, text="补发", who="我", due_on=NOW.date(), given_by=officer, given_at=at)
    newest, handed_in = page_of(answered, regional).context["thread"]
    assert (newest.who, newest.says, newest.promises) == (officer.name, ["修好了"], [promise])
    assert regional.name in newest.word
    assert (handed_in.says, handed_in.promises) == ([], [])


def test_an_answer_under_review_stands_with_its_draft(company: Company, regional: User, officer: User) -> None:
    case = CaseFactory(project=company.own_project, status="under_review", dealt_with_by=company.department, replied_by=officer)
    CaseEventFactory(case=case, verb="submit_reply", at=NOW, by=officer)
    [entry] = page_of(case, regional).context["thread"]
    assert entry.says == [case.reply]


def test_a_question_that_waits_is_marked_and_answered_first(answered: Case, officer: User) -> None:
    CaseEventFactory(case=answered, verb="worker_says", at=rounded(NOW), by=None)
    CaseMessage.objects.create(case=answered, is_from_worker=True, words="都补吗", at=rounded(NOW))
    page = page_of(answered, officer)
    assert [(entry.says, entry.waits) for entry in page.context["thread"]] == [(["都补吗"], True)]
    assert page.context["buttons"].first.url.endswith("/remark/?is_public=on")
    CaseEventFactory(case=answered, verb="remark", at=NOW + timedelta(hours=1), by=officer, is_public=True)
    page = page_of(answered, officer)
    assert not any(entry.waits for entry in page.context["thread"])
    assert page.context["buttons"].first.verb.name == "deliver"


def test_a_workers_answer_stands_after_the_question_of_the_same_quarter(answered: Case, officer: User) -> None:
    start = rounded(NOW - timedelta(days=1))
    for verb, at, by in (("ask_worker", start + timedelta(hours=2), officer), ("worker_says", start, None)):
        CaseEventFactory(case=answered, verb=verb, at=at, by=by)
    CaseMessage.objects.create(case=answered, is_from_worker=False, words="哪几天", at=start + timedelta(hours=2), by=officer)
    CaseMessage.objects.create(case=answered, is_from_worker=True, words="十八号", at=start)
    assert [entry.says for entry in page_of(answered, officer).context["thread"]] == [["十八号"], ["哪几天"]]


def test_what_was_said_on_a_revisit_stands_beside_its_move(company: Company, regional: User) -> None:
    case = CaseFactory(project=company.own_project, status="closed")
    CaseEventFactory(case=case, verb="confirm_settled", at=NOW, by=regional)
    done = {"is_settled": True, "done_by": regional}
    Revisit.objects.create(case=case, due_on=NOW.date(), done_at=NOW, words="水热", **done)
    Revisit.objects.create(
        case=case, due_on=NOW.date(), done_at=NOW - timedelta(1), words="真热", is_sample=True, month="2026-05", **done
    )
    assert [entry.says for entry in page_of(case, regional).context["thread"]] == [["水热"], ["真热"]]


def grown(case: Case, by: User, number: int) -> None:
    """So many of everything that hangs on a case."""
    for each in range(number):
        at = NOW - timedelta(hours=each + 1)
        CaseEventFactory(case=case, verb="remark", at=at, by=UserFactory())
        CaseMessage.objects.create(case=case, is_from_worker=True, words="问", at=rounded(at))
        CasePhoto.objects.create(case=case, photo=PhotoFactory(), by=UserFactory(), at=at)
        Promise.objects.create(case=case, text="补发", who="我", due_on=NOW.date(), given_by=by)
        Revisit.objects.create(case=case, due_on=NOW.date(), asked=UserFactory(), is_sample=True, month=f"2026-0{each + 1}")
        CaseNotice.objects.create(case=case, clock="answer", step="reminded", due_at=at)
        case.files.create(kind="photo", content_type="image/jpeg", content=b"x")
        CaseFactory(project=case.project, lead=case)


@pytest.mark.parametrize("number", [1, 5])
def test_a_page_costs_the_same_however_long_its_story(answered: Case, regional: User, number: int) -> None:
    grown(answered, regional, number)
    client = client_for(regional)
    with CaptureQueriesContext(connection) as queries:
        client.get(reverse("case", args=[answered.number]))
    assert len(queries) == 27
