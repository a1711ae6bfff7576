"""Writes boards in every condition, contact cards and armbands, on three projects."""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from coordinators.disclosure import people_shown, posts_on
from coordinators.models import ArmbandIssue, BoardCheck, BoardPrinting, ContactCardBatch, NoticeBoard, RightsBoard, SiteContact
from coordinators.paper.live import Today, today_of, today_of_cards
from overview.demo.posts import People
from regions.models import Project

PROJECTS = ("DUNGE", "CHANGPING", "YONGJI")
WITH_RIGHTS = ("DUNGE", "YONGJI")
HOTLINE, FORMER_HOTLINE = "400 000 0000", "400 000 0009"
ADDRESS = "http://127.0.0.1:8000"
Kind = NoticeBoard.Kind


def write_paper(people: People) -> None:
    for code in PROJECTS:
        project = Project.objects.select_related("region").get(code=code)
        by = people.users[f"pc-{code.lower()}"]
        _agree(project, people)
        SiteContact.objects.create(
            project=project, hotline=HOTLINE, mailbox_place="食堂门口", mailbox_note="每周一开箱，项目协理员开"
        )
        if code in WITH_RIGHTS:
            RightsBoard.objects.create(project=project, **_rights(project))
        _boards(project, by)
        _armbands(project, by, people)


def _agree(project: Project, people: People) -> None:
    """All but the last have agreed to be shown, unless somebody was asked already."""
    posts = posts_on(project, people.units.today)
    if not people_shown(project, people.units.today):
        asked = [post.person_id for post in posts[:-1]]
        User.objects.filter(pk__in=asked).update(disclosure_agreed_on=people.units.days_ago(100))


def _rights(project: Project) -> dict[str, Any]:
    place = project.place or project.region.short_name
    return {
        "owner": f"{project.name}建设管理有限公司（示例）",
        "contractor": settings.COMPANY_NAME,
        "subcontractors": "示例青石劳务有限公司\n示例远山劳务有限公司\n示例长河劳务有限公司",
        "authority": f"{place}交通运输主管部门（示例）",
        "authority_phone": "0000-0000 0001",
        "wage_officer": "项目劳资专管员（示例）",
        "wage_officer_phone": "0000-0000 0002",
        "minimum_wage": "1930.00",
        "pay_day": "每月 20 日",
        "inspection": f"{place}劳动保障监察大队（示例）",
        "inspection_phone": "0000-0000 0003",
        "arbitration": f"{place}劳动人事争议仲裁院（示例）",
        "arbitration_phone": "0000-0000 0004",
        "legal_aid": f"{place}法律援助中心（示例）",
        "legal_aid_phone": "0000-0000 0005",
    }


def _boards(project: Project, by: User) -> None:
    """Current, out of date, long unchecked, never printed, taken down, and a rights board that nobody has confirmed."""
    boards = [
        NoticeBoard.objects.create(project=project, kind=kind, place=place, paper=paper, created_by=by)
        for kind, place, paper in (
            (Kind.PARTY_MASS, "项目部大门口", "A3"),
            (Kind.PARTY_MASS, "一号工点入口", "A3"),
            (Kind.PARTY_MASS, "工人食堂", "A4"),
            (Kind.PARTY_MASS, "钢筋加工场", "A4"),
            (Kind.PARTY_MASS, "旧拌和站", "A4"),
            (Kind.RIGHTS, "项目部大门口", "A3"),
        )
    ]
    gate, mouth, canteen, _yard, former, rights = boards
    today = today_of(boards, timezone.localdate())
    _printed(gate, today[gate.pk], by, days=20, checked=6)
    _printed(mouth, today[mouth.pk], by, days=50, checked=12, hotline=FORMER_HOTLINE)
    _printed(canteen, today[canteen.pk], by, days=60, checked=45)
    _printed(former, today[former.pk], by, days=200, checked=190)
    NoticeBoard.objects.filter(pk=former.pk).update(taken_down_on=timezone.localdate() - timedelta(days=40))
    if project.code in WITH_RIGHTS:
        _printed(rights, today[rights.pk], by, days=3)
    _cards(project, gate, by)


def _printed(board: NoticeBoard, today: Today, by: User, *, days: int, checked: int | None = None, **said: str) -> None:
    """A version of so many days ago, confirmed so many days ago or not yet; `said` is what it says otherwise than today."""
    printing = BoardPrinting(board=board, number=1, printed_by=by, printed_at=_days_ago(days))
    printing.content = _content(
        Today({**today.said, **said}, today.photos), reverse("public-board", args=[board.code, printing.mark])
    )
    printing.save()
    if checked is not None:
        BoardCheck.objects.create(printing=printing, by=by, at=_days_ago(checked), remark="清楚完好")


def _content(today: Today, path: str, **more: Any) -> dict[str, Any]:
    return {"said": today.said, "photos": today.photos, "address": (settings.PUBLIC_ADDRESS or ADDRESS) + path, **more}


def _cards(project: Project, board: NoticeBoard, by: User) -> None:
    liaison = next((post for post in posts_on(project, timezone.localdate()) if hasattr(post, "team")), None)
    team, crew = (liaison.team, liaison.crew) if liaison else (None, None)
    batch = ContactCardBatch(project=project, board=board, team=team, crew=crew, sheets=3, printed_by=by)
    today = today_of_cards([batch], timezone.localdate())[None]
    batch.printed_at = _days_ago(20)
    batch.content = _content(today, reverse("public-board", args=[board.code]), number=1)
    batch.handed_out, batch.handed_out_on = 26, timezone.localdate() - timedelta(days=18)
    batch.save()


def _armbands(project: Project, by: User, people: People) -> None:
    posts = [post for post in posts_on(project, people.units.today) if getattr(post, "region_id", None) is None]
    for number, post in enumerate(posts[:4], start=1):
        ArmbandIssue.objects.create(
            number=f"{project.code}-{number:02d}",
            person=post.person,
            project=project,
            issued_on=people.units.days_ago(90),
            issued_by=by,
            returned_on=people.units.days_ago(10) if number == 4 else None,
        )


def _days_ago(days: int) -> datetime:
    return timezone.now() - timedelta(days=days)
