"""The answer: written, judged by somebody else, published and brought; waiting for the worker; more time."""

from datetime import datetime, timedelta

import pytest
import time_machine
from django.utils import timezone

from accounts.models import User
from core.moves import CLOCK
from core.personal import Phone
from core.refusals import Refused, Stale
from core.roles import Role
from core.untraceable import rounded
from core.workdays import WorkingDays
from feedback.cases import workflow
from feedback.cases.clock import later
from feedback.models import Case, CaseContact, Tier
from labour_teams.models import WorkCrew
from regions.models import Department, Project
from tests.factories import CaseFactory, UserFactory, person_with
from tests.feedback.rules.acts import promise, reply
from tests.world import stationed

pytestmark = pytest.mark.django_db
MONDAY = timezone.make_aware(datetime(2026, 6, 1, 10))


@pytest.fixture
def case(project: Project, department: Department) -> Case:
    return CaseFactory(project=project, status="accepted", dealt_with_by=department, code_hash="a")


def test_an_answer_is_published_when_somebody_else_approves_it(case: Case, officer: User, coordinator: User) -> None:
    written = workflow.submit_reply(case, by=officer, reply=reply(promises=[promise()]))
    assert (written.status, written.replied_by, written.replied_at, written.delivered_at) == ("under_review", officer, None, None)
    assert not written.messages.exists()
    given = workflow.approve_reply(written, by=coordinator)
    assert (given.status, given.delivery, given.delivered_at) == ("answered", "code", given.replied_at)
    message = given.messages.get()
    assert (message.words, message.by, message.at) == ("热水器修好了", officer, given.replied_at)
    assert given.promises.get().given_at == given.replied_at
    assert given.events.get(verb="approve_reply").is_public


def test_without_a_code_the_answer_is_still_to_be_brought(project: Project, coordinator: User, regional: User) -> None:
    case = CaseFactory(project=project, status="under_review", replied_by=coordinator)
    given = workflow.approve_reply(case, by=regional)
    assert (given.delivered_at, given.delivery) == (None, "")
    with pytest.raises(Refused):
        workflow.deliver(given, by=coordinator, how="code")
    told = workflow.deliver(given, by=coordinator, how="in_person", note="电话")
    again = workflow.deliver(told, by=CLOCK, how="wall")
    assert (again.delivered_at, again.delivery) == (told.delivered_at, "in_person")
    assert again.events.filter(verb="deliver").count() == 2


def test_whoever_left_a_number_beside_his_code_has_to_be_called(case: Case, officer: User, coordinator: User) -> None:
    CaseContact.objects.create(case=case, phone=Phone.parse("13900000077"))
    written = workflow.submit_reply(case, by=officer, reply=reply())
    given = workflow.approve_reply(written, by=coordinator)
    assert (given.status, given.delivered_at, given.delivery) == ("answered", None, "")
    assert given.messages.count() == 1
    called = workflow.deliver(given, by=coordinator, how="in_person", note="电话")
    assert called.delivered_at is not None


def test_nobody_judges_his_own_answer(crew: WorkCrew, organisation: User, centre: User) -> None:
    case = CaseFactory(project=crew.team.project, status="accepted", dealt_with_by=Tier.COMPANY)
    written = workflow.submit_reply(case, by=organisation, reply=reply())
    assert "approve_reply" not in workflow.allowed_moves(written, organisation)
    with pytest.raises(Refused):
        workflow.approve_reply(written, by=organisation)
    assert workflow.approve_reply(written, by=centre).status == "answered"


@pytest.mark.parametrize("role", [Role.PROJECT_COORDINATOR, Role.REGIONAL_COORDINATOR])
def test_a_final_reply_is_approved_by_headquarters_alone(
    role: Role, case: Case, officer: User, crew: WorkCrew, organisation: User
) -> None:
    written = workflow.submit_reply(case, by=officer, reply=reply(is_final=True))
    with pytest.raises(Refused):
        workflow.approve_reply(written, by=stationed(role, crew))
    given = workflow.approve_reply(written, by=organisation)
    assert (given.status, given.closed_at, given.settled_on) == ("final_reply", given.replied_at, None)


