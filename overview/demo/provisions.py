"""Writes what coordinators made use of, what projects ticked, the registers of Party members, and the regions' handbook rules."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from accounts.models import User
from coordinators.models import (
    Coordinator,
    HandbookEdition,
    HandbookSection,
    PartyMemberLink,
    PartyMemberTick,
    PostProvision,
    RightExercise,
    Scheme,
    SchemeCheck,
    SchemeItem,
)
from coordinators.schemes.members import PARTY_CODES
from core.months import Month
from labour_teams.models import Engagement, LabourTeam
from overview.demo.folk import dice_for
from overview.demo.posts import People
from regions.models import Region

Kind = RightExercise.Kind
# (kind, place, what it was about, what came of it, number of the duty it is evidence of)
EXERCISES = (
    (Kind.PATROL, "二号隧道进口", "检查临边防护和夜间照明，和钻爆班谈作息安排", "当天补齐照明三处，项目安质部复查", 10),
    (Kind.HEARING, "项目会议室", "参加劳务队伍月度管理听政会，转达两支队伍对材料供应的意见", "物资部答应三天内调整供料时间", 10),
    (Kind.PROPOSAL, "", "建议雨季前给生活区加排水沟，并给高处作业班组配第二套安全带", "项目部采纳，列入六月计划", 15),
    (Kind.PATROL, "架梁工地", "巡视架梁班组，走访宿舍和食堂", "", 11),
    (Kind.HEARING, "片区会议室", "听取劳务队伍筛选情况汇报，发表评价意见", "两支队伍进入候选名单", 5),
    (Kind.PATROL, "路基三工区", "查看工资公示栏和考勤，逐班核对签字", "一个班组公示晚了两天，当场补上", 14),
)  # fmt: skip
REGIONS_WITH_RULES = 5
RULES = {
    ("region", "rules"): (
        "一、每月到每个项目不少于一次，走访劳务队伍并记入写实手册。",
        "二、每季度第一个月召开片区协理员会议。",
        "三、每月5日前上报月报。",
    ),
    ("region", "duties"): (
        "一、会同项目党工委选聘联络员，开展岗前培训。",
        "二、监管在用劳务队伍，督促落实各项制度。",
        "三、排查欠薪和纠纷，重大情况当日直报。",
    ),
    ("region", "assessment"): ("考核按半年和全年进行，由劳务资源管理中心和党委组织部评分，片区可以查看并提出意见。",),
    ("project", "rules"): ("一、每周走访劳务队伍不少于两次，谈心谈话随时记录。", "二、每月组织调查反馈，收回的意见当日登记。"),
    ("project", "duties"): (
        "一、联系本项目联络员，每月指导一次。",
        "二、督导工资支付台账，发现拖欠立即报告。",
        "三、组织夜校、文体活动和慰问。",
    ),
    ("project", "assessment"): ("按走访、反馈闭环、培训和关怀四项评分，结果告知本人和项目党工委。",),
    ("liaison", "rules"): (
        "一、班前讲评时说一句安全、问一句困难。",
        "二、工友的意见当天告诉项目协理员。",
        "三、不得泄露反映人的姓名。",
    ),
    ("liaison", "duties"): ("一、传达制度和通知。", "二、收发调查表，代念答复。", "三、发现突发情况先报告再处置。"),
    ("liaison", "assessment"): (),
}


def write_rules_and_records(people: People) -> None:
    today = people.units.today
    _write_exercises(today)
    _write_ticks(today)
    _write_members(people.users["hq-org"], today)
    _write_handbooks(people, today)


def _write_exercises(today: date) -> None:
    """A few for each coordinator in post, spread over the last months; new ones first in the list."""
    duties = {duty.number: duty for duty in PostProvision.objects.filter(edition__number=1, kind=PostProvision.Kind.DUTY)}
    posts = Coordinator.objects.held_on(today).select_related("person").order_by("pk")
    RightExercise.objects.bulk_create(row for post in posts for row in _exercises(post, duties, today))


def _exercises(post: Coordinator, duties: dict[int, PostProvision], today: date) -> Iterator[RightExercise]:
    dice = dice_for("rights", post.person.username)
    how_many = dice.randrange(3, 6) if post.region_id else dice.randrange(0, 3)
    for kind, place, text, outcome, duty in dice.sample(EXERCISES, how_many):
        on = max(today - timedelta(days=dice.randrange(2, 150)), post.from_on)
        yield RightExercise(
            coordinator=post,
            kind=kind,
            on=on,
            place=place,
            text=text,
            outcome=outcome,
            duty=duties[duty],
            recorded_by=post.person,
            recorded_at=_evening(on),
        )


def _evening(day: date) -> datetime:
    return datetime.combine(day, time(19, 30), tzinfo=timezone.get_current_timezone())


def _write_ticks(today: date) -> None:
    """Last month and this one; some projects are behind."""
    items: dict[str, list[SchemeItem]] = {}
    for item in SchemeItem.objects.filter(scheme__use__in=("project", "team")).select_related("scheme").order_by("pk"):
        items.setdefault(item.scheme.use, []).append(item)
    posts = Coordinator.objects.held_on(today).part_time().select_related("person", "project").order_by("pk")
    teams: dict[int, list[LabourTeam]] = {}
    for team in LabourTeam.objects.on_site(today).order_by("pk"):
        teams.setdefault(team.project_id, []).append(team)
    SchemeCheck.objects.bulk_create(
        row
        for post in posts
        for month in (Month.of(today).plus(-1), Month.of(today))
        for row in _ticks(post, month, items, teams.get(post.project_id or 0, []))
    )


def _ticks(post: Coordinator, month: Month, items: dict[str, list[SchemeItem]], teams: list[LabourTeam]) -> Iterator[SchemeCheck]:
    dice = dice_for("ticks", post.person.username, str(month))
    share = dice.choice((0.3, 0.7, 0.95))
    cells = [(item, None) for item in items.get(Scheme.Use.PROJECT, [])]
    cells += [(item, team) for team in teams for item in items.get(Scheme.Use.TEAM, [])]
    for item, team in cells:
        if dice.random() < share:
            note = "周末在活动室" if item.text == "送文化" else ""
            yield SchemeCheck(item=item, project=post.project, team=team, month=month, note=note, by=post.person)


def _write_members(by: User, today: date) -> None:
    """Most of those whom the roster names; the rest are candidates."""
    people = Engagement.objects.current(today).filter(political_status_code__in=PARTY_CODES).order_by("pk")
    items = list(SchemeItem.objects.filter(scheme__use=Scheme.Use.MEMBER).order_by("number"))
    chosen = [
        each for each in people.select_related("project") if dice_for("member", each.name, each.project.code).random() < 0.7
    ]
    links = PartyMemberLink.objects.bulk_create(
        PartyMemberLink(
            engagement=each,
            project=each.project,
            branch="项目部第一党支部",
            registered_on=max(each.entered_on, today - timedelta(days=60)),
            registered_by=by,
        )
        for each in chosen
    )
    PartyMemberTick.objects.bulk_create(
        PartyMemberTick(member=link, item=item, on=link.registered_on, by=by)
        for link in links
        for item in items
        if dice_for("tick", link.engagement.name, link.project.code, f"{item.number}").random() < 0.6
    )


def _write_handbooks(people: People, today: date) -> None:
    """An edition in force in most regions; the first of them has an older one and one that is being written."""
    by = people.users["hq-org"]
    for place, region in enumerate(list(people.units.regions.values())[:REGIONS_WITH_RULES]):
        if place == 0:
            _edition(region, 1, today - timedelta(days=400), by)
            _edition(region, 3, today, None)
        _edition(region, 2 if place == 0 else 1, today - timedelta(days=90), by)


def _edition(region: Region, number: int, from_on: date, by: User | None) -> None:
    published_at = _evening(from_on) if by else None
    edition = HandbookEdition.objects.create(
        region=region, number=number, from_on=from_on, published_at=published_at, published_by=by
    )
    HandbookSection.objects.bulk_create(
        HandbookSection(edition=edition, level=level, kind=kind, text="\n".join(lines), is_draft=kind == "assessment")
        for (level, kind), lines in RULES.items()
    )
