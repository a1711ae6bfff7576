"""The numbers that the company itself gives of its work, each reproduced by entries of the handbook.

Eight at the bureau's course; Guizhou's twenty trainings for over 1,000; 2,079 person-times checked at Dunhuang and 546 advised to
return; over 100,000 yuan and 500 booklets on provincial road 101; goods for every team; the regions' campaigns.
"""

from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple

from accounts.models import User
from handbook.models import (
    Campaign,
    CampaignActivity,
    CareDistribution,
    CareEvent,
    CareItem,
    Clinic,
    HealthCheckBatch,
    MedicalService,
    MedicalSpending,
    MedicalTeam,
    TrainingAttendance,
    TrainingSession,
    TrainingSubject,
)
from labour_teams.models import Engagement, LabourTeam
from overview.demo import handbook_texts as texts
from overview.demo.accounts import FULL_TIME
from overview.demo.folk import dice_for
from overview.demo.handbook_heap import Heap, Where
from regions.models import Department, Project

# person-times, advised to return home: the oldest first, a batch every five weeks
CHECKS = ((312, 88), (268, 74), (245, 66), (231, 61), (214, 55), (226, 58), (198, 50), (203, 50), (182, 44))
BATCH_DAYS = 37
# what for, yuan
SPENT = (
    (("氧气瓶和吸氧面罩", "18600.00"), ("红景天等高原药品", "9840.00")),
    (("常用药品", "12350.50"),),
    (("血氧仪、血压计", "7420.00"), ("消毒用品", "3180.00")),
    (("红景天等高原药品", "15260.00"), ("防冻护肤用品", "4730.00")),
    (("常用药品", "13890.50"), ("生活区消杀", "5200.00")),
    (("氧气瓶换气", "13240.00"),),
)
BOOKLETS, BOOKLET_PRICE = 500, "6.50"
GUIZHOU_SESSIONS, GUIZHOU_DAYS = 20, 17


class Shared(NamedTuple):
    """Goods for every team: name, quantity, price; `for_each`: the quantity is one worker's. The last time that the day was."""

    project: str
    goods: tuple[tuple[str, int, str], ...]
    for_each: bool
    title: str
    kind: str
    month: int
    day: int


SHARED = (
    Shared(
        "YONGJI",
        (("绿豆", 10, "9.80"), ("白糖", 5, "8.50")),
        False,
        "送清凉：绿豆、白糖发到每个队伍",
        "coolness",
        month=7,
        day=12,
    ),
    Shared("CHANGPING", (("军大衣", 1, "128.00"),), True, "立秋后发放军大衣", "warmth", month=9, day=18),
    Shared("SHENTIE", (("军大衣", 1, "128.00"),), True, "立秋后发放军大衣", "warmth", month=9, day=20),
    Shared("DUNGE", (("床上用品", 1, "165.00"),), True, "统一配发床上用品", "living", month=4, day=8),
    Shared("DUNGE", (("火炉", 2, "210.00"),), False, "统一配发火炉", "warmth", month=10, day=16),
)


def write_numbers(heap: Heap) -> None:
    _bureau_course(heap)
    _guizhou(heap)
    _checks(heap)
    _road_101(heap)
    for row in SHARED:
        _for_all(heap, row)
    _campaigns(heap)


def _bureau_course(heap: Heap) -> None:
    """All full-time coordinators, by name; headquarters writes it down for the whole company."""
    by, on = heap.people.users["hq-org"], heap.today - timedelta(days=150)
    summary = "八大片区协理员参加局党群工作协理员培训班，考核合格，证书由局教育培训中心发放。"
    entry = heap.add("training", on, by, Where(), "局党群工作协理员培训班", summary=summary, headcount=len(FULL_TIME))
    organiser: Department = heap.people.units.departments["BUREAU_TRAINING"]
    facts = {"trainer": "局教育培训中心", "is_external": True, "organiser": organiser, "hours": 24, "has_test": True}
    session = heap.beside(TrainingSession(entry=entry, kind="bureau", expected=len(FULL_TIME), **facts))
    for code in FULL_TIME:
        heap.beside(TrainingAttendance(session=session, person=heap.people.users[f"rc-{code.lower()}"], has_passed=True))
    heap.photograph(entry, dice_for("bureau"), 3)


def _guizhou(heap: Heap) -> None:
    """Twenty within the year, in turn on the projects of the region; some with workers by name."""
    projects = [project for project in heap.people.units.projects.values() if project.region.code == "GZ"]
    subjects = {subject.key: subject for subject in TrainingSubject.objects.all()}
    for number in range(GUIZHOU_SESSIONS):
        project, dice = projects[number % len(projects)], dice_for("guizhou", str(number))
        on = heap.today - timedelta(days=6 + GUIZHOU_DAYS * number)
        by = heap.of_project(project, on) or heap.people.users["rc-gz"]
        title, kind, keys, hours, method = texts.GUIZHOU[number % len(texts.GUIZHOU)]
        entry = heap.add("training", on, by, Where(project=project), title, headcount=dice.randrange(51, 64))
        session = heap.beside(TrainingSession(entry=entry, kind=kind, hours=hours, method=method, trainer="项目总工"))
        heap.choose(session, "subjects", [subjects[key] for key in keys])
        if number % 4 == 0:
            for worker in Engagement.objects.current(on).filter(project=project).order_by("pk")[:12]:
                heap.beside(TrainingAttendance(session=session, engagement=worker, has_passed=True))
        heap.photograph(entry, dice)