def test_a_returned_answer_is_where_it_was_and_its_promises_replace_the_old_ones(
    case: Case, officer: User, regional: User
) -> None:
    written = workflow.submit_reply(case, by=officer, reply=reply(promises=[promise()]))
    with pytest.raises(Refused) as refusal:
        workflow.return_reply(written, by=regional, word="")
    assert list(refusal.value.fields) == ["word"]
    back = workflow.return_reply(written, by=regional, word="写明哪一天")
    assert (back.status, back.reply, back.promises.count()) == ("accepted", "热水器修好了", 1)
    assert "keep_promise" not in workflow.allowed_moves(back, regional)
    workflow.approve_reply(
        workflow.submit_reply(back, by=officer, reply=reply("6月10日前修好", promises=[promise(5)])), by=regional
    )
    assert [each.due_on for each in case.promises.all()] == [timezone.localdate() + timedelta(days=5)]


def test_nobody_approves_a_text_that_he_has_not_read(case: Case, officer: User, regional: User) -> None:
    read = workflow.submit_reply(case, by=officer, reply=reply())
    workflow.return_reply(read, by=regional, word="写明哪一天", version=read.version)
    workflow.submit_reply(case, by=officer, reply=reply("另一段话"))
    with pytest.raises(Stale):
        workflow.approve_reply(read, by=regional, version=read.version)


def test_an_answer_needs_words_and_whole_promises(case: Case, officer: User) -> None:
    for wrong, field in ((reply(" "), "text"), (reply(promises=[promise(-1)]), "promises")):
        with pytest.raises(Refused) as refusal:
            workflow.submit_reply(case, by=officer, reply=wrong)
        assert list(refusal.value.fields) == [field]
    assert not case.promises.exists()


def test_while_the_worker_is_asked_the_clock_stands_still(case: Case, officer: User) -> None:
    with time_machine.travel(MONDAY, tick=False):
        waiting = workflow.ask_worker(case, by=officer, question="哪一栋？")
        assert (waiting.status, waiting.waiting_since, waiting.messages.get().words) == ("waiting", MONDAY, "哪一栋？")
    with time_machine.travel(MONDAY + timedelta(days=2), tick=False):
        said = workflow.worker_says(waiting, words="三栋", submission_hash="s1")
    assert (said.status, said.waiting_since) == ("accepted", None)
    workdays = WorkingDays()
    assert said.answer_due_at == later(case.answer_due_at, 2, workdays)
    assert said.settle_due_at == later(case.settle_due_at, 2, workdays)
    assert (said.first_answer_due_at, said.accept_due_at) == (case.first_answer_due_at, case.accept_due_at)
    assert said.events.get(verb="resume").at == rounded(MONDAY + timedelta(days=2))


def test_the_clock_goes_on_by_itself_after_five_working_days(case: Case, officer: User) -> None:
    with time_machine.travel(MONDAY, tick=False):
        waiting = workflow.ask_worker(case, by=officer, question="哪一栋？")
    with time_machine.travel(MONDAY + timedelta(days=6), tick=False), pytest.raises(Refused):
        workflow.resume(waiting, by=CLOCK)
    with time_machine.travel(MONDAY + timedelta(days=30), tick=False):
        on = workflow.resume(waiting, by=CLOCK)
        assert on.answer_due_at == later(case.answer_due_at, 5, WorkingDays())
        with pytest.raises(Refused, match=r"asked already|已经问过"):
            workflow.ask_worker(on, by=officer, question="几号？")


