"""Writes the earlier imports of one project: one written, one file that was no workbook, one that waits with errors in it.

The files go through the pipeline itself, so that the pages show what they would show of a real upload; then they are dated back.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.utils import timezone

from core.audit import AuditKind
from core.models import AuditEvent
from imports import staging
from imports.models import ImportEvent, ImportJob, ImportRow
from imports.workflow import receive
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
WRITTEN_DAYS, REFUSED_DAYS, WAITING_DAYS = 37, 12, 2
WEB_PAGE = "<html><body><table><tr><td>姓名</td></tr></table></body></html>".encode()
Row = tuple[str, ...]


def write_imports(people: People) -> None:
    project = people.units.projects[PROJECT]
    _refused(people, project)
    _written(people, project)
    _waiting(people, project)


def _upload(people: People, project: Project, name: str, data: bytes, days: int) -> tuple[ImportJob, datetime]:
    """The job of a file, as if it had come `days` ago."""
    job = receive(project, "roster", name=name, data=data, by=people.users[CLERK])
    at = timezone.now() - timedelta(days=days, minutes=dice_for("upload", name).randrange(240))
    ImportJob.objects.filter(pk=job.pk).update(created_at=at)
    ImportEvent.objects.filter(job=job).update(at=at)
    return job, at


def _refused(people: People, project: Project) -> None:
    _upload(people, project, "路基二队花名册.xls", WEB_PAGE, REFUSED_DAYS)


def _written(people: People, project: Project) -> None:
    """The sheet by which a team's people came in: every row was new then."""
    engagements = _on_site(project, "路基二队")
    month = people.units.days_ago(WRITTEN_DAYS).month
    job, at = _upload(people, project, f"路基二队花名册{month}月.csv", _sheet(map(_row_of, engagements)), WRITTEN_DAYS)
    rows = list(job.rows.order_by("number"))
    for row, engagement in zip(rows, engagements, strict=True):
        row.outcome, row.target_id, row.cells = ImportRow.Outcome.NEW, engagement.pk, {**row.cells, "changes": {}}
    ImportRow.objects.bulk_update(rows, ["outcome", "target_id", "cells"])
    written_at = at + timedelta(minutes=6)
    counts = staging.counted(rows)
    ImportJob.objects.filter(pk=job.pk).update(status=ImportJob.Status.WRITTEN, written_at=written_at, counts=counts, version=2)
    by = people.users[CLERK]
    ImportEvent.objects.create(job=job, verb="write", from_status="previewed", to_status="written", by=by, at=written_at)
    AuditEvent.objects.create(
        at=written_at, by=by, kind=AuditKind.IMPORT, subject_type=job._meta.label_lower, subject_id=str(job.pk),
        subject_name=str(job), details={"target": job.target, "project": project.code, **counts},
    )  # fmt: skip


def _waiting(people: People, project: Project) -> None:
    """People who are there, one of them now in another trade; newcomers; and two numbers that were mistyped."""
    known = [_row_of(engagement) for engagement in _on_site(project, "架子队")[:6]]
    known[0] = _with(known[0], "工种", "测量放线工")
    new = [_newcomer(people.units, people.numbers, place) for place in range(5)]
    new[1] = _with(new[1], "身份证号", _mistyped(new[1][3]))
    new[3] = _with(new[3], "进场日期", "2月30日")
    month = people.units.days_ago(WAITING_DAYS).month
    _upload(people, project, f"架子队花名册{month}月.csv", _sheet(known + new), WAITING_DAYS)


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


def _newcomer(units: Units, numbers: Numbers, place: int) -> Row:
    dice = dice_for("newcomer", str(place))
    born = units.days_ago(365 * 30 + dice.randrange(4_000))
    number = numbers.id_number(dice, province="62", born=born, is_woman=False).in_the_clear()
    phone = numbers.phone().in_the_clear()
    return (name_for(dice), "男", "汉族", number, phone, "架子工", "架子队", "一工班", f"{units.days_ago(4)}", "群众", "甘肃定西")


def _mistyped(number: str) -> str:
    """One digit of the birth date is another: the check digit no longer fits."""
    return number[:9] + str((int(number[9]) + 1) % 10) + number[10:]


def _sheet(rows: Iterable[Row]) -> bytes:
    """As an office saves a sheet in text form; nothing in it needs quoting."""
    lines = [HEADERS, *((str(number), *row) for number, row in enumerate(rows, start=1))]
    return "\r\n".join(",".join(line) for line in lines).encode("utf-8-sig")
