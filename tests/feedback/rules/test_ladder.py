"""The ladder: breach moments, notices, waiting, after-reports, promises; never twice, never at night, never in a dry run."""

from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.apps import apps
from django.core.management import call_command
from django.utils import timezone

from accounts.models import User
from core.models import WorkdayOverride
from core.workdays import WorkingDays
from feedback.cases import ladder
from feedback.models import Case, CaseNotice, Promise, Tier
from regions.models import Department, Project
from tests.factories import CaseFactory, UserFactory

pytestmark = pytest.mark.django_db


def at(day: int, hour: int = 10, month: int = 6) -> datetime:
    return timezone.make_aware(datetime(2026, month, day, hour))


DUE = at(10, 18)  # a Wednesday


def owed(project: Project, status: str, clock: str, due: datetime = DUE, **more: Any) -> Case:
    """A case of which one clock is due then, and the others never in these tests."""
    later = at(1, 18, month=9)
    dues = {f"{name}_due_at": due if name == clock else later for name in ("accept", "answer", "settle")}
    return CaseFactory(project=project, status=status, routed_at=at(1), registered_on=at(1).date(), **(dues | more))


def swept(moment: datetime) -> None:
    with time_machine.travel(moment, tick=False):
        call_command("sweep_cases")


def steps(case: Case) -> list[tuple[str, str]]:
    return [*CaseNotice.objects.filter(case=case).order_by("pk").values_list("clock", "step")]


# from a Wednesday's deadline: reminded the working day before, copied the one after, listed five after that
STEPS = [
    (at(8), []),
    (at(9), ["reminded"]),
    (at(10), ["reminded"]),
    (at(10, 17), ["reminded"]),
    (at(11), ["copied"]),
    (at(17), ["copied"]),
    (at(18), ["copied", "listed"]),
]


@pytest.mark.parametrize(("moment", "wanted"), STEPS)
@pytest.mark.parametrize(
    ("status", "clock"), [("routed", "accept"), ("accepted", "answer"), ("under_review", "answer"), ("answered", "settle")]
)
def test_each_step_in_its_time(status: str, clock: str, moment: datetime, wanted: list[str], project: Project) -> None:
    case = owed(project, status, clock)
    swept(moment)
    assert steps(case) == [(clock, step) for step in wanted]
    case.refresh_from_db()
    assert getattr(case, f"{clock}_breached_at") == (DUE if moment > DUE else None)


def test_one_after_the_other_and_each_once(project: Project) -> None:
    case = owed(project, "accepted", "answer")
    for moment in (at(9), at(9, 11), at(11), at(11, 11), at(12), at(18), at(19)):
        swept(moment)
    assert steps(case) == [("answer", "reminded"), ("answer", "copied"), ("answer", "listed")]
    case.refresh_from_db()
    assert (case.answer_breached_at, case.answer_due_at, case.status) == (DUE, DUE, "accepted")


@pytest.mark.parametrize("moment", [at(11, 8), at(11, 18), at(11, 23), at(13), at(14)], ids=str)
def test_nobody_is_reminded_outside_office_hours_and_what_is_late_is_written_all_the_same(
    moment: datetime, project: Project
) -> None:
    case = owed(project, "accepted", "answer")
    swept(moment)
    case.refresh_from_db()
    assert (steps(case), case.answer_breached_at) == ([], DUE)


def test_a_holiday_puts_the_ladder_off(project: Project) -> None:
    case = owed(project, "accepted", "answer")
    for day in (11, 12):
        WorkdayOverride.objects.create(day=at(day).date(), is_working=False)
    swept(at(11))
    assert steps(case) == []
    swept(at(15))
    assert steps(case) == [("answer", "copied")]


# what stands still, is done, or is dealt with elsewhere
@pytest.mark.parametrize("status", ["waiting", "revisiting", "closed", "final_reply"])
def test_what_has_no_clock_is_left_alone(status: str, project: Project) -> None:
    waits = {"waiting_since": at(10)} if status == "waiting" else {}
    case = owed(project, status, "answer", **waits)
    swept(at(11))
    case.refresh_from_db()
    assert (steps(case), case.answer_breached_at) == ([], None)


def test_a_follower_is_reminded_of_at_its_lead(project: Project) -> None:
    lead = owed(project, "accepted", "answer")
    follower = owed(project, "accepted", "answer", lead=lead)
    swept(at(11))
    assert (steps(lead), steps(follower)) == ([("answer", "copied")], [])


def test_a_registered_case_is_to_be_routed_in_a_working_day(project: Project) -> None:
    case = CaseFactory(project=project, registered_on=at(10).date())
    swept(at(11))
    swept(at(12))
    assert steps(case) == [("dispatch", "reminded"), ("dispatch", "copied")]


def test_copying_adds_the_superior_and_changes_nobody_else(project: Project, department: Department) -> None:
    case = owed(project, "accepted", "answer", dealt_with_by=Tier.PROJECT)
    case.sights.filter(tier="region").delete()
    before = set(case.sights.values_list("pk", "part"))
    swept(at(11))
    added = case.sights.exclude(pk__in=[pk for pk, _part in before]).get()
    assert (added.tier, added.region, added.part) == ("region", project.region, "copied")
    assert before < set(case.sights.values_list("pk", "part"))


@pytest.mark.parametrize("closed", [{"names": [{"who": "region"}]}, {"is_direct": True}])
def test_copying_goes_round_whoever_must_not_know(closed: dict[str, Any], project: Project, department: Department) -> None:
    case = owed(project, "accepted", "answer", dealt_with_by=department, **closed)
    before = set(case.sights.values_list("pk", "part"))
    swept(at(11))
    assert steps(case) == [("answer", "copied")]
    assert set(case.sights.values_list("pk", "part")) == before


def test_while_more_time_is_asked_nothing_is_late(project: Project) -> None:
    case = owed(project, "accepted", "answer")
    asked = case.extensions.create(clock="answer", days=1, reason="等配件", asked_by=UserFactory())
    swept(at(11))
    case.refresh_from_db()
    assert (case.answer_breached_at, steps(case)) == (None, [])
    asked.delete()
    swept(at(11))
    case.refresh_from_db()
    assert case.answer_breached_at == DUE


def test_five_working_days_of_waiting_are_enough(project: Project) -> None:
    case = owed(project, "waiting", "answer", waiting_since=at(3))
    swept(at(10, 9))
    assert Case.objects.get(pk=case.pk).status == "waiting"
    swept(at(10, 11))
    on = Case.objects.get(pk=case.pk)
    assert (on.status, on.answer_due_at, on.first_answer_due_at) == ("accepted", at(17, 18), DUE)
    assert on.events.get().by is None


def test_a_missing_after_report_is_listed(project: Project) -> None:
    case = owed(project, "closed", "none", after_report_due_at=at(10))
    swept(at(10, 9))
    swept(at(10, 11))
    swept(at(11, 11))
    assert steps(case) == [("report", "listed")]
    other = owed(project, "closed", "none", after_report_due_at=at(10), after_reported_at=at(9))
    swept(at(12, 11))
    assert steps(other) == []


def test_a_promise_is_late_when_its_day_is_over(project: Project) -> None:
    case = owed(project, "answered", "none", replied_at=at(5))
    given = {"case": case, "who": "物资部", "given_by": UserFactory()}
    kept, open_ = (Promise.objects.create(text=text, due_on=at(10).date(), given_at=at(5), **given) for text in ("一", "二"))
    Promise.objects.filter(pk=kept.pk).update(broken_at=at(1))  # written once, whatever comes
    draft = Promise.objects.create(text="还没批", due_on=at(9).date(), given_at=at(6), **given)
    swept(at(10, 17))
    open_.refresh_from_db()
    assert open_.broken_at is None
    swept(at(11))
    for promise in (kept, open_, draft):
        promise.refresh_from_db()
    assert (kept.broken_at, open_.broken_at, draft.broken_at) == (at(1), at(11, 0), None)
    assert ("promise", "reminded") in steps(case)


def everything() -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table."""
    return {model._meta.label: sorted(map(str, model._base_manager.values_list())) for model in apps.get_models()}


def test_a_dry_run_changes_nothing_at_all(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    for status, clock in (("routed", "accept"), ("accepted", "answer"), ("answered", "settle")):
        owed(project, status, clock)
    owed(project, "waiting", "none", waiting_since=at(1))
    owed(project, "closed", "none", after_report_due_at=at(1))
    case = owed(project, "answered", "none", replied_at=at(5))
    Promise.objects.create(case=case, text="一", who="二", due_on=at(8).date(), given_by=UserFactory(), given_at=at(5))
    before = everything()
    with time_machine.travel(at(18), tick=False):
        call_command("sweep_cases", "--dry-run")
    said = capsys.readouterr().out
    assert everything() == before
    assert [f"{case.number} broken_at" in said, "answer_breached_at" in said, "resume" in said, "report listed" in said] == [
        True
    ] * 4
    with time_machine.travel(at(18), tick=False):
        call_command("sweep_cases")
        once = everything()
        call_command("sweep_cases")
    assert once != before
    assert everything() == once


def test_what_was_done_in_between_is_not_done_again(project: Project, coordinator: User) -> None:
    case, waiting = owed(project, "accepted", "answer"), owed(project, "waiting", "answer", waiting_since=at(1))
    with time_machine.travel(at(11), tick=False):
        plan = ladder.planned(at(11))
        Case.objects.filter(pk=case.pk).update(answer_due_at=at(20))
        Case.objects.filter(pk=waiting.pk).update(status="accepted", waiting_since=None, answer_due_at=at(20))
        ladder.carry_out(plan)
    case.refresh_from_db()
    assert (steps(case), case.answer_breached_at, waiting.events.count()) == ([], None, 0)


def test_office_hours() -> None:
    calendar = WorkingDays()
    wanted = {at(11, 8): False, at(11, 9): True, at(11, 17): True, at(11, 18): False, at(13, 10): False}
    assert {moment: ladder.in_office_hours(moment, calendar) for moment in wanted} == wanted
    assert ladder.in_office_hours(at(11, 17) + timedelta(minutes=59), calendar)
