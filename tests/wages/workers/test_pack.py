"""The inspection pack: all that is asked for in one zip, masked, written down, and without more memory for a larger project."""

import tracemalloc
import zipfile
from datetime import date
from io import BytesIO
from tempfile import TemporaryFile
from typing import Any

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from accounts.models import User
from core.models import AuditEvent
from core.months import Month
from core.roles import Role
from labour_teams.models import LabourTeam
from regions.models import Department
from tests.factories import AttendanceLineFactory, AttendanceSheetFactory, DepartmentFactory, PhotoFactory, person_with, picture
from tests.wages.workers.conftest import MAY, sheet_of, signed_in
from tests.world import Company
from wages import pack, retention
from wages.models import WageLine

pytestmark = pytest.mark.django_db

PERIOD = {"first": "2026-05", "last": "2026-05"}


def packed(project: Any, person: User, **period: str) -> zipfile.ZipFile:
    response = signed_in(person).post(reverse("wage-pack", args=[project.code]), {**PERIOD, **period})
    assert (response.status_code, response["Content-Type"]) == (200, "application/zip")
    assert response.streaming
    return zipfile.ZipFile(BytesIO(b"".join(response.streaming_content)))


def folder(zipped: zipfile.ZipFile, number: str) -> list[str]:
    return [name for name in zipped.namelist() if name.startswith(number)]


def cells(zipped: zipfile.ZipFile, name: str) -> list[list[Any]]:
    return [list(row) for row in load_workbook(BytesIO(zipped.read(name))).active.iter_rows(values_only=True)]


def test_everything_is_in_it(team: LabourTeam, clerk: User) -> None:
    sheet = sheet_of(team, 3)
    sheet.signed_scan, sheet.posted_photo, sheet.posted_on = PhotoFactory(), PhotoFactory(), date(2026, 6, 2)
    sheet.save()
    AttendanceLineFactory(sheet=AttendanceSheetFactory(team=team, month=MAY))
    zipped = packed(team.project, clerk)
    assert zipped.testzip() is None
    assert [len(folder(zipped, number)) for number in "1234567"] == [1, 1, 1, 1, 1, 1, 1]
    assert all(name.endswith((".xlsx", ".jpg", ".txt")) for name in zipped.namelist())
    [wages] = folder(zipped, "4")
    rows = cells(zipped, wages)
    assert len(rows) == 3 + 3
    [attendance] = folder(zipped, "3")
    assert [value for value in cells(zipped, attendance)[3] if value == 1][:26] == [1] * 26


def test_what_is_missing_stands_in_the_contents(team: LabourTeam, clerk: User) -> None:
    sheet_of(team, 1, status="checked")
    zipped = packed(team.project, clerk)
    assert [len(folder(zipped, number)) for number in "5678"] == [0, 0, 0, 0]
    [contents] = [name for name in zipped.namelist() if name.endswith(".txt")]
    lines = zipped.read(contents).decode("utf-8-sig").splitlines()
    assert sum(line[:1] in "5678" for line in lines if line) == 4
    assert len(lines) == 4 + len(zipped.namelist()) - 1 + 4


def test_numbers_are_masked(team: LabourTeam, clerk: User) -> None:
    line = sheet_of(team, 1).lines.get()
    zipped = packed(team.project, clerk)
    text = "".join(str(cells(zipped, name)) for name in zipped.namelist() if name.endswith(".xlsx"))
    for number in (line.id_number, line.bank_card, line.engagement.phone):
        assert number.reveal(by=clerk, reason="test", subject=line) not in text
        assert str(number) in text or number == line.engagement.phone


def test_locked_lines_stay_out(team: LabourTeam, clerk: User, coordinator: User) -> None:
    sheet = sheet_of(team, 2)
    retention.lock_away(sheet.lines.first().engagement, by=coordinator, asked_on=date(2026, 6, 1))
    zipped = packed(team.project, clerk)
    assert len(cells(zipped, folder(zipped, "4")[0])) == 3 + 1


