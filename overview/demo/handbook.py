"""Writes a year of the handbook: what coordinators, committees and liaisons did on every project, month by month."""

from datetime import date, timedelta
from functools import partial
from random import Random

from django.utils import timezone

from accounts.models import User
from core.months import Month
from handbook.models import (
    Campaign,
    CampaignActivity,
    CareDistribution,
    CareEvent,
    CareItem,
    EntryKind,
    EthnicCustomNote,
    EthnicFestival,
    GuidanceRecord,
    HandbookEntry,
    HazardRecord,
    LabourAct,
    MeetingRecord,
    TeamInspection,
    TrainingSession,
    TrainingSubject,
    VisitRecord,
    VisitTopic,
)
from labour_teams.models import LabourTeam
from overview.demo import handbook_texts as texts
from overview.demo.folk import dice_for
from overview.demo.gate import write_gate
from overview.demo.handbook_heap import Heap, Where
from overview.demo.handbook_numbers import write_numbers
from overview.demo.posts import People
from regions.models import Project, Region

MONTHS = 12
CHECKLIST = 12  # lines of the checklist for inspecting a team
RECENT = timedelta(days=30)
VISITED_BY_PROJECT, VISITED_BY_REGION, VISITED_BY_LIAISON, INSPECTED = 0.45, 0.4, 0.06, 0.3
PLACES = ("工地休息棚", "生活区", "会议室", "隧道口", "钢筋场", "食堂")
WITH_CUSTOMS = "NW"
TRAINS_BY_COUNT = "GZ"  # its twenty trainings stand in handbook_numbers.py


def write_handbook(people: People) -> None:
    heap = Heap(people)
    Year(heap).tell()
    write_numbers(heap)
    _loose_ends(heap)
    write_gate(heap)
    heap.write()


