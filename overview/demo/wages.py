"""Writes the wage ledger of three projects: six months of sheets, most of them paid.

Last month is on its way; one sheet has red findings, one older one was posted and never paid, and one month of a team is missing:
of these two the watch makes arrears and urgent cases.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from accounts.models import User
from core.attachments import keep_document, keep_photo
from core.models import Attachment
from core.months import Month
from labour_teams.models import Engagement, LabourTeam
from overview.demo.accounts import PART_TIME
from overview.demo.cases import turned_back
from overview.demo.folk import dice_for, name_for
from overview.demo.portraits import portrait
from overview.demo.posts import People
from overview.demo.wage_lines import attendance_of, line_of, spoil
from overview.demo.wage_words import write_words
from regions.models import Project
from wages import arrears, checks, workflow
from wages.models import (
    AttendanceLine,
    AttendanceSheet,
    SheetSignature,
    WageAccount,
    WageFinding,
    WageGroupMember,
    WageLeadingGroup,
    WageLine,
    WageSheet,
    WageSheetEvent,
)
from wages.pay_day import due_in

PROJECTS = ("DUNGE", "CHANGPING", "YONGJI")
MONTHS, PAY_DAY = 6, 25
WITH_ATTENDANCE = ("DUNGE", 2)  # of one project the last two months
WITH_FINDINGS = ("DUNGE", "隧道一队", 1)  # project, team, months ago
NEVER_PAID = ("DUNGE", "架子队", 2)
MISSING = ("DUNGE", "桥涵二队", 3)
ON_THEIR_WAY = ("posted", "signed", "posted", "checked", "received")
STATES = tuple(WageSheet.Status.values)
VERBS = {"checked": "check", "signed": "sign", "posted": "post", "paid": "pay"}
# Days after the end of the month on which a sheet comes as far as that.
DAYS = {"received": 3, "checked": 5, "signed": 7, "posted": 8, "paid": 14}
EXPLAINED = "那两天在机修班帮忙，机修班的考勤表上有"


@dataclass
class Ledger:
    """One project's, and what of it is written at once in the end."""

    today: date
    project: Project
    by: User
    members: list[WageGroupMember]
    scan: Attachment
    photo: Attachment
    voucher: Attachment
    stays: list[Engagement]  # of everybody who was ever there
    sheets: list[WageSheet] = field(default_factory=list)
    days: list[AttendanceSheet] = field(default_factory=list)
    lines: list[WageLine] = field(default_factory=list)
    events: list[WageSheetEvent] = field(default_factory=list)
    signatures: list[SheetSignature] = field(default_factory=list)
    attended: list[AttendanceLine] = field(default_factory=list)


def write_wages(people: People) -> None:
    for code in PROJECTS:
        ledger = _ledger(people, Project.objects.select_related("region").get(code=code))
        for back in range(MONTHS, 0, -1):
            month = Month.of(people.units.today).plus(-back)
            for order, (team, there) in enumerate(_teams(ledger.stays, month)):
                if (code, team.name, back) != MISSING:
                    _sheet(ledger, team, there, month, _state(code, team, back, order, people.units.today))
        _write(ledger)
    _watch(people.units.today)
    _explain(people)
    write_words(people, by=people.users["clerk-dunge"], above=people.users["hq-labour"])


def _ledger(people: People, project: Project) -> Ledger:
    code = project.code.lower()
    by = people.users.get(f"clerk-{code}") or people.users[f"pc-{code}"]
    dice = dice_for("wages", project.code)
    formed_on = people.units.months_ago(12)
    WageAccount.objects.create(
        project=project, bank=f"示例银行{project.place[:2]}支行", number="99700000012", opened_on=formed_on, pay_day=PAY_DAY
    )
    group = WageLeadingGroup.objects.create(project=project, formed_on=formed_on, document_no=f"{project.name}办第12号（示例）")
    names = {post: name_for(dice) for post in WageGroupMember.Post.values} | {"coordinator": PART_TIME[project.code].name}
    members = WageGroupMember.objects.bulk_create(
        WageGroupMember(group=group, name=name, post=post, must_sign=post != "deputy") for post, name in names.items()
    )
    papers = [SimpleUploadedFile(f"{name}.bmp", portrait(dice)) for name in ("签字表", "公示", "银行回单")]
    scan, photo, voucher = keep_document(papers[0], by=by), keep_photo(papers[1], by=by), keep_document(papers[2], by=by)
    signing = [each for each in members if each.must_sign]
    return Ledger(people.units.today, project, by, signing, scan, photo, voucher, _stays(project))


def _stays(project: Project) -> list[Engagement]:
    """In the order of a sheet."""
    rows = Engagement.objects.filter(project=project).select_related("worker", "crew", "team")
    return list(rows.order_by("team__pk", "crew__pk", "name_pinyin", "pk"))


def _teams(stays: list[Engagement], month: Month) -> Iterator[tuple[LabourTeam, list[Engagement]]]:
    """Those that had people on site, with them."""
    there: dict[LabourTeam, list[Engagement]] = {}
    for stay in stays:
        if stay.entered_on <= month.last and (stay.left_on is None or stay.left_on >= month.first):
            there.setdefault(stay.team, []).append(stay)
    yield from there.items()


