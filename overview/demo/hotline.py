"""Writes two weeks of hotline duty, calls answered and missed, and mailbox openings, one of them long ago."""

from datetime import time, timedelta

from django.utils import timezone

from accounts.models import User
from coordinators.models import Coordinator, SiteContact
from core.personal import Phone
from feedback.cases.registering import Matter
from feedback.hotline import workflow
from feedback.hotline.shifts import Shift, Week, span_on
from feedback.models import Case, CaseCategory, HotlineCall, MailboxOpening
from overview.demo.cases import turned_back
from overview.demo.posts import People
from regions.models import Project, Region

HOURS = ((time(0), time(8)), (time(8), time(16)), (time(16), time(0)))
WITHOUT_NEXT_WEEK = "NW"
# project, hours ago, line, missed
CALLS = (
    ("DUNGE", 2, "", True),
    ("DUNGE", 26, "问体检报告什么时候发", False),
    ("DUNGE", 50, "加班费没算进工资单", False),
    ("S101", 75, "", True),
    ("YONGJI", 5, "", True),
    ("YONGJI", 31, "问离场怎么结工资", False),
    ("CHANGPING", 9, "问夜校报名", False),
)
BECOMES_A_MATTER = "加班费没算进工资单"
# project, days ago, letters, how many of them are written down
OPENINGS = (("DUNGE", 16, 0, 0), ("DUNGE", 9, 1, 1), ("YONGJI", 8, 0, 0), ("YONGJI", 1, 2, 1), ("CHANGPING", 3, 0, 0))
LETTERS = ("澡堂排队太久", "希望早点知道放假安排")


def write_hotline(people: People) -> None:
    for region in Region.objects.all():
        _roster(region, people)
    for number, (code, hours, about, is_missed) in enumerate(CALLS):
        _call(people, number, Project.objects.get(code=code), hours, about, is_missed)
    for code, days, letters, keyed in OPENINGS:
        _opening(people, Project.objects.get(code=code), days, letters, keyed)


def _roster(region: Region, people: People) -> None:
    """In turn, three shifts a day; one region has forgotten the week to come."""
    posts = Coordinator.objects.held_on(timezone.localdate()).filter(project__region=region).order_by("project__code")
    turn = [people.users[f"rc-{region.code.lower()}"].pk, *posts.values_list("person", flat=True)]
    week = Week.current()
    for wanted in (week,) if region.code == WITHOUT_NEXT_WEEK else (week, week.plus(1)):
        shifts = [
            Shift(turn[(number + row) % len(turn)], span_on(day, *hours))
            for number, day in enumerate(wanted.days)
            for row, hours in enumerate(HOURS)
        ]
        workflow.save_week(region, wanted, shifts, by=people.users[f"rc-{region.code.lower()}"])


def _call(people: People, number: int, project: Project, hours: int, about: str, is_missed: bool) -> None:
    by = people.users[f"rc-{project.region.code.lower()}"]
    moment = timezone.now() - timedelta(hours=hours)
    call = HotlineCall(region=project.region, project=project, at=moment, logged_at=moment, about=about, is_missed=is_missed)
    if is_missed:
        call.phone = Phone.parse(f"139000000{81 + number:02d}")
    with turned_back(moment):
        workflow.log_call(call, by=by)
        if about == BECOMES_A_MATTER:
            category = CaseCategory.objects.get(key="wages")
            matter = Matter(
                category=category, title=about, words="端午加了班，单子上没有。", origin=Case.Origin.HOTLINE, project=project
            )
            workflow.open_matter(call, matter, by=by)


def _opening(people: People, project: Project, days: int, letters: int, keyed: int) -> None:
    SiteContact.objects.get_or_create(project=project, defaults={"mailbox_place": "食堂门口"})
    by: User = people.users[f"pc-{project.code.lower()}"]
    witness = people.users[f"rc-{project.region.code.lower()}"]
    moment = timezone.now() - timedelta(days=days)
    with turned_back(moment):
        opening = MailboxOpening(project=project, witness=witness, letters=letters, on=timezone.localdate(), logged_at=moment)
        workflow.open_mailbox(opening, by=by)
        for title in LETTERS[:keyed]:
            category = CaseCategory.objects.get(key="living")
            matter = Matter(category=category, title=title, words=title, origin=Case.Origin.MAILBOX, project=project)
            workflow.key_letter(opening, matter, by=by)
