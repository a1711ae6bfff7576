"""Writes workers and their engagements: who is there today, who came and went in the last twelve months, who changed teams."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Any

from labour_teams.models import Engagement, WorkCrew, Worker
from overview.demo.folk import FOLK, Numbers, dice_for, name_for, native_place_for, weighted
from overview.demo.units import TeamPlan, Units

BATCH = 500
# How busy a month is for entries and for exits: people come after the Spring Festival and go before it.
ENTRIES = (0.4, 0.6, 1.8, 1.6, 1.3, 1.1, 1.0, 1.0, 1.1, 0.9, 0.6, 0.4)
EXITS = (1.8, 0.6, 0.5, 0.7, 0.8, 1.0, 1.0, 0.9, 0.9, 1.0, 1.2, 1.6)
GONE_SHARE = {"HS02": 0.45, "FJ01": 0.1, "FJ02": 0.1}
KEPT = (
    "worker", "name", "ethnicity_code", "political_status_code", "education_code", "native_place", "branch", "employment_type",
    "trade", "phone", "bank_card", "contract_type", "contract_signed_on", "entered_on",
)  # fmt: skip
Type = Engagement.EmploymentType
Contract = Engagement.ContractType


@dataclass(slots=True)
class Roster:
    """What will be written; a transfer comes after the engagement that it follows."""

    units: Units
    numbers: Numbers = field(default_factory=Numbers)
    engagements: list[Engagement] = field(default_factory=list)
    transfers: list[Engagement] = field(default_factory=list)


def write_roster(units: Units, plans: list[TeamPlan], total: int) -> Roster:
    """`total` workers, spread over the teams; crews are saved here, once their leaders have names."""
    roster = Roster(units)
    for plan, count in _shares(plans, total):
        _people(roster, plan, count)
    WorkCrew.objects.bulk_create([crew for plan in plans for crew in plan.crews])
    workers = [engagement.worker for engagement in roster.engagements]
    _change_teams(roster, plans)
    _come_from_elsewhere(roster, plans)
    for worker in workers:
        worker.derive()
    Worker.objects.bulk_create(workers, batch_size=BATCH)
    for batch in (roster.engagements, roster.transfers):
        for engagement in batch:
            engagement.derive()
            engagement.place()
        Engagement.objects.bulk_create(batch, batch_size=BATCH)
    return roster


def _shares(plans: list[TeamPlan], total: int) -> list[tuple[TeamPlan, int]]:
    """Largest remainder, so that the sum is `total`; a team with workers has at least one."""
    weights = [_weight(plan) for plan in plans]
    exact = [total * weight / sum(weights) for weight in weights]
    counts = [max(int(share), 1 if share else 0) for share in exact]
    by_remainder = sorted(range(len(plans)), key=lambda i: int(exact[i]) - exact[i])
    for i in by_remainder[: max(total - sum(counts), 0)]:
        counts[i] += 1
    return list(zip(plans, counts, strict=True))


def _weight(plan: TeamPlan) -> float:
    if plan.awaits_roster:
        return 0
    if plan.team.left_on or plan.team.project.code == "HS02":
        return 0.6
    return 0.4 if plan.team.name == "拌合站" else dice_for("size", *plan.key).uniform(0.75, 1.3)


def _people(roster: Roster, plan: TeamPlan, count: int) -> None:
    dice = dice_for("roster", *plan.key)
    for index in range(count):
        engagement = _engagement(roster, plan, dice, is_first=index < max(len(plan.crews), 1))
        if plan.crews:
            engagement.crew = plan.crews[index % len(plan.crews)]
        roster.engagements.append(engagement)
        if engagement.left_on is None:
            plan.members.append(engagement)
    for crew in plan.crews:
        leader = next((member for member in plan.members if member.crew is crew), None)
        crew.leader_name = leader.name if leader else name_for(dice)
        if leader:
            leader.is_crew_leader = True


def _engagement(roster: Roster, plan: TeamPlan, dice: Random, *, is_first: bool) -> Engagement:
    """One person's stay; the first of each crew is still there, so that the crew has a leader."""
    entered_on, left_on = _stay(roster.units, plan, dice, is_first)
    of_branch = plan.team.name == "拌合站"
    has_contract = dice.random() < 0.97
    return Engagement(
        **_person(roster, plan, dice, entered_on),
        team=plan.team,
        employment_type=Type.EXTERNALLY_HIRED if of_branch else Type.LABOUR_TEAM,
        trade=dice.choice(plan.work.trades),
        phone=roster.numbers.phone() if dice.random() < 0.985 else None,
        bank_card=roster.numbers.bank_card() if dice.random() < 0.95 else None,
        contract_type=(Contract.LABOUR_CONTRACT if dice.random() < 0.6 else Contract.WRITTEN_AGREEMENT) if has_contract else "",
        contract_signed_on=entered_on if has_contract else None,
        entered_on=entered_on,
        left_on=left_on,
    )