def test_more_time_is_asked_before_the_deadline_and_given_once(case: Case, officer: User, regional: User) -> None:
    asked = workflow.ask_extension(case, by=officer, clock="answer", days=3, reason="等配件")
    assert {"ask_extension", "decide_extension"} & set(workflow.allowed_moves(case, officer)) == set()
    with pytest.raises(Refused):
        workflow.decide_extension(asked, by=officer, is_given=True, word="")
    given = workflow.decide_extension(asked, by=regional, is_given=True, word="")
    case.refresh_from_db()
    assert (given.is_given, given.decided_by) == (True, regional)
    assert case.answer_due_at == later(case.first_answer_due_at, 3, WorkingDays.load())
    assert case.first_answer_due_at != case.answer_due_at
    with pytest.raises(Refused) as refusal:
        workflow.ask_extension(case, by=officer, clock="answer", days=3, reason="还要等")
    assert list(refusal.value.fields) == ["clock"]
    with pytest.raises(Refused):
        workflow.decide_extension(given, by=regional, is_given=False, word="不给了")


WRONG = [("answer", 6, "等", "days"), ("answer", 0, "等", "days"), ("answer", 1, " ", "reason"), ("promise", 1, "等", "clock")]


@pytest.mark.parametrize(("clock", "days", "reason", "field"), WRONG)
def test_more_time_within_what_the_rule_gives(case: Case, officer: User, clock: str, days: int, reason: str, field: str) -> None:
    with pytest.raises(Refused) as refusal:
        workflow.ask_extension(case, by=officer, clock=clock, days=days, reason=reason)
    assert (list(refusal.value.fields), case.extensions.count()) == ([field], 0)


def test_past_the_deadline_no_time_is_asked_for(project: Project, department: Department, officer: User) -> None:
    past = timezone.now() - timedelta(minutes=1)
    case = CaseFactory(project=project, status="accepted", dealt_with_by=department, answer_due_at=past)
    with pytest.raises(Refused, match=r"deadline is past|已过"):
        workflow.ask_extension(case, by=officer, clock="answer", days=1, reason="等配件")
    case.refresh_from_db()
    assert case.answer_breached_at is None  # what was refused has written nothing


def test_a_no_says_why_and_what_waited_for_it_is_late(case: Case, officer: User, regional: User) -> None:
    asked = workflow.ask_extension(case, by=officer, clock="answer", days=1, reason="等配件")
    due = case.answer_due_at
    with time_machine.travel(due + timedelta(hours=1), tick=False):
        workflow.remark(case, by=officer, text="还在等")
        case.refresh_from_db()
        assert case.answer_breached_at is None
        with pytest.raises(Refused):
            workflow.decide_extension(asked, by=regional, is_given=False, word="")
        workflow.decide_extension(asked, by=regional, is_given=False, word="配件到了")
    case.refresh_from_db()
    assert (case.answer_due_at, case.answer_breached_at) == (due, due)


def test_a_late_answer_says_since_when(case: Case, officer: User, regional: User) -> None:
    due = case.answer_due_at
    with time_machine.travel(due + timedelta(hours=1), tick=False):
        workflow.approve_reply(workflow.submit_reply(case, by=officer, reply=reply()), by=regional)
    case.refresh_from_db()
    assert (case.answer_breached_at, case.settle_breached_at) == (due, None)


def test_a_word_of_the_worker_is_one_word_and_says_no_moment(case: Case) -> None:
    for _click in range(2):
        workflow.worker_says(case, words="还有蚊子", submission_hash="same")
    message, event = case.messages.get(), case.events.get()
    assert (message.is_from_worker, message.by, event.by, event.verb) == (True, None, None, "worker_says")
    assert message.at == event.at == rounded(message.at)
    with pytest.raises(Refused):
        workflow.worker_says(case, words=" ")


def test_remarks_are_shown_to_the_worker_only_if_said_so(case: Case, officer: User) -> None:
    workflow.remark(case, by=officer, text="内部")
    workflow.remark(case, by=officer, text="明天来修", is_public=True)
    assert dict(case.events.values_list("note", "is_public")) == {"内部": False, "明天来修": True}
    with pytest.raises(Refused):
        workflow.remark(case, by=officer, text="")


def test_strangers_have_no_word(case: Case) -> None:
    for stranger in (UserFactory(), person_with(Role.LEADER), person_with(Role.AUDITOR)):
        assert workflow.allowed_moves(case, stranger) == []
