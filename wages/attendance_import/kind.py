"""The lines of an attendance sheet, as the import of a month's sheets writes them."""

from decimal import Decimal
from typing import Any

from core.months import Month
from core.personal import IdNumber
from imports.registry import Trail
from labour_teams.models import LabourTeam
from regions.models import Project
from wages import checks
from wages.attendance_import.sheet import ATTENDANCE, LONGEST_MONTH, day_field
from wages.models import AttendanceLine, AttendanceSheet, WageSheet
from wages.month_import.kinds import Kind, Line

DAYS = tuple(day_field(day) for day in range(1, LONGEST_MONTH + 1))


def begin(project: Project, team: LabourTeam, month: Month, trail: Trail) -> AttendanceSheet:
    return AttendanceSheet.objects.create(project=project, team=team, month=month, imported_by=trail.by, imported_at=trail.at)


def finish(sheet: AttendanceSheet) -> None:
    """The wage sheet of the same month is looked at once more, beside these days."""
    for wages in WageSheet.objects.filter(team=sheet.team, month=sheet.month, status=WageSheet.Status.RECEIVED):
        checks.examine(wages)


class AttendanceKind(Kind):
    """The days of a line are one column: a list with a number, or nothing, for each."""

    def get(self, line: Line, name: str) -> Any:
        if name not in DAYS:
            return super().get(line, name)
        mark = dict(zip(DAYS, line.marks, strict=False)).get(name)
        return None if mark is None else Decimal(mark)

    def put(self, line: Line, name: str, value: Any) -> None:
        if name not in DAYS:
            super().put(line, name, value)
            return
        line.marks = [*line.marks, *[None] * (LONGEST_MONTH - len(line.marks))]
        line.marks[DAYS.index(name)] = None if value is None else str(value)


ATTENDANCE_KIND = AttendanceKind(
    definition=ATTENDANCE,
    sheet=AttendanceSheet,
    line=AttendanceLine,
    fields=("name", "work_crew", *DAYS, "total"),
    loaders={"id_number": IdNumber, "total": Decimal, **dict.fromkeys(DAYS, Decimal)},
    begin=begin,
    finish=finish,
    closed=lambda sheet: "",
    columns={"work_crew": "crew_name"},
)
