"""A company whose wages of May were paid, and somebody who looks at it on a phone."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.test import Client

from accounts.models import User
from core.months import Month
from core.roles import Role
from feedback.models import CaseCategory
from labour_teams.models import Engagement, LabourTeam
from tests.factories import EngagementFactory, PhotoFactory, UserFactory
from tests.house.crawl import client_for as signed_in
from tests.shared_world import world_once
from tests.world import Company, found_company
from wages.models import WageLine, WageSheet

MAY = Month(2026, 5)
NOW = "2026-06-15 10:00:00+08:00"
__all__ = ["MAY", "people_of", "sheet_of", "signed_in"]
SheetOf = Callable[..., WageSheet]


@pytest.fixture(autouse=True)
def _today(time_machine: Any) -> None:
    time_machine.move_to(NOW)


def a_company() -> Company:
    """With the categories that migrations bring: an earlier test may have emptied their table."""
    if not CaseCategory.objects.exists():
        import_module("feedback.migrations.0002_first_rules_and_form").seed(apps, None)
    return found_company()


founded, company = world_once(a_company, at=NOW)


@pytest.fixture
def team(company: Company) -> LabourTeam:
    return company.own_team


@pytest.fixture
def coordinator(company: Company) -> User:
    return company.person(Role.REGIONAL_COORDINATOR)


@pytest.fixture
def clerk(company: Company) -> User:
    return company.person(Role.PROJECT_CLERK)


@pytest.fixture
def worker() -> Client:
    """A phone: no sign-in, and a post from anywhere."""
    return Client(enforce_csrf_checks=True)


def people_of(team: LabourTeam, number: int) -> list[Engagement]:
    """Whoever is there already, and as many more as it takes."""
    there = list(Engagement.objects.filter(team=team).order_by("pk"))
    return (there + [EngagementFactory(team=team) for _each in range(number - len(there))])[:number]


def sheet_of(team: LabourTeam, number: int = 2, status: str = "paid", month: Month = MAY) -> WageSheet:
    """A sheet with a line for each of `number` people, 6,000 less 100 less 900."""
    following = month.plus(1)
    more: dict[str, Any] = {}
    if status == WageSheet.Status.PAID:
        more = {"paid_on": date(following.year, following.month, 9), "voucher": PhotoFactory()}
    sheet = WageSheet.objects.create(
        project=team.project,
        region=team.project.region,
        team=team,
        month=month,
        due_on=date(following.year, following.month, 10),
        status=status,
        people=number,
        gross=Decimal(6000) * number,
        deductions=Decimal(100) * number,
        net=Decimal(5000) * number,
        imported_by=UserFactory(),
        **more,
    )
    for place, engagement in enumerate(people_of(team, number), start=1):
        WageLine.objects.create(
            sheet=sheet,
            number=place,
            engagement=engagement,
            name=engagement.name,
            id_number=engagement.worker.id_number,
            bank_card=engagement.bank_card,
            days=Decimal("26.5"),
            gross=Decimal(6000),
            deductions=Decimal(100),
            advances=Decimal(900),
            net=Decimal(5000),
        )
    return sheet
