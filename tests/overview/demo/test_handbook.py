"""The demonstration's handbook reproduces the numbers that the company gives of its own work."""

import pytest
from django.db.models import Count, F, Sum
from django.utils import timezone

from core.months import Month
from core.scope import Level
from figures.registry import figures
from handbook.models import (
    Campaign,
    CareDistribution,
    CareEvent,
    EntryKind,
    EntryPhoto,
    HandbookEntry,
    HealthCheckBatch,
    MedicalSpending,
    TrainingAttendance,
    TrainingSession,
    VisitRecord,
)
from labour_teams.models import LabourTeam
from regions.models import Project

pytestmark = pytest.mark.django_db


def test_the_eight_full_time_coordinators_were_at_the_bureaus_course(organisation: None) -> None:
    course = TrainingSession.objects.of_held().get(kind=TrainingSession.Kind.BUREAU)
    attended = TrainingAttendance.objects.filter(session=course)
    assert set(attended.values_list("person__username", flat=True)) == {
        "rc-nw", "rc-sn", "rc-hs", "rc-gx", "rc-ne", "rc-fj", "rc-gz", "rc-hn",
    }  # fmt: skip
    assert (attended.count(), course.entry.headcount, course.entry.region) == (8, 8, None)


def test_guizhou_trained_twenty_times_for_over_a_thousand(organisation: None) -> None:
    sessions = TrainingSession.objects.of_held().filter(entry__region__code="GZ")
    declared = sessions.aggregate(n=Sum("entry__headcount"))["n"]
    assert sessions.count() == 20
    assert 1_000 <= declared < 1_300
    assert (timezone.localdate() - sessions.order_by("entry__on").first().entry.on).days <= 365
    assert sessions.values("entry__project").distinct().count() == 4


def test_dunhuang_checked_2079_and_advised_546_to_return(organisation: None) -> None:
    batches = HealthCheckBatch.objects.of_held().filter(entry__project__code="DUNGE")
    assert batches.aggregate(checked=Sum("entry__headcount"), advised=Sum("advised_to_return")) == {
        "checked": 2079,
        "advised": 546,
    }
    assert not batches.filter(advised_to_return__gt=F("entry__headcount")).exists()


def test_provincial_road_101_spent_over_100_000_yuan_and_gave_500_booklets(organisation: None) -> None:
    spent = MedicalSpending.objects.of_held().filter(service__entry__project__code="S101")
    assert 100_000 < spent.aggregate(n=Sum("amount"))["n"] < 110_000
    given = CareDistribution.objects.of_held().filter(event__entry__project__code="S101", item__name="《高原生活知识手册》")
    assert given.aggregate(n=Sum("quantity"))["n"] == 500


@pytest.mark.parametrize(
    ("code", "goods"),
    [
        ("YONGJI", {"绿豆", "白糖"}),
        ("CHANGPING", {"军大衣"}),
        ("SHENTIE", {"军大衣"}),
        ("DUNGE", {"床上用品"}),
        ("DUNGE", {"火炉"}),
    ],
)
def test_every_team_got_its_share(organisation: None, code: str, goods: set[str]) -> None:
    project = Project.objects.get(code=code)
    events = CareEvent.objects.of_held().filter(is_for_all=True, entry__project=project)
    [event] = events.filter(distributions__item__name__in=goods).distinct()
    there = set(LabourTeam.objects.filter(project=project).on_site(event.entry.on).values_list("pk", flat=True))
    for item in goods:
        assert {row.team_id for row in event.distributions.filter(item__name=item)} == there != set()
    assert set(event.distributions.values_list("item__name", flat=True)) == goods
    figure = figures.get("teams_without_share")
    assert figure is not None
    assert figure.count_of(Level.PROJECT, project.pk, Month.of(event.entry.on)) == 0


@pytest.mark.parametrize("name", ["齐鲁先锋", "黄河尖兵", "中原勇士", "贵龙大道党旗红、勇争第一当先锋"])
def test_campaigns_of_regions_and_projects_have_activities(organisation: None, name: str) -> None:
    campaign = Campaign.objects.get(name=name)
    owner = campaign.region or campaign.project.region
    assert owner.code == ("GZ" if name.startswith("贵龙") else "HS")
    activities = campaign.activities.of_held().select_related("entry")
    assert activities.count() >= 4
    assert {activity.entry.region_id for activity in activities} == {owner.pk}
    assert all(activity.entry.headcount <= activity.on_site for activity in activities)


def test_every_kind_of_entry_is_on_several_days_of_the_year(organisation: None) -> None:
    held = dict(HandbookEntry.objects.held().values_list("kind").annotate(n=Count("pk")))
    assert held.keys() == set(EntryKind.values)
    assert min(held.values()) >= 4
    months = {Month.of(day) for day in HandbookEntry.objects.held().values_list("on", flat=True)}
    assert len(months) >= 12
    assert EntryPhoto.objects.count() >= 100


def test_nothing_was_held_tomorrow_and_nobody_wrote_outside_his_post(organisation: None) -> None:
    today = timezone.localdate()
    assert not HandbookEntry.objects.held().filter(on__gt=today).exists()
    assert not HandbookEntry.objects.filter(written_at__gt=timezone.now()).exists()
    in_posts = HandbookEntry.objects.filter(coordinator__isnull=False)
    assert in_posts.exists()
    assert not in_posts.exclude(author=F("coordinator__person")).exists()
    assert not in_posts.filter(on__lt=F("coordinator__from_on")).exists()
    assert not HandbookEntry.objects.filter(project__isnull=False, region=None).exists()


def test_something_asks_to_be_done(organisation: None) -> None:
    today = timezone.localdate()
    planned = HandbookEntry.objects.standing().filter(is_planned=True)
    assert planned.filter(on__lt=today).exists()
    assert planned.filter(on__gt=today).exists()
    assert VisitRecord.objects.filter(follow_up_on__lte=today).exists()
    assert HandbookEntry.objects.exclude(withdrawn_at=None).exists()
