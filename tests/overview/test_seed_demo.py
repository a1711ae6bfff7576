"""Seeding the demonstration: once, whole, only where it belongs; what a second run does."""

import hashlib
from io import StringIO
from typing import Any

import pytest
import time_machine
from django.contrib.auth import authenticate
from django.contrib.auth.hashers import make_password
from django.core.management import CommandError, call_command
from django.core.serializers import serialize
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone, translation

from accounts.models import StaffPost, User
from coordinators.models import Coordinator, Liaison
from core.months import Month
from imports.models import ImportJob
from labour_teams.models import Engagement, LabourTeam, Worker
from overview.demo import folk
from regions.models import Department, Project, ProjectStage, Region
from reports.models import MonthlyReport, ReportEvent, ReportReceipt, ReportValue
from tests import factories as f

pytestmark = pytest.mark.django_db
SEEDED = (
    User, StaffPost, Coordinator, Liaison, Region, Department, Project, ProjectStage, LabourTeam, Worker, Engagement,
    MonthlyReport, ReportValue, ReportEvent, ReportReceipt, ImportJob,
)  # fmt: skip


@pytest.fixture
def organisation(db: None) -> None:
    call_command("seed_demo", scale=0.02, stdout=StringIO())


def checksums() -> dict[str, str]:
    """Everything that is stored; encrypted numbers stand masked, with their keyed hashes beside them."""
    return {
        model.__name__: hashlib.sha256(serialize("json", model.objects.order_by("pk")).encode()).hexdigest() for model in SEEDED
    }


def test_second_run_changes_nothing(organisation: None) -> None:
    before = checksums()
    said = StringIO()
    call_command("seed_demo", scale=1.0, stdout=said)
    assert checksums() == before
    with translation.override("en"):
        call_command("seed_demo", stdout=said)
    assert "The demo organisation is there already; nothing was changed." in said.getvalue()


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


def test_changed_demo_password_is_taken_over(organisation: None, rf: Any, settings: Any) -> None:
    User.objects.filter(username="leader").update(password=make_password("changed by somebody"))
    settings.DEMO_PASSWORD = "another-demo-2027"
    call_command("seed_demo", stdout=StringIO())
    assert authenticate(rf.post("/"), username="leader", password="another-demo-2027")
    assert authenticate(rf.post("/"), username="rc-nw", password="another-demo-2027")
    assert not User.objects.get(username="rc-hs-former").has_usable_password()


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
