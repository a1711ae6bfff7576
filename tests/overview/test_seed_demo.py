"""Seeding the demonstration: on any day, the same each time, whole, only where it belongs."""

import hashlib
from io import StringIO
from typing import Any

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone, translation

from coordinators.models import Liaison
from core.months import Month
from labour_teams.models import Engagement, LabourTeam
from overview.demo import folk
from overview.demo.posts import write_people
from overview.demo.reports import write_reports
from overview.demo.roster import write_roster
from overview.demo.units import write_teams, write_units
from regions.models import Project, Region
from reports.models import MonthlyReport, ReportEvent, ReportValue
from tests import factories as f
from tests.covering import EVERYTHING

pytestmark = pytest.mark.django_db
COMPANY = {
    Engagement: ("worker__id_number_hash", "name", "team__name", "project__code", "entered_on", "left_on", "phone_hash"),
    Liaison: ("person__name", "team__name", "crew__name", "from_on", "to_on"),
    ReportValue: ("report__region__code", "report__month", "line__key", "state", "number", "text"),
}


def test_any_day_will_do() -> None:
    """The last minutes of a leap day, for what its rows say; all rooms are written then with TEST_EVERYTHING=1, and always in
    the first minutes of a year, which is what tests/overview/demo looks at."""
    with time_machine.travel("2028-02-29T23:50:00+08:00", tick=False):
        if EVERYTHING:
            call_command("seed_demo", scale=0.01, stdout=StringIO())
        else:
            write_company()
        now, today = timezone.now(), timezone.localdate()
        assert LabourTeam.objects.on_site(today).count() == 197
        assert MonthlyReport.objects.filter(month=Month.current()).count() == 8
        assert not ReportEvent.objects.filter(at__gt=now).exists()
        assert not Engagement.objects.filter(Q(entered_on__gt=today) | Q(left_on__gt=today)).exists()
        assert not Liaison.objects.filter(Q(from_on__gt=today) | Q(from_on__lt=F("team__entered_on"))).exists()
        last_month = MonthlyReport.objects.filter(month=Month.current().plus(-1), is_late=False)
        assert last_month.count() == 8


def write_company() -> None:
    """What all rooms are filled from: units, people and posts, who works where, and the reports."""
    units = write_units(timezone.localdate())
    plans = write_teams(units)
    roster = write_roster(units, plans, 50)
    write_reports(write_people(units, plans, roster.numbers, "password"))


def test_same_day_gives_the_same_company() -> None:
    """Of those rows, for which all dice are thrown that the other rooms throw too."""
    assert company_made_and_undone() == company_made_and_undone()


def company_made_and_undone() -> str:
    with transaction.atomic():
        write_company()
        rows = {model: sorted(model.objects.values_list(*columns), key=str) for model, columns in COMPANY.items()}
        transaction.set_rollback(True)
    return hashlib.sha256(str(rows).encode()).hexdigest()


def test_seeding_is_refused_outside_a_demonstration(settings: Any) -> None:
    settings.DEMO = False
    with translation.override("en"), pytest.raises(CommandError, match="belongs to a demonstration"):
        call_command("seed_demo")
    assert not Region.objects.exists()


def test_seeding_is_refused_beside_other_data() -> None:
    f.RegionFactory()
    with translation.override("en"), pytest.raises(CommandError, match="needs an empty one"):
        call_command("seed_demo")
    assert not Project.objects.exists()


@pytest.mark.parametrize("scale", ["0", "-1", "many", "101"])
def test_impossible_scale_is_refused(scale: str) -> None:
    with pytest.raises(CommandError):
        call_command("seed_demo", "--scale", scale)
    assert not Region.objects.exists()


def test_demo_accounts_are_listed() -> None:
    said = StringIO()
    call_command("demo_accounts", stdout=said)
    lines = said.getvalue().splitlines()
    assert len(lines) == 25
    assert "rc-nw  西北片区协理员（专职）" in lines


def test_numbers_move_on_when_one_is_taken() -> None:
    numbers = folk.Numbers()
    dice = folk.dice_for("test")
    given = [
        numbers.id_number(dice, province="43", born=timezone.localdate().replace(year=1990, day=1), is_woman=True)
        for _ in range(600)
    ]
    assert len({number.hashed for number in given}) == 600
    assert {number.sex_code for number in given} == {"2"}
