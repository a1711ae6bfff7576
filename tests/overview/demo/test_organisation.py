"""The demonstration organisation: what is in it, and that nobody in it is real."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth import authenticate
from django.db.models import Count, F, Q
from django.utils import timezone

from accounts.models import User
from coordinators.models import Coordinator, Liaison
from core.months import Month
from core.roles import Role
from core.scope import Level
from figures.registry import figures
from labour_teams.models import Engagement, LabourTeam, Worker
from overview.demo.accounts import ACCOUNTS, DEMO_ACCOUNTS
from regions.models import Department, Project, Region
from tests import factories as f

pytestmark = pytest.mark.django_db


@pytest.fixture
def today() -> Any:
    return timezone.localdate()


def test_units_are_those_of_the_company(organisation: None) -> None:
    assert list(Region.objects.for_list().values_list("code", flat=True)) == ["NW", "SN", "HS", "GX", "NE", "FJ", "GZ", "HN"]
    assert all(Region.objects.values_list("emphasis", flat=True))
    by_region = dict(Project.objects.values_list("region__code").annotate(n=Count("pk")))
    assert by_region == {"NW": 4, "SN": 3, "HS": 4, "GX": 3, "NE": 3, "FJ": 2, "GZ": 4, "HN": 5}
    assert Project.objects.filter(is_placeholder=True).count() == 17
    assert Department.objects.get(kind="branch").name == "混凝土分公司"
    assert Department.objects.get(kind="outside").name == "局教育培训中心"
    assert Department.objects.count() == 16


def test_stages_are_dated_to_today(organisation: None, today: Any) -> None:
    stages = dict(Project.objects.with_stage(today).values_list("code", "stage"))
    assert {code for code, stage in stages.items() if stage == "new"} == {"FJ01", "FJ02"}
    assert {code for code, stage in stages.items() if stage == "wrap_up"} == {"HS02"}
    assert list(stages.values()).count("active") == 25
    assert Project.objects.get(code="DUNGE").stage_on(today - timedelta(days=365 * 3 + 100)) == "new"


def test_each_region_and_each_project_has_its_coordinator(organisation: None, today: Any) -> None:
    held = Coordinator.objects.held_on(today)
    assert held.full_time().filter(is_labour_manager=True).values("region").distinct().count() == held.full_time().count() == 8
    assert held.part_time().exclude(main_job="").values("project").distinct().count() == held.part_time().count() == 28
    assert held.filter(is_acting=True).count() == 1
    assert Coordinator.objects.filter(to_on__lt=today).count() == 3


def test_teams_have_liaisons_but_for_six(organisation: None) -> None:
    month = Month.current()
    covered = figures.get("teams_with_liaison").counts_by(Level.REGION, month)
    missing = figures.get("teams_without_liaison").counts_by(Level.REGION, month)
    codes = dict(Region.objects.values_list("pk", "code"))
    assert sum(covered.values()) == 191
    assert {codes[pk]: n for pk, n in missing.items()} == {"NW": 1, "HS": 2, "NE": 1, "HN": 2}


def test_liaison_serves_a_crew_or_a_team_without_crews(organisation: None) -> None:
    assert not Liaison.objects.filter(crew=None, team__crews__isnull=False).exists()
    assert not Liaison.objects.exclude(crew=None).exclude(crew__team=F("team")).exists()
    assert Liaison.objects.filter(crew=None).exists()
    assert Liaison.objects.filter(is_crew_leader=True).exists()


@pytest.mark.parametrize("code", ["DUNGE", "CHANGPING"])
def test_teams_of_the_rosters_to_try_have_nobody_yet(organisation: None, today: Any, code: str) -> None:
    teams = LabourTeam.objects.on_site(today).with_headcount(today).filter(project__code=code, name__startswith="示例劳务队")
    assert {team.name: team.headcount for team in teams} == {"示例劳务队甲": 0, "示例劳务队乙": 0, "示例劳务队丙": 0}


def test_workers_came_and_went_over_twelve_months(organisation: None, today: Any) -> None:
    assert Worker.objects.count() == 250
    assert not Engagement.objects.filter(Q(entered_on__gt=today) | Q(left_on__gt=today)).exists()
    assert not Engagement.objects.filter(entered_on__lt=F("team__entered_on")).exists()
    assert Engagement.objects.filter(left_on__lt=today).exists()
    branch = Engagement.objects.filter(branch__kind="branch")
    assert set(branch.values_list("employment_type", flat=True)) == {"externally_hired"}
    assert set(branch.values_list("team__name", flat=True)) == {"拌合站"}


def test_demo_account_signs_in_with_its_scope(organisation: None, rf: Any) -> None:
    units = {"region": dict(Region.objects.values_list("code", "pk")), "project": dict(Project.objects.values_list("code", "pk"))}
    for account in ACCOUNTS:
        assert authenticate(rf.post("/"), username=account.username, password=f.PASSWORD), account.username
        scope = User.objects.get(username=account.username).scope
        kind, _dash, place = account.username.partition("-")
        assert scope.roles == {ROLES[kind] if kind != "hq" else account.role}
        assert scope.units("region") == ({units["region"][place.upper()]} if kind == "rc" else set())
        assert scope.units("project") == ({units["project"][place.upper()]} if kind in {"pp", "pc", "clerk", "health"} else set())
        assert len(scope.units("crew") | scope.units("team")) == (kind == "liaison")


ROLES = {
    "rc": Role.REGIONAL_COORDINATOR, "pp": Role.PROJECT_COMMITTEE, "pc": Role.PROJECT_COORDINATOR, "clerk": Role.PROJECT_CLERK,
    "liaison": Role.LIAISON, "health": Role.HEALTH_OFFICER, "leader": Role.LEADER, "auditor": Role.AUDITOR,
    "sysadmin": Role.SYSTEM_ADMINISTRATOR,
}  # fmt: skip


def test_everybody_is_marked_as_invented(organisation: None) -> None:
    assert not User.objects.exclude(is_demo=True).exists()
    assert {user.username for user in User.objects.all() if user.has_usable_password()} == dict(DEMO_ACCOUNTS).keys()


def test_no_number_can_belong_to_anybody(organisation: None) -> None:
    for worker in Worker.objects.only("id_number"):
        plain = worker.id_number._plain
        assert plain[2:6] == "0000" or plain[14:17] in {"996", "997", "998", "999"}
    phones = [
        *User.objects.values_list("phone", flat=True),
        *Engagement.objects.filter(phone__isnull=False).values_list("phone", flat=True),
    ]
    assert all(re.fullmatch(r"139000000\d\d|154\d{8}", phone._plain) for phone in phones)
    cards = Engagement.objects.filter(bank_card__isnull=False).values_list("bank_card", flat=True)
    assert all(card._plain.startswith("629999") for card in cards)


def test_numbers_are_given_once(organisation: None) -> None:
    shared = (
        Engagement.objects.exclude(phone_hash=None)
        .values("phone_hash")
        .annotate(n=Count("worker", distinct=True))
        .filter(n__gt=1)
    )
    assert not shared.exists()
    duty = [user.phone._plain for user in User.objects.all() if user.phone._plain.startswith("139")]
    assert len(duty) == len(set(duty))
