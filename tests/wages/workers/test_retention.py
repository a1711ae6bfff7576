"""Three years after completion and full settlement: until then nothing goes, whoever asks; afterwards what names people does."""

from datetime import date
from io import StringIO
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.db.models import ProtectedError
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import User
from core.models import Attachment, AuditEvent
from core.refusals import Refused
from core.roles import Role
from labour_teams.models import Engagement, LabourTeam
from tests.factories import (
    AttendanceLineFactory,
    AttendanceSheetFactory,
    PaymentLineFactory,
    PhotoFactory,
    WageArrearsFactory,
    WageFindingFactory,
    WageQuestionFactory,
    WageSheetFactory,
)
from tests.wages.workers.conftest import sheet_of, signed_in
from tests.world import Company
from wages import retention
from wages.models import (
    AttendanceLine,
    AttendanceSheet,
    PaymentLine,
    PaymentList,
    PaySlip,
    RestrictionRequest,
    WageAccount,
    WageArrears,
    WageFinding,
    WageLine,
    WageQuestion,
    WageSheet,
)
from wages.workers import slips

DAYS = st.dates(min_value=date(2015, 1, 1), max_value=date(2090, 12, 31))


@given(DAYS)
def test_three_years_and_never_less(day: date) -> None:
    until = retention.years_later(day)
    assert until.year == day.year + 3
    assert (until.month, until.day) == ((3, 1) if (day.month, day.day) == (2, 29) else (day.month, day.day))
    assert 1095 <= (until - day).days <= 1096


@given(DAYS, DAYS)
def test_a_later_day_is_never_kept_shorter(one: date, other: date) -> None:
    first, last = sorted((one, other))
    assert retention.years_later(first) <= retention.years_later(last)


def account(team: LabourTeam, completed: date | None = None, settled: date | None = None) -> None:
    WageAccount.objects.update_or_create(project=team.project, defaults={"completed_on": completed, "settled_on": settled})


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("completed", "settled", "until"),
    [
        (None, None, None),
        (date(2023, 5, 1), None, None),
        (None, date(2023, 5, 1), None),
        (date(2023, 5, 1), date(2023, 8, 1), date(2026, 8, 1)),
        (date(2023, 8, 1), date(2023, 5, 1), date(2026, 8, 1)),
        (date(2024, 2, 29), date(2024, 2, 1), date(2027, 3, 1)),
    ],
)
def test_the_later_of_the_two(team: LabourTeam, completed: date | None, settled: date | None, until: date | None) -> None:
    account(team, completed, settled)
    assert retention.retention_until(team.project) == until


@pytest.mark.django_db
def test_without_an_account_it_has_not_begun(team: LabourTeam) -> None:
    assert retention.retention_until(team.project) is None
    assert retention.why_kept(team.project)


@pytest.mark.django_db
def test_the_last_day_still_counts(team: LabourTeam) -> None:
    account(team, date(2023, 6, 15), date(2023, 6, 15))
    assert retention.why_kept(team.project, date(2026, 6, 15))
    assert retention.why_kept(team.project, date(2026, 6, 16)) == ""


def everything(team: LabourTeam, by: User) -> WageSheet:
    sheet = sheet_of(team, 2)
    slips.print_slips(sheet, by=by)
    WageFindingFactory(line=sheet.lines.first())
    attendance = AttendanceSheetFactory(team=team)
    AttendanceLineFactory(sheet=attendance)
    PaymentLineFactory(sheet__team=team)
    WageQuestionFactory(engagement=sheet.lines.first().engagement)
    return sheet


PERSONAL = (
    *(PaySlip, WageFinding, WageLine, AttendanceLine, AttendanceSheet, PaymentLine, PaymentList, WageQuestion),
    RestrictionRequest,
)


@pytest.mark.django_db
def test_before_the_day_nothing_goes(team: LabourTeam, clerk: User) -> None:
    everything(team, clerk)
    account(team, date(2023, 6, 15), date(2023, 6, 15))
    before = [model.objects.count() for model in PERSONAL]
    call_command("purge_wages", stdout=StringIO())
    with pytest.raises(Refused):
        retention.purge(team.project)
    assert [model.objects.count() for model in PERSONAL] == before


@pytest.mark.django_db
def test_afterwards_people_go_and_sums_stay(company: Company, team: LabourTeam, clerk: User, coordinator: User) -> None:
    sheet = everything(team, clerk)
    other = sheet_of(company.crew_at("sibling").team, 2)
    retention.lock_away(sheet.lines.last().engagement, by=coordinator, asked_on=date(2026, 6, 1))
    account(team, date(2023, 6, 14), date(2023, 6, 14))
    said, dry = StringIO(), StringIO()
    call_command("purge_wages", "--dry-run", stdout=dry)
    assert sheet.lines.count() == 2
    call_command("purge_wages", stdout=said)
    assert dry.getvalue() == said.getvalue() != ""
    assert [model.objects.exclude(**_of(other, model)).count() for model in PERSONAL] == [0] * len(PERSONAL)
    assert other.lines.count() == 2
    after = WageSheet.objects.get(pk=sheet.pk)
    assert (after.net, after.gross, after.people, after.status, after.paid_on) == (
        sheet.net, sheet.gross, 2, "paid", sheet.paid_on,
    )  # fmt: skip
    event = AuditEvent.objects.get(kind="delete")
    assert (event.subject_id, event.details["lines"], event.details["papers"]) == (str(team.project.pk), 2, 1)
    call_command("purge_wages", stdout=(again := StringIO()))
    assert again.getvalue() == ""


