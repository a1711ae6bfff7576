"""Saving a week of duty."""

from datetime import time
from typing import Any

import pytest

from accounts.models import User
from core.refusals import Refused
from core.roles import Role
from feedback.hotline import workflow
from feedback.hotline.duties import duties_in, unrostered
from feedback.hotline.duties import on_duty as on_duty_now
from feedback.hotline.shifts import Shift, Week, span_on
from feedback.models import HotlineDuty
from regions.models import Project, Region
from tests.factories import ProjectFactory, UserFactory, person_with
from tests.world import found_company

pytestmark = pytest.mark.django_db
NEXT = Week.current().plus(1)


def day_and_night(week: Week, person: User, other: User, begins: int = 0, ends: int = 12) -> list[Shift]:
    """Two shifts a day for seven days."""
    day, night = (time(begins), time(ends)), (time(ends), time(begins))
    return [Shift(who.pk, span_on(each, *hours)) for each in week.days for who, hours in ((person, day), (other, night))]


@pytest.fixture
def region(project: Project) -> Region:
    return project.region


def test_a_whole_week_takes_the_place_of_what_was(region: Region, regional: User, coordinator: User) -> None:
    workflow.save_week(region, NEXT, day_and_night(NEXT, regional, regional), by=regional)
    workflow.save_week(region, NEXT, day_and_night(NEXT, regional, coordinator), by=regional)
    duties = duties_in(region, NEXT)
    assert [duty.person for duty in duties] == [regional, coordinator] * 7
    middle = duties[3].starts_at
    assert [duty.person for duty in on_duty_now([region], middle)] == [coordinator]


def test_an_hour_without_anybody_is_refused_and_named(region: Region, regional: User) -> None:
    shifts = day_and_night(NEXT, regional, regional)
    del shifts[4]
    with pytest.raises(Refused) as refusal:
        workflow.save_week(region, NEXT, shifts, by=regional)
    assert "00:00–12:00" in refusal.value.message
    assert len(refusal.value.message.split("\n")) == 1
    assert not HotlineDuty.objects.exists()


def test_two_at_once_are_refused(region: Region, regional: User) -> None:
    shifts = day_and_night(NEXT, regional, regional)
    shifts.append(Shift(regional.pk, span_on(NEXT.monday, time(6), time(9))))
    with pytest.raises(Refused) as refusal:
        workflow.save_week(region, NEXT, shifts, by=regional)
    assert "06:00–09:00" in refusal.value.message


def test_the_night_of_sunday_is_monday_mornings_duty(region: Region, regional: User, coordinator: User) -> None:
    after = NEXT.plus(1)
    whole = [*day_and_night(NEXT, regional, coordinator, 8, 20), Shift(regional.pk, span_on(NEXT.monday, time(0), time(8)))]
    workflow.save_week(region, NEXT, whole, by=regional)
    workflow.save_week(region, after, day_and_night(after, regional, coordinator, 8, 20), by=regional)
    assert unrostered([region], after).count() == 0
    with pytest.raises(Refused) as refusal:  # without that night, Monday morning of the week after is nobody's
        workflow.save_week(region, NEXT, day_and_night(NEXT, regional, coordinator), by=regional)
    assert "00:00–08:00" in refusal.value.message
    assert len(duties_in(region, NEXT)) == 15


def test_a_week_that_is_over_stays(region: Region, regional: User) -> None:
    past = Week.current().plus(-1)
    with pytest.raises(Refused):
        workflow.save_week(region, past, day_and_night(past, regional, regional), by=regional)


def test_only_coordinators_of_the_region_and_its_projects_are_on_duty(region: Region, regional: User) -> None:
    strangers = [
        UserFactory(),
        person_with(Role.PROJECT_COORDINATOR, project=ProjectFactory()),
        person_with(Role.PROJECT_CLERK, project=ProjectFactory(region=region)),
    ]
    for stranger in strangers:
        with pytest.raises(Refused):
            workflow.save_week(region, NEXT, day_and_night(NEXT, regional, stranger), by=regional)


MAY = {Role.REGIONAL_COORDINATOR, Role.LABOUR_CENTRE, Role.PARTY_ORGANISATION}


@pytest.mark.parametrize("role", sorted(Role))
def test_who_makes_the_roster(role: str) -> None:
    company = found_company()
    person = company.person(role)
    on_duty = person if role == Role.REGIONAL_COORDINATOR else company.person(Role.REGIONAL_COORDINATOR)
    attempt: Any = lambda: workflow.save_week(  # noqa: E731
        company.own_region, NEXT, day_and_night(NEXT, on_duty, on_duty), by=person
    )
    if role in MAY:
        attempt()
        assert HotlineDuty.objects.count() == 14
    else:
        with pytest.raises(Refused):
            attempt()


def test_a_region_without_a_duty_is_unrostered(region: Region, regional: User) -> None:
    assert list(unrostered([region], NEXT)) == [region]
    workflow.save_week(region, NEXT, day_and_night(NEXT, regional, regional), by=regional)
    assert not unrostered([region], NEXT).exists()