def _state(code: str, team: LabourTeam, back: int, order: int, today: date) -> str:
    """How far a team's month has come. Once its pay day has passed it is paid, but for the two that are told of."""
    key = code, team.name, back
    if key == WITH_FINDINGS:
        return "received"
    if key == NEVER_PAID:
        return "posted"
    is_due = due_in(Month.of(today).plus(-back), PAY_DAY) < today
    return "paid" if back > 1 or is_due else ON_THEIR_WAY[order % len(ON_THEIR_WAY)]


def _sheet(ledger: Ledger, team: LabourTeam, there: list[Engagement], month: Month, state: str) -> None:
    dice = dice_for("wage sheet", ledger.project.code, team.name, str(month))
    reached = STATES[: STATES.index(state) + 1]
    sheet = _head(ledger, team, month, reached)
    lines = [line_of(sheet, number, engagement, dice) for number, engagement in enumerate(there, start=2)]
    back = (ledger.today.year - month.year) * 12 + ledger.today.month - month.month
    if ledger.project.code == WITH_ATTENDANCE[0] and back <= WITH_ATTENDANCE[1]:
        _attend(ledger, sheet, lines)
    if (ledger.project.code, team.name, back) == WITH_FINDINGS:
        lines = spoil(lines)
    _sum_up(sheet, lines)
    ledger.sheets.append(sheet)
    ledger.lines += lines
    ledger.events += _events(ledger, sheet, reached)
    if "signed" in reached:
        _sign(ledger, sheet)


def _head(ledger: Ledger, team: LabourTeam, month: Month, reached: tuple[str, ...]) -> WageSheet:
    return WageSheet(
        project=ledger.project,
        region=ledger.project.region,
        team=team,
        month=month,
        employer=team.company_name,
        due_on=due_in(month, PAY_DAY),
        status=reached[-1],
        imported_by=ledger.by,
        imported_at=_at(month, "received"),
        **_papers(ledger, month, reached),
    )


def _sign(ledger: Ledger, sheet: WageSheet) -> None:
    on = timezone.localdate(_at(sheet.month, "signed"))
    ledger.signatures += [SheetSignature(sheet=sheet, member=member, on=on) for member in ledger.members]


def _attend(ledger: Ledger, sheet: WageSheet, lines: list[WageLine]) -> None:
    """The attendance sheet of the same month, as it came the day before."""
    at = _at(sheet.month, "received") - timedelta(days=1)
    facts = {"project": ledger.project, "team": sheet.team, "month": sheet.month}
    days = AttendanceSheet(imported_by=ledger.by, imported_at=at, **facts)
    ledger.days.append(days)
    ledger.attended += [attendance_of(days, line) for line in lines]


def _papers(ledger: Ledger, month: Month, reached: tuple[str, ...]) -> dict[str, Any]:
    papers: dict[str, Any] = {}
    if "signed" in reached:
        papers["signed_scan"] = ledger.scan
    if "posted" in reached:
        papers |= {"posted_on": timezone.localdate(_at(month, "posted")), "posted_photo": ledger.photo}
    if "paid" in reached:
        papers |= {"paid_on": timezone.localdate(_at(month, "paid")), "voucher": ledger.voucher}
    return papers


def _sum_up(sheet: WageSheet, lines: list[WageLine]) -> None:
    sheet.people = len(lines)
    sheet.gross = sum((line.gross for line in lines), Decimal(0))
    sheet.deductions = sum((line.deductions + line.advances for line in lines), Decimal(0))
    sheet.net = sum((line.net for line in lines), Decimal(0))


def _events(ledger: Ledger, sheet: WageSheet, reached: tuple[str, ...]) -> Iterator[WageSheetEvent]:
    for before, after in pairwise(reached):
        yield WageSheetEvent(
            sheet=sheet, verb=VERBS[after], from_status=before, to_status=after, by=ledger.by, at=_at(sheet.month, after)
        )


def _write(ledger: Ledger) -> None:
    WageSheet.objects.bulk_create(ledger.sheets, batch_size=500)
    AttendanceSheet.objects.bulk_create(ledger.days, batch_size=500)
    WageLine.objects.bulk_create(ledger.lines, batch_size=500)
    WageSheetEvent.objects.bulk_create(ledger.events, batch_size=500)
    SheetSignature.objects.bulk_create(ledger.signatures, batch_size=500)
    AttendanceLine.objects.bulk_create(ledger.attended, batch_size=500)
    written = WageSheet.objects.filter(project=ledger.project).select_related("project", "team").order_by("month", "pk")
    WageFinding.objects.bulk_create(finding for sheet in written for finding in checks.findings(sheet))


def _watch(today: date) -> None:
    """As the daily watch would have found them, on the day on which it would have."""
    for late in arrears.found(today):
        found_at = datetime.combine(late.due_on + timedelta(days=1), time(7), tzinfo=timezone.get_current_timezone())
        with turned_back(found_at):
            arrears.write_down(late)


def _explain(people: People) -> None:
    code, team, _back = WITH_FINDINGS
    found = WageFinding.objects.filter(sheet__project__code=code, sheet__team__name=team, kind=WageFinding.Kind.ATTENDANCE)
    for finding in found.filter(sheet__status=WageSheet.Status.RECEIVED)[:1]:
        workflow.explain(finding, by=people.users[f"clerk-{code.lower()}"], word=EXPLAINED)


def _at(month: Month, state: str) -> datetime:
    """The moment of a step; nothing lies ahead of now."""
    day = datetime.combine(month.last + timedelta(days=DAYS[state]), time(10), tzinfo=timezone.get_current_timezone())
    return min(day, timezone.now() - timedelta(minutes=30))