def files_of(*attachments: Attachment | None) -> list[bool]:
    """Whether the files are there, large and small ones."""
    names = [name for each in attachments if each for name in (each.content.name, each.small.name) if name]
    return [default_storage.exists(name) for name in names]


@pytest.mark.django_db(transaction=True)
def test_papers_go_with_the_rows_they_prove_and_others_stay(company: Company, team: LabourTeam) -> None:
    other = sheet_of(company.crew_at("sibling").team, 1)
    sheet = WageSheetFactory(team=team, status="paid", voucher=other.voucher)  # one voucher for two projects
    arrears = WageArrearsFactory(team=team, settled=True, proof=PhotoFactory())
    gone = (sheet.signed_scan, sheet.posted_photo, arrears.proof)
    account(team, date(2023, 6, 14), date(2023, 6, 14))
    assert all(files_of(*gone, other.voucher))
    retention.purge(team.project)
    assert (any(files_of(*gone)), files_of(other.voucher)) == (False, [True, True])
    assert not Attachment.objects.filter(pk__in=[each.pk for each in gone if each]).exists()
    after = WageSheet.objects.get(pk=sheet.pk)
    assert (after.signed_scan, after.posted_photo, after.voucher, after.purged_on) == (None, None, None, date(2026, 6, 15))
    assert WageArrears.objects.get().proof is None
    assert retention.due_for_purge(date(2026, 6, 15)) == []


@pytest.mark.django_db
def test_papers_left_by_an_earlier_purge_are_still_due(team: LabourTeam) -> None:
    sheet_of(team, 0)
    account(team, date(2023, 6, 14), date(2023, 6, 14))
    assert retention.due_for_purge(date(2026, 6, 15)) == [team.project]


def _of(sheet: WageSheet, model: type) -> dict[str, Any]:
    return {"sheet": sheet} if model is WageLine else {}


@pytest.mark.django_db
def test_locked_away_is_gone_for_everybody(company: Company, team: LabourTeam, coordinator: User) -> None:
    sheet = sheet_of(team, 2)
    line = sheet.lines.first()
    AttendanceLineFactory(sheet=AttendanceSheetFactory(team=team), engagement=line.engagement)
    retention.lock_away(line.engagement, by=coordinator, asked_on=date(2026, 6, 1))
    for role in Role:
        person = coordinator if role == Role.REGIONAL_COORDINATOR else company.person(role)
        assert line not in WageLine.objects.visible_to(person)
        assert not AttendanceLine.objects.visible_to(person).exists()
    assert WageLine.objects.visible_to(coordinator).count() == 1
    assert WageLine.objects.count() == 2
    assert WageSheet.objects.get().net == sheet.net


@pytest.mark.django_db
def test_locking_away_on_the_page(team: LabourTeam, coordinator: User, clerk: User) -> None:
    engagement = sheet_of(team, 1).lines.get().engagement
    address = reverse("wage-lock-away", args=[engagement.pk])
    assert signed_in(clerk).post(address, {"asked_on": "2026-06-10"}).status_code == 403
    client = signed_in(coordinator)
    assert client.get(address).status_code == 200
    assert client.post(address, {"asked_on": "2026-06-16"}).status_code == 200
    assert not RestrictionRequest.objects.exists()
    assert [client.post(address, {"asked_on": "2026-06-10"}).status_code for _twice in range(2)] == [302, 302]
    request = RestrictionRequest.objects.get()
    assert (request.engagement, request.project, str(request.asked_on), request.by) == (
        engagement, team.project, "2026-06-10", coordinator,
    )  # fmt: skip


@pytest.mark.django_db
def test_somebody_with_wages_is_never_deleted(company: Company, team: LabourTeam) -> None:
    engagement = sheet_of(team, 1).lines.get().engagement
    with pytest.raises(ProtectedError):
        Engagement.objects.filter(pk=engagement.pk).delete()
    client = signed_in(company.person(Role.LABOUR_CENTRE))
    for table, pk in (("engagement", engagement.pk), ("labourteam", team.pk)):
        answer = client.post(reverse(f"admin:labour_teams_{table}_delete", args=[pk]), {"post": "yes"})
        assert (answer.status_code, bool(answer.context["protected"])) == (200, True), table
    assert Engagement.objects.filter(pk=engagement.pk).exists()
    assert LabourTeam.objects.filter(pk=team.pk).exists()


@pytest.mark.django_db
def test_the_admin_site_says_why(company: Company, team: LabourTeam) -> None:
    """A deletion of a row with wages leads back to the row, with the reason; somebody who does not see the row learns nothing."""
    sheet = sheet_of(team, 1)
    rows = {"wagesheet": sheet, "wageline": sheet.lines.get()}
    for name, row in rows.items():
        address = reverse(f"admin:wages_{name}_delete", args=[row.pk])
        response = signed_in(company.person(Role.LABOUR_CENTRE)).post(address, {"post": "yes"}, follow=True)
        assert response.redirect_chain[0][0] == reverse(f"admin:wages_{name}_change", args=[row.pk])
        assert str(retention.why_kept(team.project)) in [str(message) for message in response.context["messages"]]
        assert signed_in(company.person(Role.SYSTEM_ADMINISTRATOR)).post(address, {"post": "yes"}).status_code == 403
    assert WageLine.objects.count() == 1