class Year:
    """The last twelve months, project by project."""

    def __init__(self, heap: Heap) -> None:
        self.heap = heap
        self.topics = {topic.key: topic for topic in VisitTopic.objects.all()}
        self.subjects = {subject.key: subject for subject in TrainingSubject.objects.all()}
        self.campaigns = list(Campaign.objects.filter(region=None, project=None))
        self.festivals = list(EthnicFestival.objects.order_by("pk"))
        self.drink = CareItem.objects.get(name="绿豆")
        self.teams: dict[int, list[LabourTeam]] = {}
        for team in LabourTeam.objects.select_related("project__region").order_by("pk"):
            self.teams.setdefault(team.project_id, []).append(team)

    def tell(self) -> None:
        units = self.heap.people.units
        for back in range(MONTHS - 1, -1, -1):
            month = Month.of(self.heap.today).plus(-back)
            for project in units.projects.values():
                self._project(project, month, dice_for("handbook", project.code, str(month)))
            for region in units.regions.values():
                self._region(region, month, dice_for("handbook", region.code, str(month)))

    def _day(self, month: Month, dice: Random) -> date | None:
        """None for a day that has not come yet."""
        day = month.first + timedelta(days=dice.randrange(27))
        return day if day <= self.heap.today else None

    def _project(self, project: Project, month: Month, dice: Random) -> None:
        for tell in (self._meeting, self._visits, self._training, self._danger, self._activity, self._rights, self._care):
            tell(project, month, dice)
        if project.region.code == WITH_CUSTOMS and month.month % 4 == 1:
            self._customs(project, month, dice)

    def _on_site(self, project: Project, day: date) -> list[LabourTeam]:
        return [team for team in self.teams.get(project.pk, []) if _is_there(team, day)]

    def _photo(self, entry: HandbookEntry, day: date, dice: Random, share: float = 0.08) -> None:
        if dice.random() < (0.4 if day > self.heap.today - RECENT else share):
            self.heap.photograph(entry, dice, dice.randrange(1, 4))

    def _meeting(self, project: Project, month: Month, dice: Random) -> None:
        day = self._day(month, dice)
        if day is None or (by := self.heap.of_project(project, day)) is None:
            return
        title, summary, decided = texts.MEETINGS
        number = len(self._on_site(project, day)) * 2
        entry = self.heap.add(
            "meeting", day, by, Where(project=project), title, summary=summary, place="会议室", headcount=number
        )
        self.heap.beside(MeetingRecord(entry=entry, kind=MeetingRecord.Kind.LIAISONS, decided=decided))
        self._photo(entry, day, dice)

    def _visits(self, project: Project, month: Month, dice: Random) -> None:
        for team in self._on_site(project, month.last):
            for share, holder in (
                (VISITED_BY_PROJECT, partial(self.heap.of_project, project)),
                (VISITED_BY_REGION, partial(self.heap.of_region, project.region)),
                (VISITED_BY_LIAISON, partial(self.heap.of_team, team)),
            ):
                day = self._day(month, dice)
                if day and dice.random() < share and _is_there(team, day) and (by := holder(day)):
                    self._visit(team, day, by, dice)

    def _visit(self, team: LabourTeam, day: date, by: User, dice: Random) -> None:
        place = dice.randrange(len(texts.TALKS))
        title, words, topics = texts.TALKS[place]
        entry = self.heap.add("visit", day, by, Where(team=team), title, place=dice.choice(PLACES))
        way = {"宿舍谈心": "talk", "驻地座谈": "forum", "电话联系联络员": "phone"}.get(title, "visit")
        visit = self.heap.beside(VisitRecord(entry=entry, way=way, mood=texts.MOODS[place], words=words))
        self.heap.choose(visit, "topics", [self.topics[key] for key in topics])
        if way == "forum":
            entry.headcount = dice.randrange(8, 20)
        self._photo(entry, day, dice, 0.03)

    def _training(self, project: Project, month: Month, dice: Random) -> None:
        day = self._day(month, dice)
        if project.region.code == TRAINS_BY_COUNT or day is None or dice.random() < 0.3:
            return
        by = self.heap.of_project(project, day)
        on_plateau = project.region.code == WITH_CUSTOMS and dice.random() < 0.4
        title, kind, subjects, hours, method = texts.PLATEAU if on_plateau else dice.choice(texts.TRAININGS)
        if by:
            trainer, outside = dice.choice(texts.TRAINERS)
            entry = self.heap.add("training", day, by, Where(project=project), title, headcount=dice.randrange(18, 60))
            facts = {"trainer": trainer, "is_external": bool(outside), "hours": hours, "method": method}
            session = self.heap.beside(TrainingSession(entry=entry, kind=kind, **facts))
            self.heap.choose(session, "subjects", [self.subjects[key] for key in subjects])
            self._photo(entry, day, dice)

    def _danger(self, project: Project, month: Month, dice: Random) -> None:
        for _each in range(dice.randrange(3)):
            day = self._day(month, dice)
            teams = self._on_site(project, day) if day else []
            if day is None or not teams:
                continue
            team, (title, summary, is_serious, is_removed) = dice.choice(teams), dice.choice(texts.DANGERS)
            by = self.heap.of_team(team, day) or self.heap.of_project(project, day)
            if by:
                entry = self.heap.add("hazard", day, by, Where(team=team), title, summary=summary)
                severity = HazardRecord.Severity.SERIOUS if is_serious else HazardRecord.Severity.GENERAL
                self.heap.beside(HazardRecord(entry=entry, severity=severity, is_removed=is_removed))
                self._photo(entry, day, dice, 0.1)

    def _activity(self, project: Project, month: Month, dice: Random) -> None:
        day = self._day(month, dice)
        if day is None or dice.random() < 0.65 or (by := self.heap.of_project(project, day)) is None:
            return
        on_site = self.heap.headcount(project, day)
        taking_part = round(on_site * dice.uniform(0.3, 0.85))
        entry = self.heap.add("activity", day, by, Where(project=project), dice.choice(texts.ACTIVITIES), headcount=taking_part)
        campaign = dice.choice(self.campaigns)
        self.heap.beside(CampaignActivity(entry=entry, campaign=campaign, kind=campaign.kind, on_site=on_site))
        self._photo(entry, day, dice, 0.3)

    def _rights(self, project: Project, month: Month, dice: Random) -> None:
        day = self._day(month, dice)
        if day and dice.random() < 0.35 and (by := self.heap.of_project(project, day)):
            title, summary = dice.choice(texts.RIGHTS)
            self.heap.add("rights", day, by, Where(project=project), title, summary=summary, dimension="interests")

    def _care(self, project: Project, month: Month, dice: Random) -> None:
        """Coolness in summer, as many kilograms as the project wants; what whole regions were given stands in the numbers."""
        day = self._day(month, dice)
        if month.month not in (6, 7, 8) or day is None or project.code == "YONGJI":
            return
        if (by := self.heap.of_project(project, day)) and dice.random() < 0.7:
            entry = self.heap.add(
                "care", day, by, Where(project=project), "送清凉", headcount=dice.randrange(40, 120), dimension="living"
            )
            event = self.heap.beside(CareEvent(entry=entry, kind="coolness", fund="union"))
            quantity = dice.randrange(30, 90)
            self.heap.beside(CareDistribution(event=event, item=self.drink, quantity=quantity, unit_price="9.80"))
            self._photo(entry, day, dice, 0.2)

    def _customs(self, project: Project, month: Month, dice: Random) -> None:
        day = self._day(month, dice)
        if day and (by := self.heap.of_project(project, day)):
            entry = self.heap.add("customs", day, by, Where(project=project), "送达民族习俗提醒")
            festival = dice.choice(self.festivals)
            self.heap.beside(EthnicCustomNote(entry=entry, festival=festival, handed_to="both", received_by="食堂管理员"))

    def _region(self, region: Region, month: Month, dice: Random) -> None:
        for tell in (self._labour_act, self._inspections, self._guidance):
            tell(region, month, dice)

    def _labour_act(self, region: Region, month: Month, dice: Random) -> None:
        day = self._day(month, dice)
        if day and (by := self.heap.of_region(region, day)):
            title, kind, opinion = dice.choice(texts.ACTS)
            entry = self.heap.add("labour_act", day, by, Where(region=region), title)
            self.heap.beside(LabourAct(entry=entry, kind=kind, company="示例青石劳务有限公司", opinion=opinion))

    def _inspections(self, region: Region, month: Month, dice: Random) -> None:
        for project in self.heap.people.units.projects.values():
            for team in self._on_site(project, month.last) if project.region_id == region.pk else ():
                day = self._day(month, dice)
                if day and dice.random() < INSPECTED and _is_there(team, day) and (by := self.heap.of_region(region, day)):
                    wanting = dice.choice((0, 0, 1, 1, 2))
                    summary = "；".join(dice.sample(texts.WANTING, wanting))
                    entry = self.heap.add("inspection", day, by, Where(team=team), "队伍月度检查", summary=summary)
                    self.heap.beside(TeamInspection(entry=entry, found_in_order=CHECKLIST - wanting, found_wanting=wanting))

    def _guidance(self, region: Region, month: Month, dice: Random) -> None:
        for project in self.heap.people.units.projects.values():
            day = self._day(month, dice) if project.region_id == region.pk else None
            post = self.heap.post_of_project(project, day) if day else None
            if day and post and dice.random() < 0.5 and (by := self.heap.of_region(region, day)):
                title, way, to_improve = dice.choice(texts.GUIDANCE)
                entry = self.heap.add("guidance", day, by, Where(project=project), title)
                self.heap.beside(GuidanceRecord(entry=entry, way=way, guided_coordinator=post, to_improve=to_improve))


