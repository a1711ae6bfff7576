"""The wage ledger: the board, a project's own, a sheet with its verbs and papers, attendance, arrears, setting up."""

from collections.abc import Callable
from typing import Any

from django.utils import timezone

from core.months import Month
from core.roles import COMPANY_WIDE, HEADQUARTERS, Role
from feedback.cases.intake import REGISTRARS
from regions.models import Region
from tests.factories import (
    AttendanceLineFactory,
    LabourTeamFactory,
    PaymentLineFactory,
    PhotoFactory,
    ProjectFactory,
    SheetSignatureFactory,
    WageAccountFactory,
    WageArrearsFactory,
    WageFindingFactory,
    WageGroupFactory,
    WageLineFactory,
    WageSheetFactory,
)
from tests.house.pages import ADMITTED, BOTH, NOWHERE_ID, POST, Page, project_args, records
from tests.world import Company
from wages.models import AttendanceSheet, PaymentList, WageArrears, WageFinding, WageSheet

WITH_WAGES = COMPANY_WIDE | {
    Role.REGIONAL_COORDINATOR,
    Role.PROJECT_COMMITTEE,
    Role.PROJECT_COORDINATOR,
    Role.PROJECT_CLERK,
}
SEE_SUMS_ALONE = HEADQUARTERS - {Role.LABOUR_CENTRE}
MAY_BE_REFUSED = ADMITTED | {403}


def sums(role: str, where: str) -> bool:
    """Sheets with their sums: whoever sees records, but the health officer."""
    return records(role, where) and role != Role.HEALTH_OFFICER


def lines(role: str, where: str) -> bool:
    """What each man earns: not the two Party departments."""
    return sums(role, where) and role not in SEE_SUMS_ALONE


def sheet_args(company: Company, where: str) -> list[Any]:
    if where == "none":
        return [NOWHERE_ID]
    team = company.crew_at(where).team
    return [(WageSheet.objects.filter(team=team, status="paid").first() or _paid_sheet(team)).pk]


def _paid_sheet(team: Any) -> WageSheet:
    sheet: WageSheet = WageSheetFactory(team=team, status="paid", lines=1)
    WageGroupFactory(project=team.project)
    return sheet


def received_args(company: Company, where: str) -> list[Any]:
    """Of the month before: whatever is pressed, its looks and those of the paid one stay apart."""
    if where == "none":
        return [NOWHERE_ID]
    team, month = company.crew_at(where).team, Month.current().plus(-2)
    found = WageSheet.objects.filter(team=team, month=month).first()
    return [(found or WageSheetFactory(team=team, month=month, lines=1)).pk]


def finding_args(company: Company, where: str) -> list[Any]:
    [sheet] = received_args(company, where)
    if where == "none":
        return [NOWHERE_ID]
    found = WageFinding.objects.filter(sheet=sheet).first()
    return [(found or WageFindingFactory(line=WageSheet.objects.get(pk=sheet).lines.get())).pk]


def opens_matters(role: str, where: str) -> bool:
    """Of those who read the lines, whoever writes matters down; clerk and committee do not."""
    return lines(role, where) and role in REGISTRARS


def reported_args(company: Company, where: str) -> list[Any]:
    """Standing: whatever is pressed lacks its form."""
    return _arrears(company, where, WageArrears.Source.REPORTED)


def settled_args(company: Company, where: str) -> list[Any]:
    return _arrears(company, where, WageArrears.Source.UNPAID, settled_on=timezone.localdate(), proof=PhotoFactory)


def _arrears(company: Company, where: str, source: str, **more: Any) -> list[Any]:
    if where == "none":
        return [NOWHERE_ID]
    team = company.crew_at(where).team
    found = WageArrears.objects.filter(team=team, source=source).first()
    said = {name: value() if callable(value) else value for name, value in more.items()}
    return [(found or WageArrearsFactory(team=team, source=source, **said)).pk]


def payment_args(company: Company, where: str) -> list[Any]:
    if where == "none":
        return [NOWHERE_ID]
    team = company.crew_at(where).team
    return [(PaymentList.objects.filter(team=team).first() or PaymentLineFactory(sheet__team=team).sheet).pk]


def attendance_args(company: Company, where: str) -> list[Any]:
    if where == "none":
        return [NOWHERE_ID]
    team = company.crew_at(where).team
    return [(AttendanceSheet.objects.filter(team=team).first() or AttendanceLineFactory(sheet__team=team).sheet).pk]


def verb(args: Callable[[Company, str], list[Any]] = received_args) -> Page:
    return Page(args, methods=BOTH, reach=sums, ok=ADMITTED)


PAGES: dict[str, Page] = {
    "wages": Page(has_unit=False, roles=WITH_WAGES),
    "wages-arrears": Page(has_unit=False, roles=WITH_WAGES),
    "wages-arrears-export": Page(has_unit=False, methods=POST, roles=WITH_WAGES),
    "wages-arrears-settle": Page(reported_args, methods=BOTH, reach=sums, ok=MAY_BE_REFUSED),
    "wages-arrears-proof": Page(settled_args, reach=lines),
    "wages-project": Page(project_args, reach=sums),
    "wage-sheet": Page(sheet_args, reach=sums),
    "wage-paper": Page(sheet_args, reach=lines),
    "wage-paper-wall": Page(sheet_args, reach=lines),
    "wage-photo": Page(sheet_args, reach=lines),
    "wage-scan": Page(sheet_args, reach=lines),
    "wage-voucher": Page(sheet_args, reach=lines),
    "wage-check": verb(),
    "wage-sign": verb(),
    "wage-post": verb(),
    "wage-pay": verb(),
    "wage-send-back": verb(),
    "wage-explain": Page(finding_args, methods=BOTH, reach=lines, ok=ADMITTED),
    "wage-finding-matter": Page(finding_args, methods=BOTH, reach=opens_matters, ok=MAY_BE_REFUSED),
    "attendance-sheet": Page(attendance_args, reach=lines),
    "payment-list": Page(payment_args, reach=lines),
    "wage-group": Page(project_args, methods=BOTH, reach=lines, ok=MAY_BE_REFUSED),
    "wage-group-dissolve": Page(project_args, methods=BOTH, reach=lines, ok=MAY_BE_REFUSED),
    "wage-account": Page(project_args, methods=BOTH, reach=lines, ok=MAY_BE_REFUSED),
}


def fill(region: Region) -> None:
    team = LabourTeamFactory(project=ProjectFactory(region=region))
    WageFindingFactory(line=WageLineFactory(sheet__team=team))
    SheetSignatureFactory(sheet=WageSheetFactory(team=team, month=Month.current().plus(-2), status="paid"))
    AttendanceLineFactory(sheet__team=team)
    PaymentLineFactory(sheet__team=team)
    WageArrearsFactory(team=team)
    WageAccountFactory(project=team.project)