def _checks(heap: Heap) -> None:
    project, by = heap.people.units.projects["DUNGE"], heap.people.users["health-dunge"]
    for number, (checked, advised) in enumerate(reversed(CHECKS)):
        on = heap.today - timedelta(days=9 + BATCH_DAYS * number)
        is_entry = number % 3 != 1
        entry = heap.add(
            "health_check", on, by, Where(project=project), "进场体检" if is_entry else "在岗体检", headcount=checked
        )
        occasion = HealthCheckBatch.Occasion.ENTRY if is_entry else HealthCheckBatch.Occasion.ON_POST
        heap.beside(HealthCheckBatch(entry=entry, occasion=occasion, advised_to_return=advised, altitude=3200, doctor="杨素梅"))


def _road_101(heap: Heap) -> None:
    """Clinic, medicine, psychological support; and the region's medical team, which calls there."""
    project = heap.people.units.projects["S101"]
    opened_on = heap.people.units.months_ago(12)
    clinic = Clinic.objects.create(project=project, name="医务室", doctor="专职医生", is_full_time=True, opened_on=opened_on)
    facts = {"leader": "王海东", "members": 6, "formed_on": opened_on}
    team = MedicalTeam.objects.create(region=project.region, name="劳务工义务医疗队", **facts)
    for number, lines in enumerate(SPENT):
        on = heap.today - timedelta(days=14 + 50 * number)
        title, treated = "采购药品和卫生用品", 30 + number
        entry = heap.add("medical", on, _author(heap, project, on), Where(project=project), title, headcount=treated)
        service = heap.beside(MedicalService(entry=entry, clinic=clinic, medical_team=team if number % 2 else None))
        for what, amount in lines:
            heap.beside(MedicalSpending(service=service, what=what, amount=Decimal(amount)))
    for number in range(4):
        on = heap.today - timedelta(days=20 + 80 * number)
        by, people = _author(heap, project, on), 16 + 3 * number
        heap.add("counselling", on, by, Where(project=project), "高原生活心理辅导", headcount=people)
    _booklets(heap, project)


def _booklets(heap: Heap, project: Project) -> None:
    on = heap.today - timedelta(days=200)
    by, title = _author(heap, project, on), "发放《高原生活知识手册》"
    entry = heap.add("care", on, by, Where(project=project), title, headcount=BOOKLETS)
    event = heap.beside(CareEvent(entry=entry, kind="literature", fund="party"))
    booklet = CareItem.objects.get(name="《高原生活知识手册》")
    heap.beside(CareDistribution(event=event, item=booklet, quantity=BOOKLETS, unit_price=BOOKLET_PRICE, people=BOOKLETS))
    heap.photograph(entry, dice_for("booklets"), 2)


def _for_all(heap: Heap, row: Shared) -> None:
    """Every team that was on site that day gets its share."""
    project, on = heap.people.units.projects[row.project], _last(heap.today, row.month, row.day)
    teams = list(LabourTeam.objects.filter(project=project).on_site(on).with_headcount(on).order_by("name", "pk"))
    facts = {"headcount": sum(team.headcount for team in teams), "dimension": "living"}
    entry = heap.add("care", on, _author(heap, project, on), Where(project=project), row.title, **facts)
    event = heap.beside(CareEvent(entry=entry, kind=row.kind, fund="union", is_for_all=True))
    for name, quantity, price in row.goods:
        item = CareItem.objects.get(name=name)
        for team in teams:
            number = quantity * max(team.headcount, 1) if row.for_each else quantity
            share = {"item": item, "team": team, "quantity": number, "unit_price": price, "people": team.headcount}
            heap.beside(CareDistribution(event=event, **share))
    heap.photograph(entry, dice_for("for all", row.project, row.title), 2)


def _campaigns(heap: Heap) -> None:
    """The regions' and the projects' own; each with its stages, the last of them not long ago."""
    units = heap.people.units
    for name, kind, region, own, codes in texts.CAMPAIGNS:
        unit = {"project": units.projects[own]} if own else {"region": units.regions[region]}
        campaign = Campaign.objects.create(name=name, kind=kind, starts_on=units.months_ago(8), **unit)
        for code in codes:
            for number, stage in enumerate(reversed(texts.STAGES)):
                project, dice = units.projects[code], dice_for("campaign", name, code, stage)
                on = heap.today - timedelta(days=15 + 55 * number + dice.randrange(9))
                there = heap.headcount(project, on)
                by, number_of = _author(heap, project, on), round(there * dice.uniform(0.5, 0.9))
                entry = heap.add("activity", on, by, Where(project=project), f"“{name}”{stage}", headcount=number_of)
                heap.beside(CampaignActivity(entry=entry, campaign=campaign, kind=kind, on_site=there))
                heap.photograph(entry, dice, 2)


def _author(heap: Heap, project: Project, on: date) -> User:
    """The project's coordinator of that day, else its region's."""
    by = heap.of_project(project, on) or heap.of_region(project.region, on)
    return by or heap.people.users[f"rc-{project.region.code.lower()}"]


def _last(today: date, month: int, day: int) -> date:
    """The last time that this day of the year was."""
    this_year = date(today.year, month, day)
    return this_year if this_year <= today else date(today.year - 1, month, day)
