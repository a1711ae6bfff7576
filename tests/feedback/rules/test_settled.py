"""Settled: seen on site, asked about by somebody else, done again; promises; on the spot; merged cases."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import User
from coordinators.models import Coordinator
from core.moves import WORKER
from core.refusals import Refused
from core.roles import Role
from core.untraceable import rounded
from core.workdays import WorkingDays
from feedback.cases import workflow
from feedback.models import Case, CaseCategory, Promise, Revisit, Tier
from labour_teams.models import WorkCrew
from regions.models import Department, Project
from tests.factories import CaseFactory, CoordinatorFactory, ProjectFactory, UserFactory, person_with
from tests.feedback.rules.acts import photo, reply

pytestmark = pytest.mark.django_db


@pytest.fixture
def answered(project: Project, department: Department) -> Case:
    return CaseFactory(project=project, status="answered", dealt_with_by=department, code_hash="a", replied_by=UserFactory())


def settled(case: Case, by: User) -> Case:
    return workflow.settle(case, by=by, settled_on=timezone.localdate(), note="热水正常", photo=photo())


def test_a_settlement_is_a_day_a_note_a_photo_and_a_revisit_to_come(answered: Case, coordinator: User) -> None:
    row = settled(answered, coordinator)
    assert (row.status, row.settled_by, row.settled_note, row.settled_photo is not None) == (
        "revisiting",
        coordinator,
        "热水正常",
        True,
    )
    revisit = row.revisits.get()
    assert (revisit.asked, revisit.round, revisit.is_settled) == (None, 0, None)
    assert revisit.due_on == WorkingDays.load().add(timezone.localdate(), 1)
    assert row.delivered_at == answered.delivered_at  # two facts, never one


def test_a_settlement_needs_what_proves_it(answered: Case, coordinator: User) -> None:
    today = timezone.localdate()
    for on, note, picture, field in (
        (today, "好了", None, "photo"),
        (today, " ", photo(), "note"),
        (today + timedelta(days=1), "好了", photo(), "settled_on"),
    ):
        with pytest.raises(Refused) as refusal:
            workflow.settle(answered, by=coordinator, settled_on=on, note=note, photo=picture)
        assert list(refusal.value.fields) == [field]
    assert not answered.revisits.exists()


@pytest.mark.parametrize(
    ("key", "needs"), [("living", True), ("wages", True), ("safety", True), ("health", False), ("work", False)]
)
def test_what_can_be_seen_is_photographed(key: str, needs: bool, project: Project, coordinator: User) -> None:
    category = CaseCategory.objects.get(key=key)
    case = CaseFactory(project=project, status="answered", category=category)
    assert workflow.needs_photo(case) is needs
    assert not workflow.needs_photo(Case(category=category, is_sensitive=True))


def test_the_worker_confirms_or_has_it_done_again(answered: Case, coordinator: User) -> None:
    row = settled(answered, coordinator)
    closed = workflow.worker_says(row, is_settled=True)
    assert (closed.status, closed.closed_at) == ("closed", rounded(timezone.now()))
    assert (closed.revisits.get().is_settled, closed.revisits.get().done_by) == (True, None)
    again = workflow.worker_says(closed, words="又没有热水了", is_settled=False)
    assert (again.status, again.redos, again.settled_on, again.settled_photo, again.closed_at) == (
        "accepted",
        1,
        None,
        None,
        None,
    )
    assert again.events.get(verb="settle").note == "热水正常"
    assert (again.first_answer_due_at, again.answer_due_at > timezone.now()) == (answered.first_answer_due_at, True)


def test_who_is_asked_to_go_answers_for_the_revisit_and_sees_nothing_else(answered: Case, coordinator: User) -> None:
    row, visitor = settled(answered, coordinator), person_with(Role.PROJECT_COORDINATOR)
    with pytest.raises(Refused):
        workflow.confirm_settled(row, by=visitor)
    row.revisits.update(asked=visitor)
    assert not Case.objects.visible_to(visitor).exists()
    assert set(workflow.allowed_moves(row, visitor)) == {"confirm_settled", "redo"}
    closed = workflow.confirm_settled(row, by=visitor)
    assert (closed.status, closed.revisits.get().done_by) == ("closed", visitor)


def test_whoever_settled_it_does_not_confirm_it(project: Project, regional: User, organisation: User) -> None:
    row = settled(CaseFactory(project=project, status="answered"), regional)
    assert "confirm_settled" not in workflow.allowed_moves(row, regional)
    with pytest.raises(Refused):
        workflow.confirm_settled(row, by=regional)
    assert workflow.confirm_settled(row, by=organisation).status == "closed"


@pytest.mark.parametrize("role", [Role.LIAISON, Role.LEADER, Role.AUDITOR])
def test_a_liaison_and_readers_are_not_asked_to_go(role: Role, answered: Case, coordinator: User) -> None:
    row, visitor = settled(answered, coordinator), person_with(role)
    row.revisits.update(asked=visitor)
    assert not {"confirm_settled", "redo"} & set(workflow.allowed_moves(row, visitor))


def test_a_third_time_only_a_final_reply_remains(
    project: Project, department: Department, officer: User, organisation: User
) -> None:
    case = CaseFactory(project=project, status="closed", dealt_with_by=department, redos=2, code_hash="a")
    for by in (organisation, WORKER):
        with pytest.raises(Refused, match=r"final reply|终结答复"):
            workflow.redo(case, by=by, word="还是没有")
    said = workflow.worker_says(case, words="还是没有", is_settled=False)
    assert (said.status, said.messages.get().words) == ("closed", "还是没有")
    with pytest.raises(Refused) as refusal:
        workflow.submit_reply(said, by=officer, reply=reply())
    assert list(refusal.value.fields) == ["is_final"]
    last = workflow.approve_reply(
        workflow.submit_reply(said, by=officer, reply=reply("到此为止", is_final=True)), by=organisation
    )
    assert (last.status, last.is_final, last.closed_at == last.replied_at) == ("final_reply", True, True)


def test_a_new_answer_is_brought_anew_and_the_old_one_stays_a_message(answered: Case, officer: User, coordinator: User) -> None:
    answered.messages.create(is_from_worker=False, words=answered.reply, at=answered.replied_at, by=officer)
    row = workflow.redo(answered, by=coordinator, word="没有修")
    row = workflow.approve_reply(workflow.submit_reply(row, by=officer, reply=reply("这次修好了")), by=coordinator)
    assert sorted(message.words for message in row.messages.all()) == sorted(["热水器修好了", "这次修好了"])
    assert (row.reply, row.delivered_at == row.replied_at) == ("这次修好了", True)


def promised(case: Case, days: int = 3) -> Promise:
    return Promise.objects.create(
        case=case, text="换一台", who="物资部", due_on=timezone.localdate() + timedelta(days=days),
        given_by=UserFactory(), given_at=case.replied_at,
    )  # fmt: skip


def test_a_photo_closes_a_promise(answered: Case, coordinator: User) -> None:
    found, today = promised(answered), timezone.localdate()
    for on, picture, field in ((today, None, "photo"), (today + timedelta(days=1), photo(), "on")):
        with pytest.raises(Refused) as refusal:
            workflow.keep_promise(found, by=coordinator, on=on, photo=picture)
        assert list(refusal.value.fields) == [field]
    kept = workflow.keep_promise(found, by=coordinator, on=today, photo=photo())
    assert (kept.kept_on, kept.kept_by, kept.broken_at, kept.photo is not None) == (today, coordinator, None, True)
    promised(answered)  # another one, so that the verb is there
    with pytest.raises(Refused):
        workflow.keep_promise(found, by=coordinator, on=today, photo=photo())


def test_a_promise_kept_late_was_broken(answered: Case, coordinator: User) -> None:
    kept = workflow.keep_promise(promised(answered, -2), by=coordinator, on=timezone.localdate(), photo=photo())
    assert (kept.broken_at is not None and timezone.localdate(kept.broken_at)) == timezone.localdate() - timedelta(days=1)


def test_on_the_spot_everything_at_once_and_a_report_owed(crew: WorkCrew, regional: User, coordinator: User) -> None:
    project = crew.team.project
    with pytest.raises(Refused):
        workflow.close_on_spot(CaseFactory(project=project), by=regional, reply="发了", settled_note="看着发", photo=photo())
    case = CaseFactory(project=project, severity="urgent", code_hash="b")
    row = workflow.close_on_spot(case, by=regional, reply="当场发放", settled_note="看着发完", photo=photo())
    assert (row.status, row.reply, row.settled_by, row.delivery) == ("closed", "当场发放", regional, "code")
    assert row.routed_at == row.accepted_at == row.replied_at == row.closed_at
    assert row.after_report_due_at == row.closed_at + timedelta(hours=24)
    assert row.sights.get(part="lead").tier == "region"
    Coordinator.objects.filter(person=regional).update(to_on=timezone.localdate() - timedelta(days=1))
    successor = CoordinatorFactory(region=project.region, acting=True).person
    assert "file_after_report" not in workflow.allowed_moves(row, coordinator)
    reported = workflow.file_after_report(row, by=successor, text="经过如下")
    assert (reported.after_report, reported.after_reported_at is not None) == ("经过如下", True)
    with pytest.raises(Refused):
        workflow.file_after_report(row, by=successor, text="再报一次")


def test_a_case_that_names_the_region_is_not_closed_by_it(project: Project, regional: User) -> None:
    case = CaseFactory(project=project, severity="urgent", names=[{"who": "region"}])
    with pytest.raises(Refused):
        workflow.close_on_spot(case, by=regional, reply="发了", settled_note="看着发", photo=photo())


def test_followers_get_the_answer_and_the_rest_each_on_their_own_way(
    project: Project, department: Department, officer: User, coordinator: User, organisation: User
) -> None:
    lead = CaseFactory(project=project, status="accepted", dealt_with_by=department, handler=officer)
    by_code, on_paper = CaseFactory(project=project, code_hash="c"), CaseFactory(project=project)
    followers = [workflow.merge(each, by=coordinator, into=lead) for each in (by_code, on_paper)]
    assert [each.status for each in followers] == ["accepted", "accepted"]
    assert all(each.first_answer_due_at and each.sights.get(part="lead").department == department for each in followers)
    assert workflow.allowed_moves(followers[0], officer) == ["remark"]
    row = workflow.approve_reply(workflow.submit_reply(lead, by=officer, reply=reply("全楼修好")), by=coordinator)
    first, second = refreshed(*followers)
    assert (first.status, first.reply, first.delivery) == ("answered", "全楼修好", "code")
    assert (second.status, second.replied_at, second.delivered_at) == ("answered", row.replied_at, None)
    assert [event.by for event in second.events.filter(verb="follow")] == [None, None]
    row = settled(row, coordinator)
    row = workflow.confirm_settled(row, by=organisation)
    assert [each.status for each in refreshed(*followers)] == ["closed", "closed"]
    workflow.redo(row, by=coordinator, word="又坏了")
    assert [(each.status, each.redos, each.closed_at) for each in refreshed(*followers)] == [("accepted", 1, None)] * 2


def refreshed(*cases: Case) -> list[Case]:
    return [Case.objects.get(pk=case.pk) for case in cases]


def test_a_follower_who_is_not_content_goes_his_own_way(project: Project, department: Department, officer: User) -> None:
    lead = CaseFactory(project=project, status="answered", dealt_with_by=department)
    follower = CaseFactory(project=project, status="answered", dealt_with_by=department, code_hash="d", lead=lead)
    own = workflow.worker_says(follower, is_settled=False)
    assert (own.status, own.lead, refreshed(lead)[0].status) == ("accepted", None, "answered")
    assert "submit_reply" in workflow.allowed_moves(own, officer)


def test_no_chains_and_no_rings(project: Project, coordinator: User) -> None:
    first, second, third = (CaseFactory(project=project) for _case in range(3))
    workflow.merge(second, by=coordinator, into=first)
    assert workflow.merge(third, by=coordinator, into=second).lead == first
    fourth = CaseFactory(project=project)
    assert workflow.merge(first, by=coordinator, into=fourth).lead == fourth
    assert {case.lead for case in refreshed(second, third)} == {fourth}
    for wrong in (fourth, second):
        with pytest.raises(Refused) as refusal:
            workflow.merge(fourth, by=coordinator, into=wrong)
        assert list(refusal.value.fields) == ["into"]


def test_what_is_not_merged(project: Project, department: Department, organisation: User, coordinator: User) -> None:
    case = CaseFactory(project=project, names=[{"who": "department", "department": department}])
    led = CaseFactory(project=project, status="routed", dealt_with_by=department)
    for into in (
        led,
        CaseFactory(project=project, status="closed"),
        CaseFactory(project=project, is_sensitive=True),
        CaseFactory(project=ProjectFactory()),
    ):
        with pytest.raises(Refused) as refusal:
            workflow.merge(case, by=organisation, into=into)
        assert list(refusal.value.fields) == ["into"]
    with pytest.raises(Refused):
        workflow.merge(case, by=coordinator, into=CaseFactory(project=ProjectFactory()))
    sibling = CaseFactory(project=ProjectFactory(region=project.region))
    assert workflow.merge(case, by=organisation, into=sibling).lead == sibling


def test_revisits_of_an_earlier_time_answer_nothing_now(answered: Case, coordinator: User) -> None:
    visitor = person_with(Role.PROJECT_COORDINATOR)
    Revisit.objects.create(case=answered, round=0, due_on=timezone.localdate(), asked=visitor)
    Case.objects.filter(pk=answered.pk).update(redos=1)
    assert workflow.allowed_moves(Case.objects.get(pk=answered.pk), visitor) == []


def test_the_region_does_not_confirm_what_it_dealt_with(project: Project, regional: User, organisation: User) -> None:
    case = CaseFactory(project=project, status="revisiting", dealt_with_by=Tier.REGION)
    assert "confirm_settled" not in workflow.allowed_moves(case, regional)
    assert "confirm_settled" in workflow.allowed_moves(case, organisation)
