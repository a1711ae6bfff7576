"""Writes answers that wait for the wall, reply sheets that hang or wait to be hung, and a reading to the crew."""

from datetime import timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from accounts.models import User
from coordinators.models import Liaison
from core.attachments import keep_photo
from feedback.cases import workflow as cases
from feedback.cases.registering import Matter, register
from feedback.models import Case, CaseCategory, Tier
from feedback.wall import workflow
from feedback.wall.lines import reading_of, unsaid
from labour_teams.models import LabourTeam
from overview.demo.cases import turned_back
from overview.demo.folk import dice_for
from overview.demo.portraits import portrait
from overview.demo.posts import People

AT_HOME = ("DUNGE", "隧道一队")  # the team of the demonstration's liaison
Slip = tuple[str, str, str, str, tuple[str, int] | None]
# item code, category, what was asked, what was answered, what is promised with how many days from now
SLIPS: tuple[Slip, ...] = (
    ("K7MPX3-1", "living", "宿舍没有热水", "热水器已更换，晚上六点到十点供热水。", None),
    ("K7MPX3-2", "supplies", "手套不够用", "每人每月加发两双，班组长按名单签字领取。", ("缺的手套按名单补齐", 5)),
    ("Q4RT8W-1", "living", "食堂早饭品种少", "早饭加了面条和鸡蛋，每周一换菜单。", None),
    ("Q4RT8W-3", "safety", "交通车上人太多", "加开一趟，六点二十从生活区出发，一人一座。", ("交通车加座位标识", 9)),
    ("V9HNC2-1", "culture", "想看书没地方", "活动室添了书架，周末借书，登记就行。", None),
)
PRINTED_AGO, READ_AGO = timedelta(days=2), timedelta(days=3)


def write_walls(people: People) -> None:
    code, name = AT_HOME
    team = LabourTeam.objects.get(project__code=code, name=name)
    for slip in SLIPS[:3]:
        _answer(team, people, slip)
    _read(team, people.users["liaison-dunge"])
    for slip in SLIPS[3:]:
        _answer(team, people, slip)
    for each in LabourTeam.objects.filter(project__code__in=("DUNGE", "CHANGPING", "YONGJI")).exclude(pk=team.pk):
        if unsaid([each]).exists():
            _hang(each, people.users[f"pc-{each.project.code.lower()}"])


def _answer(team: LabourTeam, people: People, slip: Slip) -> None:
    """From the slip to the answer, by the project and its region."""
    code, key, title, reply, promised = slip
    local = people.users[f"pc-{team.project.code.lower()}"]
    regional = people.users[f"rc-{team.project.region.code.lower()}"]
    category = CaseCategory.objects.get(key=key)
    where = {"project": team.project, "team": team, "item_code": code}
    with turned_back(timezone.now() - timedelta(days=5)):
        case = register(Matter(category=category, title=title, words=title, origin=Case.Origin.SURVEY, **where), by=local)
        case = cases.route(case, by=regional, to=cases.Destination(Tier.PROJECT), reason="项目能办")
        case = cases.accept(case, by=local)
        given = []
        if promised:
            due_on = timezone.localdate() + timedelta(days=promised[1] + 5)
            given = [cases.PromiseGiven(promised[0], "项目综合办公室", due_on)]
        case = cases.submit_reply(case, by=local, reply=cases.Reply(reply, given))
        cases.approve_reply(case, by=regional)


def _read(team: LabourTeam, liaison: User) -> None:
    """The first of the answers, at the shift meeting; the others wait."""
    with turned_back(timezone.now() - READ_AGO):
        found = [line.case for line in reading_of(team)][:1]
        workflow.read_aloud(team, by=liaison, cases_read=found, listeners=18)


def _hang(team: LabourTeam, coordinator: User) -> None:
    """Printed two days ago; hung where there is a liaison, by him."""
    post = Liaison.objects.held_on(timezone.localdate()).filter(team=team).select_related("person").first()
    with turned_back(timezone.now() - PRINTED_AGO):
        sheet = workflow.print_sheet(team, by=coordinator)
        if post is not None:
            upload = SimpleUploadedFile("wall.bmp", portrait(dice_for("wall", team.name)))
            workflow.post(sheet, by=post.person, photo=keep_photo(upload, by=post.person))
