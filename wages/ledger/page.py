"""What stands on the page of a sheet: how far it has come and by whom, what was found, its lines beside the attendance."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils import formats, timezone

from feedback.models import Case
from wages.models import AttendanceLine, AttendanceSheet, PaymentList, WageFinding, WageLine, WageSheet
from wages.words import sentence

S = WageSheet.Status


@dataclass(frozen=True, slots=True)
class Step:
    """For includes/_steps.html."""

    word: str
    note: str = ""
    state: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """A finding with its sentence; `row` is the anchor of its line, "" where it has none; `case` came of it, if he sees it."""

    finding: WageFinding
    words: str
    case: Case | None = None

    @property
    def row(self) -> str:
        return f"line-{self.finding.line.number}" if self.finding.line else ""

    @property
    def is_red(self) -> bool:
        return self.finding.level == WageFinding.Level.RED

    @property
    def is_open(self) -> bool:
        return self.finding.explained_at is None


@dataclass(frozen=True, slots=True)
class LineRow:
    """A line, the days of the attendance sheet, and what was found in it."""

    line: WageLine
    attended: Decimal | None = None
    found: list[Found] = field(default_factory=list)

    @property
    def is_unlike(self) -> bool:
        return self.attended is not None and self.attended != self.line.days


def steps_of(sheet: WageSheet) -> list[Step]:
    """received → paid, each with who and when, as far as it has come since it was last sent back."""
    notes = {S.RECEIVED: _note(sheet.imported_by.name, timezone.localdate(sheet.imported_at))}
    for event in sheet.events.select_related("by").order_by("at", "pk"):
        if event.to_status == S.RECEIVED:
            notes = {S.RECEIVED: notes[S.RECEIVED]}
        else:
            notes[S(event.to_status)] = _note(event.by.name if event.by else "", _day_of(sheet, event))
    reached = list(S).index(S(sheet.status))
    return [
        Step(str(status.label), notes.get(status, ""), "done" if n <= reached else "now" if n == reached + 1 else "")
        for n, status in enumerate(S)
    ]


def _day_of(sheet: WageSheet, event: Any) -> date:
    """Posting and paying have a day of their own."""
    days = {S.POSTED: sheet.posted_on, S.PAID: sheet.paid_on}
    return days.get(S(event.to_status)) or timezone.localdate(event.at)


def _note(name: str, day: date) -> str:
    return f"{name} {formats.date_format(day, 'MONTH_DAY_FORMAT')}".strip()


def found_in(sheet: WageSheet, user: Any) -> list[Found]:
    """Red ones first, of these the open ones; in the order of the sheet."""
    rows = WageFinding.objects.visible_to(user).filter(sheet=sheet)
    joined = list(rows.select_related("line", "engagement", "explained_by").order_by("pk"))
    keys = {finding.case_id for finding in joined} - {None}
    cases: dict[int | None, Case] = {case.pk: case for case in Case.objects.visible_to(user).filter(pk__in=keys)} if keys else {}
    found = [Found(finding, sentence(finding), cases.get(finding.case_id)) for finding in joined]
    return sorted(found, key=lambda each: (not (each.is_red and each.is_open), not each.is_red))


def attendance_of(sheet: WageSheet, user: Any) -> AttendanceSheet | None:
    return AttendanceSheet.objects.visible_to(user).filter(team=sheet.team, month=sheet.month).first()


def payments_of(sheet: WageSheet, user: Any) -> PaymentList | None:
    return PaymentList.objects.visible_to(user).filter(team=sheet.team, month=sheet.month).first()


def lines_of(sheet: WageSheet, user: Any, found: list[Found], attendance: AttendanceSheet | None) -> list[LineRow]:
    """In the order of the workbook."""
    days: dict[int | None, Decimal] = {}
    if attendance:
        attended = AttendanceLine.objects.visible_to(user).filter(sheet=attendance).exclude(engagement=None)
        days = dict(attended.values_list("engagement", "total"))
    by_line = defaultdict(list)
    for each in found:
        by_line[each.finding.line_id].append(each)
    lines = WageLine.objects.visible_to(user).filter(sheet=sheet).order_by("number")
    return [LineRow(line, days.get(line.engagement_id), by_line[line.pk]) for line in lines]
