"""Writes tasks downward in every state: from the region to its projects, from a project to its liaisons."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from accounts.models import User
from coordinators.models import Coordinator, Liaison
from handbook.models import Task
from handbook.tasks import workflow
from handbook.tasks.workflow import Order
from overview.demo.cases import turned_back
from overview.demo.posts import People

MORNING = time(9, 30)
Act = Callable[[Task, User, User], object]


@dataclass(frozen=True, slots=True)
class Step:
    """So many days ago. `act` gets the task, the holder of the post and the giver."""

    days: int
    act: Act


@dataclass(frozen=True, slots=True)
class Told:
    """Given so many days ago, due so many days from then."""

    title: str
    text: str
    days: int
    due: int
    steps: Sequence[Step] = ()


def answered(days: int, text: str) -> Step:
    return Step(days, lambda task, holder, giver: workflow.answer(task, by=holder, text=text))


def received(days: int) -> Step:
    return Step(days, lambda task, holder, giver: workflow.receive(task, by=holder))


def closed(days: int, word: str = "") -> Step:
    return Step(days, lambda task, holder, giver: workflow.close(task, by=giver, word=word))


def returned(days: int, word: str) -> Step:
    return Step(days, lambda task, holder, giver: workflow.return_(task, by=giver, word=word))


def withdrawn(days: int, word: str) -> Step:
    return Step(days, lambda task, holder, giver: workflow.withdraw(task, by=giver, word=word))


TO_COORDINATOR = (
    Told(
        "核对在场工人名册", "按队伍核对，有进退场的当天补上。", 40, 7,
        (received(39), answered(34, "五支队伍都核对完了，补登 6 人。"), closed(33, "很好")),
    ),
    Told("雨季前检查驻地", "重点看排水和用电。", 20, 5, (answered(12, "三处驻地都看了，一处线路已整改。"), closed(11))),
    Told("收集班组对伙食的意见", "", 8, 6, (received(8), answered(2, "收到 14 条，食堂已答应周五前改。"))),
    Told("准备季度协理员会议材料", "带上本季度的难题和做法。", 3, 10, (received(2),)),
    Told("报送高温天作息安排", "", 12, 6, ()),
)  # fmt: skip
TO_LIAISON = (
    Told("收齐本班组测评表", "二十号前交到项目部。", 25, 5, (answered(21, "收齐 22 张。"), closed(20, "收到"))),
    Told(
        "通知新进场人员参加岗前培训", "", 9, 3,
        (received(9), answered(4, "通知到了 5 个人。"), returned(3, "还差木工组，请补上。")),
    ),
    Told("看望请病假的工友", "问问要不要帮着挂号。", 2, 4, ()),
    Told("统计要回家收麦的人数", "", 30, 5, (withdrawn(28, "改由队伍统一报"),)),
)  # fmt: skip


def write_tasks(people: People) -> None:
    today = people.units.today
    project = people.units.projects["DUNGE"]
    coordinator = Coordinator.objects.filter(project=project).held_on(today).for_list()[0]
    liaisons = list(Liaison.objects.filter(team__project=project).held_on(today).for_list()[:3])
    demo = Liaison.objects.held_on(today).get(person__username="liaison-dunge")
    for told in TO_COORDINATOR:
        _tell(told, people.users["rc-nw"], [coordinator], today)
    for told in TO_LIAISON:
        others = () if told.steps else (post for post in liaisons if post.pk != demo.pk)
        _tell(told, people.users["pc-dunge"], [demo, *others], today)


def _tell(told: Told, giver: User, posts: Sequence[Coordinator | Liaison], today: date) -> None:
    """Given to all of them; the first one goes through the steps."""
    given = today - timedelta(days=told.days)
    with turned_back(_at(given)):
        order = Order(told.title, given + timedelta(days=told.due), posts, told.text)
        task = workflow.give(order, by=_as_of_then(giver))[0]
    for number, step in enumerate(told.steps):
        with turned_back(_at(today - timedelta(days=step.days)) + timedelta(hours=number)):
            step.act(task, _as_of_then(posts[0].person), _as_of_then(giver))


def _as_of_then(person: User) -> User:
    """Fresh: what posts somebody holds is kept with him for as long as he is looked at."""
    return User.objects.get(pk=person.pk)


def _at(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, MORNING))
