"""Seeding the demonstration: on any day, the same each time, whole, only where it belongs."""

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
from regions.models import Project, Region
from reports.models import MonthlyReport, ReportEvent
from tests import factories as f

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("moment", ["2028-02-29T23:50:00+08:00", "2027-01-01T00:10:00+08:00"])
def test_any_day_will_do(moment: str) -> None:
    with time_machine.travel(moment, tick=False):
        call_command("seed_demo", scale=0.01, stdout=StringIO())
        now, today = timezone.now(), timezone.localdate()
        assert LabourTeam.objects.on_site(today).count() == 197
        assert MonthlyReport.objects.filter(month=Month.current()).count() == 8
        assert not ReportEvent.objects.filter(at__gt=now).exists()
        assert not Engagement.objects.filter(Q(entered_on__gt=today) | Q(left_on__gt=today)).exists()
        assert not Liaison.objects.filter(Q(from_on__gt=today) | Q(from_on__lt=F("team__entered_on"))).exists()
        last_month = MonthlyReport.objects.filter(month=Month.current().plus(-1), is_late=False)
        assert last_month.count() == 8


def test_same_day_gives_the_same_company() -> None:
    assert company_made_and_undone() == company_made_and_undone()


def company_made_and_undone() -> list[tuple]:
    with transaction.atomic():
        call_command("seed_demo", scale=0.01, stdout=StringIO())
        columns = ("worker__id_number_hash", "name", "team__name", "project__code", "entered_on", "left_on", "phone_hash")
        rows = sorted(Engagement.objects.values_list(*columns), key=str)
        transaction.set_rollback(True)
    return rows


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
