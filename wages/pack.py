"""Everything that an inspection asks a project for, in one download: roster, contracts, attendance, wage sheets, scans, photos.

Written into a temporary file piece by piece, so that a large project takes no more memory than a small one; numbers are masked,
like in every export, and lines that were locked away stay out. What is missing stands in the list of contents.
"""

import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from tempfile import TemporaryFile
from typing import IO, TYPE_CHECKING, Any

from django.db.models import Q, QuerySet
from django.http import Http404, HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _

from coordinators.models import BoardCheck, NoticeBoard
from core.attachments import served
from core.exports import ExportColumn, hand_out, workbook
from core.models import Attachment
from core.months import Month
from labour_teams.models import Engagement
from labour_teams.resources import RosterResource
from regions.models import Project
from wages.models import AttendanceLine, AttendanceSheet, WageLine, WageSheet
from wages.workers.reach import engagements_read

if TYPE_CHECKING:
    from accounts.models import User

MOST_MONTHS = 36
UNSAFE = re.compile(r'[\\/:*?"<>|\x00-\x1f\x7f]+')
ENDINGS = {"image/jpeg": "jpg", "application/pdf": "pdf"}
Entry = tuple[str, bytes, str]  # name in the pack, content, what the list of contents says of it


@dataclass(frozen=True, slots=True)
class Period:
    first: Month
    last: Month

    @property
    def months(self) -> int:
        return (self.last.year - self.first.year) * 12 + self.last.month - self.first.month + 1

    def __str__(self) -> str:
        return str(self.first) if self.first == self.last else f"{self.first}—{self.last}"


def hand_over(project: Project, period: Period, *, by: "User") -> HttpResponseBase:
    """The pack as a download, with its line in the audit trail. `project` lies in the reach of `by`."""
    file: IO[bytes] = TemporaryFile()  # noqa: SIM115 - the answer closes it when it has been sent
    try:
        files = write(file, project, period, by)
        name = _("Inspection pack") + f"_{project.code}_{period}.zip"
        return hand_out(by=by, file=file, name=name, what="wages.pack", subject=project, period=str(period), files=files)
    except BaseException:
        file.close()
        raise


def write(file: IO[bytes], project: Project, period: Period, by: "User") -> int:
    """The zip into `file`; says of how many files."""
    contents = [str(project), _("Months") + f": {period}", _("Made by %(name)s, %(at)s") % {"name": by, "at": _now()}, ""]
    names: set[str] = set()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as pack:
        for wanted, content, about in _entries(project, period, by):
            if not content:
                contents.append(f"{wanted}\t{about}")
                continue
            name = _free(wanted, names)
            pack.writestr(name, content)
            contents.append(f"{name}\t{about}")
        pack.writestr(_("Contents") + ".txt", "\ufeff" + "\r\n".join(contents) + "\r\n")
    return len(names)


def _entries(project: Project, period: Period, by: "User") -> Iterator[Entry]:
    people = _people(project, period, by)
    yield _table(by, _("1 Roster"), people.for_list().select_related("branch"), RosterResource(user=by).columns())
    yield _table(by, _("2 Contracts"), people.for_list(), _contract_columns())
    yield from _attendance(project, period, by)
    yield from _sheets(project, period, by)
    yield _rights_board(project)


def _attendance(project: Project, period: Period, by: "User") -> Iterator[Entry]:
    for sheet in AttendanceSheet.objects.visible_to(by).for_list().filter(project=project, **_within(period)):
        lines = AttendanceLine.objects.visible_to(by).filter(sheet=sheet).order_by("number")
        yield _table(by, _("3 Attendance") + f"/{sheet.month} {sheet.team}", lines, _attendance_columns(sheet.month))


def _sheets(project: Project, period: Period, by: "User") -> Iterator[Entry]:
    """Each with its papers."""
    sheets: Any = WageSheet.objects.visible_to(by)
    papers = ("project__region", "team", "signed_scan", "posted_photo", "voucher")
    for sheet in sheets.for_list().filter(project=project, **_within(period)).select_related(*papers):
        lines = WageLine.objects.visible_to(by).filter(sheet=sheet).order_by("number")
        yield _table(by, _("4 Wage sheets") + f"/{sheet.month} {sheet.team}", lines, _wage_columns(), _state_of(sheet))
        yield from _papers(sheet)