def _person(roster: Roster, plan: TeamPlan, dice: Random, entered_on: date) -> dict[str, Any]:
    """A new worker, and what the project writes down about him."""
    folk = FOLK[plan.team.project.region.code]
    ethnicity, province = weighted(dice, folk.ethnicities), weighted(dice, folk.provinces)
    is_woman = dice.random() < 0.08
    age = min(max(dice.gauss(40, 10), 18.2), 58)
    born = entered_on - timedelta(days=round(age * 365.25))
    return {
        "name": name_for(dice, ethnicity=ethnicity, is_woman=is_woman),
        "worker": Worker(id_number=roster.numbers.id_number(dice, province=province, born=born, is_woman=is_woman)),
        "ethnicity_code": ethnicity,
        "political_status_code": _political_status(dice, age),
        "education_code": dice.choices(("01", "02", "03", "04", "05"), weights=(15, 55, 17, 9, 4))[0],
        "native_place": native_place_for(dice, province),
        "branch": roster.units.departments["CONCRETE_BRANCH"] if plan.team.name == "拌合站" else None,
    }


def _political_status(dice: Random, age: float) -> str:
    """About 4 % Party members, a few probationary, the League among the young."""
    drawn = dice.random()
    if drawn < 0.04:
        return "01"
    if drawn < 0.046:
        return "02"
    return "03" if age < 28 and drawn < 0.4 else "13"


def _stay(units: Units, plan: TeamPlan, dice: Random, is_first: bool) -> tuple[date, date | None]:
    """From when to when, within the team's own stay: half of those who are there have been for more than a year."""
    team = plan.team
    year_ago = units.months_ago(12)
    came = team.entered_on or year_ago
    until = team.left_on or units.days_ago(1)
    share = 1.0 if team.left_on else GONE_SHARE.get(team.project.code, 0.3)
    if is_first and not team.left_on:
        return came + timedelta(days=dice.randrange(3)), None
    if dice.random() >= share:
        stays_long = came < year_ago and dice.random() < 0.5
        return _day_between(dice, *((came, year_ago) if stays_long else (max(came, year_ago), until)), ENTRIES), None
    left_on = until if team.left_on else _day_between(dice, max(came + timedelta(days=14), year_ago), until, EXITS)
    first = max(came, left_on - timedelta(days=400))
    return _day_between(dice, first, max(left_on - timedelta(days=7), first), ENTRIES), left_on


def _day_between(dice: Random, first: date, last: date, busy: tuple[float, ...]) -> date:
    """A day from `first` to `last`, more likely in a busy month."""
    span = max((last - first).days, 0)
    day = first
    for _attempt in range(12):
        day = first + timedelta(days=dice.randint(0, span))
        if dice.random() * max(busy) < busy[day.month - 1]:
            break
    return day


def _change_teams(roster: Roster, plans: Iterable[TeamPlan]) -> None:
    """About three in a hundred came from another team of the project: an engagement that ended, and one that follows it."""
    by_project: dict[str, list[TeamPlan]] = {}
    for plan in plans:
        if plan.members and not plan.team.left_on:
            by_project.setdefault(plan.team.project.code, []).append(plan)
    for code, siblings in by_project.items():
        dice = dice_for("transfers", code)
        for plan in siblings:
            others = [other for other in siblings if other is not plan and other.team.name != "拌合站"]
            for member in plan.members:
                if others and not member.is_crew_leader and dice.random() < 0.03:
                    _transfer(roster, member, dice.choice(others), dice)


def _transfer(roster: Roster, member: Engagement, origin: TeamPlan, dice: Random) -> None:
    """`member` was in `origin` first, and moved on a day since."""
    stay = (roster.units.today - member.entered_on).days
    if stay < 60 or origin.team.entered_on > member.entered_on or member.branch:
        return
    moved_on = member.entered_on + timedelta(days=dice.randrange(20, stay - 10))
    before = _copy(member, team=origin.team, crew=origin.crews[0] if origin.crews else None, left_on=moved_on - timedelta(days=1))
    roster.engagements[roster.engagements.index(member)] = before
    member.entered_on, member.follows = moved_on, before
    roster.transfers.append(member)


def _come_from_elsewhere(roster: Roster, plans: list[TeamPlan]) -> None:
    """A few worked on another project of the region before: an engagement that ended weeks before this one began."""
    dice = dice_for("elsewhere")
    origins = [plan for plan in plans if plan.members and not plan.team.left_on and plan.team.entered_on]
    for plan in origins:
        for member in plan.members:
            if member.follows or member.is_crew_leader or member.branch or dice.random() >= 0.015:
                continue
            origin = dice.choice(origins)
            left_on = member.entered_on - timedelta(days=dice.randrange(10, 40))
            entered_on = max(left_on - timedelta(days=dice.randrange(60, 200)), origin.team.entered_on)
            if origin.team.project is not plan.team.project and entered_on < left_on:
                roster.engagements.append(_copy(member, team=origin.team, crew=None, entered_on=entered_on, left_on=left_on))


def _copy(member: Engagement, **changes: object) -> Engagement:
    """The same person and terms elsewhere; the wage card and the phone are his own and go with him."""
    return Engagement(**{**{name: getattr(member, name) for name in KEPT}, **changes})
