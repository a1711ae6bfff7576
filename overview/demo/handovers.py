"""Writes handovers: two accepted ones, one that waits for its acceptance, one that waits for a superior, one just begun."""

from datetime import datetime, time, timedelta
from typing import Any

from django.apps import apps
from django.utils import timezone

from accounts.models import User
from accounts.posts import Post
from coordinators.models import Coordinator, Liaison
from overview.demo.posts import People

LEAVES_SOON = ("HN05", 20)  # project, and in how many days its coordinator's post ends
NOTES = {
    "tone": "桥涵队心齐，路面队盼着按月结账，交安队新来的人多，还不熟。",
    "promises": "答应过路面队：雨季前把宿舍门口的路垫起来。答应过桥涵队：夜校改到周三。",
    "care": "钢筋班一位老师傅腰伤刚好，别派重活；两名新来的小伙子头一回离家，多去坐坐。",
}
# The packages as they were accepted: titles and matters of the sections in inbox/handover.
Matters = tuple[tuple[str, tuple[tuple[str, str], ...]], ...]
OF_REGION: Matters = (
    ("应交月报", (("3月月报", "草稿·4月8日 18:00 截止"),)),
    ("未办完的导入", ()),
    ("办理中的提名", ()),
    ("所辖人员", (("三淅项目", "崔留柱"), ("示例项目（河南山东2）", "曹建业"), ("示例项目（河南山东3）", "孔德福"))),
    ("待处理的公示牌", ()),
    ("袖章", (("3号袖章，待交还", "7月1日发放"),)),
)
OF_PROJECT: Matters = (
    ("未办完的导入", ()),
    ("办理中的提名", ()),
    ("所辖人员", (("桥涵一队", "邓永福、白永亮"), ("桥涵三队", "无人任职"), ("路面一队", "秦军林"))),
    ("待处理的公示牌", ()),
    ("袖章", (("12号袖章，待交还", "9月6日发放"),)),
    ("连心卡", ()),
)


def write_handovers(people: People) -> None:
    posts = [post for post in people.posts if isinstance(post, Coordinator | Liaison)]
    former = {post.person.username: post for post in posts if post.to_on}
    by_unit = {(post.region_id, post.project_id): post for post in posts if isinstance(post, Coordinator) and not post.to_on}
    for username in ("rc-hs-former", "pc-sanxi-former"):
        post = former[username]
        _write(post, following=by_unit[post.region_id, post.project_id], accepted=True)
    acting = former["pc-gx03-former"]
    _write(acting, following=by_unit[acting.region_id, acting.project_id])
    _write(_ended_liaison(posts, "HUAIRAO"), by=people.users["rc-hn"])
    _write(_leaving(people, posts))


def _ended_liaison(posts: list[Any], code: str) -> Liaison:
    """Of a team that is still there: his superior has the handover to write."""
    return next(post for post in posts if isinstance(post, Liaison) and post.to_on and post.team.project.code == code)


def _leaving(people: People, posts: list[Any]) -> Coordinator:
    """Somebody whose last day is set and who is still in post."""
    code, days = LEAVES_SOON
    post = next(each for each in posts if isinstance(each, Coordinator) and each.project and each.project.code == code)
    post.to_on, post.end_reason = people.units.today + timedelta(days=days), "调任公司机关"
    post.save(update_fields=["to_on", "end_reason"])
    return post


def _write(post: Post, *, following: Post | None = None, by: User | None = None, accepted: bool = False) -> None:
    """Begun a week before the last day, handed over on it, accepted two days later; without `following` only begun."""
    kind = "liaison" if isinstance(post, Liaison) else "coordinator"
    last = _at(post, 0)
    stamps: dict[str, Any] = {"begun_at": min(_at(post, -7), timezone.now()), "begun_by": by or post.person}
    moves = [("begin", "", "open", stamps["begun_at"], stamps["begun_by"])]
    if following:
        stamps |= {"status": "handed_over", "notes": NOTES, "handed_over_at": last, "handed_over_by": post.person}
        stamps |= {f"next_{kind}": following}
        moves.append(("hand_over", "open", "handed_over", last, post.person))
    if following and accepted:
        package = _content(OF_PROJECT if getattr(post, "project_id", None) else OF_REGION)
        stamps |= {"status": "accepted", "accepted_at": _at(post, 2), "accepted_by": following.person, "content": package}
        moves.append(("accept", "handed_over", "accepted", _at(post, 2), following.person))
    handover = _model("Handover").objects.create(**{kind: post}, **stamps)
    _model("HandoverEvent").objects.bulk_create(
        _model("HandoverEvent")(handover=handover, verb=verb, from_status=before, to_status=after, at=at, by=person)
        for verb, before, after, at, person in moves
    )


def _content(matters: Matters) -> dict[str, Any]:
    sections = [
        {"title": title, "lines": [{"what": what, "note": note, "url": ""} for what, note in lines]} for title, lines in matters
    ]
    return {"sections": sections}


def _at(post: Post, days: int) -> datetime:
    """In office hours, so many days after the last one."""
    day = (post.to_on or timezone.localdate()) + timedelta(days=days)
    return timezone.make_aware(datetime.combine(day, time(16, 30)))


def _model(name: str) -> Any:
    """Handovers live on this same floor: a demonstration that fills every room knows them by name alone."""
    return apps.get_model("inbox", name)