def _is_there(team: LabourTeam, day: date) -> bool:
    return (team.entered_on is None or team.entered_on <= day) and (team.left_on is None or team.left_on >= day)


def _loose_ends(heap: Heap) -> None:
    """What asks for something: planned and not said to be held, a visit to look after again, an entry that was withdrawn."""
    project, today = heap.people.units.projects["DUNGE"], heap.today
    by, region = heap.people.users["pc-dunge"], heap.people.users["rc-nw"]
    team = LabourTeam.objects.get(project=project, name="隧道一队")
    for days, title in ((-3, "班组拔河比赛"), (4, "节日文体活动"), (9, "农民工夜校开班仪式")):
        entry = heap.add("activity", today + timedelta(days=days), by, Where(project=project), title, is_planned=True)
        heap.beside(CampaignActivity(entry=entry))
    for person, days in ((by, 2), (region, -5)):
        entry = heap.add(EntryKind.VISIT, today - timedelta(days=12), person, Where(team=team), "宿舍谈心")
        words, day = "家里有急事，情绪低，过几天再去看看。", today - timedelta(days=days)
        heap.beside(VisitRecord(entry=entry, way="talk", mood="attention", words=words, follow_up_on=day))
    entry = heap.add("rights", today - timedelta(days=6), by, Where(project=project), "协助办理工资卡")
    entry.withdrawn_at, entry.withdrawn_by, entry.withdrawn_reason = timezone.now(), by, "写到别的项目上了"