def test_months_outside_stay_out(team: LabourTeam, clerk: User) -> None:
    for month in (Month(2026, 3), Month(2026, 4), MAY):
        sheet_of(team, 1, month=month)
    assert len(folder(packed(team.project, clerk, first="2026-04"), "4")) == 2


def test_it_stands_in_the_trail(team: LabourTeam, clerk: User) -> None:
    sheet_of(team, 1)
    packed(team.project, clerk)
    event = AuditEvent.objects.get(kind="export")
    assert (event.by, event.subject_id) == (clerk, str(team.project.pk))
    assert event.details == {"what": "wages.pack", "period": "2026-05", "files": 4}


@pytest.mark.parametrize(
    "period", [{"first": "2026-06", "last": "2026-05"}, {"first": "2020-01"}, {"last": "May"}, {"first": ""}, {"last": "2026-13"}]
)
def test_what_is_no_period_comes_back(team: LabourTeam, clerk: User, period: dict[str, str]) -> None:
    response = signed_in(clerk).post(reverse("wage-pack", args=[team.project.code]), {**PERIOD, **period})
    assert (response.status_code, response.streaming) == (200, False)
    assert not AuditEvent.objects.filter(kind="export").exists()


PACKS = {
    Role.LABOUR_CENTRE, Role.REGIONAL_COORDINATOR, Role.PROJECT_COMMITTEE, Role.PROJECT_COORDINATOR, Role.PROJECT_CLERK,
}  # fmt: skip


@pytest.mark.parametrize("role", list(Role))
def test_who_may(company: Company, role: Role) -> None:
    sheet_of(company.own_team, 1)
    client, address = signed_in(company.person(role)), reverse("wage-pack", args=[company.own_project.code])
    response = client.post(address, PERIOD)
    if response.streaming:
        assert b"".join(response.streaming_content)
    assert response.status_code == (200 if role in PACKS else 403 if role in (Role.LEADER, Role.AUDITOR) else 404)


def test_the_finance_department_may(company: Company) -> None:
    finance = Department.objects.filter(code="FINANCE").first() or DepartmentFactory(code="FINANCE")
    officer = person_with(Role.DEPARTMENT_OFFICER, department=finance)
    sheet_of(company.own_team, 2)
    zipped = packed(company.own_project, officer)
    assert len(cells(zipped, folder(zipped, "1")[0])) > 3
    assert len(cells(zipped, folder(zipped, "4")[0])) == 3 + 2


def test_a_foreign_project_is_not_there(company: Company, clerk: User) -> None:
    address = reverse("wage-pack", args=[company.crew_at("foreign").team.project.code])
    assert signed_in(clerk).post(address, PERIOD).status_code == 404


def test_names_that_no_program_stumbles_over() -> None:
    names: set[str] = set()
    wanted = ["a/b:c*?.xlsx", "a/b c .xlsx", "x/../../etc.txt", "x/\x00a.jpg"]
    assert [pack._free(each, names) for each in wanted] == ["a/b c.xlsx", "a/b c (2).xlsx", "x/etc.txt", "x/a.jpg"]


def test_memory_does_not_grow_with_the_project(team: LabourTeam, clerk: User) -> None:
    """Three months of scans of 3 MB against one: the same at the highest, within one scan."""
    heavy = picture(2000, 2000, "PNG")
    for month in (Month(2026, 3), Month(2026, 4), MAY):
        sheet = sheet_of(team, 1, month=month)
        sheet.signed_scan = PhotoFactory(content=heavy)
        sheet.save()
    packed(team.project, clerk)
    highest = [_highest(team, clerk, first) for first in (MAY, Month(2026, 3))]
    assert highest[1] < highest[0] + 1_500_000
    assert WageLine.objects.count() == 3


def _highest(team: LabourTeam, by: User, first: Month) -> int:
    tracemalloc.start()
    with TemporaryFile() as file:
        pack.write(file, team.project, pack.Period(first, MAY), by)
        peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak
