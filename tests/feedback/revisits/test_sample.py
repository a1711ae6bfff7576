"""The monthly draw, and the shares that come of it."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from accounts.models import User
from core.months import Month
from core.roles import Role
from feedback.models import Case, Revisit
from feedback.revisits.rates import Share, hidden, rates_by
from feedback.revisits.sample import drawn, place_in_draw, size_of
from feedback.revisits.workflow import draw
from regions.models import Project
from tests.factories import CaseFactory, ProjectFactory, RevisitFactory, person_with

pytestmark = pytest.mark.django_db
MAY = Month(2026, 5)
IN_MAY = timezone.make_aware(datetime(2026, 5, 20, 9))


def closed(project: Project, number: int = 1, at: Any = IN_MAY, **fields: Any) -> list[Case]:
    return CaseFactory.create_batch(number, **{"project": project, "status": "closed", "closed_at": at, **fields})


@pytest.mark.parametrize(("number", "size"), [(0, 0), (1, 1), (3, 1), (20, 1), (21, 2), (100, 5), (101, 6)])
def test_the_size_of_a_sample(number: int, size: int) -> None:
    assert size_of(number) == size


def test_the_size_is_a_setting(settings: Any) -> None:
    settings.REVISIT_SAMPLE_PERCENT = 50
    assert (size_of(3), size_of(10)) == (2, 5)


def test_the_same_month_gives_the_same_sample_whatever_the_order() -> None:
    cases = closed(ProjectFactory(), 30)
    assert drawn(cases, MAY) == drawn(cases[::-1], MAY)
    assert len(drawn(cases, MAY)) == 2
    orders = {tuple(sorted(cases, key=lambda case: place_in_draw(case.number, month))) for month in (MAY, MAY.plus(1))}
    assert len(orders) == 2


def test_without_the_key_nobody_can_say_which(settings: Any) -> None:
    before = place_in_draw("HN-2605-K7M3P", MAY)
    settings.SECRET_KEY = "another"
    assert place_in_draw("HN-2605-K7M3P", MAY) != before


def test_every_project_with_closed_cases_has_one_paper_included() -> None:
    first, second, none = ProjectFactory.create_batch(3)
    closed(first, 3, origin="survey")
    closed(second, 1)
    closed(none, 1, at=IN_MAY + timedelta(days=20))
    CaseFactory(project=none, status="revisiting")
    new = draw(MAY)
    assert {revisit.case.project for revisit in new} == {first, second}
    assert all(revisit.is_sample and revisit.month == "2026-05" and revisit.asked is None for revisit in new)


def test_drawing_again_draws_nothing_more() -> None:
    project = ProjectFactory()
    closed(project, 3)
    assert len(draw(MAY)) == 1
    closed(project, 30)
    assert draw(MAY) == []
    assert Revisit.objects.count() == 1


def test_the_command_draws_last_month_or_the_one_that_is_named(capsys: Any, time_machine: Any) -> None:
    time_machine.move_to("2026-06-02 10:00+08:00")
    closed(ProjectFactory(), 2)
    call_command("draw_revisits")
    call_command("draw_revisits", month=MAY)
    assert Revisit.objects.count() == 1
    with pytest.raises(CommandError):
        call_command("draw_revisits", "--month", "May")


# ── Shares ───────────────────────────────────────────────────────────────────────────────────────────────────────


def share(whole: int) -> Share:
    return Share(1, whole)


@pytest.mark.parametrize(
    ("wholes", "shown"),
    [
        ([5, 9], [True, True]),
        ([4, 9], [False, False]),  # nine minus the sum would give the four away
        ([4, 9, 30], [False, False, True]),
        ([3, 3, 30], [False, False, True]),
        ([0, 6], [True, True]),
        ([2], [False]),
    ],
)
def test_small_counts_are_hidden_and_cannot_be_reckoned(wholes: list[int], shown: list[bool]) -> None:
    assert [not each.is_hidden for each in hidden([share(whole) for whole in wholes])] == shown


def test_a_hidden_share_says_nothing() -> None:
    assert (Share(1, 4, is_hidden=True).percent, Share().percent, Share(3, 4).percent) == (None, None, 75)


def test_closed_and_confirmed_by_project(time_machine: Any) -> None:
    time_machine.move_to("2026-05-30 10:00+08:00")
    project = ProjectFactory()
    CaseFactory.create_batch(2, project=project)
    for number, case in enumerate(closed(project, 6)):
        RevisitFactory(case=case, is_sample=True, month="2026-05", done=True, is_settled=number > 0)
    centre: User = person_with(Role.LABOUR_CENTRE)
    [row] = rates_by("project", [project], MAY, centre)
    assert (row.closed.part, row.closed.whole) == (6, 8)
    assert (row.confirmed.part, row.confirmed.whole, row.confirmed.percent) == (5, 6, 83)


def test_what_somebody_may_not_see_is_in_none_of_his_shares(time_machine: Any) -> None:
    time_machine.move_to("2026-05-30 10:00+08:00")
    project = ProjectFactory()
    regional = person_with(Role.REGIONAL_COORDINATOR, region=project.region)
    closed(project, 6)
    for case in closed(project, 6, names=[{"who": "region"}]):
        RevisitFactory(case=case, is_sample=True, month="2026-05", done=True)
    [row] = rates_by("project", [project], MAY, regional)
    assert (row.closed.whole, row.confirmed.whole) == (6, 0)
