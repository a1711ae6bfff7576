"""Writes the earlier imports of one project: written, undone, refused, waiting for an answer, waiting with errors in it.

The files go through the pipeline itself, so that the pages show what they would show of a real upload; then they are dated back.
"""

from collections.abc import Iterable
from datetime import timedelta

from django.utils import timezone

from imports import workflow
from imports.models import ImportEvent, ImportJob
from labour_teams.codes import Sex
from labour_teams.models import Engagement
from overview.demo.folk import Numbers, dice_for, name_for
from overview.demo.posts import People
from overview.demo.units import Units
from regions.models import Project

PROJECT, CLERK = "DUNGE", "clerk-dunge"
HEADERS = (
    "序号",
    "姓名",
    "性别",
    "民族",
    "身份证号",
    "手机号",
    "工种",
    "所属劳务队伍",
    "作业工班",
    "进场日期",
    "政治面貌",
    "籍贯",
)
UNDONE_DAYS, REFUSED_DAYS, WRITTEN_DAYS, WAITING_DAYS, ASKED_DAYS = 16, 12, 3, 2, 1
WEB_PAGE = "<html><body><table><tr><td>姓名</td></tr></table></body></html>".encode()
BETWEEN_MOVES = timedelta(minutes=4)
TRADES = ("测量放线工", "电工", "装载机司机")
Row = tuple[str, ...]


def write_imports(people: People) -> None:
    project = people.units.projects[PROJECT]
    _undone(people, project)
    _refused(people, project)
    _written(people, project)
    _waiting(people, project)
    _asked(people, project)


def _upload(people: People, project: Project, name: str, data: bytes) -> ImportJob:
    by = people.users[CLERK]
    return workflow.read(workflow.receive(project, "roster", name=name, data=data, by=by), by=by)


def _date_back(job: ImportJob, days: int) -> None:
    """As if it had happened `days` ago, a few minutes between one move and the next. What was written carries the same moment."""
    start = timezone.now() - timedelta(days=days, minutes=dice_for("upload", job.file_name).randrange(240))
    events = list(ImportEvent.objects.filter(job=job).order_by("pk"))
    moments = {event.verb: start + place * BETWEEN_MOVES for place, event in enumerate(events)}
    for event in events:
        event.at = moments[event.verb]
    ImportEvent.objects.bulk_update(events, ["at"])
    if job.written_at:
        Engagement.objects.filter(project=job.project, updated_at=job.written_at).update(updated_at=moments["write"])
    stamps = {"created_at": start, "written_at": moments.get("write"), "undone_at": moments.get("undo")}
    ImportJob.objects.filter(pk=job.pk).update(**stamps)


def _refused(people: People, project: Project) -> None:
    _date_back(_upload(people, project, "路基二队花名册.xls", WEB_PAGE), REFUSED_DAYS)


def _undone(people: People, project: Project) -> None:
    """The sheet of another team, written by mistake and taken back."""
    new = [_newcomer(people.units, people.numbers, f"undone{place}", "路基二队", "") for place in range(4)]
    job = _upload(people, project, "路基二队新进场.csv", _sheet(new))
    by = people.users[CLERK]
    _date_back(workflow.undo(workflow.write(job, by=by), by=by), UNDONE_DAYS)


def _written(people: People, project: Project) -> None:
    """A team's people as the roster has them, some in another trade by now. For some days it can still be undone."""
    rows = [_row_of(engagement) for engagement in _on_site(project, "路基二队")]
    rows = rows or [_newcomer(people.units, people.numbers, "written", "路基二队", "")]  # in a very small company
    rows = [_with(row, "工种", trade) for row, trade in zip(rows, TRADES, strict=False)] + rows[len(TRADES) :]
    month = people.units.days_ago(WRITTEN_DAYS).month
    job = _upload(people, project, f"路基二队花名册{month}月.csv", _sheet(rows))
    _date_back(workflow.write(job, by=people.users[CLERK]), WRITTEN_DAYS)


def _waiting(people: People, project: Project) -> None:
    """Somebody under another name, somebody in another trade, one who is missing; newcomers; mistyped cells, an unknown team."""
    known = [_row_of(engagement) for engagement in _on_site(project, "架子队")]
    known = known[:-1] if len(known) > 2 else known
    known[:1] = [_with(row, "姓名", f"{row[0][:1]}建设") for row in known[:1]]
    known[1:2] = [_with(row, "工种", "测量放线工") for row in known[1:2]]
    new = [_newcomer(people.units, people.numbers, str(place), "架子队", "一工班") for place in range(6)]
    new[1] = _with(new[1], "身份证号", _mistyped(new[1][3]))
    new[3] = _with(new[3], "进场日期", "2月30日")
    new[4] = _with(new[4], "所属劳务队伍", "架子二队")
    month = people.units.days_ago(WAITING_DAYS).month
    _date_back(_upload(people, project, f"架子队花名册{month}月.csv", _sheet(known + new)), WAITING_DAYS)


def _asked(people: People, project: Project) -> None:
    """A sheet without the column of the entry dates."""
    new = [_newcomer(people.units, people.numbers, f"asked{place}", "架子队", "一工班") for place in range(3)]
    sheet = _sheet(_with(row, "进场日期", "") for row in new).decode("utf-8-sig").replace("进场日期", "报到情况")
    _date_back(_upload(people, project, "架子队新进场.csv", sheet.encode("utf-8-sig")), ASKED_DAYS)


def _on_site(project: Project, team: str) -> list[Engagement]:
    current = Engagement.objects.filter(project=project, team__name=team, left_on=None)
    return list(current.select_related("worker", "team", "crew").order_by("pk"))


def _row_of(engagement: Engagement) -> Row:
    worker = engagement.worker
    return (
        engagement.name,
        "女" if worker.sex_code == Sex.FEMALE else "男",
        engagement.ethnicity,
        worker.id_number.in_the_clear(),
        engagement.phone.in_the_clear() if engagement.phone else "",
        engagement.trade,
        engagement.team.name,
        engagement.crew.name if engagement.crew else "",
        f"{engagement.entered_on}",
        engagement.political_status,
        engagement.native_place,
    )


def _with(row: Row, header: str, text: str) -> Row:
    place = HEADERS.index(header) - 1  # the running number comes first in the sheet, not in the row
    return (*row[:place], text, *row[place + 1 :])


def _newcomer(units: Units, numbers: Numbers, label: str, team: str, crew: str) -> Row:
    dice = dice_for("newcomer", label)
    born = units.days_ago(365 * 30 + dice.randrange(4_000))
    number = numbers.id_number(dice, province="62", born=born, is_woman=False).in_the_clear()
    phone = numbers.phone().in_the_clear()
    return (name_for(dice), "男", "汉族", number, phone, "架子工", team, crew, f"{units.days_ago(20)}", "群众", "甘肃定西")


def _mistyped(number: str) -> str:
    """One digit of the birth date is another: the check digit no longer fits."""
    return number[:9] + str((int(number[9]) + 1) % 10) + number[10:]


def _sheet(rows: Iterable[Row]) -> bytes:
    """As an office saves a sheet in text form; nothing in it needs quoting."""
    lines = [HEADERS, *((str(number), *row) for number, row in enumerate(rows, start=1))]
    return "\r\n".join(",".join(line) for line in lines).encode("utf-8-sig")
