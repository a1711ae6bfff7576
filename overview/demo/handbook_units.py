"""Writes safety groups with members and what they found, a clinic, and evaluations of teams."""

from datetime import date, timedelta
from random import Random

from django.utils import timezone

from accounts.models import User
from handbook.models import Clinic, HazardRecord, SafetyGroup, SafetyMember, TeamEvaluation
from handbook.units.quarters import Quarter
from labour_teams.models import Engagement, LabourTeam
from overview.demo.folk import dice_for
from overview.demo.posts import People
from regions.models import Project

Kind = SafetyGroup.Kind
MEMBERS, QUARTERS = 4, 3
FOUND_BY_GROUP = 0.6
AREAS = ("隧道口", "钢筋场", "拌和站", "高墩作业面", "驻地用电")
NOTES = ("", "", "", "班前讲话要坚持", "材料堆放要规整", "进度赶上来了")
STAFF = ("赵建平（安全总监）", "钱卫东（工程部长）", "孙立群（工会主席）")


def write_handbook_units(people: People) -> None:
    units = people.units
    for number, project in enumerate(units.projects.values()):
        if not project.is_placeholder:
            _groups(project, dice_for("groups", project.code), units.months_ago(9), with_shock_team=number % 3 == 0)
    opened_on = units.months_ago(7)
    Clinic.objects.create(project=units.projects["DUNGE"], name="医务室", doctor="杨素梅", is_full_time=True, opened_on=opened_on)
    _evaluations(people)


def _groups(project: Project, dice: Random, formed_on: date, *, with_shock_team: bool) -> None:
    """The supervisors everywhere; a shock team on some projects, and an older one that was dissolved."""
    facts = {"project": project, "formed_on": formed_on}
    supervisors = SafetyGroup.objects.create(kind=Kind.SUPERVISORS, name="群安员小组", area="全线各作业面", **facts)
    workers = list(Engagement.objects.filter(project=project).current(timezone.localdate()).order_by("pk")[: MEMBERS * 6])
    for place, worker in enumerate(dice.sample(workers, min(MEMBERS, len(workers)))):
        SafetyMember.objects.create(group=supervisors, engagement=worker, area=AREAS[place % len(AREAS)])
    SafetyMember.objects.create(group=supervisors, staff_name=dice.choice(STAFF), is_leader=True)
    if with_shock_team:
        group = SafetyGroup.objects.create(kind=Kind.SHOCK_TEAM, name="党员突击队", area="控制性工程", **facts)
        SafetyMember.objects.create(group=group, staff_name=STAFF[0], is_leader=True)
        ended = formed_on + timedelta(days=120)
        SafetyGroup.objects.create(kind=Kind.YOUTH_POST, name="青年安全生产监督岗", dissolved_on=ended, **facts)
    found = HazardRecord.objects.filter(entry__project=project, entry__on__gte=formed_on, group=None)
    keys = [key for key in found.order_by("pk").values_list("pk", flat=True) if dice.random() < FOUND_BY_GROUP]
    HazardRecord.objects.filter(pk__in=keys).update(group=supervisors)


def _evaluations(people: People) -> None:
    """The quarters before this one nearly in full, and the first teams of this one; by the coordinator of the region today."""
    now = Quarter.current()
    rows = []
    for team in LabourTeam.objects.select_related("project__region").order_by("pk"):
        dice = dice_for("evaluations", team.project.code, team.name)
        by = people.users[f"rc-{team.project.region.code.lower()}"]
        for back in range(QUARTERS):
            quarter = now.plus(-back)
            there = (team.entered_on is None or team.entered_on <= quarter.last) and (
                team.left_on is None or team.left_on >= quarter.first
            )
            if there and dice.random() < (0.93 if back else 0.35):
                rows.append(_evaluation(team, quarter, by, dice))
    TeamEvaluation.objects.bulk_create(rows)


def _evaluation(team: LabourTeam, quarter: Quarter, by: User, dice: Random) -> TeamEvaluation:
    def grade() -> int:
        return dice.choices((2, 3, 4, 5), (1, 4, 8, 3))[0]

    at = min(timezone.now(), timezone.now() - (timezone.localdate() - quarter.last) - timedelta(days=dice.randrange(6)))
    grades = {goal: grade() for goal in ("safety", "quality", "schedule", "benefit")}
    return TeamEvaluation(team=team, quarter=str(quarter), by=by, at=at, note=dice.choice(NOTES), **grades)