def _papers(sheet: WageSheet) -> Iterator[Entry]:
    name = f"{sheet.month} {sheet.team}"
    yield _attached(_("5 Signed sheets") + f"/{name}", sheet.signed_scan)
    yield _attached(_("6 Payment vouchers") + f"/{name}", sheet.voucher)
    yield _attached(_("7 Photos of the wall") + f"/{name}", sheet.posted_photo)


def _rights_board(project: Project) -> Entry:
    """The last photo of the rights board where it hangs."""
    boards = NoticeBoard.objects.filter(project=project, kind=NoticeBoard.Kind.RIGHTS)
    checks = BoardCheck.objects.filter(printing__board__in=boards, photo__isnull=False).select_related("photo")
    last = checks.order_by("-at", "-pk").first()
    return _attached(_("8 Rights board"), last.photo if last else None)


def _people(project: Project, period: Period, by: "User") -> Any:
    """Whoever was there in the period: also for the finance department, which reaches people by their wages alone."""
    there = Q(left_on=None) | Q(left_on__gte=period.first.first)
    return engagements_read(by).filter(there, project=project, entered_on__lte=period.last.last)


def _within(period: Period) -> dict[str, Month]:
    return {"month__gte": period.first, "month__lte": period.last}


def _table(by: "User", name: str, rows: QuerySet, columns: list[ExportColumn], about: str = "") -> Entry:
    content, count = workbook(by=by, rows=rows, columns=columns, title=name.rpartition("/")[2])
    said = _("%(count)d rows") % {"count": count}
    return f"{name}.xlsx", content, f"{said} {about}".strip()


def _attached(name: str, attachment: Attachment | None) -> Entry:
    """A file as it was uploaded; nothing where there is none, or where it has gone."""
    if attachment is None:
        return name, b"", _("not there")
    try:
        content = served(attachment).content
    except Http404:
        return name, b"", _("the file is missing")
    return f"{name}.{ENDINGS.get(attachment.content_type, 'bin')}", content, ""


def _free(wanted: str, names: set[str]) -> str:
    """A name in the pack that no program stumbles over, and that no other file has."""
    parts = [UNSAFE.sub(" ", part).strip(" .") or "_" for part in wanted.split("/", 1)]
    stem, dot, ending = "/".join(parts).rpartition(".")
    stem = stem.rstrip()
    name, number = f"{stem}{dot}{ending}", 1
    while name in names:
        number += 1
        name = f"{stem} ({number}){dot}{ending}"
    names.add(name)
    return name


def _state_of(sheet: WageSheet) -> str:
    return f"{sheet.get_status_display()}，" + _("net (yuan)") + f" {sheet.net}"


def _now() -> str:
    return f"{timezone.localtime():%Y-%m-%d %H:%M}"


def _columns(model: Any, *names: str) -> list[ExportColumn]:
    """Fields under their own names; masked types print masked."""
    return [ExportColumn(str(model._meta.get_field(name).verbose_name), partial(_value, name)) for name in names]


def _value(name: str, row: Any) -> Any:
    shown: Callable[[], Any] | None = getattr(row, f"get_{name}_display", None)
    return shown() if shown else getattr(row, name)


def _contract_columns() -> list[ExportColumn]:
    return _columns(Engagement, "team", "name", "employment_type", "contract_type", "contract_signed_on", "entered_on", "left_on")


def _wage_columns() -> list[ExportColumn]:
    return _columns(
        WageLine,
        *("number", "name", "id_number", "phone", "crew_name", "trade", "days", "unit_price", "quantity", "overtime"),
        *("gross", "deductions", "advances", "net", "bank_card", "has_signed", "remark"),
    )


def _attendance_columns(month: Month) -> list[ExportColumn]:
    """A column a day."""
    named = _columns(AttendanceLine, "number", "name", "crew_name")
    days = [ExportColumn(str(day), partial(_mark, day), 5) for day in range(1, month.last.day + 1)]
    return [*named, *days, ExportColumn(_("days in all"), partial(_value, "total"))]


def _mark(day: int, line: AttendanceLine) -> Any:
    """As a number, to be added up."""
    marks = line.marks if isinstance(line.marks, list) else []
    return Decimal(str(marks[day - 1])) if day <= len(marks) and marks[day - 1] is not None else None
